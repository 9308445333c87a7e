"""The rows that may count, as arrays: place, months, weight, and which rows are of one object.

What a condition asks of the row's own fields is asked in SQL; what it asks of derived values, in `derived`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from django.db import connection, models
from django.db.models import Case, F, Q, TextField, Value

from shanhai.engines.stretches import Flags
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.indicators.compile import Statement, status_reasons, weight
from shanhai.kernel.indicators.declare import Indicator, Sum
from shanhai.kernel.indicators.sides import of_side, seen_from
from shanhai.kernel.scope import Side, shared_rows
from shanhai.kernel.workflow import State

from .activity import as_read, time_column
from .columns import Array, Column, key_column, number_column, order_column, ordered_words, read
from .terms import Term, asks_derived


@dataclass(frozen=True)
class Rows:
    """Rows of one statement; where objects count once, those of an object together, the last word first."""

    columns: Mapping[str, Array]
    #: Shape: marks the first of each object; empty where every row counts.
    is_first: Flags

    @property
    def keys(self) -> Array:
        return self.columns["key"]

    @property
    def places(self) -> Array:
        return self.columns["place"]

    @property
    def objects(self) -> Array:
        """What counts once; the rows themselves where every row counts."""
        return self.columns.get("order0", self.keys)

    @cached_property
    def times(self) -> list[Any]:
        """Days or codes, in the order of the paths of the attribution."""
        return [as_read(column) for name, column in self.columns.items() if name.startswith("time")]


class Reading:
    """Reads what many terms ask of the rows of a side, each statement once."""

    def __init__(self, side: Side, *, is_open: bool) -> None:
        self._side, self._is_open = side, is_open
        self._read: dict[tuple[str, str], Rows] = {}

    def rows(self, term: Term) -> Rows:
        """Shape: in any order where every row counts."""
        statement = literal(rows_of_side(term, self._side, is_open=self._is_open))
        asked = statement, repr((columns_of(term), term.ranking))
        if asked not in self._read:
            self._read[asked] = _rows(term, statement)
        return self._read[asked]


def _rows(term: Term, statement: str) -> Rows:
    return as_rows(term, read(statement, columns_of(term)))


def as_rows(term: Term, columns: Mapping[str, Array]) -> Rows:
    return _object_by_object(term, columns) if term.is_distinct else Rows(columns, np.empty(0, np.bool_))


def rows_of_side(term: Term, side: Side, *, is_open: bool) -> models.QuerySet[Any, Any]:
    indicator, own = term.indicator, own_exclusions(term.indicator)
    rows = term.model._base_manager.filter(of_side(term.model, side), state=State.VERIFIED)
    rows = rows.filter(shared_rows()) if is_open else rows
    # Apart from the exclusions, for of a condition the planner can tell how many rows meet it.
    rows = rows.filter(indicator.where)
    if own.exclusions:
        status = Case(*status_reasons(own), default=Value(""), output_field=TextField())
        rows = rows.annotate(x_status=status).filter(x_status="")
    place = seen_from(indicator, side, indicator.place_path)
    named: dict[str, Any] = {"x_place": place, "x_weight": weight(indicator)}
    named |= {f"x_time_{n}": F(path) for n, path in enumerate(indicator.time.paths)}
    named |= {f"x_order_{n}": F(path.removeprefix("-")) for n, path in enumerate(term.ranking)}
    found: models.QuerySet[Any, Any] = rows.annotate(**named).order_by().values("id", *named)
    return found


@lru_cache(maxsize=1024)
def columns_of(term: Term) -> Mapping[str, Column]:
    indicator = term.indicator
    columns = {"key": key_column("q.id"), "place": key_column("q.x_place")}
    for number, path in enumerate(indicator.time.paths):
        columns[f"time{number}"] = time_column(resolve_path(term.model, path), f"q.x_time_{number}")
    if isinstance(indicator.measure, Sum):
        columns["weight"] = number_column(f"q.x_weight * {10 ** decimals(indicator)}")
    for number, path in enumerate(term.ranking):
        field = resolve_path(term.model, path.removeprefix("-"))
        columns[f"order{number}"] = (
            order_column(field, f"q.x_order_{number}", is_descending=path.startswith("-"))
            if number
            else key_column("q.x_order_0")
        )
    return columns


@lru_cache(maxsize=1024)
def times_of(term: Term) -> Mapping[str, Column]:
    """The columns of the attribution, in its order."""
    return {name: one for name, one in columns_of(term).items() if name.startswith("time")}


def _object_by_object(term: Term, columns: Mapping[str, Array]) -> Rows:
    ranking = term.ranking
    words = [*ordered_words(columns["order0"])]
    of_object = len(words)
    for number, path in enumerate(ranking[1:], start=1):
        column = columns[f"order{number}"]
        if column.dtype.kind == "i":
            words.append(column)
        else:
            words += [~word if path.startswith("-") else word for word in ordered_words(column)]
    words += [~word for word in ordered_words(columns["key"])]
    order = np.lexsort(words[::-1])
    is_first = np.ones(len(order), np.bool_)
    same = [word[order][1:] == word[order][:-1] for word in words[:of_object]]
    is_first[1:] = ~np.logical_and.reduce(same)
    return Rows({name: column[order] for name, column in columns.items()}, is_first)


def own_exclusions(indicator: Indicator) -> Indicator:
    """The indicator with those exclusions alone that a row's own fields decide."""
    kept = [one for one in indicator.exclusions if not asks_derived(one.condition, indicator)]
    return replace(indicator, where=Q(), exclusions=kept)


def decimals(indicator: Indicator) -> int:
    """How many decimals the summed field keeps."""
    if not isinstance(indicator.measure, Sum):
        return 0
    return getattr(resolve_path(indicator.model, indicator.measure.field), "decimal_places", None) or 0


def literal(rows: models.QuerySet[Any, Any]) -> str:
    """A query with its parameters written into it, to stand within another."""
    statement: Statement = rows.query.sql_with_params()
    connection.ensure_connection()
    operations: Any = connection.ops
    return str(operations.compose_sql(*statement))
