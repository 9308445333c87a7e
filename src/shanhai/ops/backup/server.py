"""The database server as backups need it: whole, past all walls, with PostgreSQL's own programs."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shanhai.ops import detached
from shanhai.ops.environment import Addresses
from shanhai.ops.errors import Refusal
from shanhai.ops.installation import Installation, Mode
from shanhai.ops.postgres import PROGRAMS, Cluster, site_packages
from shanhai.ops.roles import SUPERUSER

#: Where the name of the variable is not that of the setting.
_VARIABLES = {"dbname": "DATABASE"}
ROWS = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname !~ '^(pg_|information_schema$)' ORDER BY 1"""


def whole_address(installation: Installation, mode: Mode) -> str:
    """Where to read and write everything: on our own server its superuser, by the socket; else the owner."""
    own = Addresses.of_user(installation)
    if own:
        return own.owner
    port = detached.ensure_database(installation)
    cluster = Cluster.of(installation)
    sockets = str(installation.socket_folder(cluster.run_as))
    return make_conninfo(
        host=sockets,
        port=port,
        user=SUPERUSER,
        password=installation.secrets.superuser_password,
        dbname=mode.database,
    )


@contextmanager
def connected(address: str) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(address)
    except psycopg.OperationalError as error:
        raise Refusal(f"连不上数据库：{str(error).strip()}") from error
    with connection:
        yield connection


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every table, in the snapshot of the transaction."""
    found = {}
    for (table,) in connection.execute(ROWS).fetchall():
        (number,) = connection.execute(f"SELECT count(*) FROM ONLY {table}").fetchone() or (0,)  # noqa: S608
        found[table] = number
    return found


def program(name: str, *arguments: str, address: str, **streams: Any) -> "subprocess.Popen[bytes]":
    """One of PostgreSQL's programs of our wheel, told by its environment: others can read a command line."""
    told = {
        f"PG{_VARIABLES.get(key, key.upper())}": str(value)
        for key, value in conninfo_to_dict(address).items()
    }
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", **told}
    path = site_packages() / PROGRAMS / "bin" / name
    return subprocess.Popen([path, *arguments], env=environment, stderr=subprocess.PIPE, **streams)


def end(process: "subprocess.Popen[bytes]", what: str) -> None:
    """Wait for it. Errors: Refusal with its own words."""
    said = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
    if process.wait():
        raise Refusal(f"{what}没有完成：\n{said[-2000:]}")


def folder_is_empty(path: Path) -> bool:
    return not path.exists() or not any(path.iterdir())
