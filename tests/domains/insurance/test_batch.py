"""All visits of a month are settled behind the page: counted, none twice, what is left by its number."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kernel.imports.conftest import book_of
from shanhai.domains.insurance import batch
from shanhai.domains.insurance.actions import settle_visit
from shanhai.domains.insurance.models import FeeLine, MedicalVisit, Settlement
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.imports.columns import read_file
from shanhai.kernel.imports.parts import linked, permitted
from shanhai.kernel.imports.plan import plan_file
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.registry import registry

from .conftest import NUMBER, visit

AUGUST = Period.parse("2021-08")


def due_in_august(example: Any) -> list[MedicalVisit]:
    """One that can be settled, one whose lines do not give its sum, one of July, one still a draft."""
    wrong = visit(example, "ZY2", date(2021, 8, 3), date(2021, 8, 20))
    draft = visit(example, "ZY4", date(2021, 8, 3), date(2021, 8, 21))
    with context.unscoped("test"):
        MedicalVisit.objects.filter(pk=wrong.pk).update(billed=Decimal(41_000))
        MedicalVisit.objects.filter(pk=draft.pk).update(state="draft")
    return [example.visit, wrong, visit(example, "ZY3", date(2021, 7, 1), date(2021, 7, 9)), draft]


def test_a_month_is_settled_once_and_what_is_left_is_told_by_number(
    example: Any, as_actor: Any, client_of: Any
) -> None:
    _good, wrong, *_rest = due_in_august(example)
    alice = client_of("alice")
    shown = alice.get(reverse("insurance:batch"), {"month": "2021-08"}).content.decode()
    assert "ZY1" in shown and "ZY2" in shown and "ZY3" not in shown and "ZY4" not in shown
    answer = alice.post(reverse("insurance:settle_month"), {"month": "2021-08"})
    job = Job.objects.get(kind="insurance_settle")
    assert (answer.url, job.total) == (reverse("job", args=[job.pk]), 2)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["text"], job.done) == ("done", "已结算 1 次，未结算 1 次", 2)
    told = alice.get(job.result["url"]).content.decode()
    assert "明细合计 42,000.00 元，医院总额 41,000.00 元" in told
    assert reverse("insurance:medicalvisit_detail", args=[wrong.pk]) in told
    api = alice.get(f"/api/v1/insurance/medicalvisit/settle-month/{job.pk}/").json()
    assert (api["settled"], api["left"], api["refused"][0]["number"]) == (1, 1, "ZY2")
    assert client_of("carol").get(job.result["url"]).status_code == 404
    with as_actor("alice") as actor:
        runner.run(batch.start(AUGUST, actor=actor).pk)  # again: only what is left is tried
    with context.unscoped("test"):
        assert list(Settlement.objects.values_list("visit__number", flat=True)) == ["ZY1"]


def test_what_is_settled_while_a_batch_waits_is_not_settled_again(example: Any, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        job = batch.start(AUGUST, actor=alice)
        settle_visit(example.visit.pk, actor=alice, row_version=1)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["settled"], job.result["left"]) == ("done", 0, 0)


def test_a_worker_that_dies_leaves_nothing_and_the_batch_begins_anew(
    example: Any, as_actor: Any, monkeypatch: Any
) -> None:
    visit(example, "ZY2", date(2021, 8, 3), date(2021, 8, 20))
    settled = batch.settle_visit

    def dies_at_the_second(pk: Any, **more: Any) -> Settlement:
        if pk != example.visit.pk:
            raise SystemExit
        return settled(pk, **more)

    with as_actor("alice") as alice:
        job = batch.start(AUGUST, actor=alice)
    with monkeypatch.context() as patched:
        patched.setattr(batch, "settle_visit", dies_at_the_second)
        with pytest.raises(SystemExit):
            runner.run(job.pk)
    with context.unscoped("test"):
        assert not Settlement.objects.exists()
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["settled"], job.attempts) == ("done", 2, 2)


def test_a_month_without_visits_and_a_month_that_is_none_are_refused(example: Any, client_of: Any) -> None:
    alice, url = client_of("alice"), "/api/v1/insurance/medicalvisit/settle-month/"
    refused = alice.post(url, {"month": "2021-01"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing_to_do")
    refused = alice.post(url, {"month": "2021Q1"}, content_type="application/json")
    assert list(refused.json()["problems"]) == ["month"]
    assert alice.get(reverse("insurance:batch"), {"month": "x"}).status_code == 422


def test_visits_and_their_lines_come_in_one_workbook(example: Any, cast: Any) -> None:
    visits = [
        {
            "就诊编号": f"ZY9{number}",
            "人员": NUMBER,
            "医疗机构": "演示医院",
            "医院级别": "三级",
            "就医方式": "住院",
            "入院日期": date(2021, 8, 1),
            "出院日期": date(2021, 8, 9),
            "医院总额": 3200 + 2000 * number,
        }
        for number in (0, 1)
    ]
    line = {
        "就诊": "ZY90",
        "明细序号": 1,
        "目录项目": "A",
        "费用日期": date(2021, 8, 2),
        "数量": 1,
        "单价": 3200,
    }
    lines = [
        line,
        line | {"就诊": "ZY91"},
        line | {"就诊": "ZY91", "明细序号": 2, "目录项目": "B", "单价": 2000},
        line | {"就诊": "ZY91", "明细序号": 3, "费用日期": date(2021, 8, 10)},
        line | {"就诊": "没有", "明细序号": 4},
    ]
    ledger = registry.get("insurance.medicalvisit")
    with context.acting(cast.actor("alice")) as current:
        book = book_of({"费用明细": lines, "就诊": visits})
        plan = plan_file(permitted(read_file(linked(ledger), book, {}), current.actor), current.actor)
        assert [(one.ledger.key, len(one.creates)) for one in plan.parts] == [
            ("insurance.medicalvisit", 2),
            ("insurance.feeline", 3),
        ]
        assert [(one.row, one.label) for one in plan.problems] == [(5, "费用日期"), (6, "就诊")]
        assert "没有找到这个编号" in plan.problems[1].message  # a visit is not asked for by a person's number
    with context.unscoped("test"):
        assert FeeLine.objects.count() == 4  # nothing is written before it is confirmed
