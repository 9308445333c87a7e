"""Statements that Django writes once and the database answers many times.

Building a query set of a list and turning it into SQL takes longer than the database needs for the page. What
it becomes depends on the ledger, the address, the reader's rights and the day alone, so the statement is kept
in the process under these. Only the text is kept, never an answer: every reading asks the database.

Nothing is kept of a statement whose writing asked the database itself (what was found may change), of one
that reads the past, and of one without anybody in force (which the default manager refuses).
"""

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from . import clock, context
from .history import known

#: Some 50 KB each.
_KEPT = 400
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()
#: By type, a value that no statement holds by chance; `position` tells those of one statement apart.
_MARKERS: dict[type, Callable[[int], Any]] = {
    str: "\ue000{}\ue000".format,
    int: lambda position: -2_147_483_000 - position,
    date: lambda position: date(1, 1, 1 + position),
    datetime: lambda position: datetime(1, 1, 1 + position, 1, 1, 1, 1, tzinfo=clock.CHINA),
    Decimal: lambda position: Decimal(-987_654_321_012_345 - position),
    UUID: lambda position: UUID(int=2**127 + position),
}


def kept[T](key: Hashable, write: Callable[[], T], *, for_all: bool = False) -> T:
    """What `write` makes, where only the key, the reader in force and the day decide on it.

    Shape: `for_all` where neither reader nor day do.
    """
    whose = _whose(for_all)
    if whose is None:
        return write()
    with _lock:
        if (whose, key) in _kept:
            _kept.move_to_end((whose, key))
            return _kept[whose, key]  # type: ignore[no-any-return]
    asked: list[str] = []

    def noted(execute: Any, sql: str, params: Any, many: Any, told: Any) -> Any:
        answer = execute(sql, params, many, told)
        asked.append(sql)
        return answer

    with connection.execute_wrapper(noted):
        made = write()
    if not asked:
        with _lock:
            _kept[whose, key] = made
            if len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return made


def _whose(for_all: bool) -> Hashable | None:
    current = context.current()
    if known.known_on() is not None or (current is None and not for_all):
        return None
    if for_all or current is None:
        return ()
    actor = current.actor
    return actor.key, actor.rights, actor.fields_version, current.is_unscoped, clock.today()


def rows_of(
    key: Hashable,
    make: Callable[[tuple[Any, ...]], QuerySet[Any]],
    given: Sequence[Any] = (),
    *,
    for_all: bool = False,
) -> list[Any]:
    """The rows of the query set that `make` builds for `given` values.

    Shape: `given` values stand in the statement as they are, each somewhere; other values reach it by `key`.
    One statement serves all values of the same types.
    """
    shape = tuple(_shape(value) for value in given)
    marks = tuple(_mark(value, position) for position, value in enumerate(given))
    try:
        statement = kept((key, shape), lambda: _write(make(marks), marks), for_all=for_all)
    except EmptyResultSet:
        return []
    if statement is None:  # a value is written otherwise than it was given
        return list(make(tuple(given)))
    return statement.read(given)


def counted(
    key: Hashable,
    make: Callable[[], QuerySet[Any]],
    *,
    summed: Mapping[str, Any] | None = None,
    up_to: int | None = None,
) -> tuple[Any, ...]:
    """The number of rows, and the sum of each of the `summed` expressions; None where there is no value.

    Shape: `up_to` is the number of rows looked at; `summed` is decided by the key as well.
    """
    sums = summed or {}
    try:
        text, parameters = kept((key, up_to), lambda: _counting(make(), sums, up_to))
    except EmptyResultSet:
        return 0, *[None] * len(sums)
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return tuple(cursor.fetchone())


def _counting(
    rows: QuerySet[Any], summed: Mapping[str, Any], up_to: int | None
) -> tuple[str, tuple[Any, ...]]:
    """Errors: EmptyResultSet when nothing can fit."""
    found = rows.order_by().annotate(**summed).values_list("pk", *summed)[:up_to]
    text, parameters = found.query.sql_with_params()
    names = [f"sum_{number}" for number in range(len(summed))]
    columns, sums = ", ".join(["key", *names]), "".join(f", sum({name})" for name in names)
    return f"SELECT count(*){sums} FROM ({text}) AS found ({columns})", parameters  # noqa: S608


def _shape(value: Any) -> tuple[Hashable, ...]:
    """What of a value decides on the text: its type; itself where there is no marker for it."""
    kind = type(value).__name__
    return (kind,) if type(value) in _MARKERS else (kind, value)


def _mark(value: Any, position: int) -> Any:
    make = _MARKERS.get(type(value))
    return value if make is None else make(position)


@dataclass(frozen=True)
class _Statement:
    """A query set with its text; neither is ever evaluated or changed itself."""

    rows: QuerySet[Any]
    compiler: SQLCompiler
    text: str
    parameters: tuple[Any, ...]
    #: Number of a parameter → number of the given value that stands there.
    places: tuple[tuple[int, int], ...]

    def read(self, given: Sequence[Any]) -> list[Any]:
        parameters = list(self.parameters)
        for place, position in self.places:
            value = given[position]
            # Django wraps whole numbers in the type of their column.
            parameters[place] = type(parameters[place])(value) if isinstance(value, int) else value
        written = _Written(self.compiler, self.text, tuple(parameters))
        rows = self.rows._chain()  # type: ignore[attr-defined]
        rows.query.get_compiler = lambda *_given, **_named: written
        return list(rows)


class _Written(SQLCompiler):
    """A compiler that has its text already."""

    def __init__(self, source: SQLCompiler, text: str, parameters: tuple[Any, ...]) -> None:
        self.__dict__.update(source.__dict__)
        self.connection = connection
        self._text, self._parameters = text, parameters

    def as_sql(self, *_given: Any, **_named: Any) -> tuple[str, tuple[Any, ...]]:
        return self._text, self._parameters


def _write(rows: QuerySet[Any], marks: tuple[Any, ...]) -> _Statement | None:
    """Errors: EmptyResultSet when nothing can fit."""
    compiler = rows.query.get_compiler(connection=connection)
    text, parameters = compiler.as_sql()
    places = tuple(
        (place, position)
        for place, parameter in enumerate(parameters)
        for position, mark in enumerate(marks)
        if type(mark) in _MARKERS and isinstance(parameter, type(mark)) and parameter == mark
    )
    wanted = {position for position, mark in enumerate(marks) if type(mark) in _MARKERS}
    if {position for _place, position in places} != wanted:
        return None
    return _Statement(rows, copy.copy(compiler), text, tuple(parameters), places)
