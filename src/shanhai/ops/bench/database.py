"""Databases for benchmarks on the installation's server: made by the owner, migrated, filled once.

`scratch("export", key, "module:function")` gives one that holds what the function wrote; asked for again with
the same key, and the same migrations, it is there already. `Scratch.use` puts it in force for this process
and for all that it starts; `copied` gives a run pages of its own. None of them is a database of anybody's.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

import shanhai
from shanhai.ops.environment import DEMONSTRATION_TODAY
from shanhai.ops.errors import Refusal
from shanhai.ops.installed import installed_environment

PREFIX = "shanhai_bench"
SETTINGS = "shanhai.config.settings"
#: What decides that a database made earlier no longer fits: the shape of its tables and its triggers.
_SHAPE = (
    "migrations/*.py",
    "sql/*.sql",
    "kernel/database.py",
    "surfaces/indexes.py",
    "history/views.py",
    "walls/*.py",
    "kernel/scope.py",
    "seed/government.py",
    "bench/ground.py",
    "bench/people/models.py",
)
_MIGRATE = ("shanhai.ops.prepare:migrate",)
# Tables without migrations, such as those of a benchmark's own ledger.
_MIGRATE_MORE = ("shanhai.ops.bench.ground:tables",)
_LAY = ("shanhai.ops.bench.ground:lay",)
#: Of the lock by which two benchmarks do not make one database at once.
_LOCK = 20210924
_STANDARD_ERROR = 2
_RUN = """
import importlib, sys
import django
django.setup()
module, function = sys.argv[1].split(":")
getattr(importlib.import_module(module), function)(*sys.argv[2:])
"""


@dataclass(frozen=True)
class Scratch:
    """A database of benchmarks, and the environment in which Django works on it."""

    name: str
    environment: Mapping[str, str]

    @property
    def application_url(self) -> str:
        return self.environment["DATABASE_URL"]

    @property
    def owner_url(self) -> str:
        return self.environment["DATABASE_OWNER_URL"]

    def use(self) -> None:
        """In force for this process and those it starts; before `django.setup()`."""
        os.environ.update(self.environment)

    def run(self, function: str, *arguments: str) -> None:
        """Call `module:function` in a process of its own with Django on this database.

        Errors: CalledProcessError.
        """
        command = [sys.executable, "-c", _RUN, function, *arguments]
        # Standard output belongs to the report.
        subprocess.run(command, env=os.environ | self.environment, check=True, stdout=_STANDARD_ERROR)

    def drop(self) -> None:
        drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.name))
        with _maintenance(self.owner_url) as connection:
            try:
                connection.execute(drop + sql.SQL(" WITH (FORCE)"))
            except psycopg.errors.InsufficientPrivilege:
                # A vacuum of the server's own is at work, which gives way only to the plain statement.
                connection.execute(drop)


def scratch(purpose: str, key: str, fill: str, *arguments: str, settings: str = SETTINGS) -> Scratch:
    """The database of `purpose`: `ground.lay`, then filled by `module:function` called with `arguments`.

    Shape: `key` names the content (seed and size). Whatever was there under another key is dropped. Tables
    that only `settings` know are made as well.
    Errors: CalledProcessError when migrations or filling fail; nothing is reused then.
    """
    made = _named(purpose, settings)
    more = () if settings == SETTINGS else (_MIGRATE_MORE,)
    with _alone(made):
        _make(_named("base"), "", None, _MIGRATE, _LAY)
        return _make(made, key, "base", *more, (fill, *arguments))


def _make(made: Scratch, key: str, template: str | None, *steps: tuple[str, ...]) -> Scratch:
    wanted = f"{key} {_shape()}"
    if _comment(made) != wanted:
        made.drop()
        _create(made, _named(template).name if template else "")
        for function, *arguments in steps:
            made.run(function, *arguments)
        with psycopg.connect(made.owner_url, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
        _remark(made, wanted)
    return made


def copied(source: Scratch, purpose: str) -> Scratch:
    """A fresh database with the pages of `source`, to which nobody may be connected; made in a second or two.

    Shape: the caller drops it.
    """
    made = _named(purpose, source.environment["DJANGO_SETTINGS_MODULE"])
    made.drop()
    _create(made, template=source.name)
    return made


def _named(purpose: str, settings: str = SETTINGS) -> Scratch:
    name = "_".join(filter(None, (PREFIX, os.environ.get("SHANHAI_TEST_SUFFIX", ""), purpose)))
    installed = installed_environment()
    changed = {
        url: urlunsplit(urlsplit(installed[url])._replace(path=f"/{name}"))
        for url in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    changed["DJANGO_SETTINGS_MODULE"] = settings
    changed["SHANHAI_FILES"] = str(Path(installed["SHANHAI_DATA"]) / "bench" / name)
    # Rows of benchmarks bear the numbers that are nobody's; only a demonstration accepts them.
    changed["SHANHAI_DEMONSTRATION_TODAY"] = DEMONSTRATION_TODAY
    return Scratch(name, installed | changed)


def _create(made: Scratch, template: str = "") -> None:
    """Errors: Refusal when the owner of a server of the user's own may not create databases."""
    statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(made.name))
    if template:
        statement += sql.SQL(" TEMPLATE {} STRATEGY file_copy").format(sql.Identifier(template))
    with _maintenance(made.owner_url) as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Refusal(
                "基准要另建一个数据库，而 DATABASE_OWNER_URL 的角色没有 CREATEDB 权限。"
                "请授予它，或取消 DATABASE_URL 和 DATABASE_OWNER_URL，使用自带的数据库。"
            ) from error


def _comment(made: Scratch) -> str | None:
    """What the database was filled with; None while it is not there or not whole."""
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with _maintenance(made.owner_url) as connection:
        found = connection.execute(asked, [made.name]).fetchone()
    return found[0] if found else None


def _remark(made: Scratch, content: str) -> None:
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    with _maintenance(made.owner_url) as connection:
        connection.execute(statement.format(sql.Identifier(made.name), sql.Literal(content)))


@contextmanager
def _maintenance(url: str) -> Iterator[psycopg.Connection]:
    """A connection of the owner from which databases are made and dropped."""
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        yield connection


@contextmanager
def _alone(made: Scratch) -> Iterator[None]:
    """Benchmarks of another purpose wait, since both may be making the base; those of other tests do not."""
    with _maintenance(made.owner_url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [_LOCK, _named("base").name])
        yield


def _shape() -> str:
    """Changes with the tables and triggers that the program makes."""
    package = Path(shanhai.__file__).parent
    whole = hashlib.sha256()
    for path in sorted(found for pattern in _SHAPE for found in package.rglob(pattern)):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]
