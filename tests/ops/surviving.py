"""The small demonstration on a database server of its own, with workers and requests that may be killed."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from psycopg.conninfo import make_conninfo

from databases import ROOT, TODAY, seeded
from ops.conftest import Box
from shanhai.ops.backup.server import program, whole_address
from shanhai.ops.figures import VARIABLE
from shanhai.ops.installation import Installation, Mode
from shanhai.ops.processes import wait_for

SECONDS = 60.0


class Talk:
    """A process that answers each line of JSON with one."""

    def __init__(self, module: str, environment: dict[str, str], log: Path) -> None:
        self.log = log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def ask(self, *what: Any) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, Path(self.log.name).read_text("utf-8")[-4000:]
        return json.loads(line)

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.log.close()


class Place:
    """Where work is asked for, done, and killed."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.folder = box.data / "answers"
        self.folder.mkdir()
        figures = box.data / "figures"
        figures.mkdir()
        environment = box.environment() | {
            **box.addresses(),
            "DJANGO_SETTINGS_MODULE": "shanhai.config.settings",
            "SHANHAI_FILES": str(box.data / "files/live"),
            "SHANHAI_DEMONSTRATION_TODAY": TODAY,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), *sys.path]),
            VARIABLE: str(figures),
        }
        self.log = box.data / "forking.log"
        self.clerk = Talk("ops.clerk", environment, box.data / "clerk.log")
        self.forks = Talk("ops.forking", environment, self.log)
        self.clerk.answer()
        self.worker = 0
        self.asked = 0
        #: How long an import takes here.
        self.seconds = 1.0
        #: The workbook of figures as it was before anybody was killed.
        self.figures: list[Any] = []

    def close(self) -> None:
        self.end_worker()
        self.clerk.end()
        self.forks.end()

    def ask(self, *what: Any) -> Any:
        return self.clerk.ask(*what)

    def work(self, most_bytes: int = 0) -> None:
        """There is a worker from now on."""
        self.end_worker()
        self.worker = self.forks.ask("work", most_bytes)

    def end_worker(self) -> None:
        kill(self.worker)
        self.worker = 0

    def kill(self, what: str) -> None:
        """`database` comes back by its supervisor, as does a worker in an installation."""
        if what == "database":
            server = self.box.server()
            server.kill()
            server.wait(SECONDS)
        else:
            self.end_worker()

    def settled(self, key: str) -> dict[str, Any]:
        """The job once it has ended. A worker that died meanwhile is started anew, as by its supervisor."""
        deadline = time.monotonic() + SECONDS
        while True:
            if not self.worker or not psutil.pid_exists(self.worker):
                self.work()
            found: dict[str, Any] = self.ask("job", key)
            if found["state"] not in {"queued", "running"}:
                return found
            assert time.monotonic() < deadline, (found, self.said())
            time.sleep(0.02)

    def wait_until(self, key: str, *states: str) -> None:
        assert wait_for(lambda: self.ask("job", key)["state"] in states, SECONDS), (
            self.ask("job", key),
            self.said(),
        )

    def request(
        self, username: str, method: str, path: str, *, most_bytes: int = 0, **sent: Any
    ) -> tuple[int, Path]:
        """A request under way: its process, and where the answer will be."""
        self.asked += 1
        out = self.folder / str(self.asked)
        return self.forks.ask("page", username, method, path, sent, str(out), most_bytes), out

    def answered(self, username: str, method: str, path: str, **sent: Any) -> tuple[int, bytes, str]:
        _pid, out = self.request(username, method, path, **sent)
        assert wait_for(out.exists, SECONDS), self.said()
        told = json.loads(out.read_text("utf-8"))
        return told["status"], Path(f"{out}.body").read_bytes(), told["url"]

    def said(self) -> str:
        return self.log.read_text("utf-8")[-4000:]


def kill(pid: int) -> None:
    """And wait until it is gone."""
    if pid:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            process.kill()
            process.wait(SECONDS)


@contextmanager
def place(box: Box) -> Iterator[Place]:
    """Filled from the database that other tests copy; its roles are called the same here."""
    name, papers = seeded()
    dump = box.data / "dump"
    with box.superuser() as server:
        into = make_conninfo(server.info.dsn, password=server.info.password)
    server.close()
    source = make_conninfo(whole_address(Installation.open(), Mode.LIVE), dbname=name)
    _run("pg_dump", "--format=custom", "--enable-row-security", f"--file={dump}", address=source)
    _run("pg_restore", "--exit-on-error", f"--dbname={Mode.LIVE.database}", str(dump), address=into)
    shutil.copytree(papers, box.data / "files/live", dirs_exist_ok=True)
    made = Place(box)
    try:
        yield made
    finally:
        made.close()


def _run(name: str, *arguments: str, address: str) -> None:
    process = program(name, *arguments, address=address)
    _out, said = process.communicate()
    assert process.returncode == 0, said.decode()
