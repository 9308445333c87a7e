"""The database without a terminal: started when a command needs it, ended by `shanhai stop`."""

import os
import subprocess
import sys
import time
from pathlib import Path

import click

from .errors import Refusal
from .installation import Installation
from .locks import RunLock
from .ports import LOOPBACK
from .postgres import Cluster, Server
from .processes import Supervisor, last_lines, open_log

START_SECONDS = 660.0

#: Kept, because a process object that is dropped while its program runs warns of a leak; here it is meant.
_detached: list[subprocess.Popen[bytes]] = []


def start_server(installation: Installation, lock: RunLock, supervisor: Supervisor) -> Server:
    """Bring the database up; the caller holds the lock and keeps it as long as the supervisor runs."""
    cluster = Cluster.of(installation)
    cluster.prepare()
    server = Server(cluster, wanted=int(lock.inherited.get("port", 0)))
    supervisor.start(server)
    lock.publish(port=server.port)
    return server


def serve_database(installation: Installation) -> None:
    """Supervise the database in the foreground until a stop signal comes."""
    with installation.lock("postgres") as lock:
        if not lock.acquire():
            click.echo("数据库已在运行。")
            return
        with Supervisor() as supervisor:
            server = start_server(installation, lock, supervisor)
            click.echo(f"数据库已启动：{LOOPBACK}:{server.port}。")
            supervisor.run()


def running_port(installation: Installation) -> int | None:
    """Port of the database that is up, None while there is none."""
    facts = installation.lock("postgres").holder()
    return int(facts["port"]) if facts and "port" in facts else None


def ensure_database(installation: Installation) -> int:
    """Port of the running database, after starting a detached one if there is none."""
    lock = installation.lock("postgres")
    deadline = time.monotonic() + START_SECONDS
    started: subprocess.Popen[bytes] | None = None
    while time.monotonic() < deadline:
        if port := running_port(installation):
            return port
        if lock.holder() is None:
            if started and started.poll() is not None:
                raise Refusal(f"数据库无法启动：\n{last_lines(_log(installation))}")
            started = started or _start_detached(installation)
        time.sleep(0.03)
    raise Refusal(f"数据库在 {START_SECONDS:.0f} 秒内没有就绪（日志：{_log(installation)}）。")


def _log(installation: Installation) -> Path:
    return installation.log / "supervisor.log"


def _start_detached(installation: Installation) -> subprocess.Popen[bytes]:
    with open_log(_log(installation)) as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "shanhai.ops", "postgres"],
            env=os.environ | {"SHANHAI_DATA": str(installation.root), "PYTHONDONTWRITEBYTECODE": ""},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _detached.append(process)
    return process
