"""Many rows in one statement: COPY into a temporary table, as no wall lets it through, then INSERT or UPDATE.

Rows are handed over as columns: values by the `attname` of their field, all of one length. Everything happens
in the current transaction and is seen by the history triggers. Nothing here judges a value: the caller has
done that.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from .copying import copy_text
from .rows import LedgerModel
from .walls.every_row import table_of_every_row

_VERSION = "row_version"

type Columns = Mapping[str, Sequence[Any]]


def columns_of(model: type[models.Model], rows: Sequence[Any], *, add: bool) -> Columns:
    """Rows as columns, with what their fields compute on saving."""
    return {field.attname: [field.pre_save(row, add) for row in rows] for field in stored_fields(model)}


def insert_columns(model: type[models.Model], columns: Columns, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Insert rows; every stored field has its column. How many the database says it wrote.

    Errors: IntegrityError when a constraint says no; the transaction is then to be rolled back.
    """
    if not any(map(len, columns.values())):
        return 0
    quote = connections[using].ops.quote_name
    listed = ", ".join(quote(field.column) for field in stored_fields(model) if field.attname in columns)
    with staged(model, columns, using=using, is_joined=False) as table, connections[using].cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({listed}) SELECT {listed} FROM {table}")
        return int(cursor.rowcount)


def update_columns(model: type[models.Model], columns: Columns, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Update rows by their key; fields without a column stay as they are.

    Shape: a ledger's `row_version` is the new one, one above the stored one; a row that moved on meanwhile is
    left alone and missing from the count, so the caller compares counts and gives up.
    Errors: IntegrityError as `insert_columns`.
    """
    if not any(map(len, columns.values())):
        return 0
    fields = [field for field in stored_fields(model) if field.attname in columns]
    with staged(model, columns, using=using) as table, connections[using].cursor() as cursor:
        cursor.execute(_update(model, fields, table))
        return int(cursor.rowcount)


def _copy(connection: Any, table: str, fields: Sequence[Any], columns: Columns) -> int:
    """Rows into a table of that quoted name. Errors: those of Django, as its own statements raise them."""
    listed = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for part in copy_text(fields, [columns[field.attname] for field in fields], connection):
                copy.write(part)
        return int(cursor.rowcount)


@contextmanager
def staged(
    model: type[models.Model],
    columns: Columns,
    *,
    names: Collection[str] = (),
    using: str = DEFAULT_DB_ALIAS,
    is_joined: bool = True,
) -> Iterator[str]:
    """The rows as a temporary table; its quoted name. Gone when the block ends.

    Shape: `names` limits it to these fields and the key; without, every column given is there. `is_joined`:
    the planner is told how large it is.
    """
    connection = connections[using]
    quote = connection.ops.quote_name
    name, stored = quote(f"staged_{model._meta.db_table}"[:63]), quote(model._meta.db_table)
    fields = [f for f in stored_fields(model) if _is_staged(f, columns, names)]
    listed = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS SELECT {listed} FROM {stored} WITH NO DATA"
        )
        _copy(connection, name, fields, columns)
        if is_joined:
            cursor.execute(f"ANALYZE {name}")  # or the planner takes a new table for a small one
        is_aborted = False
        try:
            yield name
        except DatabaseError:
            is_aborted = True  # nothing more can be said in it; the rollback drops the table
            raise
        finally:
            if not (is_aborted or connection.needs_rollback):
                cursor.execute(f"DROP TABLE IF EXISTS {name}")


def _is_staged(field: Any, columns: Columns, names: Collection[str]) -> bool:
    return field.primary_key or (field.name in names if names else field.attname in columns)


def stored_fields(model: type[models.Model]) -> list[Any]:
    """Columns that are written; what the database computes itself is left out."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def _key_column(model: type[models.Model]) -> str:
    primary: Any = model._meta.pk
    return str(primary.column)


def _quoted(model: type[models.Model], fields: Sequence[Any]) -> tuple[str, str, list[str]]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    return quote(model._meta.db_table), quote(_key_column(model)), [quote(f.column) for f in fields]


def _update(model: type[models.Model], fields: Sequence[Any], staged_table: str) -> str:
    table, key, columns = _quoted(model, fields)
    changes = ", ".join(f"{column} = new.{column}" for column in columns if column != key)
    statement = f"UPDATE {table} AS old SET {changes} FROM {staged_table} AS new WHERE old.{key} = new.{key}"
    if issubclass(model, LedgerModel):
        statement += f' AND old."{_VERSION}" = new."{_VERSION}" - 1'
    return statement


def checked_names(model: type[models.Model]) -> list[str]:
    """Fields that check constraints look at: what must be staged to judge them."""
    checks = _check_constraints(model)
    return sorted({name for one in checks for name in Q(one.condition).referenced_base_fields})


def _check_constraints(model: type[models.Model]) -> Iterator[models.CheckConstraint]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            yield constraint


def broken_checks(
    model: type[models.Model], table: str, using: str = DEFAULT_DB_ALIAS
) -> Iterator[tuple[models.CheckConstraint, list[Any]]]:
    """Check constraints that staged rows break, each with the keys of those rows; one query each."""
    for constraint in _check_constraints(model):
        if keys := _keys_where(model, table, ~Q(constraint.condition), using):
            yield constraint, keys


def _keys_where(model: type[models.Model], table: str, condition: Q, using: str) -> list[Any]:
    query: Any = models.QuerySet(model, using=using).filter(condition).values_list("pk")
    sql, params = query.order_by().query.get_compiler(using).as_sql()
    # A common table expression stands before the table of that name: the SQL reads the staged rows.
    shadowed = connections[using].ops.quote_name(model._meta.db_table)
    with connections[using].cursor() as cursor:
        cursor.execute(f"WITH {shadowed} AS (SELECT * FROM {table}) {sql}", params)
        return [key for (key,) in cursor.fetchall()]


def unique_constraints(model: type[models.Model]) -> Iterator[models.UniqueConstraint]:
    """Constraints over plain columns that hold for every row; others are left to the database alone."""
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and one.fields and one.condition is None:
            yield one
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield models.UniqueConstraint(fields=[field.name], name=f"{field.column}_unique")


@dataclass(frozen=True)
class Repeated:
    """Keys of staged rows that a unique constraint refuses."""

    #: Rows that clash with each other.
    groups: list[list[Any]]
    #: Rows that clash with stored ones which are not staged themselves.
    taken: list[Any]


def repeated(
    model: type[models.Model], table: str, unique: models.UniqueConstraint, using: str = DEFAULT_DB_ALIAS
) -> Repeated:
    """What breaks `unique` among the staged rows; two queries."""
    quote = connections[using].ops.quote_name
    # A number is taken by whomever: beyond the wall as well.
    stored, key = quote(table_of_every_row(model._meta.db_table)), quote(_key_column(model))
    fields: list[Any] = [model._meta.get_field(name) for name in unique.fields]
    columns = [quote(field.column) for field in fields]
    are_nulls_equal = unique.nulls_distinct is False
    is_same = "IS NOT DISTINCT FROM" if are_nulls_equal else "="
    same = " AND ".join(f"t.{column} {is_same} s.{column}" for column in columns)
    counted = "true" if are_nulls_equal else " AND ".join(f"{column} IS NOT NULL" for column in columns)
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT array_agg({key}) FROM {table} WHERE {counted}"
            f" GROUP BY {', '.join(columns)} HAVING count(*) > 1"
        )
        groups = [group for (group,) in cursor.fetchall()]
        cursor.execute(
            f"SELECT DISTINCT s.{key} FROM {table} s JOIN {stored} t ON {same}"
            f" LEFT JOIN {table} own ON own.{key} = t.{key} WHERE own.{key} IS NULL"
        )
        return Repeated(groups, [found for (found,) in cursor.fetchall()])


