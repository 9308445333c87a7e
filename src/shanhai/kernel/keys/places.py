"""Every place where something sealed is kept. Fields say it themselves, all others are declared here.

A place knows what is under which key, and gives pieces of itself the current key. A test seals in every way
the product knows and looks for places nobody declared (tests/kernel/keys/test_places.py).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from django.apps import apps
from django.db import connection, models

from shanhai.kernel.fields import SealedField
from shanhai.kernel.rows import Recorded
from shanhai.kernel.sealing import Keyring, SealingError

from . import tokens

#: A document and the key below which a token stands in it → what the token is bound to.
type Purpose = Callable[[Any, str], str]


@dataclass(frozen=True)
class Step:
    """One piece of work at a place: the key of its last row, "" at the end; what got the current key."""

    last: str
    resealed: int
    #: Values that did not open: they stay as they are.
    unopened: int


class Place(Protocol):
    """Somewhere sealed values are kept."""

    @property
    def name(self) -> str: ...

    @property
    def is_renewed(self) -> bool:
        """Whether what it holds gets another key; if not, it is gone within a day."""

    def held(self) -> Counter[str]:
        """How many values or files there are, by the id of their key."""

    def reseal(self, ring: Keyring, after: str, most: int) -> Step:
        """Look at up to `most` rows behind `after`; those under another key get the current one."""


@dataclass(frozen=True)
class Column:
    """A column of tokens, or of documents with tokens in them.

    Shape: `purpose` of a column of tokens is asked with an empty document and an empty key.
    """

    model: type[models.Model]
    field: str
    purpose: Purpose
    #: For documents: a field of the row that `purpose` is told as its document.
    told: str = ""

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    @property
    def is_renewed(self) -> bool:
        return True

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def column(self) -> str:
        return str(self._field.column)

    @property
    def _field(self) -> Any:
        return self.model._meta.get_field(self.field)

    def held(self) -> Counter[str]:
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT found[1], count(*) FROM {quote(self.table)} t,"
                f" regexp_matches(t.{quote(self.column)}::text, %s, 'g') found GROUP BY 1",
                [tokens.SQL],
            )
            return Counter(dict(cursor.fetchall()))

    def reseal(self, ring: Keyring, after: str, most: int) -> Step:
        rows = self._rows(after, most)
        if not rows:
            return Step("", 0, 0)
        told, unopened = [], 0
        for key, stored, of_row in rows:
            try:
                fresh = tokens.renewed(stored, ring, partial(self.purpose, of_row))
            except SealingError:
                unopened += 1
                continue
            if fresh != stored:
                told.append((key, stored, fresh))
        last = str(rows[-1][0]) if len(rows) == most else ""
        return Step(last, self._write(told) if told else 0, unopened)

    def _rows(self, after: str, most: int) -> list[tuple[Any, str, Any]]:
        quote = connection.ops.quote_name
        told = quote(self.told) if self.told else "NULL"
        behind = f"WHERE id > %s::{self._key_type}" if after else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {quote(self.column)}::text, {told} FROM {quote(self.table)} {behind}"
                " ORDER BY id LIMIT %s",
                [*([after] if after else []), most],
            )
            return list(cursor.fetchall())

    def _write(self, told: list[tuple[Any, str, str]]) -> int:
        """A row that somebody changed meanwhile keeps what it holds; it is looked at again."""
        keys, stored, fresh = map(list, zip(*told, strict=True))
        with connection.cursor() as cursor:
            if issubclass(self.model, Recorded):
                statement = "SELECT kernel_reseal(%s, %s, %s::uuid[], %s::text[], %s::text[])"
                cursor.execute(statement, [self.table, self.column, keys, stored, fresh])
                return int(cursor.fetchone()[0])
            quote = connection.ops.quote_name
            column, kind = quote(self.column), self.type
            cursor.execute(
                f"UPDATE {quote(self.table)} t SET {column} = n.fresh::{kind}"
                f" FROM unnest(%s::{self._key_type}[], %s::text[], %s::text[]) n(id, stored, fresh)"
                f" WHERE t.id = n.id AND t.{column} = n.stored::{kind}",
                [keys, stored, fresh],
            )
            return int(cursor.rowcount)

    @property
    def type(self) -> str:
        """Of SQL."""
        return "jsonb" if isinstance(self._field, models.JSONField) else "text"

    @property
    def _key_type(self) -> str:
        return str(self.model._meta.pk.db_type(connection)).partition(" ")[0]


_declared: list[Place] = []


def declare[P: Place](place: P) -> P:
    """Errors: ValueError for a place that is known."""
    if place.name in {one.name for one in _declared}:
        raise ValueError(f"{place.name} is declared twice")
    _declared.append(place)
    return place


def bound_to(purpose: str) -> Purpose:
    """The same for every value."""
    return lambda _row, _below: purpose


def sealed_fields() -> Iterator[Column]:
    """Sealed fields of all models."""
    for model in apps.get_models():
        if not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField) and field.model is model:
                yield Column(model, field.name, bound_to(field.column_name))


def places() -> list[Place]:
    """All of them, always in the same order."""
    return [*sealed_fields(), *_declared]


def recorded_columns() -> Iterator[Column]:
    """Columns whose values may get another key past history, see `sql/reseal.sql`."""
    for place in places():
        if isinstance(place, Column) and issubclass(place.model, Recorded):
            yield place
