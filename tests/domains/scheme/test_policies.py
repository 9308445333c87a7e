"""A clause leads up and down on any day; what rests on what has ended is found, per unit, rules too."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from shanhai.domains.scheme.models import (
    ClauseBasis,
    PolicyClause,
    PolicyDocument,
    Supersession,
    Task,
    TaskBasis,
)
from shanhai.domains.scheme.policy_checks import CHECKS
from shanhai.domains.scheme.policy_reports import chain
from shanhai.kernel import context
from shanhai.kernel.actions import create_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry


def document(cast: Any, number: str, level: str, day: date, side: str = "east") -> PolicyDocument:
    unit = cast.dm_coordinator if side == "east" else cast.mt_coordinator
    row: PolicyDocument = PolicyDocument.objects.create(
        side=side, owner_unit=unit, sharing="shared", state="verified", number=number, title=f"{number}标题",
        issuing_body="机关", policy_level=level, policy_kind="opinion", dated_on=day, valid_from=day,
    )  # fmt: skip
    return row


def clause(document: PolicyDocument, number: str) -> PolicyClause:
    row: PolicyClause = PolicyClause.objects.create(
        side=document.side, owner_unit=document.owner_unit, sharing="shared", state="verified",
        document=document, number=number, wording=f"{number}的条文",
    )  # fmt: skip
    return row


def rests(lower: PolicyClause, upper: PolicyClause) -> ClauseBasis:
    row: ClauseBasis = ClauseBasis.objects.create(
        side=lower.side, owner_unit=lower.owner_unit, sharing="shared", state="verified",
        lower_clause=lower, basis=upper,
    )  # fmt: skip
    return row


def end(document: PolicyDocument, day: date, part: str = "", by: PolicyDocument | None = None) -> None:
    Supersession.objects.create(
        side=document.side, owner_unit=document.owner_unit, sharing="shared", state="verified",
        document=document, clause_number=part, ended_way="replaced" if by else "repealed", replaced_by=by,
        effective_on=day, told_by="公告",
    )  # fmt: skip


@pytest.fixture
def books(cast: Any) -> dict[str, PolicyClause]:
    """Nation ← province ← city in the east; the west holds the same national document itself."""
    with context.unscoped("example"):
        nation = clause(document(cast, "国演〔2020〕1号", "nation", date(2020, 1, 1)), "三")
        province = clause(document(cast, "粤演〔2021〕5号", "province", date(2021, 1, 1)), "二")
        city = clause(document(cast, "珠演〔2021〕8号", "city", date(2021, 6, 1)), "1")
        own = clause(document(cast, "国演〔2020〕1号", "nation", date(2020, 1, 1), "west"), "三")
        county = clause(document(cast, "湄演〔2021〕4号", "county", date(2021, 2, 1), "west"), "5")
        for lower, upper in ((province, nation), (city, province), (county, own)):
            rests(lower, upper)
    return {"nation": nation, "province": province, "city": city, "county": county}


def seen(row: PolicyClause, day: date) -> list[tuple[int, str, str]]:
    return [(one.steps, one.key[0], one.standing) for one in chain(row, day)[1]]


def test_a_clause_leads_up_and_down_over_both_sides_as_of_any_day(books: Any, as_actor: Any) -> None:
    with as_actor("carol"):
        assert seen(books["city"], date(2021, 9, 1)) == [
            (1, "粤演〔2021〕5号", "in_force"),
            (2, "国演〔2020〕1号", "in_force"),
        ]
        below = seen(books["nation"], date(2021, 9, 1))
        assert {(steps, number) for steps, number, _word in below} == {
            (-1, "粤演〔2021〕5号"),
            (-1, "湄演〔2021〕4号"),
            (-2, "珠演〔2021〕8号"),
        }
        assert [one[1] for one in seen(books["nation"], date(2021, 1, 15))] == ["粤演〔2021〕5号"]


def test_what_would_lead_back_and_what_is_of_a_lower_level_is_refused(
    cast: Any, books: Any, as_actor: Any
) -> None:
    with context.unscoped("example"):
        first = clause(document(cast, "粤演〔2021〕6号", "province", date(2021, 1, 1)), "一")
        rests(first, books["province"])
    ledger = registry.get(ClauseBasis.ledger_key())
    with as_actor("carol") as carol:
        with pytest.raises(RuleViolated) as back:
            create_row(ledger, {"lower_clause": books["province"], "basis": first}, actor=carol)
        with pytest.raises(RuleViolated) as low:
            create_row(ledger, {"lower_clause": books["province"], "basis": books["city"]}, actor=carol)
    assert "绕回" in str(back.value.problems) and "填反" in str(low.value.problems)


def test_what_rests_on_an_ended_clause_is_found_for_the_unit_that_says_so(
    cast: Any, books: Any, as_actor: Any
) -> None:
    with context.unscoped("example"):
        after = document(cast, "粤演〔2021〕9号", "province", date(2021, 8, 1))
        end(books["province"].document, date(2021, 8, 15), by=after)
    with as_actor("carol") as carol:
        (one,) = CHECKS.found(carol)
    assert (one.code, one.unit_id) == ("basis_gone", str(cast.dm_coordinator.pk))
    assert "自 2021-08-15 起由 粤演〔2021〕9号 替代" in one.sentence
    assert one.others[0].id == after.pk
    with as_actor("wang") as wang:
        assert CHECKS.found(wang) == []


def test_a_dated_rule_whose_document_has_ended_is_told_to_the_coordinating_unit(
    cast: Any, as_actor: Any
) -> None:
    with context.unscoped("example"):
        scheme = document(cast, "斗委农组〔2021〕3号", "county", date(2021, 1, 1))
        clause(scheme, "四（一）")
        end(scheme, date(2021, 2, 1), "四（一）")
    with as_actor("carol") as carol:
        found = CHECKS.found(carol)
    assert {one.code for one in found} == {"rule_source_gone"}
    assert any("年度要求" in one.sentence for one in found)
    assert {one.unit_id for one in found} == {str(cast.dm_coordinator.pk)}


def test_a_task_of_the_scheme_rests_on_a_clause_and_stands_in_its_chain(
    books: Any, in_force: Any, as_actor: Any, sign_in: Any
) -> None:
    with context.unscoped("example"):
        task = Task.of_versions.filter(section__version=in_force).first()
        city = books["city"]
        TaskBasis.objects.create(
            side="east", owner_unit=city.owner_unit, sharing="shared", state="verified", task=task, basis=city
        )
        end(city.document, date(2021, 8, 15))
    with as_actor("carol") as carol:
        assert [one.code for one in CHECKS.found(carol)] == ["task_basis_gone"]
        assert any(one.task for one in chain(books["nation"], date(2021, 9, 1))[1])
    with as_actor("wang") as wang:  # the scheme is private to the east
        assert CHECKS.found(wang) == [] and TaskBasis.objects.count() == 0
    browser = sign_in("carol")
    shown = browser.get(f"/scheme/tasks/{task.pk}/").content.decode()
    assert "任务依据" in shown and "已废止替代" in shown
    page = browser.get(f"/scheme/policyclause/{city.pk}/chain/?day=2021-07-01").content.decode()
    assert "粤演〔2021〕5号" in page and task.title in page and "有效" in page
    file = browser.get(f"/scheme/policyclause/{city.pk}/chain/?format=xlsx")
    cells = list(load_workbook(io.BytesIO(b"".join(file))).active.iter_rows(values_only=True))
    assert sum(row[0] in {"上位", "下位", "任务"} for row in cells) == 3
    assert browser.get(f"/scheme/policyclause/{city.pk}/chain/?format=docx").status_code == 200
    assert browser.get(f"/scheme/policyclause/{city.pk}/chain/?day=x").status_code == 422
    told = browser.get(f"/api/v1/scheme/policyclause/{city.pk}/chain/?day=2021-09-01").json()
    assert told["stands"] == "ended" and {one["steps"] for one in told["links"]} == {1, 2, -1}
    assert "今天的效力" in browser.get(f"/scheme/policydocument/{city.document_id}/").content.decode()