def is_any_of(model: type[models.Model], names: Sequence[str], columns: Sequence[Sequence[Any]]) -> RawSQL:
    """Condition on rows of `model`: their `names` are together one line of `columns`.

    An array is one parameter, where `IN` would have one for every value.
    """
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    table = quote(model._meta.db_table)
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    left = ", ".join(f"{table}.{quote(field.column)}" for field in fields)
    arrays = ", ".join(f"%s::{_element(field)}[]" for field in fields)
    sql = f"({left}) IN (SELECT * FROM unnest({arrays}))"
    return RawSQL(sql, list(map(_array, columns)), models.BooleanField())  # noqa: S611


#: What means nothing but itself in the text of an array.
_PLAIN = re.compile(r"[0-9A-Za-z,-]*")


def _array(values: Sequence[Any]) -> Any:
    """An array as the driver takes it; of plain texts and keys as one text, which is written far faster."""
    if values and {type(value) for value in values} <= {str, UUID}:
        texts = list(map(str, values))
        joined = ",".join(texts)
        is_plain = _PLAIN.fullmatch(joined) and joined.count(",") == len(texts) - 1
        if is_plain and "" not in texts and "null" not in joined.lower():
            return f"{{{joined}}}"
    return list(values)


def _element(field: Any) -> str:
    while field.is_relation:
        field = field.target_field
    return str(field.db_type(connections[DEFAULT_DB_ALIAS])).partition("(")[0]
