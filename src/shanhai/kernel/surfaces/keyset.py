"""Pages by key: the next page begins after the last row shown, however many rows come and go meanwhile.

The order is total (`id` last), empty values come last in both directions; the cursor is sealed: it carries
values of the last row, which its reader may be shown only masked.

An index serves every page, however deep: keys that cannot be empty are ordered without a word on empty ones,
what lies beyond a cursor is one comparison of rows where all keys run the same way, and otherwise a few
ranges one after the other, each of which begins where an index can be entered.
"""

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Field,
    Func,
    IntegerField,
    Q,
    QuerySet,
    UUIDField,
    Value,
)

from shanhai.kernel.sealing import SealingError, installed_keyring
from shanhai.kernel.statements import rows_of

#: How values of a cursor are passed to the database.
_FIELDS: dict[type, Field[Any, Any]] = {
    str: CharField(),
    bool: BooleanField(),
    int: IntegerField(),
    date: DateField(),
    datetime: DateTimeField(),
    Decimal: DecimalField(),
    UUID: UUIDField(),
}


@dataclass(frozen=True)
class SortKey:
    """One part of the order: a path over the model, or the name of an annotation."""

    path: str
    is_descending: bool = False
    #: Whether a row can lack the value. Shape: False only where the database forbids it.
    is_nullable: bool = True


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after `values`, or before them when `is_backward`."""

    values: tuple[Any, ...]
    is_backward: bool = False
    #: Whether the list had more rows than are counted, so that its later pages need not count them again.
    is_long: bool = False


@dataclass(frozen=True)
class Page:
    """One page; `previous` and `next` are None at the ends."""

    rows: list[Any]
    previous: Cursor | None
    next: Cursor | None


def in_order(rows: QuerySet[Any], keys: Sequence[SortKey], *, is_reversed: bool = False) -> QuerySet[Any]:
    """`rows` sorted by `keys`, which stay on each row as `key_0`, `key_1`, …"""
    return _sorted(_keyed(rows, keys), keys, is_reversed=is_reversed)


def _keyed(rows: QuerySet[Any], keys: Sequence[SortKey]) -> QuerySet[Any]:
    keyed: QuerySet[Any] = rows.annotate(**{f"key_{n}": F(key.path) for n, key in enumerate(keys)})
    return keyed


def _sorted(rows: QuerySet[Any], keys: Sequence[SortKey], *, is_reversed: bool) -> QuerySet[Any]:
    return rows.order_by(*[_term(n, key, is_reversed) for n, key in enumerate(keys)])


def _term(position: int, key: SortKey, is_reversed: bool) -> Any:
    column = F(f"key_{position}")
    ends: dict[str, Any] = {}
    if key.is_nullable:
        # The end where empty values stand turns round with the direction of reading.
        ends = {"nulls_first": True} if is_reversed else {"nulls_last": True}
    return column.desc(**ends) if key.is_descending != is_reversed else column.asc(**ends)


class _RowBeyond(Func):
    """`(key_0, key_1) > (%s, %s)`: one comparison, which an index over the keys answers from its place on."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, *expressions: Any, operator: str = ">", **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.operator = operator

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(one) for one in self.source_expressions]
        half = len(parts) // 2
        columns = ", ".join(sql for sql, _params in parts[:half])
        values = ", ".join(sql for sql, _params in parts[half:])
        return f"({columns}) {self.operator} ({values})", [p for _sql, params in parts for p in params]


def beyond(keys: Sequence[SortKey], cursor: Cursor) -> list[Any]:
    """The rows that come after the cursor in its direction of reading, as conditions.

    Shape: ranges that follow one another in that direction, none of them overlapping.
    """
    directions = {key.is_descending for key in keys}
    if len(directions) == 1 and not any(key.is_nullable for key in keys):
        return [_comparison(keys, cursor)]
    ranges: list[Q] = []
    for position in reversed(range(len(keys))):
        equal = Q(*[_equals(n, cursor.values[n]) for n in range(position)])
        ranges += [equal & further for further in _further(position, keys[position], cursor)]
    return ranges


def _comparison(keys: Sequence[SortKey], cursor: Cursor) -> Any:
    operator = "<" if keys[0].is_descending != cursor.is_backward else ">"
    values = [Value(value, output_field=_FIELDS.get(type(value))) for value in cursor.values]
    return _RowBeyond(*[F(f"key_{n}") for n in range(len(keys))], *values, operator=operator)


def _equals(position: int, value: Any) -> Q:
    name = f"key_{position}"
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})


