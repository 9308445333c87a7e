"""When somebody is to be heard from, and how a trouble moves. Values in, values out."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

#: Stage of a trouble → stages that may follow. After one that is confirmed, something new is another row.
MOVES: Mapping[str, tuple[str, ...]] = {
    "received": ("handling", "closed"),
    "handling": ("closed",),
    "closed": ("confirmed", "handling"),
    "confirmed": (),
}
#: Stages in which the clock runs.
OPEN = ("received", "handling")
_SOON = timedelta(days=3)


class Light(StrEnum):
    """How near a day is."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


def visit_due(heard_on: date, tried_on: date | None, days: int, again_days: int) -> date:
    """When somebody last heard from on `heard_on` is to be visited; after a vain attempt not before the next.

    Unit: `days`, `again_days` in calendar days. Shape: an attempt before the last hearing plays no part.
    """
    due = heard_on + timedelta(days=days)
    if tried_on is not None and tried_on > heard_on:
        due = max(due, tried_on + timedelta(days=again_days))
    return due


def light(due_on: date, today: date) -> Light:
    if due_on < today:
        return Light.LATE
    if due_on == today:
        return Light.TODAY
    return Light.SOON if due_on <= today + _SOON else Light.LATER


def may_move(stage: str, following: str) -> bool:
    return following in MOVES[stage]


def is_late(stage: str, due_on: date | None, today: date) -> bool:
    """Whether a trouble still runs after its last day."""
    return stage in OPEN and due_on is not None and due_on < today
