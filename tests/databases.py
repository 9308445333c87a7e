"""Databases of the tests: migrated once for each shape of the tables, copied wherever one is needed.

Migrating takes ten seconds, a copy less than one. The migrated ones stay on the installation's server for the
next run; those that no run asked for in a week are dropped.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
PRODUCT, WITH_TOYS = "shanhai.config.settings", "settings"
URLS = ("DATABASE_URL", "DATABASE_OWNER_URL")
_PREFIX = "test_template_"
#: Of the lock by which two runs do not migrate one database at once.
_LOCK = 20210925
_KEPT = timedelta(days=7)
#: What decides the shape of the tables, their triggers and what migrations fill in.
_SHAPE = ("src/shanhai/**/migrations/*.py", "src/shanhai/**/sql/*.sql", "tests/toys/migrations/*.py")
_MORE = ("src/shanhai/config/settings.py", "src/shanhai/kernel/database.py", "requirements.lock")


def own_name(*parts: str) -> str:
    """A name that no other worktree's tests use."""
    return "_".join(filter(None, (parts[0], os.environ.get("SHANHAI_TEST_SUFFIX"), *parts[1:])))


def addresses(name: str) -> dict[str, str]:
    """How both roles reach the database of that name."""
    return {url: f"{os.environ[url].rpartition('/')[0]}/{name}" for url in URLS}


def migrated(settings: str = PRODUCT) -> str:
    """The name of a database with the tables of `settings`, made by the owner, to be copied only."""
    name = f"{_PREFIX}{_shape(settings)}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if _used_on(server).get(name) is None:
            _drop(server, name)
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            _migrate(name, settings)
        _remark(server, name)
        for other, day in _used_on(server).items():
            if day and datetime.fromisoformat(day) < datetime.now(UTC) - _KEPT:
                _drop(server, other)
    return name


@contextmanager
def copied(name: str, source: str) -> Iterator[dict[str, str]]:
    """A copy of the database `source` for as long as the block runs; gives the addresses of the two roles."""
    with _server() as server:
        _drop(server, name)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(statement.format(sql.Identifier(name), sql.Identifier(source)))
        try:
            yield addresses(name)
        finally:
            _drop(server, name)


def _shape(settings: str) -> str:
    whole = hashlib.sha256(settings.encode())
    found = [path for pattern in _SHAPE for path in ROOT.glob(pattern)]
    for path in sorted([*found, *(ROOT / name for name in _MORE)]):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def _migrate(name: str, settings: str) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--database", "owner", "--verbosity", "0"]
    ours = {**addresses(name), "DJANGO_SETTINGS_MODULE": settings}
    paths = [str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, **ours, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@contextmanager
def _server() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    server = os.environ["DATABASE_OWNER_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        yield connection


def _used_on(server: "psycopg.Connection[tuple[object, ...]]") -> dict[str, str | None]:
    """When each migrated database was last asked for; None for one that was not made whole."""
    asked = "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE %s"
    return dict(server.execute(asked, [f"{_PREFIX}%"]).fetchall())  # type: ignore[arg-type]


def _remark(server: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    now = sql.Literal(datetime.now(UTC).isoformat())
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), now))


def _drop(server: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
