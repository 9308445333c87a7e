"""One index per ledger: the order in which its list opens, so that every page of it is found at its place.

Made after every migrate from the declaration, like triggers and grants: order is presentation, not data, and
a new ledger needs no migration for it. Other orders sort what the filters let through; each index more would
be paid by every import.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry

from .keyset import SortKey
from .sorting import declared_order

#: How names of these indexes begin; nothing else in the database is named so.
PREFIX = "list_"


_THERE = """
SELECT relname FROM pg_class WHERE relkind = 'i' AND starts_with(relname, %s)
AND relnamespace = current_schema()::regnamespace
"""


def make_order_indexes(cursor: Any) -> None:
    """Make what is missing, drop what no declaration asks for any more."""
    quote = cursor.db.ops.quote_name
    wanted = {name: made for ledger in registry for name, made in _index(ledger, quote)}
    cursor.execute(_THERE, [PREFIX])
    there = {name for (name,) in cursor.fetchall()}
    for name in sorted(there - set(wanted)):
        cursor.execute(f"DROP INDEX {quote(name)}")
    for name in sorted(set(wanted) - there):
        cursor.execute(wanted[name])


def _index(ledger: Ledger[Any], quote: Any) -> Iterator[tuple[str, str]]:
    """Name and statement; nothing for an order that leads through other tables or is computed."""
    try:
        columns = [_column(ledger, key, quote) for key in declared_order(ledger)]
    except FieldDoesNotExist:
        return
    if len(columns) == 1:
        return  # by the id alone, which has its own
    table, said = ledger.model._meta.db_table, ", ".join(columns)
    name = f"{PREFIX}{table[:40]}_{sha256(said.encode()).hexdigest()[:8]}"
    yield name, f"CREATE INDEX {quote(name)} ON {quote(table)} ({said})"


def _column(ledger: Ledger[Any], key: SortKey, quote: Any) -> str:
    """Errors: FieldDoesNotExist for what is no column of the table itself."""
    field = ledger.model._meta.get_field(key.path)
    column = getattr(field, "column", None)
    if column is None:
        raise FieldDoesNotExist(key.path)
    direction = " DESC" if key.is_descending else ""
    ends = " NULLS LAST" if key.is_nullable else ""
    return f"{quote(column)}{direction}{ends}"
