"""Bring a database up to date, and a demonstration to life: one Django process run before anything serves.

`python -m shanhai.ops.prepare MODE RESULT [OPTION …]` writes what it found to the file RESULT as JSON;
whatever the commands print on the way goes to the log.
"""

import gc
import json
import shutil
import sys
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any

from .installation import Mode

#: Written as a comment on this table once seeding is whole, so that it travels with dumps of the database.
SEEDED_TABLE = "kernel_installation"
SEEDED = "demonstration: seeded"


class WrongDatabase(Exception):
    """The database is not for this mode; the text is for the person who started it."""


def main(mode: Mode, result: Path, *options: str) -> None:
    import django

    django.setup()
    try:
        found = prepare(mode, *options)
    except WrongDatabase as error:
        found = {"refused": str(error)}
    result.write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def prepare(mode: Mode, *options: str) -> dict[str, Any]:
    if "--look" in options:
        return _look()
    if "--upgrade" in options:
        _require_known()
        migrate()
        _seal_files()
        return _look()
    if mode is Mode.LIVE:
        return _put_to_work()
    if "--reset" in options or _is_half_seeded():
        wipe()
    return _demonstrate("--summary" in options)


def migrate() -> None:
    """Apply what is missing. Asked first: what follows a migration takes seconds even for nothing.

    Shape: Django draws up the models anew at every step, and looking through them for garbage meanwhile is
    a fifth of the work; it is taken away at the end.
    """
    from django.core.management import call_command

    from shanhai.kernel.standing import standing

    if standing("owner").is_current:
        return
    gc.disable()
    try:
        call_command("migrate", database="owner", interactive=False, verbosity=1)
    finally:
        gc.enable()


def _seal_files() -> None:
    from shanhai.kernel.jobs.upkeep import seal_plain_files

    seal_plain_files()


def _look() -> dict[str, Any]:
    """Where the database stands, and whether anybody works in it."""
    from shanhai.kernel.standing import standing

    return {
        **asdict(standing("owner")),
        "is_worked_in": _is_worked_in(),
        "is_demonstration": _is_demonstration(),
    }


def _require_known() -> None:
    """Errors: WrongDatabase, as what a newer program made of the tables would be laid waste."""
    from shanhai.kernel.standing import standing

    if unknown := standing("owner").unknown:
        raise WrongDatabase(
            f"数据库已由更新的程序升级过：有 {len(unknown)} 步这个程序不认识（{unknown[0]} 等）。"
            "什么也没有改动。请换回更新的程序；要退回旧版，用升级前的备份恢复到空的数据目录（docs/operating.md“升级与退回”）。"
        )


def _require_upgraded() -> None:
    """Errors: WrongDatabase where people's work is in tables of an earlier release: first comes a backup."""
    from shanhai.kernel.standing import standing

    now = standing("owner")
    if not _is_worked_in():
        return
    if now.is_under_way:
        raise WrongDatabase("上一次升级没有做完，数据库停在半路。请运行 shanhai upgrade，它会接着做。")
    if now.missing:
        raise WrongDatabase(
            f"数据库还是以前版本的，差 {now.missing} 步。"
            "请运行 shanhai upgrade --to 目录：先把备份写到那里，再升级，然后重新启动。"
        )


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

    _require_known()
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
    _require_known()
    _require_upgraded()
    migrate()
    _seal_files()
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


def _is_worked_in() -> bool:
    """Whether anybody has an account: before that there is nothing to lose."""
    if _scalar("SELECT to_regclass('accounts_user')") is None:
        return False
    return bool(_scalar("SELECT EXISTS (SELECT FROM accounts_user)"))


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
    main(Mode(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
