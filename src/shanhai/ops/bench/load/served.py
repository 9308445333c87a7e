"""The real server on the benchmark's database, and what its processes use while it is worked with."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from shanhai.ops.bench.watching import Watcher, tree
from shanhai.ops.installation import Installation
from shanhai.ops.ports import reserved
from shanhai.ops.postgres import Cluster
from shanhai.ops.processes import Supervisor
from shanhai.ops.serve import wait_for_web, web_program, worker_program

from .figures import Reading

_FIRST_PORT = 18900
_BETWEEN = 1.0


@dataclass
class Served:
    """Where the pages are, and the first process of every part."""

    port: int
    parts: dict[str, int] = field(default_factory=dict)


@contextmanager
def served(environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """Web server and worker as an installation runs them, until the block ends."""
    with reserved(_FIRST_PORT) as port, Supervisor() as supervisor:
        web, worker = web_program(log, environment, port), worker_program(log, environment)
        supervisor.start(web)
        wait_for_web(supervisor, web, port)
        supervisor.start(worker)
        yield Served(port, {"web": web.pid, "worker": worker.pid} | _database())


def _database() -> dict[str, int]:
    """The installation's own server; one of somebody else's cannot be looked at."""
    pid, _status = Cluster.of(Installation.open()).state()
    return {"database": pid} if pid else {}


class Meter(Watcher):
    """Reads processor time and memory of every part once a second."""

    def __init__(self, parts: Mapping[str, int]) -> None:
        super().__init__(_BETWEEN)
        self.readings: list[Reading] = []
        self._parts = dict(parts)
        #: Processor seconds of every process there was, those that have ended included.
        self._used: dict[tuple[str, int], float] = {}

    def look(self) -> None:
        self.readings.append(self._reading())

    def _reading(self) -> Reading:
        cpu, held = {}, {}
        for part, pid in self._parts.items():
            held[part] = 0
            for process in tree(pid):
                with suppress(psutil.Error):
                    times = process.cpu_times()
                    self._used[part, process.pid] = times.user + times.system
                    memory = process.memory_info()
                    # Pages of the database's shared buffers stand in every one of its processes.
                    held[part] += memory.rss - memory.shared if part == "database" else memory.rss
            cpu[part] = sum(used for (whose, _pid), used in self._used.items() if whose == part)
        return Reading(time.time(), cpu, held)
