"""What the database itself enforces; applied again after every migrate, so that nothing new is forgotten.

History triggers on every recorded table, sums that never exceed what a row has, the index by which each list
opens, grants of the application role, walls around rows, and comments that explain columns to an auditor.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.utils import translation

from . import clock
from .chain.digests import Algorithm
from .chain.readings import READINGS
from .erasing.columns import erasable
from .history.views import drop_statement, view_statements
from .keys.places import recorded_columns
from .rows import Recorded
from .sums import sum_statements
from .surfaces.indexes import list_indexes, make_list_indexes
from .walls.policies import make_way as make_way_for_walls
from .walls.policies import wall_statements

SQL = Path(__file__).parent / "sql"
#: The connection of whoever migrates.
OWNER = "owner"

#: Tables the application may only read; their writers are triggers and migrations.
READ_ONLY = (
    "kernel_history",
    "kernel_installation",
    "kernel_sealblock",
    "kernel_archivedmonth",
    "kernel_erasedentry",
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
    """Bring functions, triggers, indexes, walls, grants and comments up to date, as the owner.

    Shape: all of it or nothing; nobody meets a table whose wall is being made anew.
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for statement in make_way_for_walls():
            cursor.execute(statement)
        # One that has other columns now cannot be replaced, and one that is no more should not stay.
        cursor.execute(_DROP_FUNCTIONS)
        for statement in _declared(alias):
            cursor.execute(statement)
        make_list_indexes(cursor)
        first = clock.today().replace(day=1)
        cursor.execute("SELECT kernel_ensure_history_partitions(%s, 15)", [first])
        cursor.execute(_remark(f"{_PROTECTED}{_digest(alias)}"))


def make_way(alias: str) -> None:
    """Before migrations, as the owner: what would hold columns fast.

    From here until `protect` the application role sees no row and writes none, should the run be cut short.
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(drop_statement())
        for statement in make_way_for_walls():
            cursor.execute(statement)
        cursor.execute(_remark(_UNDER_WAY))


def is_protected(alias: str) -> bool:
    """Whether functions, triggers and walls are those of this program: they change without a migration.

    `alias`: by whose connection it is asked; anybody may.
    """
    return _remarked(alias) == f"{_PROTECTED}{_digest(OWNER)}"


def is_under_way(alias: str) -> bool:
    """Whether a run of migrations began and did not come to its end."""
    return _remarked(alias) == _UNDER_WAY


#: Remarks on the schema, which travel with dumps of the database.
_PROTECTED, _UNDER_WAY = "shanhai: protected ", "shanhai: migrations under way"
_DROP_FUNCTIONS = """
DO $$
DECLARE
    one regprocedure;
BEGIN
    FOR one IN SELECT p.oid FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'kernel\\_%'
        AND p.prorettype <> 'trigger'::regtype
        AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid
        )
    LOOP
        EXECUTE format('DROP ROUTINE %s', one);
    END LOOP;
END $$"""


def _remark(text: str) -> str:
    return f"COMMENT ON SCHEMA public IS '{text}'"


def _remarked(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT coalesce(obj_description('public'::regnamespace, 'pg_namespace'), '')")
        return str(cursor.fetchone()[0])


def _digest(alias: str) -> str:
    """Of all that `protect` does."""
    return sha256(
        "".join((*_declared(alias), *list_indexes(connections[alias]).values())).encode()
    ).hexdigest()


def _declared(alias: str) -> Iterator[str]:
    """What follows from the program alone, in the order in which it is said."""
    connection = connections[alias]
    quote, owner = connection.ops.quote_name, str(connection.settings_dict["USER"])
    role = quote(_application_role())
    yield _seal_algorithm()
    yield _sealed_columns()
    yield _erasable_columns()
    for functions in sorted(SQL.glob("*.sql")):
        yield functions.read_text(encoding="utf-8")
    for model in recorded_models():
        yield from _triggers(model, owner)
    yield from sum_statements()
    yield from _grants(role)
    yield from wall_statements(role, quote(owner))
    yield from view_statements(recorded_models(), role, lambda field: str(field.db_type(connection)))
    for model in recorded_models():
        yield from _comments(model, quote)


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


def _erasable_columns() -> str:
    """What `sql/erasing.sql` may touch."""
    rows = ", ".join(f"('{table}', '{column}')" for table, column in erasable())
    return (
        "CREATE OR REPLACE FUNCTION kernel_erasable_columns() RETURNS TABLE (of_table text, of_column text)"
        f" LANGUAGE sql IMMUTABLE AS $$ VALUES {rows} $$"
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


def _comments(model: type[models.Model], quote: Callable[[str], str]) -> list[str]:
    """In the language of the declarations, whoever asks."""
    table = quote(model._meta.db_table)
    with translation.override(None):
        said = [f"COMMENT ON TABLE {table} IS {_literal(str(model._meta.verbose_name or ''))}"]
        for field in model._meta.concrete_fields:
            unit = getattr(field, "unit", "")
            label = f"{field.verbose_name}（{unit}）" if unit else str(field.verbose_name)
            said.append(f"COMMENT ON COLUMN {table}.{quote(str(field.column))} IS {_literal(label)}")
    return said


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
