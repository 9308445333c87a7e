"""What the database itself enforces; applied again after every migrate, so that nothing new is forgotten.

History triggers on every recorded table, the index by which each list opens, grants of the application role,
walls around rows, and comments that explain columns to an auditor.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction

from . import clock
from .chain.digests import Algorithm
from .chain.readings import READINGS
from .history.views import drop_statement, view_statements
from .keys.places import recorded_columns
from .rows import Recorded
from .surfaces.indexes import make_list_indexes
from .walls.policies import make_way as make_way_for_walls
from .walls.policies import wall_statements

SQL = Path(__file__).parent / "sql"

#: Tables the application may only read; their writers are triggers and migrations.
READ_ONLY = (
    "kernel_history",
    "kernel_installation",
    "kernel_sealblock",
    "kernel_archivedmonth",
    "django_migrations",
)
#: Tables of the kernel that the application adds to and never changes; other models say it themselves.
APPEND_ONLY = (*READINGS, "kernel_chaincheck")


def recorded_models() -> Iterator[type[Recorded]]:
    """Every concrete table whose writes are kept."""
    for model in apps.get_models():
        if issubclass(model, Recorded) and model._meta.managed and not model._meta.proxy:
            yield model


def protect(alias: str) -> None:
    """Bring functions, triggers, grants and comments up to date, as the owner."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(_seal_algorithm())
        cursor.execute(_sealed_columns())
        for functions in sorted(SQL.glob("*.sql")):
            cursor.execute(functions.read_text(encoding="utf-8"))
        for model in recorded_models():
            for statement in _triggers(model, str(connection.settings_dict["USER"])):
                cursor.execute(statement)
        make_list_indexes(cursor)
        role = connection.ops.quote_name(_application_role())
        views = view_statements(recorded_models(), role, lambda field: str(field.db_type(connection)))
        with transaction.atomic(using=alias):  # nobody meets a table whose wall is being made anew
            for statement in (*make_way_for_walls(), *_grants(role), *_walls(alias), *views):
                cursor.execute(statement)
        for model in recorded_models():
            _comment(cursor, model)
        first = clock.today().replace(day=1)
        cursor.execute("SELECT kernel_ensure_history_partitions(%s, 15)", [first])
        cursor.execute(f"COMMENT ON FUNCTION kernel_wall_is_told() IS '{_digest(alias)}'")


def is_protected(alias: str) -> bool:
    """Whether functions, walls and records are those of this version: they change without a migration."""
    told = "SELECT obj_description(to_regprocedure('kernel_wall_is_told()'), 'pg_proc')"
    with connections[alias].cursor() as cursor:
        cursor.execute(told)
        return bool(cursor.fetchone()[0] == _digest(alias))


def _digest(alias: str) -> str:
    """Of what `protect` does to functions, walls and records."""
    functions = (path.read_text(encoding="utf-8") for path in sorted(SQL.glob("*.sql")))
    told = (_seal_algorithm(), _sealed_columns(), *functions, *_walls(alias))
    return sha256("".join((*told, *_appended_only())).encode()).hexdigest()


def _walls(alias: str) -> Iterator[str]:
    quote, owner = connections[alias].ops.quote_name, connections[alias].settings_dict["USER"]
    return wall_statements(quote(_application_role()), quote(str(owner)))


def make_way(alias: str) -> None:
    """Before migrations, as the owner: what would hold columns fast."""
    with connections[alias].cursor() as cursor:
        cursor.execute(drop_statement())
        for statement in make_way_for_walls():
            cursor.execute(statement)


def _application_role() -> str:
    return str(settings.DATABASES["default"]["USER"])


def _seal_algorithm() -> str:
    """The database is told by the owner: the application must not choose what history is sealed with."""
    chosen = Algorithm(settings.SHANHAI_SEAL_ALGORITHM)
    return (
        "CREATE OR REPLACE FUNCTION kernel_seal_algorithm() RETURNS text LANGUAGE sql IMMUTABLE"
        f" AS $$ SELECT '{chosen}' $$"
    )


def _sealed_columns() -> str:
    """What `sql/reseal.sql` may touch."""
    rows = ", ".join(f"('{one.table}', '{one.column}', '{one.type}')" for one in recorded_columns())
    return (
        "CREATE OR REPLACE FUNCTION kernel_sealed_columns()"
        " RETURNS TABLE (of_table text, of_column text, kind text) LANGUAGE sql IMMUTABLE"
        f" AS $$ VALUES {rows} $$"
    )


def _triggers(model: type[Recorded], owner: str) -> Iterator[str]:
    tables = {
        "INSERT": "REFERENCING NEW TABLE AS new_rows",
        "UPDATE": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "REFERENCING OLD TABLE AS old_rows",
    }
    arguments = f"'{','.join(model.HISTORY_OMITS)}', '{','.join(model.HISTORY_DIGESTS)}'"
    for operation, referencing in tables.items():
        yield (
            f"CREATE OR REPLACE TRIGGER history_{operation.lower()} AFTER {operation} "
            f'ON "{model._meta.db_table}" {referencing} '
            f"FOR EACH STATEMENT {_unless_resealing(owner) if operation == 'UPDATE' else ''} "
            f"EXECUTE FUNCTION kernel_record_history({arguments})"
        )


def _unless_resealing(owner: str) -> str:
    """Another key is no change of a fact. The setting alone does nothing: the application is no owner."""
    told = "coalesce(current_setting('shanhai.resealing', true), '')"
    return f"WHEN (NOT (current_user = '{owner}' AND {told} = 'on'))"


def _grants(role: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}"
    # What the parent refuses, a partition asked by its own name must not give.
    yield f"CALL kernel_close_history_partitions('{role}')"
    for table in _appended_only():
        yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}'
    for table in READ_ONLY:
        yield f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}'


def _appended_only() -> tuple[str, ...]:
    records = (model._meta.db_table for model in recorded_models() if model.IS_APPENDED_ONLY)
    return (*APPEND_ONLY, *records)


def _comment(cursor: Any, model: type[models.Model]) -> None:
    quote = cursor.db.ops.quote_name
    table = quote(model._meta.db_table)
    cursor.execute(f"COMMENT ON TABLE {table} IS %s", [str(model._meta.verbose_name)])
    for field in model._meta.concrete_fields:
        unit = getattr(field, "unit", "")
        label = f"{field.verbose_name}（{unit}）" if unit else str(field.verbose_name)
        cursor.execute(f"COMMENT ON COLUMN {table}.{quote(field.column)} IS %s", [label])
