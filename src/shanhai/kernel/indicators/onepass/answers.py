"""The values of a month as they are told, by place: made once, and mended at the places that change."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from .tree import PlaceTree

#: Months whose values stay, those asked for last.
MOST_MONTHS = 4
#: Of one value in a dictionary, about.
_BYTES = 220


class Answers:
    """Of one term."""

    def __init__(self, tree: PlaceTree, scale: Decimal) -> None:
        self.scale = scale
        self._tree = tree
        #: Month → values, and the lines at which they may no longer hold.
        self._told: dict[int, tuple[dict[UUID, Decimal], set[int]]] = {}

    @property
    def nbytes(self) -> int:
        return _BYTES * sum(len(values) for values, _ in self._told.values())

    def of(self, month: int, lines: NDArray[Any]) -> dict[UUID, Decimal]:
        """Of every place that has a value. Shape: `lines` are the month's, of all places and more behind."""
        told = self._told.pop(month, None)
        values = self._mended(*told, lines) if told else self._whole(lines)
        self._told[month] = values, set()
        while len(self._told) > MOST_MONTHS:
            del self._told[next(iter(self._told))]
        return values.copy()

    def mend_at(self, places: Iterable[int]) -> None:
        """Something has changed in these places, hence above them."""
        lines = {line for place in places for line in self._tree.chain(place).tolist()}
        changed = {line for line in lines if line < self._tree.nowhere}
        for _, stale in self._told.values():
            stale.update(changed)

    def _whole(self, lines: NDArray[Any]) -> dict[UUID, Decimal]:
        there = np.flatnonzero(lines[: self._tree.nowhere]).tolist()
        found = zip(there, lines[there].tolist(), strict=True)
        return {self._tree.key(line): value * self.scale for line, value in found}

    def _mended(
        self, values: dict[UUID, Decimal], stale: set[int], lines: NDArray[Any]
    ) -> dict[UUID, Decimal]:
        for line in stale:
            if value := int(lines[line]):
                values[self._tree.key(line)] = value * self.scale
            else:
                values.pop(self._tree.key(line), None)
        return values
