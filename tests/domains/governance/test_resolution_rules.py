"""Where a resolution stands follows from what was reported and the day; the light from the dated numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.governance.resolution_rules import (
    CLAIMED,
    DONE,
    GREEN,
    NOT_STARTED,
    OVERDUE,
    RED,
    REVOKED,
    UNDER_WAY,
    YELLOW,
    Told,
    agenda_of,
    light,
    percent_of,
    planned,
    standing,
)

DUE, BEFORE, AFTER = date(2021, 9, 30), date(2021, 9, 10), date(2021, 10, 1)
LIMITS = {"yellow_days": 7, "plan_share": 80}


def told(state: str, *, complete: bool = False, day: date = date(2021, 9, 1)) -> Told:
    return Told(day, state, complete, Decimal(50))


@pytest.mark.parametrize(
    ("reports", "today", "stands"),
    [
        ((), BEFORE, NOT_STARTED),
        ((), DUE, NOT_STARTED),
        ((), AFTER, OVERDUE),
        ((told("submitted"),), BEFORE, UNDER_WAY),
        ((told("verified"),), AFTER, OVERDUE),
        ((told("returned"),), BEFORE, UNDER_WAY),
        ((told("submitted", complete=True),), BEFORE, CLAIMED),
        ((told("submitted", complete=True),), AFTER, CLAIMED),  # asked for in time
        ((told("submitted", complete=True, day=AFTER),), AFTER, OVERDUE),
        ((told("returned", complete=True),), AFTER, OVERDUE),
        ((told("verified", complete=True),), AFTER, DONE),
        ((told("returned", complete=True), told("verified", complete=True)), AFTER, DONE),
    ],
)
def test_where_a_resolution_stands(reports: tuple[Told, ...], today: date, stands: str) -> None:
    assert standing(reports, DUE, today) == stands
    assert standing(reports, DUE, today, is_revoked=True) == REVOKED


@pytest.mark.parametrize(
    ("stands", "today", "percent", "shown"),
    [
        (NOT_STARTED, date(2021, 9, 2), 0, YELLOW),  # begun 1 September: 3 % of the plan, nothing done
        (UNDER_WAY, date(2021, 9, 16), 41, YELLOW),  # planned 51.7 %, of which 80 % is 41.4
        (UNDER_WAY, date(2021, 9, 16), 42, GREEN),
        (UNDER_WAY, date(2021, 9, 23), 100, YELLOW),  # seven days left
        (UNDER_WAY, date(2021, 9, 22), 100, GREEN),
        (OVERDUE, AFTER, 99, RED),
        (DONE, AFTER, 100, GREEN),
        (REVOKED, AFTER, 0, GREEN),
    ],
)
def test_lights(stands: str, today: date, percent: int, shown: str) -> None:
    assert light(stands, date(2021, 9, 1), DUE, Decimal(percent), today, LIMITS) == shown


def test_without_numbers_only_the_day_counts() -> None:
    assert light(UNDER_WAY, date(2021, 9, 1), DUE, Decimal(0), DUE, {}) == GREEN


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_plan_runs_from_nothing_to_the_whole(after: int, days: int) -> None:
    begun = date(2021, 1, 1)
    share = planned(begun, begun + timedelta(days=days), begun + timedelta(days=after))
    assert 0 <= share <= 100
    assert (share == 100) == (after >= days)


def test_the_latest_report_says_how_far() -> None:
    first, second = Told(DUE, "submitted", False, Decimal(30)), Told(AFTER, "returned", False, Decimal(90))
    assert percent_of([first, second]) == 30
    assert percent_of([]) == 0


def test_what_is_left_opens_the_next_agenda() -> None:
    assert agenda_of([("1号-01", "交换清单", "超期")]) == "1. 复议 1号-01：交换清单（超期）"
