"""Bring a database up to date, and a demonstration to life: one Django process run before anything serves.

`python -m shanhai.ops.prepare MODE RESULT` writes what it found to the file RESULT as JSON; whatever the
commands print on the way goes to the log.
"""

import gc
import json
import shutil
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from .installation import Mode

#: Written as a comment on this table once seeding is whole, so that it travels with dumps of the database.
SEEDED_TABLE = "kernel_installation"
SEEDED = "demonstration: seeded"


class WrongDatabase(Exception):
    """The database is not for this mode; the text is for the person who started it."""


def main(mode: Mode, result: Path, *, reset: bool, summary: bool) -> None:
    import django

    django.setup()
    try:
        found = prepare(mode, reset=reset, summary=summary)
    except WrongDatabase as error:
        found = {"refused": str(error)}
    result.write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def prepare(mode: Mode, *, reset: bool, summary: bool) -> dict[str, Any]:
    if mode is Mode.LIVE:
        return _put_to_work()
    if reset or _is_half_seeded():
        wipe()
    return _demonstrate(summary)


def migrate() -> None:
    """Apply what is missing. Asked first: what follows a migration takes seconds even for nothing.

    Shape: Django draws up the models anew at every step, and looking through them for garbage meanwhile is
    a fifth of the work; it is taken away at the end.
    """
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from shanhai.kernel.database import is_protected

    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or not is_protected("owner"):
        gc.disable()
        try:
            call_command("migrate", database="owner", interactive=False, verbosity=1)
        finally:
            gc.enable()


def wipe() -> None:
    """Empty a demonstration database and its files. Errors: WrongDatabase when there is real work in it."""
    from django.conf import settings

    if _table_count() and not _is_demonstration():
        raise WrongDatabase("数据库里不是演示数据，不能清空。请另建一个空库。")
    for schema in _schemas():
        _execute(f'DROP SCHEMA "{schema}" CASCADE')
    _execute("CREATE SCHEMA public")
    for entry in Path(settings.MEDIA_ROOT).glob("*"):
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _demonstrate(summary: bool) -> dict[str, Any]:
    from shanhai.kernel.errors import ShanhaiError
    from shanhai.kernel.installation import mark_demonstration

    migrate()
    try:
        mark_demonstration()
    except ShanhaiError as error:
        raise WrongDatabase(str(error)) from error
    found: dict[str, Any] = {}
    if summary or not _is_seeded():
        found["summary"] = json.loads(_output("seed_demo", json=True))
        _execute(f"COMMENT ON TABLE {SEEDED_TABLE} IS '{SEEDED}'")
    return found | {"accounts": _output("demo_accounts")}


def _put_to_work() -> dict[str, Any]:
    if _is_demonstration():
        raise WrongDatabase("这个数据库里是演示数据，不能用于正式工作。请另建一个空库。")
    migrate()
    return {"setup_link": _output("setup_link").strip()}


def _output(command: str, **options: Any) -> str:
    from django.core.management import call_command

    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def _is_seeded() -> bool:
    return bool(_scalar(f"SELECT obj_description(to_regclass('{SEEDED_TABLE}'))") == SEEDED)


def _is_half_seeded() -> bool:
    """Seeding began and never ended: what is there is of no use to anyone."""
    return _is_demonstration() and not _is_seeded()


def _is_demonstration() -> bool:
    if _scalar(f"SELECT to_regclass('{SEEDED_TABLE}')") is None:
        return False
    return bool(_scalar("SELECT bool_or(is_demonstration) FROM kernel_installation"))


def _table_count() -> int:
    return int(_scalar("SELECT count(*) FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema$)'"))


def _schemas() -> list[str]:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'")
        return [name for (name,) in cursor.fetchall()]


def _scalar(query: str) -> Any:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
        return row[0] if row else None


def _execute(statement: str) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main(Mode(sys.argv[1]), Path(sys.argv[2]), reset="--reset" in sys.argv, summary="--summary" in sys.argv)
