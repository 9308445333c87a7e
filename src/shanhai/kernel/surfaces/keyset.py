"""Pages by key: the next page begins after the last row shown, however many rows come and go meanwhile.

The order is total (`id` last), empty values come last in both directions; the cursor is sealed: it carries
values of the last row, which its reader may be shown only masked.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from shanhai.kernel.sealing import SealingError, installed_keyring


@dataclass(frozen=True)
class SortKey:
    """One part of the order: a path over the model, or the name of an annotation."""

    path: str
    is_descending: bool = False


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after `values`, or before them when `is_backward`."""

    values: tuple[Any, ...]
    is_backward: bool = False


@dataclass(frozen=True)
class Page:
    """One page; `previous` and `next` are None at the ends."""

    rows: list[Any]
    previous: Cursor | None
    next: Cursor | None


def in_order(rows: QuerySet[Any], keys: Sequence[SortKey], *, is_reversed: bool = False) -> QuerySet[Any]:
    """`rows` sorted by `keys`, which stay on each row as `key_0`, `key_1`, …"""
    rows = rows.annotate(**{f"key_{n}": F(key.path) for n, key in enumerate(keys)})
    return rows.order_by(
        *[_term(n, key.is_descending != is_reversed, is_reversed) for n, key in enumerate(keys)]
    )


def _term(position: int, is_descending: bool, is_reversed: bool) -> Any:
    column = F(f"key_{position}")
    # The end where empty values stand turns round with the direction of reading.
    ends = {"nulls_first": True} if is_reversed else {"nulls_last": True}
    return column.desc(**ends) if is_descending else column.asc(**ends)


def beyond(keys: Sequence[SortKey], cursor: Cursor) -> Q:
    """The rows that come after the cursor in its direction of reading."""
    condition, equal = Q(pk__in=[]), Q()
    for position, (key, value) in enumerate(zip(keys, cursor.values, strict=True)):
        name = f"key_{position}"
        condition |= equal & _further(name, value, key.is_descending, cursor.is_backward)
        equal &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return condition


def _further(name: str, value: Any, is_descending: bool, is_backward: bool) -> Q:
    is_empty = Q(**{f"{name}__isnull": True})
    if value is None:
        return ~is_empty if is_backward else Q(pk__in=[])
    operator = "lt" if is_descending != is_backward else "gt"
    further = Q(**{f"{name}__{operator}": value})
    return further if is_backward else further | is_empty


def page_of(rows: QuerySet[Any], keys: Sequence[SortKey], cursor: Cursor | None, size: int) -> Page:
    """The page at `cursor`, the first without it. One query; two where reading back reaches the beginning."""
    if cursor is None:
        found = list(in_order(rows, keys)[: size + 1])
        return _page(found, keys, size, before=False, after=len(found) > size)
    ordered = in_order(rows, keys, is_reversed=cursor.is_backward)
    found = list(ordered.filter(beyond(keys, cursor))[: size + 1])
    if not cursor.is_backward:
        return _page(found, keys, size, before=True, after=len(found) > size)
    if len(found) <= size:
        return page_of(rows, keys, None, size)
    return _page(found[:size][::-1], keys, size, before=True, after=True)


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
    return installed_keyring().seal(json.dumps([cursor.is_backward, values]), purpose)


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def read_cursor(text: str, purpose: str) -> Cursor | None:
    """The cursor in an address; None for one damaged or of another order: the list begins anew."""
    if not text:
        return None
    try:
        is_backward, values = json.loads(installed_keyring().open(text, purpose))
    except SealingError:
        return None
    return Cursor(tuple(_READERS[v[0]](v[1]) if isinstance(v, list) else v for v in values), is_backward)
