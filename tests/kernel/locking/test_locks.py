"""Periods open and lock by the rules; a unit is let in again for a reason, until a moment."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from kernel.imports.conftest import Desk
from kernel.periods.building import Duties
from kernel.surfaces.reading import page, words
from shanhai.engines.values import Period
from shanhai.kernel import actions, clock, context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.locking import Locks, why_closed
from shanhai.kernel.locking.calendar import Calendar
from shanhai.kernel.locking.reopening import end_reopening, reopen
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import PLAIN, State

OUTPUTS = "/toys/output/"
LOCKS = "/obligations/locks/"


@pytest.fixture
def ledger() -> Any:
    return registry.get("toys.output")


@pytest.fixture
def rule(duties: Duties) -> Any:
    """Due ten days after the month, changed for ten more: of the tests' today August is locked."""
    return duties.rule(duties.cast.dm_labour, lock_days=3, open_days=0)


def until(day: date) -> datetime:
    return datetime.combine(day, time(18), clock.CHINA)


def test_a_period_opens_and_locks_by_the_rule_that_governs_it(duties: Duties) -> None:
    cast = duties.cast
    duties.rule(cast.dm_labour, lock_days=0)
    duties.rule(cast.dm_finance, lock_days=60)
    duties.rule(cast.dm_labour, lock_days=5, valid_from=date(2021, 6, 1))
    duties.rule(cast.mt_labour, lock_days=0)
    with context.unscoped("look"):
        calendar = Calendar.of("toys.output")

    def last(unit: Any, month: str) -> date | None:
        days = calendar.days(unit.side, unit.pk, Period.parse(month))
        return days.last_open if days else None

    assert last(cast.dm_labour, "2021-05") == date(2021, 6, 10)
    assert last(cast.dm_labour, "2021-06") == date(2021, 7, 15)  # the later rule
    assert last(cast.dm_coordinator, "2021-05") == date(2021, 8, 9)  # bound by none: the most generous
    assert last(cast.dm_labour, "2020-12") is None  # before any rule
    assert last(cast.mt_labour, "2021-05") == date(2021, 6, 10)


def test_the_last_open_day_is_open_and_the_next_is_not(rule: Any, output: Any, ledger: Any) -> None:
    row = output("2021-08")
    with context.unscoped("look"):
        for day, code in ((date(2021, 9, 13), None), (date(2021, 9, 14), "period_locked")):
            with clock.at(day):
                closed = why_closed(ledger, [row]).get(row.pk)
                assert (closed and closed.code) == code


def test_what_is_closed_is_refused_through_every_door(
    rule: Any, output: Any, sign_in: Any, cast: Any, ledger: Any
) -> None:
    row, workshop = output("2021-08"), output("2021-09").workshop
    client = sign_in("alice")
    given = {"workshop": str(workshop.pk), "amount": "1", "row_version": "1", "reason": ""}
    assert "已锁定" in words(client.get(f"{OUTPUTS}{row.pk}/edit/"))
    page_ = client.post(f"{OUTPUTS}{row.pk}/edit/", {**given, "period": "2021-09"})
    assert page_.status_code == 422 and "2021年8月在 2021-09-13 之后已锁定" in words(page_)
    api = client.patch(
        f"/api/v1/toys/output/{row.pk}/",
        {"row_version": 1, "amount": "5"},
        content_type="application/json",
    )
    assert (api.status_code, api.json()["code"]) == (422, "period_locked")
    bulk = client.post(f"{OUTPUTS}bulk/", {"verb": "submit", "ids": [str(row.pk)]})
    assert "跳过 1 条" in words(bulk) and "已锁定" in words(bulk)
    with context.acting(cast.actor("alice")) as current:
        values = {"workshop": workshop, "period": "2021-08", "amount": 1}
        with pytest.raises(RuleViolated, match="已锁定") as refused:
            actions.create_row(ledger, values, actor=current.actor)
        assert "period" in refused.value.problems
        with pytest.raises(RuleViolated, match="从 2021-10-01 起"):
            actions.create_row(ledger, {**values, "period": "2021-10"}, actor=current.actor)
    detail = client.get(f"{OUTPUTS}{row.pk}/")
    offered = [one.get_text(strip=True) for one in page(detail).select(".page-actions a")]
    assert "请统筹部门重开" in words(detail) and "修改" not in offered
    form = words(client.get(f"{OUTPUTS}new/"))
    assert "2021年8月（已锁定）" in form and "2021年10月（未开放）" in form
    assert "2021年8月（已锁定）" in words(client.get(OUTPUTS))


@pytest.mark.parametrize("step", [one.name for one in PLAIN.steps])
def test_in_a_locked_period_only_verification_goes_on(
    rule: Any, output: Any, cast: Any, ledger: Any, step: str
) -> None:
    transition = PLAIN.by_name[step]
    source = State(transition.sources[0])
    row = output("2021-08", "submitted" if source is State.SUBMITTED else "draft")
    if step == "verify":
        from kernel.surfaces.test_steps import attach

        attach(row)
    with context.acting(cast.actor("carol")) as current:
        if transition.passes_lock:
            actions.step_row(ledger, row, transition, actor=current.actor, reason="理由")
        else:
            with pytest.raises(RuleViolated, match="已锁定") as refused:
                actions.step_row(ledger, row, transition, actor=current.actor, reason="理由")
            assert refused.value.refusal == "period_locked"


