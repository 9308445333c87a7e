"""What minutes say, as values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """A resolution as it is written. Shape: `line` counts from 1; names as written."""

    line: int
    content: str
    lead: str = ""
    supports: tuple[str, ...] = ()
    due_on: date | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes in parts. Shape: what is not written is empty; `doubts` are of the whole."""

    title: str = ""
    number: str = ""
    held_on: date | None = None
    venue: str = ""
    chairs: str = ""
    attendees: str = ""
    next_on: date | None = None
    agenda: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    doubts: tuple[str, ...] = ()
