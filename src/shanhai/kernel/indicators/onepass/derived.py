"""What a condition asks of derived values: in which months each row may count, as one bit a month.

A condition is true, false or, where a rule is not in force, unknown, as in SQL.
"""

import datetime
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.apps import apps
from django.db.models import F, Q
from numpy.typing import NDArray

from shanhai.engines.stretches import Bits, Flags, Ints, numbered, sums
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.indicators.declare import DatedValue, Requirement, Tally, named
from shanhai.kernel.workflow import State

from .activity import as_read, tallied, time_column
from .columns import Array, key_column, read
from .counted import Rows, literal
from .terms import COMPARISONS, Term, asks_derived

_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


@dataclass(frozen=True)
class Judged:
    """Where a condition is true and where it is false; elsewhere it is unknown."""

    true: Flags
    false: Flags


class Derivations:
    """The tallies of a term's rows, read once; asked for lots of months."""

    def __init__(self, term: Term, rows: Rows, only: Sequence[str] | None = None) -> None:
        """Shape: `only`: the keys of the rows, where they are few."""
        self._term = term
        self._read = {name: _read_tally(tally, only) for name, tally in term.tallies.items()}
        lots = numbered(rows.keys, *(read["row"] for read in self._read.values()))
        seen = np.unique(np.concatenate([*lots[1:], np.empty(0, np.int64)]))
        #: Of each row the line of what was tallied for it; line 0 is that of rows nothing points at.
        self._line = _lines(seen, lots[0])
        self._lines = {name: _lines(seen, lot) for name, lot in zip(self._read, lots[1:], strict=True)}
        self._count = len(seen) + 1

    def may_count(self, months: Ints) -> Bits:
        """For each row the months in which no condition on derived values keeps it out."""
        kept = np.ones((self._count, len(months)), np.bool_)
        values = {name: self._tallied(name, tally, months) for name, tally in self._term.tallies.items()}
        values |= {name: _in_force(one, months) for name, one in self._term.dated.items()}
        for one in self._term.indicator.exclusions:
            if asks_derived(one.condition, self._term.indicator):
                judged = _judge(one.condition, values, kept.shape)
                kept &= judged.true if isinstance(one, Requirement) else ~judged.true
        powers = np.left_shift(np.uint64(1), np.arange(len(months), dtype=np.uint64))
        words: Bits = np.where(kept, powers, np.uint64(0)).sum(axis=1, dtype=np.uint64)
        return words[self._line]

    def _tallied(self, name: str, tally: Tally, months: Ints) -> NDArray[Any]:
        columns = self._read[name]
        times: Iterator[Any] = (as_read(columns[f"time{n}"]) for n in range(len(tally.time.paths)))
        positions = tallied(tally, self._term.indicator.span, times).among(months)
        ones = np.ones(len(columns["row"]), np.int64)
        return sums(positions, self._lines[name], ones, (self._count, len(months)))


def _lines(seen: Ints, numbers: Ints) -> Ints:
    at = np.searchsorted(seen, numbers)
    is_there = at < len(seen)
    is_there[is_there] = seen[at[is_there]] == numbers[is_there]
    return np.where(is_there, at + 1, 0)


def _read_tally(tally: Tally, only: Sequence[str] | None) -> dict[str, Array]:
    model = apps.get_model(tally.source)
    rows = model._base_manager.filter(tally.where, state=State.VERIFIED)
    rows = rows if only is None else rows.filter(**{f"{tally.through}__in": only})
    times = {f"x_time_{n}": F(path) for n, path in enumerate(tally.time.paths)}
    statement = literal(
        rows.order_by().annotate(x_row=F(tally.through), **times).values("id", "x_row", *times)
    )
    columns = {"row": key_column("q.x_row"), "key": key_column("q.id")}
    for number, path in enumerate(tally.time.paths):
        columns[f"time{number}"] = time_column(resolve_path(model, path), f"q.x_time_{number}")
    return read(statement, columns)


def _in_force(one: DatedValue, months: Ints) -> NDArray[Any]:
    """The value on the last day of each month, NaN where there is none: exact up to 2⁵³."""
    rows = apps.get_model(one.table)._base_manager.filter(one.where).order_by("-valid_from")
    stretches = list(rows.values_list("valid_from", "valid_to", one.value))
    found = np.full(len(months), np.nan)
    for number, month in enumerate(months.tolist()):
        next_year, next_month = divmod(month + 1, 12)
        day = datetime.date(next_year, next_month + 1, 1) - datetime.timedelta(days=1)
        values = [value for first, last, value in stretches if first <= day and (last is None or day <= last)]
        if values and values[0] is not None:
            found[number] = float(values[0])
    return found


def _judge(condition: Q, values: Mapping[str, NDArray[Any]], shape: tuple[int, int]) -> Judged:
    parts = [
        _judge(child, values, shape) if isinstance(child, Q) else _compared(child, values, shape)
        for child in condition.children
    ]
    every, some = np.logical_and.reduce, np.logical_or.reduce
    trues, falses = [one.true for one in parts], [one.false for one in parts]
    is_all = condition.connector == Q.AND
    found = Judged(every(trues), some(falses)) if is_all else Judged(some(trues), every(falses))
    return Judged(found.false, found.true) if condition.negated else found


def _compared(child: Any, values: Mapping[str, NDArray[Any]], shape: tuple[int, int]) -> Judged:
    name, _, lookup = child[0].partition("__")
    left, right = values[name], child[1]
    right = values[named(right)] if isinstance(right, F) else np.float64(right)
    is_known = ~(np.isnan(left) | np.isnan(right))
    holds = _COMPARE[lookup or COMPARISONS[0]](left, right)
    return Judged(np.broadcast_to(holds & is_known, shape), np.broadcast_to(~holds & is_known, shape))
