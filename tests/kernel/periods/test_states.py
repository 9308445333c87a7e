"""How an obligation stands, case by case and against a slow reference."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.periods.building import Duties
from shanhai.kernel import clock, context
from shanhai.kernel.models import Obligation
from shanhai.kernel.periods.filed import nil_stands, reported_rows
from shanhai.kernel.periods.states import ObligationState, Standing, obligation_states
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.kernel.workflow import State

DUE = date(2021, 9, 10)
TODAY = date(2021, 9, 24)


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.CHINA) + timedelta(hours=12)


def state_of(obligation: Obligation) -> ObligationState:
    with context.unscoped("test"):
        return obligation_states([obligation])[obligation.pk]


@pytest.mark.parametrize(
    ("rows", "nil_on", "standing", "late_days"),
    [
        ([], None, Standing.LATE, 14),
        ([(State.DRAFT, None)], None, Standing.LATE, 14),
        ([(State.SUBMITTED, DUE)], None, Standing.REPORTED, 0),
        ([(State.VERIFIED, DUE)], None, Standing.VERIFIED, 0),
        ([(State.VERIFIED, DUE), (State.SUBMITTED, TODAY)], None, Standing.REPORTED, 0),
        ([(State.SUBMITTED, date(2021, 9, 11))], None, Standing.REPORTED, 1),
        ([(State.RETURNED, DUE)], None, Standing.LATE, 14),
        ([(State.VOIDED, DUE)], None, Standing.LATE, 14),
        ([], DUE, Standing.NIL, 0),
        ([], date(2021, 9, 13), Standing.NIL, 3),
        ([(State.DRAFT, None)], DUE, Standing.NIL, 0),
        ([(State.SUBMITTED, date(2021, 9, 12))], DUE, Standing.REPORTED, 2),
    ],
)
def test_one_row_is_owed(
    duties: Duties, rows: list[Any], nil_on: date | None, standing: Standing, late_days: int
) -> None:
    unit = duties.cast.mt_labour
    for state, reported_on in rows:
        duties.row(unit, "2021-08", state, reported_on)
    obligation = duties.owed(unit, "2021-08", DUE, nil_at=noon(nil_on) if nil_on else None)
    found = state_of(obligation)
    assert (found.standing, found.late_days) == (standing, late_days)


def test_before_the_due_day_is_past_nothing_is_late(duties: Duties) -> None:
    found = state_of(duties.owed(duties.cast.mt_labour, "2021-09", TODAY))
    assert found.standing is Standing.OPEN
    assert not found.is_late


def test_three_rows_are_owed_and_the_third_decides_the_day(duties: Duties) -> None:
    unit = duties.cast.mt_labour
    for day in (date(2021, 9, 1), date(2021, 9, 2)):
        duties.row(unit, "2021-08", State.VERIFIED, day)
    obligation = duties.owed(unit, "2021-08", DUE, minimum_rows=3)
    assert not state_of(obligation).is_met
    duties.row(unit, "2021-08", State.SUBMITTED, date(2021, 9, 15))
    found = state_of(obligation)
    assert (found.met_on, found.late_days, found.rows, found.verified) == (date(2021, 9, 15), 5, 3, 2)


def test_rows_of_another_unit_or_period_do_not_count(duties: Duties) -> None:
    duties.row(duties.cast.mt_yongxing, "2021-08", State.VERIFIED, DUE)
    duties.row(duties.cast.mt_labour, "2021-07", State.VERIFIED, DUE)
    assert state_of(duties.owed(duties.cast.mt_labour, "2021-08", DUE)).rows == 0


def test_many_obligations_take_one_query_per_ledger(duties: Duties, queries: Any) -> None:
    rule = duties.rule(duties.cast.mt_labour)
    owed = [duties.owed(duties.cast.mt_labour, f"2021-0{n}", DUE, rule=rule) for n in range(1, 9)]
    with context.unscoped("test"), queries() as captured:
        obligation_states(owed)
    assert len(captured) == 1


ROW = st.tuples(st.sampled_from(State), st.integers(min_value=-3, max_value=3))


@given(
    rows=st.lists(ROW, max_size=5),
    nil=st.none() | st.integers(min_value=-2, max_value=2),
    minimum=st.integers(min_value=1, max_value=3),
    due_in=st.integers(min_value=-5, max_value=2),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_states_and_indicator_query_agree_with_a_slow_reference(
    duties: Duties, rows: list[tuple[State, int]], nil: int | None, minimum: int, due_in: int
) -> None:
    due = TODAY + timedelta(days=due_in)
    with transaction.atomic():
        for state, offset in rows:
            reported_on = None if state is State.DRAFT else due + timedelta(days=offset)
            duties.row(duties.cast.mt_labour, "2021-08", state, reported_on)
        nil_on = None if nil is None else due + timedelta(days=nil)
        obligation = duties.owed(
            duties.cast.mt_labour,
            "2021-08",
            due,
            minimum_rows=minimum,
            nil_at=noon(nil_on) if nil_on else None,
        )
        found = state_of(obligation)
        asked = _asked_in_sql(obligation)
        transaction.set_rollback(True)

    days = sorted(due + timedelta(days=offset) for state, offset in rows if state in REPORTED_STATES)
    met_on = days[minimum - 1] if len(days) >= minimum else None
    if not days and nil_on:
        met_on = nil_on
    assert found.met_on == met_on
    assert found.is_nil == (nil_on is not None and not days)
    assert found.rows == sum(state is not State.VOIDED for state, _offset in rows)
    assert found.verified == sum(state is State.VERIFIED for state, _offset in rows)
    assert found.late_days == max(0, ((met_on or TODAY) - due).days)
    assert found.is_on_time == asked == (met_on is not None and met_on <= due)


def _asked_in_sql(obligation: Obligation) -> bool:
    """Whether it was met in time, as the indicator asks it inside its query."""
    with context.unscoped("test"):
        row = Obligation.objects.annotate(
            in_time=reported_rows(is_in_time=True), reported=reported_rows(is_in_time=False)
        )
        in_time = row.filter(pk=obligation.pk, in_time__gte=obligation.minimum_rows).exists()
        nil = row.filter(nil_stands(), pk=obligation.pk, nil_at__date__lte=obligation.due_on).exists()
    return in_time or nil
