"""A run from its opening to its end: what units lack, what is frozen, who sees it, and what differs later."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domains.appraisal.schemes.test_entries import attach
from shanhai.domains.appraisal.models import (
    AppraisalEntry,
    AppraisalRun,
    AppraisalScoring,
    AppraisalUnitScore,
    IndicatorTarget,
)
from shanhai.domains.appraisal.runs import computing, reports
from shanhai.domains.appraisal.runs.actions import move_run, open_run
from shanhai.domains.appraisal.runs.entered import checked
from shanhai.engines.scoring import Line, Standing, Why
from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from toys.models import Output

PUBLISHED = ("check", "score", "show", "publish")


def filed(run: AppraisalRun, unit: Any, number: int, *, paper: bool = True, **said: Any) -> AppraisalEntry:
    """The entry of an item, as its unit wrote it and the coordinator verified it."""
    with context.unscoped("test"):
        row = AppraisalEntry.objects.get(scheme=run.scheme_id, owner_unit=unit, item_number=number)
        AppraisalEntry.objects.filter(pk=row.pk).update(state="verified", **said)
    if paper:
        attach(row)
    return row


def moved(run: AppraisalRun, as_actor: Any, *names: str) -> None:
    """Taken by wang, but shown by eve."""
    for name in names:
        with as_actor("eve" if name == "show" else "wang") as actor:
            move_run(run.pk, name, "改", actor=actor)


def test_opening_writes_a_draft_for_every_unit_and_item_with_what_the_ledgers_say(
    run: AppraisalRun, cast: Any, as_actor: Any
) -> None:
    with as_actor("wang") as wang:
        rows = {(one.owner_unit.code, one.item_number): one for one in AppraisalEntry.objects.all()}
        with pytest.raises(RuleViolated, match="已经发起"), transaction.atomic():
            open_run(run.scheme_id, year=2021, actor=wang)
        with pytest.raises(RuleViolated, match="没有适用"):
            open_run(run.scheme_id, year=2020, actor=wang)
    assert {number for _unit, number in rows} == {1, 2, 3, 4}
    assert {code for code, _number in rows} == {"mt_labour", "mt_yongxing"}
    assert {one.state for one in rows.values()} == {"draft"}
    assert rows["mt_yongxing", 1].narrative == "台账数 30 件，目标 40 件。"
    with as_actor("bob") as bob:
        assert {one.owner_unit_id for one in AppraisalEntry.objects.all()} == {cast.mt_labour.pk}
        with pytest.raises(NotAllowed):
            open_run(run.scheme_id, year=2021, actor=bob)


def test_what_a_unit_lacks_is_told_before_it_is_scored(
    run: AppraisalRun, cast: Any, as_actor: Any, sign_in: Any
) -> None:
    filed(run, cast.mt_labour, 3, grade="好")
    filed(run, cast.mt_yongxing, 3, grade="好", paper=False)
    with context.unscoped("test"):
        waits = AppraisalEntry.objects.get(owner_unit=cast.mt_yongxing, item_number=4)
        AppraisalEntry.objects.filter(pk=waits.pk).update(state="submitted", reported=1)
    with as_actor("wang") as wang:
        found = {one.unit.code: one for one in checked(run)}
        stands = {code: [asked.stands.value for asked in one.items] for code, one in found.items()}
        with pytest.raises(RuleViolated) as refused:
            move_run(run.pk, "check", "", actor=wang)
    assert "还有 1 条自评已报未核" in refused.value.problems[""][0]
    assert stands == {
        "mt_labour": ["by_ledger", "by_ledger", "done", "missing"],
        "mt_yongxing": ["by_ledger", "by_ledger", "no_paper", "waiting"],
    }
    page = sign_in("wang").get(f"/appraisal/runs/{run.pk}/").content.decode()
    assert "3 典型做法（缺佐证，不计分）" in page


@pytest.fixture
def scored(run: AppraisalRun, cast: Any, as_actor: Any) -> AppraisalRun:
    filed(run, cast.mt_labour, 3, grade="好")
    filed(run, cast.mt_yongxing, 3, grade="好", paper=False)
    moved(run, as_actor, "check", "score")
    return run


def totals(run: AppraisalRun) -> dict[str, str]:
    found = reports.scored_of(reports.scorings_of(run))
    return {one.unit.code: f"{one.total:f}" for one in found.scores} if found else {}


def test_recomputing_gives_the_same_bytes_until_a_row_changes_and_then_says_which(
    scored: AppraisalRun, as_actor: Any
) -> None:
    with as_actor("wang") as wang:
        assert totals(scored) == {"mt_labour": "100.00", "mt_yongxing": "65.00"}
        last = AppraisalScoring.objects.get(run=scored)
        kept, again = computing.kept(last), reports.recomputed(scored)
        assert again is not None
        assert computing.bytes_of(kept.definitions, kept.units) == computing.bytes_of(
            again.fresh.definitions, again.fresh.units
        )
        assert again.is_same and last.digest == kept.digest
        with pytest.raises(RuleViolated, match="一致"):
            move_run(scored.pk, "keep", "不用", actor=wang)
    with context.unscoped("test"):
        Output.objects.filter(workshop__code="W0").update(pieces=20)
    with as_actor("wang") as wang:
        again = reports.recomputed(scored)
        assert again is not None
        said = {(one.number, one.what): (one.was, one.now) for one in again.differences if one.number == 1}
        assert said == {(1, "figure"): ("30", "40"), (1, "points"): ("45.00", "60.00")}
        assert totals(scored)["mt_yongxing"] == "65.00"
        move_run(scored.pk, "keep", "年后更正，不改上年得分", actor=wang)
        assert reports.recomputed(scored).is_kept  # type: ignore[union-attr]
        move_run(scored.pk, "rescore", "更正后重评", actor=wang)
        assert totals(scored)["mt_yongxing"] == "80.00"
        found = reports.scored_of(reports.scorings_of(scored))
        assert found is not None
        assert sorted(f"{one.total:f}" for one in found.before.values()) == ["100.00", "65.00"]
        with pytest.raises(DatabaseError), transaction.atomic():
            AppraisalUnitScore.objects.filter(scoring=last).update(total=100)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.integers(0, 999), min_size=3, max_size=3), aim=st.integers(1, 3000))
def test_whatever_the_rows_are_two_computations_of_them_are_the_same_bytes(
    run: AppraisalRun, as_actor: Any, pieces: list[int], aim: int
) -> None:
    with transaction.atomic():
        with context.unscoped("test"):
            for number, count in enumerate(pieces):
                Output.objects.filter(workshop__code=f"W{number}").update(pieces=count)
            IndicatorTarget.objects.update(value=aim)
        with as_actor("wang"):
            one, other = computing.computed(run, {}), computing.computed(run, {})
        assert one is not other
        assert computing.bytes_of(one.definitions, one.units) == computing.bytes_of(
            other.definitions, other.units
        )
        for unit in one.units:
            lines = [computing.line_of(line) for line in unit["lines"]]
            assert sum((line.points for line in lines), Decimal(0)) == Decimal(unit["total"])
        transaction.set_rollback(True)


@given(
    points=st.decimals(-100, 100, places=2),
    value=st.one_of(st.decimals(0, 10**6, places=4), st.text(max_size=5)),
)
def test_a_line_is_kept_without_loss(points: Decimal, value: Any) -> None:
    line = Line(1, points, Standing.COUNTED, (Why("figure", value),), Decimal("5.00"))
    assert computing.line_of(computing._line(line)) == line


def test_each_point_opens_to_its_indicator_its_rows_and_its_evidence(
    scored: AppraisalRun, cast: Any, client_of: Any
) -> None:
    browser, address = client_of("wang"), f"/appraisal/runs/{scored.pk}/units/{cast.mt_labour.pk}/"
    page = browser.get(address).content.decode()
    links = {one.replace("&amp;", "&") for one in re.findall(r'href="(/appraisal/[^"]+)"', page)}
    rows = [one for one in links if "/rows/" in one]
    definitions = [one for one in links if "/definition/" in one]
    entries = [one for one in links if "/appraisalentry/0" in one]
    assert (len(rows), len(definitions), len(entries)) == (2, 2, 1)
    assert all(browser.get(one).status_code == 200 for one in (*rows, *definitions))
    assert "车间0" in browser.get(next(one for one in rows if "TOY-1" in one)).content.decode()
    assert "a.pdf" in browser.get(entries[0]).content.decode()
    told = browser.get(f"/api/v1/appraisal-runs/{scored.pk}/units/{cast.mt_labour.pk}/").json()
    line = next(one for one in told["lines"] if one["number"] == 3)
    assert (line["points"], line["papers"]) == ("20.00", ["a.pdf"])
    assert browser.get(f"/appraisal/runs/{scored.pk}/run.xlsx").status_code == 200
    assert browser.get(f"/appraisal/runs/{scored.pk}/run.docx").status_code == 200
    again = browser.get(f"/appraisal/runs/{scored.pk}/recomputed/").content.decode()
    assert "逐字节一致" in again


def test_the_other_side_sees_nothing_before_it_is_shown_and_no_paper_after(
    scored: AppraisalRun, cast: Any, as_actor: Any, client_of: Any
) -> None:
    addresses = [
        f"/appraisal/runs/{scored.pk}/",
        f"/appraisal/runs/{scored.pk}/units/{cast.mt_labour.pk}/",
        f"/appraisal/runs/{scored.pk}/run.xlsx",
        f"/api/v1/appraisal-runs/{scored.pk}/",
        f"/api/v1/appraisal-runs/{scored.pk}/units/{cast.mt_labour.pk}/",
    ]
    for who in ("carol", "alice", "lily", "bob", "root"):
        browser = client_of(who)
        assert [browser.get(one).status_code for one in addresses] == [404] * 5, who
        assert scored.name not in browser.get("/appraisal/runs/").content.decode()
    with as_actor("carol"):
        counted = [model.objects.count() for model in (AppraisalRun, AppraisalScoring, AppraisalUnitScore)]
    assert counted == [0, 0, 0]
    with as_actor("wang") as wang, pytest.raises(RuleViolated) as refused:
        move_run(scored.pk, "show", "", actor=wang)
    assert "另一人" in refused.value.problems[""][0]
    moved(scored, as_actor, "show")
    other = client_of("carol")
    assert [other.get(one).status_code for one in addresses] == [200] * 5
    page = other.get(addresses[1]).content.decode()
    assert "100.00" in page and "/appraisalentry/0" not in page
    assert "a.pdf" not in page, page[page.index("a.pdf") - 300 :][:400]
    told = other.get(addresses[4]).json()["lines"]
    assert {(one["entry"], *one["papers"]) for one in told} == {("",)}
    assert other.get(f"/appraisal/runs/{scored.pk}/recomputed/").status_code == 403
    with as_actor("carol") as carol:
        assert AppraisalEntry.objects.count() == 0
        with pytest.raises(NotAllowed):
            move_run(scored.pk, "publish", "", actor=carol)
        with pytest.raises(NotVisible):
            move_run(scored.pk, "hide", "", actor=carol)


def test_a_run_is_final_when_notice_and_appeals_are_over_and_only_then_has_grades(
    scored: AppraisalRun, as_actor: Any, client_of: Any
) -> None:
    moved(scored, as_actor, "show", "publish")
    with as_actor("wang") as wang:
        found = AppraisalRun.objects.get(pk=scored.pk)
        days = [(one - found.published_on).days + 1 for one in (found.notice_until, found.appeal_until)]
        assert days == [7, 10]
        with pytest.raises(RuleViolated) as refused:
            move_run(scored.pk, "finish", "", actor=wang)
    assert len(refused.value.problems[""]) == 2
    browser = client_of("bob")
    address = f"/appraisal/runs/{scored.pk}/"
    assert "待定案" in browser.get(address).content.decode()
    with clock.at(found.appeal_until), as_actor("wang") as wang:
        with pytest.raises(RuleViolated) as refused:
            move_run(scored.pk, "finish", "", actor=wang)
        assert len(refused.value.problems[""]) == 1
    with clock.at(found.appeal_until + timedelta(days=1)), as_actor("wang") as wang:
        move_run(scored.pk, "finish", "", actor=wang)
    page = browser.get(address).content.decode()
    assert "已定案" in page and "待定案" not in page
