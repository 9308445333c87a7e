"""Runs contenders A B A B … each in a process of its own, and reports medians and the ratio pair by pair.

Only ratios inside one run mean anything on a shared machine, hence the alternation and the load printed.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from .watching import Watcher, tree

#: Unit: seconds.
_BETWEEN_LOOKS = 0.1
_PROGRAM = """
import importlib, sys
module, function = sys.argv[1].split(":")
print(getattr(importlib.import_module(module), function)(sys.argv[2]))
"""


class ResultsDiffer(RuntimeError):
    """The contenders did not do the same work, so their times say nothing."""


@dataclass(frozen=True)
class Benchmark:
    """One job done by us and by what a user would pick instead.

    Shape: `prepare(rows, folder)` makes the data once; `ours` and `rival` are `module:function`, called with
    the path of the data, returning a text that must be equal for both.
    """

    name: str
    says: str
    rival_name: str
    default_rows: int
    prepare: Callable[[int, Path], Path]
    ours: str
    rival: str
    #: Whether both run once before they are measured; not where a run takes minutes.
    is_warmed: bool = True
    #: Further figures of the same data, for the report.
    parts: Callable[[Path], dict[str, Any]] | None = None
    #: Where results need not be equal: judges ours and the rival's, for the report. Errors: ResultsDiffer.
    judge: Callable[[str, str], dict[str, Any]] | None = None
    #: Stages of ours that a user waits for together, by the name of their sum.
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """One process: seconds of its job, processor seconds, peak memory of its tree in MB, what it printed."""

    wall: float
    cpu: float
    peak_mb: float
    result: str
    stages: Mapping[str, float]


def run(benchmark: Benchmark, rows: int, rounds: int) -> dict[str, Any]:
    """The report. Errors: ResultsDiffer."""
    with tempfile.TemporaryDirectory(prefix="shanhai-bench-") as folder, _own_environment():
        data = benchmark.prepare(rows, Path(folder))
        for contender in (benchmark.ours, benchmark.rival) if benchmark.is_warmed else ():
            measured(contender, data)  # compiled files, page cache
        pairs = [(measured(benchmark.ours, data), measured(benchmark.rival, data)) for _ in range(rounds)]
        parts = benchmark.parts(data) if benchmark.parts else {}
    told = _compared(benchmark, pairs)
    ours, rival = zip(*pairs, strict=True)
    return {
        "benchmark": benchmark.name,
        "rows": rows,
        "rounds": rounds,
        "rival": benchmark.rival_name,
        **told,
        "ours": _figures(ours) | _sums(ours, benchmark.sums),
        "rival_figures": _figures(rival),
        "ratio": _spread([b.wall / a.wall for a, b in pairs]),
        **parts,
        "load": [round(one, 2) for one in os.getloadavg()],
    }


def _compared(benchmark: Benchmark, pairs: list[tuple[Run, Run]]) -> dict[str, Any]:
    """What both came to. Errors: ResultsDiffer."""
    if benchmark.judge:
        return [benchmark.judge(mine.result, theirs.result) for mine, theirs in pairs][-1]
    results = {one.result for pair in pairs for one in pair}
    if len(results) != 1:
        raise ResultsDiffer(f"{benchmark.name}: {json.dumps(sorted(results), ensure_ascii=False)}")
    return {"result": results.pop()}


@contextmanager
def _own_environment() -> Iterator[None]:
    """What a benchmark puts into the environment, such as its database, ends with it."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def measured(contender: str, data: Path) -> Run:
    """One call of `module:function` in a process of its own. Errors: RuntimeError when it fails."""
    began = time.perf_counter()
    command = [sys.executable, "-c", _PROGRAM, contender, str(data)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        _Memory(process.pid) as memory,
    ):
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{contender} ended with {process.returncode}")
    result, stages = _told(printed.strip())
    cpu, peak = usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss / 1024, memory.peak / 2**20)
    return Run(sum(stages.values()) or wall, cpu, peak, result, stages)


class _Memory(Watcher):
    """What a process and those it started hold together. Unit of `peak`: bytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(_BETWEEN_LOOKS)
        self.peak, self._pid = 0, pid

    def look(self) -> None:
        with suppress(psutil.Error):
            self.peak = max(self.peak, sum(one.memory_info().rss for one in tree(self._pid)))


def _told(printed: str) -> tuple[str, dict[str, float]]:
    """The result, and the stages if the contender timed itself."""
    if not printed.startswith("{"):
        return printed, {}
    told = json.loads(printed)
    return told["result"], told["stages"]


def _figures(runs: tuple[Run, ...]) -> dict[str, dict[str, float]]:
    return {
        "wall_s": _spread([one.wall for one in runs]),
        "cpu_s": _spread([one.cpu for one in runs]),
        "peak_mb": _spread([one.peak_mb for one in runs]),
        **{f"{stage}_s": _spread([one.stages[stage] for one in runs]) for stage in runs[0].stages},
    }


def _sums(runs: tuple[Run, ...], sums: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, float]]:
    return {
        f"{name}_s": _spread([sum(one.stages[stage] for stage in stages) for one in runs])
        for name, stages in sums.items()
    }


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "min": round(min(values), 3),
        "median": round(statistics.median(values), 3),
        "max": round(max(values), 3),
    }