def _further(position: int, key: SortKey, cursor: Cursor) -> list[Q]:
    """Ranges beyond one value of the cursor; empty values come last, reading back first."""
    name, value = f"key_{position}", cursor.values[position]
    if value is None:
        return [Q(**{f"{name}__isnull": False})] if cursor.is_backward else []
    operator = "lt" if key.is_descending != cursor.is_backward else "gt"
    further = [Q(**{f"{name}__{operator}": value})]
    is_last_empty = key.is_nullable and not cursor.is_backward
    return [*further, Q(**{f"{name}__isnull": True})] if is_last_empty else further


@dataclass(frozen=True)
class Source:
    """What a page is read from: all its rows as they are shown, and where its place among them is found."""

    #: Shape: read for the keys of the page alone.
    rows: Callable[[], QuerySet[Any]]
    #: The same rows without what is only shown (joins, columns).
    found_in: Callable[[], QuerySet[Any]]
    #: Equal for equal query sets, see `statements.kept`; None: their statement is written each time.
    key: Hashable = None

    def read(self, keys: Sequence[SortKey], cursor: Cursor | None, size: int) -> list[Any]:
        """The page at `cursor` and a row beyond it, in its direction of reading."""
        is_backward = cursor is not None and cursor.is_backward

        def written(values: tuple[Any, ...]) -> QuerySet[Any]:
            at = cursor and replace(cursor, values=values)
            wanted = _nearest(self.found_in(), keys, at, size)
            return in_order(self.rows().filter(pk__in=wanted), keys, is_reversed=is_backward)[: size + 1]

        values = cursor.values if cursor else ()
        if self.key is None:
            return list(written(values))
        return rows_of((self.key, tuple(keys), size, is_backward), written, values)


def page_of(rows: QuerySet[Any], keys: Sequence[SortKey], cursor: Cursor | None, size: int) -> Page:
    """The page at `cursor`, the first without it. One query; two where reading back reaches the beginning."""
    return page_from(Source(lambda: rows, lambda: rows), keys, cursor, size)


def page_from(source: Source, keys: Sequence[SortKey], cursor: Cursor | None, size: int) -> Page:
    """`page_of` for rows that are shown otherwise than they are found."""
    found = source.read(keys, cursor, size)
    if cursor is None or not cursor.is_backward:
        return _page(found, keys, size, before=cursor is not None, after=len(found) > size)
    if len(found) <= size:
        return page_from(source, keys, None, size)
    return _page(found[:size][::-1], keys, size, before=True, after=True)


def _nearest(bare: QuerySet[Any], keys: Sequence[SortKey], cursor: Cursor | None, size: int) -> QuerySet[Any]:
    """Keys of the rows from the cursor on. Of several ranges the nearest rows of each are read."""
    keyed = _keyed(bare, keys)
    is_backward = cursor is not None and cursor.is_backward
    ranges = [Q()] if cursor is None else beyond(keys, cursor)
    parts = [_sorted(keyed.filter(one), keys, is_reversed=is_backward)[: size + 1] for one in ranges]
    return parts[0].values("pk") if len(parts) == 1 else _united(parts)


def _united(parts: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    first, *others = [part.values("pk") for part in parts]
    return first.union(*others, all=True)


def _page(found: list[Any], keys: Sequence[SortKey], size: int, *, before: bool, after: bool) -> Page:
    rows = found[:size]
    if not rows:
        return Page([], None, None)
    return Page(
        rows,
        Cursor(_values(rows[0], keys), is_backward=True) if before else None,
        Cursor(_values(rows[-1], keys)) if after else None,
    )


def _values(row: Any, keys: Sequence[SortKey]) -> tuple[Any, ...]:
    return tuple(getattr(row, f"key_{n}") for n in range(len(keys)))


_WRITERS = {datetime: "t", date: "d", Decimal: "n", UUID: "u"}
_READERS: dict[str, Callable[[str], Any]] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "n": Decimal,
    "u": UUID,
}


def write_cursor(cursor: Cursor | None, purpose: str) -> str:
    """The cursor as text for an address; "" for none. It opens for its `purpose` alone: ledger and order."""
    if cursor is None:
        return ""
    values = [[_WRITERS[type(v)], _written(v)] if type(v) in _WRITERS else v for v in cursor.values]
    return installed_keyring().seal(json.dumps([cursor.is_backward, values, cursor.is_long]), purpose)


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def read_cursor(text: str, purpose: str) -> Cursor | None:
    """The cursor in an address; None for one damaged or of another order: the list begins anew."""
    if not text:
        return None
    try:
        is_backward, values, is_long = json.loads(installed_keyring().open(text, purpose))
    except (SealingError, ValueError):  # ValueError: sealed by an earlier version
        return None
    return Cursor(
        tuple(_READERS[v[0]](v[1]) if isinstance(v, list) else v for v in values), is_backward, is_long
    )
