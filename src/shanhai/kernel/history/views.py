"""Views of the past: each recorded table as it stood at the instant `shanhai.known_until`.

A row untouched since then is the row as it is. Of any other, the first entry since then is undone: an insert
was not there yet, an update had the values it changed, a delete had all. So the cost grows with what changed
since, not with history, rows older than history are right, and months before the instant may be archived.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.around import every, wall_of
from shanhai.kernel.walls.conditions import conditions

from .known import SCHEMA

_SINCE = "h.at >= current_setting('shanhai.known_until')::timestamptz"


def drop_statement() -> str:
    """Views hold fast the columns they name; they give way before migrations."""
    return f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"


def view_statements(
    recorded: Iterator[type[Recorded]], role: str, column_type: Callable[[Any], str]
) -> Iterator[str]:
    """The whole schema anew, readable for the application `role`; `column_type` names a field's SQL type."""
    yield drop_statement()
    yield f"CREATE SCHEMA {SCHEMA}"
    for model in recorded:
        if model.HISTORY_IS_SHOWN:
            yield from _views(model, column_type)
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {role}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {role}"


def _views(model: type[Recorded], column_type: Callable[[Any], str]) -> Iterator[str]:
    """The table, and all its rows under their own name where it has a wall."""
    table, wall = model._meta.db_table, wall_of(model)
    yield _view(model, every(model), column_type)
    if wall is not None and every(model) != table:
        # Under the name of the table, for that is how its wall calls it.
        yield (
            f'CREATE VIEW {SCHEMA}."{table}" AS SELECT * FROM {SCHEMA}."{every(model)}" AS "{table}"'
            f" WHERE {conditions(model, wall).view}"
        )


def _view(model: type[Recorded], name: str, column_type: Callable[[Any], str]) -> str:
    table, fields = model._meta.db_table, model._meta.concrete_fields
    listed = ", ".join(f'"{field.column}"' for field in fields)
    undone = ", ".join(_undone(model, field, column_type(field)) for field in fields)
    # Branches without conditions, so that a page of a list reads the index of its order up to its last row.
    return f"""
CREATE VIEW {SCHEMA}."{name}" ({listed}) AS
SELECT {listed} FROM (
    SELECT {listed}, false AS is_undone FROM public."{table}"
    UNION ALL
    SELECT {undone}, true
    FROM (
        -- In the order of the index read backwards.
        SELECT DISTINCT ON (h.row_id) h.row_id, h.operation, h.row, h.before
        FROM public.kernel_history h WHERE h.table_name = '{table}' AND {_SINCE}
        ORDER BY h.row_id DESC, h.at, h.id
    ) was
    WHERE was.operation <> 'insert'
) known
WHERE (is_undone OR NOT EXISTS (
    SELECT FROM public.kernel_history h WHERE h.table_name = '{table}' AND h.row_id = known.id AND {_SINCE}
)) AND (SELECT kernel_wall_is_told())"""


def _undone(model: type[Recorded], field: "models.Field[Any, Any]", full: str) -> str:
    """What the column held before the entry. Column by column: a query pays for those alone that it reads.

    A column that the table got after the entry was written held what a migration fills in.
    """
    name, (kind, _, _) = field.column, full.partition("(")
    if field.primary_key:
        return "was.row_id"
    if name in model.HISTORY_OMITS:
        return f'(SELECT live."{name}" FROM public."{model._meta.db_table}" live WHERE live.id = was.row_id)'

    def read(document: str) -> str:
        if full.endswith("[]"):
            built = f"jsonb_build_object('v', {document} -> '{name}')"
            return f"(SELECT r.v FROM jsonb_to_record({built}) r(v {full}))"
        if kind == "jsonb":
            return f"nullif({document} -> '{name}', 'null')"
        return f"({document} ->> '{name}')::{kind}"

    return (
        f"CASE WHEN was.before ? '{name}' THEN {read('was.before')}"
        f" WHEN was.row ? '{name}' THEN {read('was.row')} ELSE {read(_default(field))} END"
    )


def _default(field: "models.Field[Any, Any]") -> str:
    """As a document, an SQL literal; a time or key made anew for each row is nobody's past."""
    value = field.get_default() if field.has_default() and not field.null else None
    text = json.dumps({field.column: value}, ensure_ascii=False, default=str)
    return "'" + text.replace("'", "''") + "'::jsonb"
