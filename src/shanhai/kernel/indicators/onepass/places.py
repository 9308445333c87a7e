"""Figures of every place of the tree, at every level, of many indicators and periods."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from django.apps import apps
from django.conf import settings
from numpy.typing import NDArray

from shanhai.engines import stretches
from shanhai.engines.stretches import Ints
from shanhai.engines.values import Period
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.scopes import Told, told
from shanhai.kernel.scope import Side

from .activity import active, position
from .columns import Array
from .counted import Reading, Rows, decimals
from .derived import Derivations
from .terms import Term, term_of

#: An indicator, in the version that defines the period, and the period.
type Ask = tuple[Indicator, Period]


def by_place(asks: Iterable[Ask], side: Side) -> dict[Ask, dict[UUID, Decimal]]:
    """Values of a whole side at every place that has one: of what lies in it or below it.

    Shape: one statement for each indicator and one for each of its tallies, however many places, levels and
    periods; indicators that ask the same of the same rows share it. Left out are indicators that cannot be
    read so (`terms.why_not`), periods of a kind they are not reported for, and what the reader may not be
    told, or is told only of rows of their own.
    """
    by_term: dict[tuple[Term, str], list[tuple[Ask, int]]] = {}
    for ask in asks:
        term, at = term_of(ask[0]), position(*ask)
        if term and at and _of_whole(term, side):
            by_term.setdefault((term, at[0]), []).append((ask, at[1]))
    readings = {is_open: Reading(side, is_open=is_open) for is_open in (False, True)}
    tree = _Tree() if by_term else None
    found: dict[Ask, dict[UUID, Decimal]] = {}
    for (term, series), asked in by_term.items():
        assert tree is not None  # noqa: S101  (narrowing)
        rows = readings[told(term.model, side) is Told.OPEN].rows(term)
        size = next(one.size for one in term.series if one.name == series)
        months = np.unique(np.array([month for _, month in asked], np.int64))
        values = tree.rolled_up(_summed(term, rows, size, months, tree))
        scale = term.indicator.scale.scaleb(-decimals(term.indicator))
        for ask, month in asked:
            found[ask] = tree.named(values[:, np.searchsorted(months, month)], scale)
    return found


def _of_whole(term: Term, side: Side) -> bool:
    try:
        return told(term.model, side) is not Told.OWN
    except NotAllowed:
        return False


class _Tree:
    """All places, each with the nearest above it."""

    def __init__(self) -> None:
        places = list(apps.get_model(settings.SHANHAI_PLACE_MODEL)._base_manager.values_list("pk", "path"))
        self._keys = [key for key, _ in places]
        numbers = {path: number for number, (_, path) in enumerate(places)}
        self._parent = np.array([_above(path, numbers) for _, path in places], np.int64)
        self.nowhere = len(places)

    def numbers(self, keys: Array) -> Ints:
        """The places of rows; `nowhere` for rows without one."""
        own = np.frombuffer(b"".join(key.bytes for key in self._keys), "V16")
        mine, theirs = stretches.numbered(own, keys)
        found = np.full(max(mine.max(initial=0), theirs.max(initial=0)) + 1, self.nowhere)
        found[mine] = np.arange(len(own))
        numbers: Ints = found[theirs]
        return numbers

    def rolled_up(self, values: NDArray[Any]) -> NDArray[Any]:
        return stretches.rolled_up(values[: self.nowhere], self._parent)

    def named(self, values: NDArray[Any], scale: Decimal) -> dict[UUID, Decimal]:
        there = np.flatnonzero(values)
        return {
            self._keys[number]: value * scale
            for number, value in zip(there.tolist(), values[there].tolist(), strict=True)
        }


def _above(path: str, numbers: dict[str, int]) -> int:
    while path:
        path = path.rpartition(".")[0]
        if path in numbers:
            return numbers[path]
    return -1


def _summed(term: Term, rows: Rows, size: int, months: Ints, tree: _Tree) -> NDArray[Any]:
    """Of every place, and last of nowhere, the sums in the windows that end in `months`."""
    indicator = term.indicator
    stretch = active(indicator.time, indicator.span, size, iter(rows.times))
    cells, weights = tree.numbers(rows.places), rows.weights
    derivations = Derivations(term, rows) if indicator.derived else None
    lots = []
    for first in range(0, len(months), stretches.LOT):
        lot = months[first : first + stretches.LOT]
        positions, shape = stretch.among(lot), (tree.nowhere + 1, len(lot))
        if not term.is_distinct and derivations is None:
            lots.append(stretches.sums(positions, cells, weights, shape))
            continue
        windows = stretches.bits(positions)
        windows = windows & derivations.may_count(lot) if derivations else windows
        windows = stretches.once(windows, rows.is_first) if term.is_distinct else windows
        lots.append(stretches.sums_of_bits(windows, cells, weights, shape))
    return np.concatenate(lots, axis=1)
