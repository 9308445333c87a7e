"""Rows of a roll, page by page, as far as the reader may open them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from shanhai.engines.stretches import Flags, Ints
from shanhai.engines.values import Period
from shanhai.kernel.indicators.scopes import IndicatorScope

from .block import Block, Words, as_keys
from .reach import Openable
from .roll import Roll
from .verdict import Verdict


@dataclass(frozen=True)
class Line:
    """One candidate. Unit: `weight` of the last decimal of the field that is summed."""

    ordinal: int
    row_id: UUID
    weight: int


#: Ordinal of the reason, key of the row.
type Place = tuple[int, UUID]


class Listing:
    """The candidates of a scope and period that whoever is acting may open."""

    def __init__(self, roll: Roll, scope: IndicatorScope, period: Period) -> None:
        part, openable = roll.part(scope, period), Openable(roll.shape, roll.lexicons)
        self._width = len(roll.shape.ordinals) + 1
        self._parts: list[tuple[Block, Ints, Verdict]] = []
        for block, there, found in roll.parts(period):
            rows = part.of(block, openable.of(block, there))
            self._parts.append((block, rows, found[rows]))

    def by_ordinal(self) -> list[int]:
        """How many there are, by the number of their reason."""
        found = [np.bincount(own, minlength=self._width) for _, _, own in self._parts]
        return [int(rows) for rows in np.sum(found, axis=0)]

    def page(
        self, *, ordinal: int | None, after: Place | None, before: Place | None, size: int
    ) -> list[Line]:
        """At most `size` rows in the order of reason and key, backwards from `before`."""
        found: list[Line] = []
        for one in self._ordinals(ordinal, after, before):
            if len(found) >= size:
                break
            edges = [edge[1] if edge and edge[0] == one else None for edge in (after, before)]
            found += self._of_one(one, edges, size - len(found), is_back=before is not None)
        return found

    def keys(self, ordinal: int) -> list[UUID]:
        """All of one reason, in their order."""
        return [line.row_id for line in self._of_one(ordinal, (None, None), None, is_back=False)]

    def _ordinals(self, ordinal: int | None, after: Place | None, before: Place | None) -> Iterator[int]:
        first, last = after[0] if after else 0, before[0] if before else self._width - 1
        asked = range(first, last + 1) if ordinal is None else [ordinal] if first <= ordinal <= last else []
        yield from reversed(asked) if before else asked

    def _of_one(
        self, ordinal: int, edges: Sequence[UUID | None], size: int | None, *, is_back: bool
    ) -> list[Line]:
        lots = [(block, rows[own == ordinal]) for block, rows, own in self._parts]
        keys = np.concatenate([block.keys[rows] for block, rows in lots])
        weights = np.concatenate([_weights(block, rows) for block, rows in lots])
        within = np.flatnonzero(_between(keys, *edges))
        chosen = within[_ends(keys[within], size, is_back=is_back)]
        found = zip(as_keys(keys[chosen]), weights[chosen].tolist(), strict=True)
        return [Line(ordinal, UUID(bytes=key.tobytes()), weight) for key, weight in found]


def _weights(block: Block, rows: Ints) -> NDArray[np.int64]:
    return block.columns["weight"][rows] if "weight" in block.columns else np.ones(len(rows), np.int64)


def _between(keys: Words, after: UUID | None, before: UUID | None) -> Flags:
    found = np.ones(len(keys), np.bool_)
    for edge, is_lower in ((after, True), (before, False)):
        if edge is not None:
            high, low = divmod(edge.int, 2**64)
            first, second = keys[:, 0], keys[:, 1]
            same, beyond = first == np.uint64(high), first > np.uint64(high)
            above = beyond | (same & (second > np.uint64(low)))
            found &= above if is_lower else ~above & ~(same & (second == np.uint64(low)))
    return found


def _ends(keys: Words, size: int | None, *, is_back: bool) -> Ints:
    """Positions of the least keys, or of the greatest, in their order from there."""
    near = np.arange(len(keys))
    if size is not None and len(keys) > size:
        edge = len(keys) - size if is_back else size - 1
        bound = np.partition(keys[:, 0], edge)[edge]
        near = np.flatnonzero(keys[:, 0] >= bound if is_back else keys[:, 0] <= bound)
    order = near[np.lexsort((keys[near, 1], keys[near, 0]))]
    return order[::-1][:size] if is_back else order[:size]
