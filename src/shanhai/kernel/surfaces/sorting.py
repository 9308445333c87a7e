"""Which order a list has: what the address asks for, else what the ledger declares; always total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from shanhai.kernel.checks import resolve_path
from shanhai.kernel.ledger import Ledger

from .fields import ResolvedColumn, ResolvedLedger, resolve
from .keyset import SortKey


@dataclass(frozen=True)
class Order:
    """The order in force. `column` is what the reader sorted by, "" for the ledger's own order."""

    column: str
    is_descending: bool
    keys: tuple[SortKey, ...]

    @property
    def text(self) -> str:
        """As the address writes it."""
        return f"-{self.column}" if self.is_descending else self.column


def order_of(ledger: Ledger[Any], resolved: ResolvedLedger, asked: str) -> Order:
    """The order for the address' `sort`; an unknown or unsortable column is left aside."""
    name = asked.removeprefix("-")
    column = resolved.column(name) if name else None
    if column is None or not column.is_sortable:
        return Order("", False, declared_order(ledger))
    is_descending = asked.startswith("-")
    keys = [(path, is_descending) for path in sort_paths(ledger.model, column)]
    return Order(name, is_descending, _total(ledger.model, keys))


@cache
def declared_order(ledger: Ledger[Any]) -> tuple[SortKey, ...]:
    """The ledger's own order."""
    resolved = resolve(ledger)
    keys = [key for path in ledger.ordering for key in _declared_keys(ledger, resolved, path)]
    return _total(ledger.model, keys)


type _Key = tuple[str, bool]


def _declared_keys(ledger: Ledger[Any], resolved: ResolvedLedger, path: str) -> Iterator[_Key]:
    bare, is_descending = path.removeprefix("-"), path.startswith("-")
    column = resolved.column(bare)
    paths = sort_paths(ledger.model, column) if column else [bare]
    yield from ((one, is_descending) for one in paths)


def _total(model: type[models.Model], keys: Sequence[_Key]) -> tuple[SortKey, ...]:
    """Ends with the id, running as the key before it so that one index serves; says nothing twice."""
    by_path: dict[str, SortKey] = {}
    for given, is_descending in [*keys, ("id", keys[-1][1] if keys else False)]:
        path = "id" if given == "pk" else given
        by_path.setdefault(path, SortKey(path, is_descending, _is_nullable(model, path)))
    return tuple(by_path.values())


def _is_nullable(model: type[models.Model], path: str) -> bool:
    """Whether a row can lack the value; what is computed can."""
    parts = path.split("__")
    names = ["__".join(parts[:number]) for number in range(1, len(parts) + 1)]
    try:
        return any(resolve_path(model, name).null for name in names)
    except FieldDoesNotExist:
        return True


def sort_paths(model: type[models.Model], column: ResolvedColumn) -> list[str]:
    """What a column is sorted by: names by their pinyin, references by the order of what they point at."""
    if column.expression is not None:
        return [column.name]
    if column.related is not None:
        own = [
            name.removeprefix("-") for name in column.related._meta.ordering or () if isinstance(name, str)
        ]
        plain = [name for name in own if has_plain_field(column.related, name)]
        return [f"{column.name}__{name}" for name in plain or ["pk"]]
    prefix, _separator, last = column.name.rpartition("__")
    owner = resolve_path(model, column.name).model
    if last == "name" and has_plain_field(owner, "pinyin"):
        return [f"{prefix}__pinyin" if prefix else "pinyin", column.name]
    return [column.name]


def has_plain_field(model: type[models.Model], name: str) -> bool:
    try:
        return not model._meta.get_field(name).is_relation
    except FieldDoesNotExist:
        return False
