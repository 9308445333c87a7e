"""How what came from outside moves to its end, when it is late. Values in, words out; nothing is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

OVERDUE, WAITING, ANSWERED, CLOSED = "overdue", "waiting", "answered", "closed"
STANDINGS = (OVERDUE, WAITING, ANSWERED, CLOSED)
LATE, ANSWERED_LATE, UNSATISFIED, AGAIN = "answer_overdue", "answered_late", "unsatisfied", "reopened_again"
#: So often opened again that somebody should look.
OFTEN = 2


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done. Shape: the office closes and opens again, the unit answers."""

    sources: tuple[str, ...]
    target: str
    is_office: bool


ACTS: Mapping[str, Act] = {
    "answer": Act(("received", "reopened"), "answered", is_office=False),
    "close": Act(("answered",), "closed", is_office=True),
    "reopen": Act(("answered", "closed"), "reopened", is_office=True),
}


def may_do(act: str, stage: str) -> bool:
    return stage in ACTS[act].sources


@dataclass(frozen=True, slots=True)
class Matter:
    """What the rules need. Shape: `days` of the term in force on the day it began; None where none was."""

    stage: str
    received_on: date
    days: int | None
    answered_on: date | None = None
    reopened_on: date | None = None
    times_reopened: int = 0
    is_unsatisfied: bool = False

    @property
    def began_on(self) -> date:
        return self.reopened_on or self.received_on

    @property
    def due_on(self) -> date | None:
        return None if self.days is None else self.began_on + timedelta(days=self.days)


def standing(one: Matter, today: date) -> str:
    """One word: an answer stops the clock, opening again starts it anew."""
    if one.stage == "closed":
        return CLOSED
    if one.stage == "answered":
        return ANSWERED
    return OVERDUE if one.due_on is not None and today > one.due_on else WAITING


def findings(one: Matter, today: date) -> Iterator[tuple[str, int]]:
    """Kinds of findings about one that is not closed, with the days or times that are too many."""
    if one.stage == "closed":
        return
    if one.due_on is not None and standing(one, today) == OVERDUE:
        yield LATE, (today - one.due_on).days
    if (
        one.stage == "answered"
        and one.due_on is not None
        and one.answered_on
        and one.answered_on > one.due_on
    ):
        yield ANSWERED_LATE, (one.answered_on - one.due_on).days
    if one.stage == "answered" and one.is_unsatisfied:
        yield UNSATISFIED, 0
    if one.times_reopened >= OFTEN:
        yield AGAIN, one.times_reopened
