"""Databases of the tests: made once for each shape of the tables, copied wherever one is needed.

Migrating takes ten seconds, seeding as long again, a copy less than one. What was made stays on the
installation's server for the next run; those that no run asked for in a day are dropped.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
PRODUCT, WITH_TOYS = "shanhai.config.settings", "settings"
URLS = ("DATABASE_URL", "DATABASE_OWNER_URL")
#: As an installation does before it serves.
_MIGRATE = "import django; django.setup(); from shanhai.ops.prepare import migrate; migrate()"
_PREFIX = "test_template_"
#: Of the locks by which two runs do not make one database at once.
_LOCK = 20210925
TODAY = "2021-09-24"
_KEPT = timedelta(days=1)
#: What decides the shape of the tables, their triggers and what migrations fill in.
_SHAPE = (
    "src/shanhai/**/migrations/*.py",
    "src/shanhai/**/sql/*.sql",
    "src/shanhai/**/*ledgers*.py",  # orders of lists are indexes
    "src/shanhai/**/models.py",
    "src/shanhai/**/models/*.py",
    "src/shanhai/kernel/keys/*.py",
    "src/shanhai/kernel/walls/*.py",
    "src/shanhai/registers/parties/*.py",
    "tests/toys/migrations/*.py",
    "tests/toys/models.py",
)
_MORE = (
    "src/shanhai/config/settings.py",
    "src/shanhai/kernel/answers.py",
    "src/shanhai/kernel/database.py",
    "src/shanhai/kernel/history/views.py",
    "src/shanhai/kernel/installation.py",
    "src/shanhai/kernel/scope.py",
    "src/shanhai/kernel/sums.py",
    "src/shanhai/kernel/surfaces/indexes.py",
    "requirements.lock",
)
#: What decides the content of the demonstration: anything may.
_CONTENT = ("src/shanhai/**/*.py", "src/shanhai/**/*.sql", "src/shanhai/**/*.csv", "src/shanhai/**/*.txt")


def own_name(*parts: str) -> str:
    """A name that no other worktree's tests use."""
    return "_".join(filter(None, (parts[0], os.environ.get("SHANHAI_TEST_SUFFIX"), *parts[1:])))


def addresses(name: str) -> dict[str, str]:
    """How both roles reach the database of that name."""
    return {url: f"{os.environ[url].rpartition('/')[0]}/{name}" for url in URLS}


def migrated(settings: str = PRODUCT) -> str:
    """The name of a database with the tables of `settings`, made by the owner, to be copied only."""
    name = f"{_PREFIX}{_hash(settings, _SHAPE)}"
    return _made(name, lambda: migrate(name, settings))


def seeded() -> tuple[str, Path]:
    """The name of a database with the small demonstration, to be copied only, and the folder of its files."""
    name = f"{_PREFIX}seeded_{_hash(PRODUCT, (*_SHAPE, *_CONTENT))}"
    return _made(name, lambda: _seed(name), migrated()), _files(name)


def _made(name: str, fill: Callable[[], object], source: str = "template1") -> str:
    with _server() as server:
        if not _is_ready(server, name, source):
            # Only who wants the same waits: others may be making theirs.
            server.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [_LOCK, name])
            if not _is_ready(server, name, source):
                _drop(server, name)
                _create(server, name, source)
                fill()
                _remark(server, name)
                _forget_unused(server)
    return name


def _is_ready(server: "psycopg.Connection[tuple[object, ...]]", name: str, source: str) -> bool:
    """Whole, which its remark says; one of days ago is marked as used today."""
    used = _used_on(server).get(name)
    if not used or not (source == "template1" or _files(name).exists()):
        return False
    if datetime.fromisoformat(used).date() < datetime.now(UTC).date():
        with suppress(psycopg.errors.InternalError):  # another did so at the same moment
            _remark(server, name)
    return True


def _forget_unused(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    for other, day in _used_on(server).items():
        if day and datetime.fromisoformat(day) < datetime.now(UTC) - _KEPT:
            _drop(server, other)
            shutil.rmtree(_files(other), ignore_errors=True)


def _files(name: str) -> Path:
    """Where the evidence of a demonstration lies that is only copied."""
    return Path(tempfile.gettempdir()) / name


@contextmanager
def copied(name: str, source: str) -> Iterator[dict[str, str]]:
    """A copy of the database `source` for as long as the block runs; gives the addresses of the two roles."""
    with _server() as server:
        _drop(server, name)
        _create(server, name, source)
        try:
            yield addresses(name)
        finally:
            _drop(server, name)


def seed(name: str, files: Path, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs the command that writes the demonstration, as `make demo` does."""
    ours = {
        **addresses(name),
        "DJANGO_SETTINGS_MODULE": PRODUCT,
        "SHANHAI_DEMONSTRATION_TODAY": TODAY,
        "SHANHAI_FILES": str(files),
    }
    command = [sys.executable, "-m", "django", "seed_demo", "--json", *options]
    return subprocess.run(
        command, env={**os.environ, **ours, **environment}, capture_output=True, text=True, check=False
    )


def _seed(name: str) -> None:
    files = _files(name)
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    done = seed(name, files, "--small")
    assert done.returncode == 0, done.stderr


def _hash(settings: str, patterns: tuple[str, ...]) -> str:
    whole = hashlib.sha256(settings.encode())
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    for path in sorted([*found, *(ROOT / name for name in _MORE)]):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def migrate(name: str, settings: str) -> None:
    """Gives that database the tables of `settings` that it does not have yet."""
    command = [sys.executable, "-c", _MIGRATE]
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


def _create(server: "psycopg.Connection[tuple[object, ...]]", name: str, source: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.execute(statement.format(sql.Identifier(name), sql.Identifier(source)))
    # A test kills its own server where that matters; elsewhere a commit need not wait for the disk.
    server.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))


def _drop(server: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        server.execute(drop + sql.SQL(" WITH (FORCE)"))
    except psycopg.errors.InsufficientPrivilege:
        # A vacuum of the server's own is at work, which gives way only to the plain statement.
        server.execute(drop)
