"""Sums over windows of time of many rows at once, when each row counts in one unbroken stretch of windows.

Guarantee: exact; all numbers are whole. A row is never looked at twice: work grows with rows plus cells, not
with their product. Windows are asked in lots of `LOT`, for each is one bit of a word.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]
#: One bit a window, the first the lowest.
type Bits = NDArray[np.uint64]
type Words = NDArray[np.uint64] | NDArray[np.int64]

#: Windows at once.
LOT = 64
_ALL = np.uint64(2**64 - 1)
#: Beyond it a sum would not fit into a word.
WORD = 2.0**62


@dataclass(frozen=True)
class Stretches:
    """A stretch for each row, from `since` until before `until`; none where they do not follow each other."""

    since: Ints
    until: Ints

    def __and__(self, other: "Stretches") -> "Stretches":
        return Stretches(np.maximum(self.since, other.since), np.minimum(self.until, other.until))

    def among(self, windows: Ints) -> "Stretches":
        """As positions in `windows`, which ascend."""
        return Stretches(np.searchsorted(windows, self.since), np.searchsorted(windows, self.until))


def bits(positions: Stretches) -> Bits:
    """The windows of each stretch. Shape: positions from 0 to `LOT`."""
    return _below(positions.until) & ~_below(positions.since)


def _below(position: Ints) -> Bits:
    kept = np.uint64(LOT) - np.clip(position, 1, LOT).astype(np.uint64)
    return np.where(position > 0, _ALL >> kept, np.uint64(0))


def word(since: int, until: int) -> int:
    """`bits` of one stretch, whose positions may lie beyond the lot."""
    first, last = max(since, 0), min(until, LOT)
    return (1 << last) - (1 << first) if first < last else 0


def flags(windows: Bits) -> Flags:
    """Rows × windows of a lot: whether the row lies in the window."""
    found: Flags = (windows[:, None] >> np.arange(LOT, dtype=np.uint64) & np.uint64(1)).astype(np.bool_)
    return found


def once(windows: Bits, is_first: Flags) -> Bits:
    """Of each row the windows in which no earlier row of its object counts: so an object counts once.

    Shape: rows of an object stand together, `is_first` marks the first of each.
    """
    if not len(windows):
        return windows
    starts = np.flatnonzero(is_first)
    thing = np.cumsum(is_first) - 1
    turn = np.arange(len(windows)) - starts[thing]
    order = np.argsort(turn, kind="stable")
    ends = np.cumsum(np.bincount(turn))
    won, taken = windows.copy(), np.zeros(len(starts), np.uint64)
    for first, last in zip([0, *ends[:-1]], ends, strict=True):
        rows = order[first:last]
        owner = thing[rows]
        won[rows] = windows[rows] & ~taken[owner]
        taken[owner] |= windows[rows]
    return won


def sums_of_bits(windows: Bits, cell: Ints, weight: Ints, shape: tuple[int, int]) -> NDArray[Any]:
    """Cells × windows: the weights of the rows of each cell in each of their windows."""
    found = np.zeros(shape, _kind(weight))
    for number in range(shape[1]):
        rows = np.flatnonzero(windows >> np.uint64(number) & np.uint64(1))
        np.add.at(found[:, number], cell[rows], weight[rows])
    return found


def sums(positions: Stretches, cell: Ints, weight: Ints, shape: tuple[int, int]) -> NDArray[Any]:
    """Cells × windows, as `sums_of_bits`, of stretches: their ends alone are added up."""
    cells, width = shape
    found = np.zeros((cells, width + 1), _kind(weight))
    rows = np.flatnonzero(positions.since < positions.until)
    np.add.at(found, (cell[rows], positions.since[rows]), weight[rows])
    np.subtract.at(found, (cell[rows], positions.until[rows]), weight[rows])
    return np.cumsum(found, axis=1)[:, :width]


def _kind(weight: Ints) -> Any:
    return np.int64 if float(np.abs(weight.astype(np.float64)).sum()) < WORD else object


def storeys(parent: Ints) -> list[Ints]:
    """The nodes of a tree by their depth, the lowest first, without the roots.

    Shape: `parent` is -1 at a root.
    """
    depth = np.zeros(len(parent), np.int64)
    above = parent.copy()
    while (above >= 0).any():
        depth += above >= 0
        above = np.where(above >= 0, parent[above], -1)
    return [np.flatnonzero(depth == level) for level in range(int(depth.max(initial=0)), 0, -1)]


def rolled_up(values: NDArray[Any], parent: Ints, tree: list[Ints]) -> NDArray[Any]:
    """Each node's values with those of all nodes below it. Shape: `tree` as of `storeys`."""
    found = values.copy()
    for nodes in tree:
        np.add.at(found, parent[nodes], found[nodes])
    return found
