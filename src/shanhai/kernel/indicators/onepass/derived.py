"""What a condition asks of derived values: in which months each row may count, as one bit a month.

A condition is true, false or, where a rule is not in force, unknown, as in SQL.
"""

import datetime
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.apps import apps
from django.db import models
from django.db.models import F, Q
from numpy.typing import NDArray

from shanhai.engines.keys import numbered
from shanhai.engines.stretches import Bits, Flags, Ints, sums
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.indicators.declare import DatedValue, Requirement, Tally, named
from shanhai.kernel.workflow import State

from .activity import as_read, tallied, time_column
from .columns import Array, Column, key_column, read
from .counted import Rows, literal
from .terms import COMPARISONS, Term, asks_derived

type Columns = Mapping[str, Array]

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
    """What a term's rows have in tallies and dated rules; asked for lots of months."""

    def __init__(self, term: Term, rows: Rows, tallied: Mapping[str, Columns], rules: "Rules") -> None:
        """Shape: `tallied` as of `tallies`, all of it that these rows have."""
        self._term, self._read, self._rules = term, tallied, rules
        lots = numbered(rows.keys, *(read["row"] for read in self._read.values()))
        seen = np.unique(np.concatenate([*lots[1:], np.empty(0, np.int64)]))
        #: Of each row the line of what was tallied for it; line 0 is that of rows nothing points at.
        self.line = _lines(seen, lots[0])
        self._lines = {name: _lines(seen, lot) for name, lot in zip(self._read, lots[1:], strict=True)}
        self._count = len(seen) + 1

    def may_count(self, months: Ints) -> Bits:
        """For each row the months in which no condition on derived values keeps it out."""
        words = _word(np.ones((self._count, len(months)), np.bool_))
        for one in self.kept_by(months).values():
            words &= one
        return words[self.line]

    def kept_by(self, months: Ints) -> dict[str, Bits]:
        """Code of each exclusion on derived values → the months in which it does not hold, for each line."""
        shape = self._count, len(months)
        values = {name: self._tallied(name, tally, months) for name, tally in self._term.tallies.items()}
        values |= self._rules.in_force(months)
        found = {}
        for one in self._term.indicator.exclusions:
            if asks_derived(one.condition, self._term.indicator):
                judged = _judge(one.condition, values, shape)
                found[one.code] = _word(judged.true if isinstance(one, Requirement) else ~judged.true)
        return found

    def _tallied(self, name: str, tally: Tally, months: Ints) -> NDArray[Any]:
        columns = self._read[name]
        times: Iterator[Any] = (as_read(columns[f"time{n}"]) for n in range(len(tally.time.paths)))
        positions = tallied(tally, self._term.indicator.span, times).among(months)
        ones = np.ones(len(columns["row"]), np.int64)
        return sums(positions, self._lines[name], ones, (self._count, len(months)))


def _word(flags: Flags) -> Bits:
    """One bit a month."""
    powers = np.left_shift(np.uint64(1), np.arange(flags.shape[1], dtype=np.uint64))
    found: Bits = np.where(flags, powers, np.uint64(0)).sum(axis=1, dtype=np.uint64)
    return found


def _lines(seen: Ints, numbers: Ints) -> Ints:
    at = np.searchsorted(seen, numbers)
    is_there = at < len(seen)
    is_there[is_there] = seen[at[is_there]] == numbers[is_there]
    return np.where(is_there, at + 1, 0)


def tallies(term: Term) -> dict[str, Columns]:
    """What is tallied for the rows of a term, one statement for each tally."""
    return {
        name: read(literal(tally_rows(tally)), tally_columns(tally)) for name, tally in term.tallies.items()
    }


def tally_rows(tally: Tally) -> models.QuerySet[Any, Any]:
    model = apps.get_model(tally.source)
    times = {f"x_time_{n}": F(path) for n, path in enumerate(tally.time.paths)}
    rows = model._base_manager.filter(tally.where, state=State.VERIFIED).order_by()
    found: models.QuerySet[Any, Any] = rows.annotate(x_row=F(tally.through), **times)
    return found.values("id", "x_row", *times)


def tally_columns(tally: Tally) -> dict[str, Column]:
    model = apps.get_model(tally.source)
    columns = {"row": key_column("q.x_row"), "key": key_column("q.id")}
    for number, path in enumerate(tally.time.paths):
        columns[f"time{number}"] = time_column(resolve_path(model, path), f"q.x_time_{number}")
    return columns


class Rules:
    """The dated values of a term as they were when they were read, by month."""

    def __init__(self, term: Term) -> None:
        self._stretches = {name: _stretches(one) for name, one in term.dated.items()}
        self._found: dict[tuple[str, int, int], NDArray[Any]] = {}

    def in_force(self, months: Ints) -> dict[str, NDArray[Any]]:
        """Shape: `months` follow each other."""
        return {name: self._of(name, months) for name in self._stretches}

    def _of(self, name: str, months: Ints) -> NDArray[Any]:
        """The value on the last day of each month, NaN where there is none: exact up to 2⁵³."""
        asked = name, int(months[0]), len(months)
        if asked not in self._found:
            self._found[asked] = np.array([self._on(name, _last_day(month)) for month in months.tolist()])
        return self._found[asked]

    def _on(self, name: str, day: datetime.date) -> float:
        for first, last, value in self._stretches[name]:
            if first <= day and (last is None or day <= last):
                return np.nan if value is None else float(value)
        return np.nan


def _stretches(one: DatedValue) -> list[tuple[Any, ...]]:
    rows = apps.get_model(one.table)._base_manager.filter(one.where).order_by("-valid_from")
    return list(rows.values_list("valid_from", "valid_to", one.value))


def _last_day(month: int) -> datetime.date:
    next_year, next_month = divmod(month + 1, 12)
    return datetime.date(next_year, next_month + 1, 1) - datetime.timedelta(days=1)


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
