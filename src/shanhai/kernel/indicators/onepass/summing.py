"""What each row of a term adds, in which windows; and the sums of all, for every place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from shanhai.engines import stretches
from shanhai.engines.stretches import LOT, Bits, Flags, Ints

from .activity import active
from .counted import Rows
from .derived import Derivations, Rules
from .terms import Term
from .tree import PlaceTree

#: Lots that are kept side by side; asked for more, only those asked for last stay.
MOST_LOTS = 4


@dataclass(frozen=True)
class Addends:
    """Cells of rows, weights (None: each counts one), and windows, one word for each lot of months."""

    cells: NDArray[np.int32]
    weights: Ints | None
    windows: Sequence[Bits]

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def nbytes(self) -> int:
        weights = 0 if self.weights is None else self.weights.nbytes
        return self.cells.nbytes + weights + sum(one.nbytes for one in self.windows)

    def where(self, kept: Flags | Ints | slice) -> Self:
        weights = None if self.weights is None else self.weights[kept]
        return type(self)(self.cells[kept], weights, [one[kept] for one in self.windows])


@dataclass(frozen=True)
class Months:
    """Months in lots of as many as a word has bits. Shape: the first month of each lot."""

    starts: tuple[int, ...] = ()

    def extended(self, months: Iterable[int]) -> Self:
        """With lots for those months it has none for, each up to the end of a year."""
        asked, starts = set(months), list(self.starts)
        missing = sorted(month for month in asked if not self.holds(month))
        while missing:
            start = missing[-1] // 12 * 12 + 12 - LOT
            starts.append(start)
            missing = [month for month in missing if month < start]
        if self.starts and len(starts) > MOST_LOTS:
            return type(self)().extended(asked)
        return type(self)(tuple(starts))

    def holds(self, month: int) -> bool:
        return any(start <= month < start + LOT for start in self.starts)

    def arrays(self) -> list[Ints]:
        return [np.arange(start, start + LOT) for start in self.starts]

    def place(self, month: int) -> tuple[int, int]:
        """Number of the lot, and of the month in it. Errors: StopIteration."""
        return next((n, month - start) for n, start in enumerate(self.starts) if 0 <= month - start < LOT)


@lru_cache(maxsize=4096)
def _flags(word: int) -> Ints:
    """The windows of a word, as what one row adds to them."""
    found: Ints = stretches.flags(np.array([word], np.uint64))[0].astype(np.int64)
    return found


class Totals:
    """Of every place what lies in it or below it, by month of each lot; last of nowhere, and of all.

    Guarantee: exact. Unit: of the last decimal of the field that is summed.
    """

    def __init__(self, addends: Addends, tree: PlaceTree, *, is_count: bool) -> None:
        self._tree, self._is_count = tree, is_count or addends.weights is None
        weights = np.ones(len(addends), np.int64) if self._is_count else addends.weights
        assert weights is not None  # noqa: S101  (narrowing)
        #: No sum of any of the rows is beyond it.
        self._bound = float(np.abs(weights.astype(np.float64)).sum())
        shape, cells = (tree.nowhere + 1, LOT), addends.cells.astype(np.int64)
        leaves = [stretches.sums_of_bits(one, cells, weights, shape) for one in addends.windows]
        self._lots = [tree.rolled_up(one) for one in leaves]

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in self._lots)

    def at(self, place: tuple[int, int]) -> NDArray[Any]:
        """Of one month."""
        lot, month = place
        found: NDArray[Any] = self._lots[lot][:, month]
        return found

    def can_hold(self, difference: "Difference") -> bool:
        whole = self._bound + difference.bound
        return self._lots[0].dtype == object or whole < stretches.WORD

    def add(self, difference: "Difference") -> None:
        """Shape: the totals `can_hold` it."""
        self._bound += difference.bound
        parts = difference.counts if self._is_count else difference.values
        for (cell, lot, word), weight in parts.items():
            if weight:
                total, line = self._lots[lot], _flags(word) * weight
                total[self._tree.chain(cell)] += line.astype(object) if total.dtype == object else line


@dataclass(frozen=True)
class Entry:
    """What one row adds: in which windows, one word for each lot of months."""

    cell: int
    weight: int
    words: tuple[int, ...]


class Difference:
    """What leaves and enters, by cell, lot and word: what stays as it was adds up to nothing."""

    def __init__(self) -> None:
        self.values: dict[tuple[int, int, int], int] = {}
        self.counts: dict[tuple[int, int, int], int] = {}
        self.bound = 0.0

    def add(self, entry: Entry, sign: int) -> None:
        self.bound += max(abs(entry.weight), 1)
        for lot, word in enumerate(entry.words):
            if word:
                at = entry.cell, lot, word
                self.values[at] = self.values.get(at, 0) + sign * entry.weight
                self.counts[at] = self.counts.get(at, 0) + sign

    @property
    def cells(self) -> set[int]:
        """Where something changes."""
        parts = (*self.values.items(), *self.counts.items())
        return {cell for (cell, _, _), number in parts if number}


def addends(
    term: Term,
    size: int,
    rows: Rows,
    tallied: Mapping[str, Any],
    rules: Rules,
    months: Months,
    tree: PlaceTree,
) -> Addends:
    """Shape: whole objects are in `rows`, and of these all that was `tallied`."""
    indicator = term.indicator
    stretch = active(indicator.time, indicator.span, size, iter(rows.times))
    derivations = Derivations(term, rows, tallied, rules) if indicator.derived and len(rows.keys) else None
    lots = []
    for lot in months.arrays():
        windows = stretches.bits(stretch.among(lot))
        windows = windows & derivations.may_count(lot) if derivations else windows
        lots.append(stretches.once(windows, rows.is_first) if term.is_distinct else windows)
    return Addends(tree.numbers(rows.places).astype(np.int32), rows.columns.get("weight"), lots)
