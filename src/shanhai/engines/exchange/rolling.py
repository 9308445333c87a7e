"""Figures of several senders side by side, and their sums; who has not sent is missing, never nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .model import Figure, share


@dataclass(frozen=True)
class Cell:
    """A sender's value. `is_there` False: that sender has sent nothing of it. A value may be None: a ratio
    whose denominator is nothing.
    """

    value: Decimal | None
    counted: int
    is_there: bool


@dataclass(frozen=True)
class RolledUp:
    """One indicator over the senders, in their order. `sent`: how many of them the total is of."""

    figure: Figure
    cells: Sequence[Cell]
    total: Decimal | None
    counted: int
    sent: int

    @property
    def is_whole(self) -> bool:
        return self.sent == len(self.cells)


def roll_up(senders: Sequence[str], figures: Mapping[str, Mapping[str, Figure]]) -> list[RolledUp]:
    """Indicators in the order in which they first come. `figures`: sender → code → figure.

    A ratio is divided anew from the sums of its parts, of those senders that sent both.
    """
    first: dict[str, Figure] = {}
    for sender in senders:
        for code, figure in figures.get(sender, {}).items():
            first.setdefault(code, figure)
    return [_rolled(figure, senders, figures) for figure in first.values()]


def _rolled(figure: Figure, senders: Sequence[str], figures: Mapping[str, Mapping[str, Figure]]) -> RolledUp:
    found = [figures.get(sender, {}).get(figure.code) for sender in senders]
    cells = [Cell(one.value, one.counted, True) if one else Cell(None, 0, False) for one in found]
    there = [one for one in found if one is not None]
    if figure.parts is None:
        total: Decimal | None = sum((one.value or Decimal(0) for one in there), Decimal(0))
    else:
        of = [figures[sender] for sender, one in zip(senders, found, strict=True) if one is not None]
        total = share(*(_sum(code, of) for code in figure.parts))
    return RolledUp(figure, cells, total, sum(one.counted for one in there), len(there))


def _sum(code: str, senders: Sequence[Mapping[str, Figure]]) -> Decimal | None:
    values = [one[code].value for one in senders if code in one]
    return sum((value for value in values if value is not None), Decimal(0)) if values else None


def changes(
    before: Mapping[str, Figure], after: Mapping[str, Figure]
) -> Iterator[tuple[Figure, Decimal | None, Decimal | None]]:
    """Figures that a newer package says otherwise, or that only one of the two says: (which, was, is)."""
    for code in dict.fromkeys((*before, *after)):
        was, now = before.get(code), after.get(code)
        old, new = (one.value if one else None for one in (was, now))
        known = now or was
        if known is not None and (old != new or was is None or now is None):
            yield known, old, new
