"""Installations for the journeys: database, files, the processes that `make demo` and `make run` start."""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from databases import TODAY, copied, migrated, seeded
from shanhai.ops.ports import LOOPBACK, reserved

FIRST_PORT = 18400
START_SECONDS = 90.0
STEP_SECONDS = 300
WEB = ("granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4")
APPLICATION = "shanhai.config.wsgi:application"
WORKER = ("django", "procrastinate", "worker", "--shutdown-graceful-timeout=2")


@dataclass(frozen=True)
class Installation:
    """Its processes' environment; both roles of the database are in it."""

    environment: Mapping[str, str]
    folder: Path
    setup_link: str = ""

    def run(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=STEP_SECONDS,
        )
        assert done.returncode == 0, done.stderr

    @contextmanager
    def served(self, *, with_worker: bool = True) -> Iterator[str]:
        """Web server and worker, as the application's own role; gives the address."""
        log = self.folder / "web.log"
        with reserved(FIRST_PORT) as port, contextlib.ExitStack() as running:
            if with_worker:
                running.enter_context(self._process(self.folder / "worker.log", *WORKER))
            web = (*WEB, "--host", LOOPBACK, "--port", str(port), APPLICATION)
            server = running.enter_context(self._process(log, *web))
            _wait_until_it_answers(server, port, log)
            yield f"http://{LOOPBACK}:{port}"

    @contextmanager
    def _process(self, log: Path, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
        with log.open("wb") as out:
            command = [sys.executable, "-m", *arguments]
            process = subprocess.Popen(
                command, env=dict(self.environment), stdout=out, stderr=subprocess.STDOUT
            )
            try:
                yield process
            finally:
                process.terminate()
                process.wait(timeout=30)


@contextmanager
def demonstration(name: str, folder: Path) -> Iterator[Installation]:
    """A small demonstration, filled as the application."""
    source, files = seeded()
    copytree(files, folder / "files")
    with copied(name, source) as addresses:
        yield Installation(_environment(addresses, folder, TODAY), folder)


@contextmanager
def empty(name: str, folder: Path) -> Iterator[Installation]:
    """What `make run` prepares where there is no data yet; knows the one-time link it prints."""
    with copied(name, migrated()) as addresses:
        environment = _environment(addresses, folder, "") | {"SHANHAI_DEMO": "0"}
        result = folder / "prepared.json"
        Installation(environment, folder).run("shanhai.ops.prepare", "live", str(result))
        link = json.loads(result.read_text("utf-8"))["setup_link"]
        yield Installation(environment, folder, link)


def _environment(addresses: Mapping[str, str], folder: Path, today: str) -> dict[str, str]:
    return {
        **os.environ,
        **addresses,
        "DJANGO_SETTINGS_MODULE": "shanhai.config.settings",
        "SHANHAI_DEMONSTRATION_TODAY": today,
        "SHANHAI_FILES": str(folder / "files"),
    }


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with closing(http.client.HTTPConnection(LOOPBACK, port, timeout=10)) as connection:
            try:
                connection.request("HEAD", "/accounts/login/")
                if connection.getresponse().status == http.client.OK:
                    return
            except OSError:
                continue
    pytest.fail(f"the server does not answer:\n{log.read_text('utf-8')}")
