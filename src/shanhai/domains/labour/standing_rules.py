"""What the register says of a worker once a fact about work is known. Values in, values out."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

#: Statuses of somebody who is in a post.
AT_WORK = ("employed", "changing")


class Event(StrEnum):
    """What became known."""

    HIRED = "hired"
    LEFT = "left"


def status_after(
    event: Event, status: str, since: date | None, day: date, others: Iterable[date | None] = ()
) -> str:
    """The status from `day` on; "" where the register stays as it is.

    Shape: `since` is the first day of the present status, None where nobody knows it; `others` are the last
    days of the worker's other spells, None for one that still runs. What is known of a later day stands.
    """
    if since is not None and since > day:
        return ""
    if event is Event.HIRED:
        return "" if status == "employed" else "employed"
    if status not in AT_WORK or any(end is None or end > day for end in others):
        return ""
    return "unemployed"
