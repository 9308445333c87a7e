"""What each row of a term adds, in which windows; and the sums of all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from shanhai.engines import stretches
from shanhai.engines.stretches import LOT, Bits, Flags, Ints

from .activity import active
from .columns import Array
from .counted import Rows
from .derived import Derivations
from .terms import Term
from .tree import PlaceTree


@dataclass(frozen=True)
class Addends:
    """Rows with their cells, weights, and windows, one word for each lot of months."""

    objects: Array
    keys: Array
    cells: Ints
    weights: Ints
    windows: Sequence[Bits]

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def bytes(self) -> int:
        arrays = (self.objects, self.keys, self.cells, self.weights, *self.windows)
        return sum(one.nbytes for one in arrays)

    def where(self, kept: Flags | Ints) -> Self:
        lots = [one[kept] for one in self.windows]
        return type(self)(self.objects[kept], self.keys[kept], self.cells[kept], self.weights[kept], lots)

    def joined(self, other: Self) -> Self:
        pairs = zip(self.windows, other.windows, strict=True)
        return type(self)(
            np.concatenate([self.objects, other.objects]),
            np.concatenate([self.keys, other.keys]),
            np.concatenate([self.cells, other.cells]),
            np.concatenate([self.weights, other.weights]),
            [np.concatenate(pair) for pair in pairs],
        )

    def sums(self, cells: int) -> list[NDArray[Any]]:
        """Cells × months of each lot."""
        return [stretches.sums_of_bits(one, self.cells, self.weights, (cells, LOT)) for one in self.windows]

    def added_to(self, sums: Sequence[NDArray[Any]], sign: int) -> list[NDArray[Any]]:
        """The same sums with these few rows in them, or without them where `sign` is -1."""
        pairs = zip(sums, self.windows, strict=True)
        return [stretches.added(one, windows, self.cells, sign * self.weights) for one, windows in pairs]


@dataclass(frozen=True)
class Months:
    """Months in lots of as many as a word has bits; the same months always fall into the same lots."""

    lots: tuple[int, ...] = field(default=())

    @classmethod
    def holding(cls, months: Sequence[int]) -> Self:
        return cls(tuple(sorted({month // LOT for month in months})))

    def __or__(self, other: Self) -> Self:
        return type(self)(tuple(sorted({*self.lots, *other.lots})))

    def holds(self, other: "Months") -> bool:
        return set(other.lots) <= set(self.lots)

    def arrays(self) -> list[Ints]:
        return [np.arange(lot * LOT, (lot + 1) * LOT) for lot in self.lots]

    def place(self, month: int) -> tuple[int, int]:
        """Number of the lot, and of the month in it."""
        return self.lots.index(month // LOT), month % LOT


def addends(
    term: Term, size: int, rows: Rows, months: Months, tree: PlaceTree, only: Sequence[str] | None = None
) -> Addends:
    """Shape: whole objects are in `rows`; `only`: the keys of the rows, where they are few."""
    indicator = term.indicator
    stretch = active(indicator.time, indicator.span, size, iter(rows.times))
    derivations = Derivations(term, rows, only) if indicator.derived and len(rows.keys) else None
    lots = []
    for lot in months.arrays():
        windows = stretches.bits(stretch.among(lot))
        windows = windows & derivations.may_count(lot) if derivations else windows
        lots.append(stretches.once(windows, rows.is_first) if term.is_distinct else windows)
    objects = rows.columns["order0"] if term.is_distinct else rows.keys
    return Addends(objects, rows.keys, tree.numbers(rows.places), rows.weights, lots)
