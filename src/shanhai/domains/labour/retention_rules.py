"""When somebody is asked whether they stayed, what follows from an answer, and who stayed. Values only."""

from calendar import monthrange
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

DUE, STAYED, CHANGED, LEFT = "due", "stayed", "changed", "left"


def due_on(hired_on: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    year, month = divmod(hired_on.year * 12 + hired_on.month - 1 + months, 12)
    return date(year, month + 1, min(hired_on.day, monthrange(year, month + 1)[1]))


def late_on(due: date, within_days: int) -> date:
    return due + timedelta(days=within_days)


@dataclass(frozen=True, slots=True)
class Check:
    """What the rules need of one check."""

    id: Hashable
    due_on: date
    outcome: str = DUE
    left_on: date | None = None


def implied_by_staying(checks: Iterable[Check], seen_on: date) -> list[Hashable]:
    """Checks that need no asking: who was there on `seen_on` was there on every earlier day."""
    return [one.id for one in checks if one.outcome == DUE and one.due_on <= seen_on]


def implied_by_leaving(checks: Iterable[Check], left_on: date) -> dict[Hashable, bool]:
    """Open checks and whether the worker was still there on their day, of who left on `left_on`."""
    return {one.id: one.due_on < left_on for one in checks if one.outcome == DUE}


@dataclass(frozen=True, slots=True)
class Kept:
    """How a group fared some months on. Who was not asked is not counted as kept."""

    asked_for: int
    stayed: int
    changed: int
    left: int

    @property
    def open(self) -> int:
        return self.asked_for - self.stayed - self.changed - self.left

    @property
    def rate(self) -> Decimal | None:
        """Per cent still with the employer, rounded down; None where nobody's day has come."""
        if not self.asked_for:
            return None
        share = Decimal(100 * self.stayed) / Decimal(self.asked_for)
        return share.quantize(Decimal("0.1"), ROUND_DOWN)


def kept(checks: Iterable[Check], today: date) -> Kept:
    """Of checks whose day has come."""
    found = [one.outcome for one in checks if one.due_on <= today]
    return Kept(len(found), found.count(STAYED), found.count(CHANGED), found.count(LEFT))
