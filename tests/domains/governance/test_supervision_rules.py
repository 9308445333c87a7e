"""A slip moves by the table alone; lights, talks and scores follow from days and dated numbers."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.governance.supervision_rules import (
    ACTS,
    GREEN,
    OPEN,
    RED,
    YELLOW,
    Slip,
    answered_in_time,
    effect,
    light,
    may_do,
    must_talk,
    was_red,
)

LIMITS = {"yellow_days": 7, "talk_reds": 2, "score_red": 5, "score_sent_back": 2, "score_praise": 3}
DUE = date(2021, 9, 15)
SLIP = Slip("u", "issued", date(2021, 9, 1), DUE)
REPLIED = replace(SLIP, stage="replied", first_replied_on=DUE, replied_on=DUE)
LATE = replace(REPLIED, first_replied_on=date(2021, 9, 16), replied_on=date(2021, 9, 16))
STAGES = (*OPEN, "closed")
#: What the stages allow, written out once more.
ALLOWED = {
    "issued": {"receive", "escalate", "talk"},
    "received": {"reply", "escalate", "talk"},
    "replied": {"close", "send_back", "escalate", "talk"},
    "sent_back": {"reply", "escalate", "talk"},
    "closed": set(),
}


@pytest.mark.parametrize(("stage", "act"), list(product(STAGES, ACTS)))
def test_every_stage_allows_what_the_table_says(stage: str, act: str) -> None:
    assert may_do(act, stage) is (act in ALLOWED[stage])


def test_every_open_stage_leads_to_closed_and_closed_leads_nowhere() -> None:
    def ends(stage: str, seen: frozenset[str] = frozenset()) -> bool:
        if stage == "closed":
            return True
        following = {one.target for one in ACTS.values() if stage in one.sources and one.target}
        return any(ends(one, seen | {stage}) for one in following - seen - {stage})

    assert all(ends(stage) for stage in OPEN)


@pytest.mark.parametrize(
    ("slip", "today", "shown"),
    [
        (SLIP, date(2021, 9, 7), GREEN),
        (SLIP, date(2021, 9, 8), YELLOW),
        (SLIP, DUE, YELLOW),
        (SLIP, date(2021, 9, 16), RED),
        (REPLIED, date(2021, 9, 16), GREEN),
        (LATE, date(2021, 9, 16), RED),
        (replace(REPLIED, stage="sent_back"), date(2021, 9, 16), RED),
        (replace(LATE, stage="closed"), date(2021, 9, 20), GREEN),
    ],
)
def test_lights(slip: Slip, today: date, shown: str) -> None:
    assert light(slip, today, LIMITS) == shown


def test_repeated_reds_nobody_talked_about_lead_to_a_talk() -> None:
    today = date(2021, 12, 1)
    assert not must_talk([SLIP, REPLIED], today, LIMITS)
    assert must_talk([SLIP, LATE], today, LIMITS)
    assert not must_talk([SLIP, replace(LATE, talked_on=today)], today, LIMITS)
    assert not must_talk([SLIP, LATE], date(2022, 1, 1), LIMITS)
    assert not must_talk([SLIP, LATE], today, {})


def test_the_effect_of_a_year() -> None:
    slips = [replace(REPLIED, stage="closed"), replace(LATE, times_sent_back=1), SLIP]
    told = effect(slips, {"praise": 1}, LIMITS, date(2021, 9, 20))
    assert (told.slips, told.closed, told.answered, told.in_time) == (3, 1, 2, 1)
    assert (told.days, told.reds, told.sent_back) == (14.5, 2, 1)
    assert told.score == 100 - 2 * 5 - 2 + 3


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_what_was_answered_in_time_and_stood_was_never_red(due: int, replied: int, after: int) -> None:
    issued = date(2021, 1, 1)
    day, today = issued.replace(month=3), issued.replace(month=6)
    slip = Slip(
        "u",
        "closed",
        issued,
        date.fromordinal(issued.toordinal() + due),
        first_replied_on=date.fromordinal(issued.toordinal() + replied),
        replied_on=date.fromordinal(issued.toordinal() + replied),
        closed_on=date.fromordinal(day.toordinal() + after),
    )
    assert answered_in_time(slip) is (not was_red(slip, today))