def test_a_unit_is_let_in_again_until_a_moment_and_then_is_out(
    rule: Any, output: Any, cast: Any, ledger: Any
) -> None:
    row = output("2021-08")
    with context.acting(cast.actor("carol")) as current:
        last, given = until(date(2021, 9, 26)), (ledger.key, cast.dm_labour.pk, "2021年8月")
        opened = reopen(*given, until=last, reason="停电", actor=current.actor)
    with context.acting(cast.actor("alice")) as current:
        row = actions.save_row(ledger, row, {"amount": 3}, actor=current.actor, row_version=1)
        assert "重开至 2021-09-26 18:00" in Locks(ledger).notice(row)
    with (
        clock.at(last + timedelta(minutes=1)),
        context.acting(cast.actor("alice")) as current,
        pytest.raises(RuleViolated, match="已锁定"),
    ):
        actions.save_row(ledger, row, {"amount": 4}, actor=current.actor, row_version=2)
    with context.acting(cast.actor("carol")) as current:
        end_reopening(opened, actor=current.actor)
        with pytest.raises(RuleViolated, match="已经结束"):
            end_reopening(opened, actor=current.actor)
    with context.unscoped("look"):
        assert why_closed(ledger, [row])[row.pk].code == "period_locked"
    entries = HistoryEntry.objects.filter(table_name="kernel_periodreopening", row_id=opened.pk)
    assert [(entry.operation, entry.reason) for entry in entries.order_by("id")] == [
        ("insert", "停电"),
        ("update", "提前结束重开"),
    ]


def test_who_may_not_reopen_and_what_cannot_be(rule: Any, cast: Any, ledger: Any) -> None:
    def asked(who: str, period: str = "2021-08", last: date = date(2021, 9, 26), why: str = "停电") -> Any:
        with context.acting(cast.actor(who)) as current:
            return reopen(
                ledger.key, cast.dm_labour.pk, period, until=until(last), reason=why, actor=current.actor
            )

    for who in ("alice", "victor", "dave", "wang", "root"):
        with pytest.raises(NotAllowed):
            asked(who)
    for given, why in (
        ({"period": "2021-09"}, "没有锁定"),
        ({"period": "八月"}, "不是报告期"),
        ({"last": date(2021, 9, 1)}, "截止时间"),
        ({"last": date(2021, 12, 1)}, "截止时间"),
        ({"why": " "}, "原因"),
    ):
        with pytest.raises(RuleViolated, match=why):
            asked("carol", **given)
    asked("carol")
    with pytest.raises(RuleViolated, match="正在重开"):
        asked("carol")


def test_the_page_of_locks_reopens_and_ends(rule: Any, duties: Duties, sign_in: Any, client_of: Any) -> None:
    cast = duties.cast
    client = sign_in("carol")
    shown = words(client.get(LOCKS, {"ledger": "toys.output"}))
    assert "2021年8月" in shown and "已锁定" in shown and "填报中" in shown
    given = {
        "ledger": "toys.output",
        "unit": str(cast.dm_labour.pk),
        "period": "2021-08",
        "until": "2021-09-30",
        "reason": "停电两天",
    }
    assert client.post(f"{LOCKS}new/", {**given, "reason": ""}).status_code == 422
    assert client.post(f"{LOCKS}new/", {**given, "unit": "?"}).status_code == 422
    assert client.post(f"{LOCKS}new/", given).status_code == 303
    shown = page(client.get(LOCKS))
    assert "停电两天" in shown.get_text() and "重开中" in shown.get_text()
    end = shown.select_one("main form[action$='/end/']")
    assert end is not None
    alice = client_of("alice")
    assert "停电两天" in words(alice.get(LOCKS)) and not page(alice.get(LOCKS)).select("main form")
    assert alice.post(f"{LOCKS}new/", given).status_code == 403
    assert alice.post(end["action"]).status_code == 403
    assert "停电两天" not in words(client_of("anna").get(LOCKS))
    assert client_of("bob").post(end["action"]).status_code == 404
    assert client.post(end["action"]).status_code == 303
    assert "已提前结束" in words(client.get(LOCKS))


def test_the_workbench_and_the_duty_tell_of_the_lock(rule: Any, duties: Duties, sign_in: Any) -> None:
    one = duties.owed(duties.cast.dm_labour, "2021-08", date(2021, 9, 10), rule=rule)
    client = sign_in("carol")
    shown = words(client.get(f"/obligations/{one.pk}/"))
    assert "已锁定（2021-09-13 之后）" in shown and "重开这一期" in shown
    assert "已锁定" in words(client.get("/"))
    with clock.at(date(2021, 9, 12)):
        assert "即将锁定" in words(client.get("/")) and "09-13 后锁定" in words(client.get("/"))


def test_a_file_writes_nothing_into_a_locked_period(rule: Any, output: Any, cast: Any, ledger: Any) -> None:
    stored, other = output("2021-08"), output("2021-09").workshop
    lines = [
        {"车间": stored.workshop.code, "所属期": "2021-08", "产值（元）": 77},
        {"车间": other.code, "所属期": "2021-07", "产值（元）": 1},
        {"车间": other.code, "所属期": "2021-09", "产值（元）": 1},
    ]
    plan = Desk(cast).plan(lines, ledger=ledger)
    assert [problem.code for problem in plan.problems] == ["period_locked", "period_locked"]
    assert "2021年8月在 2021-09-13 之后已锁定" in str(plan.problems[0]) and plan.expected == 1


def test_asking_costs_the_same_for_one_row_and_for_many(
    rule: Any, output: Any, ledger: Any, queries: Any
) -> None:
    rows = [output("2021-08") for _one in range(5)]
    counts = []
    for some in (rows[:1], rows):
        with context.unscoped("count"), queries() as captured:
            assert len(why_closed(ledger, some)) == len(some)
        counts.append(len(captured))
    assert counts == [3, 3]
