"""Indexes that follow from a ledger's declaration: for the order of its list, and for rows that wait.

Made after every migrate, like triggers and grants: order is presentation, not data, and a new ledger needs no
migration for it. Every page of a list is found at its place; other orders sort what the filters let through,
as each index more would be paid by every import. Rows that wait for somebody are few among those of years,
and the menu of every page counts them: their index holds no others, and all that the count decides by.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry

from .keyset import SortKey
from .sorting import declared_order
from .waiting_statement import WAITING

#: How names of these indexes begin; nothing else in the database is named so.
PREFIX = "list_"
#: By what it is decided whether a row waits for a reader, see `waiting_statement`.
_DECIDING = ("place", "sharing", "submitted_by", "verified_at")

_THERE = """
SELECT relname FROM pg_class WHERE relkind = 'i' AND starts_with(relname, %s)
AND relnamespace = current_schema()::regnamespace
"""


def list_indexes(connection: Any) -> dict[str, str]:
    """Name → statement, of every index that declarations ask for."""
    quote = connection.ops.quote_name
    return {
        name: made
        for ledger in registry
        for name, made in (*_of_order(ledger, quote), _of_waiting(ledger, quote))
    }


def make_list_indexes(cursor: Any) -> None:
    """Make what is missing, drop what no declaration asks for any more."""
    quote, wanted = cursor.db.ops.quote_name, list_indexes(cursor.db)
    cursor.execute(_THERE, [PREFIX])
    there = {name for (name,) in cursor.fetchall()}
    for name in sorted(there - set(wanted)):
        cursor.execute(f"DROP INDEX {quote(name)}")
    for name in sorted(set(wanted) - there):
        cursor.execute(wanted[name])


def _of_order(ledger: Ledger[Any], quote: Any) -> Iterator[tuple[str, str]]:
    """Name and statement; nothing for an order that leads through other tables or is computed."""
    try:
        columns = [_column(ledger, key, quote) for key in declared_order(ledger)]
    except FieldDoesNotExist:
        return
    if len(columns) == 1:
        return  # by the id alone, which has its own
    yield _index(ledger, ", ".join(columns), quote)


def _of_waiting(ledger: Ledger[Any], quote: Any) -> tuple[str, str]:
    states = ", ".join(f"'{state}'" for state in WAITING)
    fields: Any = [ledger.model._meta.get_field(name) for name in _DECIDING]
    told = ", ".join(quote(field.column) for field in fields)
    return _index(ledger, "state, side, owner_unit_id", quote, f" INCLUDE ({told}) WHERE state IN ({states})")


def _index(ledger: Ledger[Any], keys: str, quote: Any, further: str = "") -> tuple[str, str]:
    table = ledger.model._meta.db_table
    name = f"{PREFIX}{table[:40]}_{sha256((keys + further).encode()).hexdigest()[:8]}"
    return name, f"CREATE INDEX {quote(name)} ON {quote(table)} ({keys}){further}"


def _column(ledger: Ledger[Any], key: SortKey, quote: Any) -> str:
    """Errors: FieldDoesNotExist for what is no column of the table itself."""
    field = ledger.model._meta.get_field(key.path)
    column = getattr(field, "column", None)
    if column is None:
        raise FieldDoesNotExist(key.path)
    direction = " DESC" if key.is_descending else ""
    ends = " NULLS LAST" if key.is_nullable else ""
    return f"{quote(column)}{direction}{ends}"
