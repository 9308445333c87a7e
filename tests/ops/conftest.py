"""Real installations in folders of their own: real servers, real kills, nothing of the developer's."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from shanhai.ops.detached import running_port
from shanhai.ops.environment import OURS, Addresses, for_django
from shanhai.ops.installation import Installation, Mode, RunAs
from shanhai.ops.roles import SUPERUSER


@dataclass(frozen=True)
class Box:
    """One installation under test, driven by its command line as a person would."""

    data: Path
    extra: Mapping[str, str]

    def shanhai(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.environment(**extra),
            cwd="/",
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "shanhai.ops", *arguments]

    def environment(self, **extra: str) -> dict[str, str]:
        ours = {*OURS, "SHANHAI_FIELD_KEYS", "DJANGO_SETTINGS_MODULE"}
        inherited = {name: value for name, value in os.environ.items() if name not in ours}
        return inherited | {"SHANHAI_DATA": str(self.data)} | dict(self.extra) | extra

    def addresses(self) -> dict[str, str]:
        """How Django reaches the database, which is started if it does not run."""
        installation = Installation.open({"SHANHAI_DATA": str(self.data)})
        if port := running_port(installation):
            addresses = Addresses.embedded(installation, port, Mode.LIVE)
            return for_django(installation, addresses, Mode.LIVE, self.environment())
        done = self.shanhai("env", "--yes")
        assert done.returncode == 0, done.stderr
        pairs = (line.removeprefix("export ").split("=", 1) for line in done.stdout.splitlines())
        return {name: value.strip("'") for name, value in pairs}

    def connect(self, variable: str = "DATABASE_OWNER_URL") -> psycopg.Connection:
        return psycopg.connect(self.addresses()[variable], autocommit=True)

    def superuser(self) -> psycopg.Connection:
        """By the socket, past all walls; never by the addresses of the environment, which are another's."""
        installation = Installation.open({"SHANHAI_DATA": str(self.data)})
        return psycopg.connect(
            host=str(installation.socket_folder(RunAs.current())),
            port=conninfo_to_dict(self.addresses()["DATABASE_OWNER_URL"])["port"],
            user=SUPERUSER,
            password=installation.secrets.superuser_password,
            dbname=Mode.LIVE.database,
            autocommit=True,
        )

    def processes(self) -> list[psutil.Process]:
        """Everything that runs for this installation, found by its data folder."""
        return [process for process in psutil.process_iter() if self._is_mine(process)]

    def _is_mine(self, process: psutil.Process) -> bool:
        try:
            named = str(self.data) in " ".join(process.cmdline())
            return named or process.environ().get("SHANHAI_DATA") == str(self.data)
        except psutil.Error:
            return False

    def server(self) -> psutil.Process:
        """The PostgreSQL server itself, not one of its workers."""
        pid = int((self.data / "postgres/data/postmaster.pid").read_text("utf-8").split()[0])
        return psutil.Process(pid)

    def supervisor(self) -> psutil.Process:
        parent = self.server().parent()
        assert parent is not None
        return parent


@pytest.fixture
def new_box() -> Iterator["BoxMaker"]:
    maker = BoxMaker([])
    yield maker
    maker.clear()


@dataclass(frozen=True)
class BoxMaker:
    made: list[Box]

    def __call__(self, **extra: str) -> Box:
        # Not pytest's own folder: that is closed to the user the server runs as.
        folder = Path(tempfile.mkdtemp(prefix="shanhai-test-", dir="/var/tmp"))
        folder.chmod(0o755)
        box = Box(folder, extra)
        self.made.append(box)
        return box

    def clear(self) -> None:
        for box in self.made:
            box.shanhai("stop")
            shutil.rmtree(box.data, ignore_errors=True)


@pytest.fixture(scope="module")
def boxes() -> Iterator["BoxMaker"]:
    """For tests of a file that share what is costly."""
    maker = BoxMaker([])
    yield maker
    maker.clear()


@pytest.fixture
def box(new_box: BoxMaker) -> Box:
    return new_box()


@pytest.fixture(scope="session")
def running_box() -> Iterator[Box]:
    """For tests that only look: one installation for all of them."""
    maker = BoxMaker([])
    box = maker()
    box.addresses()
    yield box
    maker.clear()
