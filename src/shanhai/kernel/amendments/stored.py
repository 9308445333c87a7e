"""A row as the database has it, in JSON: what amendments compare, keep and write back."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from shanhai.kernel.fields import SealedField

#: Bookkeeping that every write changes.
_COUNTED = frozenset({"row_version"})


def stored_row(row: Any) -> dict[str, Any]:
    """Every column of the row as it is stored now."""
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t WHERE id = %s", [row.pk])
        found = cursor.fetchone()
    # Numbers stay as they are written: a float would round amounts.
    stored: dict[str, Any] = json.loads(found[0], parse_float=str)
    return stored


def difference(
    row: Any, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs between two states of `row`, on both sides."""
    told = changed(row, before, after)
    return {name: before[name] for name in told}, {name: after[name] for name in told}


def changed(row: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Columns of `after` that hold something else. One value is sealed in many ways: its index tells."""
    sealed = {f.column: f"{f.column}_index" for f in row._meta.concrete_fields if isinstance(f, SealedField)}
    names = []
    for name in after:
        told = sealed.get(name, name)
        if name not in _COUNTED and told in after and before.get(told) != after[told]:
            names.append(name)
    return names


def write_columns(row: Any, values: Mapping[str, Any]) -> None:
    """Give the stored row the columns, and the next version; what the database computes it computes anew.

    Errors: LookupError when the row is not there or the actor may not write it.
    """
    quote = connection.ops.quote_name
    table = quote(row._meta.db_table)
    written = {field.column for field in row._meta.concrete_fields if not field.generated}
    columns = _listed(quote(name) for name in values if name in written)
    read = f"SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET ({columns}) = ({read}), row_version = row_version + 1 WHERE id = %s",
            [json.dumps(values), row.pk],
        )
        if cursor.rowcount != 1:  # a wall lets nothing through without a word
            raise LookupError(f"{row._meta.label} {row.pk} is not there or out of reach")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
