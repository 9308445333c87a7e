"""What the database answers to a query, as columns instead of rows: a cursor of the server, lot by lot."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from psycopg.types.string import TextLoader

from shanhai.kernel.fields import SealedField

#: Rows held in memory at a time.
ROWS_AT_ONCE = 5_000


def answered(rows: "QuerySet[Any, Any]") -> Iterator[list[Sequence[Any]]]:
    """`rows`, a query for values, as lots: for each column its values, as Django would give them.

    Shape: keys that are UUIDs come as their text, which costs less to make and to look up; sealed values come
    sealed, as texts of their columns.
    """
    connection: Any = connections[rows.db]
    compiler = rows.query.get_compiler(connection=connection)
    statement, parameters = compiler.as_sql()
    converters = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])
    with connection.chunked_cursor() as cursor:
        cursor.cursor.adapters.register_loader("uuid", TextLoader)
        cursor.execute(statement, parameters)
        while part := cursor.fetchmany(ROWS_AT_ONCE):
            columns: list[Sequence[Any]] = list(zip(*part, strict=True))
            for at, (converts, expression) in converters.items():
                for convert in () if isinstance(expression.output_field, SealedField) else converts:
                    columns[at] = [convert(value, expression, connection) for value in columns[at]]
            yield columns
