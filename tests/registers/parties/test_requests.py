"""What a person may ask: told what is held, by a copy for which another has proved who asks."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from samples.papers import blank_pdf
from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact
from shanhai.kernel import actions, clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.models import FieldReading
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT, VERIFY, State
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person, PersonRequest, PersonRequestRule
from worlds import TODAY

NUMBER, OTHER = (demo_identity(area=2, born_on=date(1990, 1, 1), serial=one) for one in (41, 43))
LIST = "/parties/personrequest/"
JSON = {"content_type": "application/json"}
LEDGER = registry.get("parties.personrequest")


@pytest.fixture
def person(cast: Any) -> Person:
    """Of Meitan: registered, at work, one month of it; so is somebody else. Doumen knows the number too."""
    west = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
    with context.unscoped("people"):
        found = Person.objects.create(name="李演示", identity_number=NUMBER, phone="13800138041", **west)
        other = Person.objects.create(name="王演示", identity_number=OTHER, **west)
        Person.objects.create(name="李对方", identity_number=NUMBER, side="east", owner_unit=cast.dm_labour)
        for one, employer in ((found, "演示厂"), (other, "别的厂")):
            spell = EmploymentSpell.objects.create(
                person=one, employer_name=employer, post="质检", destination="county",
                started_on=date(2021, 3, 2), period="2021Q1", state=State.VERIFIED, **west,
            )  # fmt: skip
            MonthlyFact.objects.create(spell=spell, period="2021-04", state=State.VERIFIED, **west)
    with context.acting(cast.actor("bob")) as current:
        ledger = registry.get("parties.person")
        upload(ledger, found, blank_pdf(), "承诺书.pdf", "authorisation", actor=current.actor)
    return found


@pytest.fixture
def ask(cast: Any, person: Person) -> Callable[..., PersonRequest]:
    """`ask()`: received by bob, verified by wang."""

    def asked(*, is_verified: bool = True, **more: Any) -> PersonRequest:
        values = {
            "kind": "copy", "name": "李演示", "identity_number": NUMBER, "proof": "持身份证到窗口，人证相符",
            "demand": "查阅、复制本人的全部信息", "arrived_on": TODAY, "due_on": TODAY + timedelta(days=21),
        }  # fmt: skip
        with context.acting(cast.actor("bob")) as current:
            row = actions.create_row(LEDGER, values | more, actor=current.actor)
            row = actions.step_row(LEDGER, row, SUBMIT, actor=current.actor)
        if is_verified:
            with context.acting(cast.actor("wang")) as current:
                row = actions.step_row(LEDGER, row, VERIFY, actor=current.actor)
        return row  # type: ignore[no-any-return]

    return asked


@pytest.fixture
def copy(client_of: Any, ask: Any) -> Callable[..., Any]:
    """`copy()`: the zip that wang fetched."""

    def made(found: PersonRequest) -> zipfile.ZipFile:
        wang = client_of("wang")
        assert wang.post(f"{LIST}{found.pk}/extract/").status_code == 302
        job = Job.objects.get(kind="person_extract")
        runner.run(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.message
        answer = wang.get(f"/jobs/{job.pk}/file/")
        return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    return made


def test_the_copy_holds_all_of_one_person_and_nothing_of_another(ask: Any, copy: Any) -> None:
    pack = copy(ask())
    whole = json.loads(pack.read("个人信息副本.json"))
    assert [len(whole["rows"][one]) for one in ("人员", "务工就业", "按月在岗", "个人信息申请")] == [
        1,
        1,
        1,
        1,
    ]
    (found,) = whole["rows"]["人员"]
    assert (found["姓名"], found["身份证号"], found["联系电话"]) == ("李演示", NUMBER, "13800138041")
    text = json.dumps(whole, ensure_ascii=False)
    assert "演示厂" in text and "承诺书.pdf" in text and "新增" in text
    for stranger in ("王演示", "别的厂", "李对方", OTHER):
        assert stranger not in text
    book = load_workbook(io.BytesIO(pack.read("个人信息副本.xlsx")))
    assert book.sheetnames[:1] == ["说明"] and {"人员", "修改历史", "查阅记录", "佐证清单"} <= set(
        book.sheetnames
    )
    assert NUMBER in [cell.value for cell in book["人员"][2]]


def test_each_value_that_was_opened_is_recorded_with_the_request(ask: Any, copy: Any, cast: Any) -> None:
    found = ask()
    copy(found)
    readings = FieldReading.objects.all()
    assert {(one.ledger, one.field) for one in readings} == {
        ("parties.person", "identity_number"),
        ("parties.person", "phone"),
        ("parties.personrequest", "identity_number"),
    }
    assert {one.read_by for one in readings} == {str(cast.users["wang"].pk)}
    assert all(found.pk.hex[-8:].upper() in one.reason for one in readings)


def test_before_another_has_verified_who_asks_nothing_is_given(ask: Any, client_of: Any, cast: Any) -> None:
    found, wang = ask(is_verified=False), client_of("wang")
    assert "制作个人信息副本" not in wang.get(f"{LIST}{found.pk}/").content.decode()
    wang.post(f"{LIST}{found.pk}/extract/")
    assert wang.post(f"/api/v1{LIST}{found.pk}/extract/", **JSON).status_code == 422
    assert not Job.objects.exists()
    with context.acting(cast.actor("bob")) as current, pytest.raises(Exception, match="权限"):
        actions.step_row(LEDGER, found, VERIFY, actor=current.actor)


def test_who_may_not_see_all_of_the_side_has_no_copy_made(ask: Any, client_of: Any) -> None:
    found = ask()
    statuses = {"bob": 403, "vera": 403, "carol": 404, "alice": 404, "dave": 404, "root": 404}
    for who, status in statuses.items():
        client = client_of(who)
        assert client.post(f"{LIST}{found.pk}/extract/").status_code == status, who
        assert client.post(f"/api/v1{LIST}{found.pk}/extract/", **JSON).status_code == status, who
    for who in ("carol", "alice", "dave", "root"):
        client = client_of(who)
        assert client.get(f"{LIST}{found.pk}/").status_code == 404
        assert client.get(f"/api/v1{LIST}{found.pk}/held/").status_code == 404
        assert client.post(f"{LIST}{found.pk}/close/", {"row_version": "3"}).status_code == 404
    assert not Job.objects.exists()


def test_the_copy_is_fetched_by_who_had_it_made_and_for_a_time(ask: Any, copy: Any, client_of: Any) -> None:
    copy(ask())
    job = Job.objects.get()
    assert client_of("ruth").get(f"/jobs/{job.pk}/file/").status_code == 404
    with clock.at(TODAY + timedelta(days=4)):
        assert client_of("wang").get(f"/jobs/{job.pk}/file/").status_code == 404


def test_beside_the_request_stands_what_is_held_with_the_way_to_correct_it(ask: Any, client_of: Any) -> None:
    page = client_of("wang").get(f"{LIST}{ask().pk}/").content.decode()
    spell = EmploymentSpell._base_manager.get(employer_name="演示厂")
    assert f"/labour/employmentspell/{spell.pk}/" in page
    assert str(EmploymentSpell._base_manager.get(employer_name="别的厂").pk) not in page
    held = client_of("wang").get(f"/api/v1{LIST}{PersonRequest._base_manager.get().pk}/held/").json()
    assert {one["ledger"]: len(one["ids"]) for one in held}["labour.monthlyfact"] == 1


def test_the_answer_is_written_down_and_less_than_all_needs_its_reason(ask: Any, client_of: Any) -> None:
    found, wang = ask(), client_of("wang")
    url = f"{LIST}{found.pk}/close/"
    sent = {"row_version": found.row_version, "outcome": "refused", "closed_on": TODAY.isoformat()}
    assert "请写明理由和依据" in wang.post(url, sent, follow=True).content.decode()
    wang.post(url, {**sent, "outcome_reason": "所问信息由县民政局持有，已告知"})
    found.refresh_from_db()
    assert (found.outcome, found.closed_on, found.state) == ("refused", TODAY, "verified")
    assert "个人信息申请：答复" in wang.get(f"{LIST}{found.pk}/history/").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"due_on": TODAY + timedelta(days=22)}, "最迟是 2021-10-15：收到之日起 15 个工作日"),
        ({"arrived_on": TODAY + timedelta(days=1)}, "不能晚于今天"),
        ({"asked_by": "agent"}, "请写提出人的姓名"),
    ],
)
def test_what_contradicts_the_rule_is_refused(ask: Any, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RuleViolated) as refused:
        ask(**values)
    assert sentence in str(refused.value.problems)


def test_days_are_counted_by_the_rule_of_the_day(cast: Any) -> None:
    rule = PersonRequestRule.at(TODAY)
    assert rule is not None
    assert (TODAY.weekday(), rule.last_day(TODAY)) == (4, date(2021, 10, 15))
    assert rule.last_day(date(2021, 9, 25)) == rule.last_day(date(2021, 9, 26)) == date(2021, 10, 15)
