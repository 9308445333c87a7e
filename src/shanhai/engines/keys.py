"""Keys of 16 bytes in columns: equal ones get equal numbers, and rows are found by them."""

import numpy as np
from numpy.typing import NDArray

from .stretches import Ints

type Keys = NDArray[np.void]


def words_of(column: Keys) -> NDArray[np.uint64]:
    """Rows × two words."""
    return np.ascontiguousarray(column).view(np.uint64).reshape(-1, 2)


class Lookup:
    """Rows by the last word of their keys. Error: where two keys end alike, rows of either are found."""

    def __init__(self, column: Keys) -> None:
        words = words_of(column)[:, 1]
        order = np.argsort(words, kind="stable")
        self._order, self._ordered = order.astype(np.int32), words[order]

    @property
    def nbytes(self) -> int:
        return int(self._order.nbytes + self._ordered.nbytes)

    def rows_of(self, keys: Keys) -> Ints:
        """All rows that hold one of some few keys."""
        found = [self._order[one] for one in ranges(self._ordered, words_of(keys)[:, 1])]
        return np.unique(np.concatenate([*found, np.empty(0, np.int32)])).astype(np.int64)


def ranges(ordered: NDArray[np.uint64], words: NDArray[np.uint64]) -> list[slice]:
    """Where each of some few words stands in an ascending column."""
    first, last = np.searchsorted(ordered, words, "left"), np.searchsorted(ordered, words, "right")
    return [slice(one, other) for one, other in zip(first.tolist(), last.tolist(), strict=True)]


def numbered(*lots: NDArray[np.void]) -> list[Ints]:
    """Keys of 16 bytes as numbers from 0 on, equal ones alike in all lots.

    Guarantee: the keys themselves are compared, not a digest of them.
    """
    whole = words_of(np.concatenate(lots))
    order = np.lexsort((whole[:, 1], whole[:, 0]))
    ordered = whole[order]
    is_new = np.empty(len(order), np.bool_)
    is_new[:1] = False
    is_new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(is_new)
    return np.split(numbers, np.cumsum([len(one) for one in lots])[:-1])
