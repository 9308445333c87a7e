"""An answer stops the clock, opening again starts it anew; every pair of stage and act is tried."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.governance.outside_rules import (
    ACTS,
    AGAIN,
    ANSWERED,
    ANSWERED_LATE,
    CLOSED,
    LATE,
    OVERDUE,
    UNSATISFIED,
    WAITING,
    Matter,
    findings,
    may_do,
    standing,
)

DAY = date(2021, 9, 1)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("one", "today", "word", "found"),
    [
        (Matter("received", DAY, 15), on(15), WAITING, []),
        (Matter("received", DAY, 15), on(16), OVERDUE, [(LATE, 1)]),
        (Matter("received", DAY, None), on(400), WAITING, []),
        (Matter("answered", DAY, 15, on(10)), on(40), ANSWERED, []),
        (Matter("answered", DAY, 15, on(20)), on(40), ANSWERED, [(ANSWERED_LATE, 5)]),
        (Matter("answered", DAY, 15, on(9), is_unsatisfied=True), on(10), ANSWERED, [(UNSATISFIED, 0)]),
        (Matter("reopened", DAY, 15, on(5), on(20), 1), on(35), WAITING, []),
        (Matter("reopened", DAY, 15, on(5), on(20), 2), on(36), OVERDUE, [(LATE, 1), (AGAIN, 2)]),
        (Matter("closed", DAY, 15, on(30), None, 3), on(90), CLOSED, []),
    ],
)
def test_where_it_stands_and_what_is_found(one: Matter, today: date, word: str, found: object) -> None:
    assert standing(one, today) == word
    assert list(findings(one, today)) == found


@given(st.integers(0, 400), st.integers(0, 400))
def test_it_is_overdue_from_the_day_after_its_last(days: int, later: int) -> None:
    assert (standing(Matter("received", DAY, days), on(later)) == OVERDUE) is (later > days)


def test_each_act_is_open_from_its_stages_alone() -> None:
    stages = ("received", "answered", "closed", "reopened")
    allowed = {(act, stage) for act in ACTS for stage in stages if may_do(act, stage)}
    assert allowed == {
        ("answer", "received"),
        ("answer", "reopened"),
        ("close", "answered"),
        ("reopen", "answered"),
        ("reopen", "closed"),
    }
