"""`shanhai bench load`: warmed up, raised step by step until a limit breaks, held, struck by a spike."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shanhai.ops.bench.database import Scratch, copied, scratch

from .figures import (
    Answer,
    by_name,
    cores,
    figures,
    highest,
    keeps_limits,
    memory,
    recovered_after,
    thresholds,
)
from .served import Meter, Served, served

NAME = "load"
_MINUTES = 10.0
#: Unit: seconds.
_WARM, _STEP, _SETTLE, _SPIKE = 30.0, 20.0, 5.0, 30.0
#: Requests a second that are tried one after the other.
_RATES = (4, 8, 12, 16, 20, 25, 30, 35, 40, 50, 60, 80)
_SEED = 20210924

type Tell = Callable[[float], None]


def measure(rows: int | None = None, minutes: float | None = None) -> dict[str, Any]:
    """The report. Errors: RuntimeError when the people could not work at all."""
    rows, minutes = rows or thresholds()["rows"], minutes or _MINUTES
    made = scratch(
        "load", f"{_SEED} {rows} {thresholds()['users']}", "shanhai.ops.bench.load.rows:fill", str(rows)
    )
    used = copied(made, "load_run")  # what is written here is not there the next time
    try:
        with tempfile.TemporaryDirectory(prefix="shanhai-bench-") as folder:
            used.run("shanhai.ops.bench.load.rows:write_plan", folder)
            return _measured(used, Path(folder), rows, minutes)
    finally:
        used.drop()


def _measured(used: Scratch, folder: Path, rows: int, minutes: float) -> dict[str, Any]:
    answers = folder / "answers.jsonl"
    with served(used.environment, folder) as server:
        command = [sys.executable, "-m", "shanhai.ops.bench.load.people"]
        asked = [f"http://127.0.0.1:{server.port}", str(folder / "plan.json"), str(answers)]
        with subprocess.Popen([*command, *asked], stdin=subprocess.PIPE, text=True) as people:
            server.parts["people"] = people.pid
            with Meter(server.parts) as meter:
                phases = _phases(_teller(people), minutes, lambda: _read(answers))
            _hang_up(people)
    found = _read(answers)
    if not found:
        raise RuntimeError("nobody was answered")
    return _report(found, meter, phases, rows, server)


def _teller(people: "subprocess.Popen[str]") -> Tell:
    def tell(rate: float) -> None:
        if people.stdin is None or people.poll() is not None:
            raise RuntimeError(f"the people stopped working: {people.returncode}")
        people.stdin.write(f"{rate}\n")
        people.stdin.flush()

    return tell


def _hang_up(people: "subprocess.Popen[str]") -> None:
    if people.stdin:
        people.stdin.close()
    people.wait(60)


def _read(path: Path) -> list[Answer]:
    """All that was noted until now; a line that is being written is left for the next time."""
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    return [Answer(*json.loads(line)) for line in lines if line.endswith("\n")]


def _phases(
    tell: Tell, minutes: float, read: Callable[[], list[Answer]]
) -> dict[str, list[tuple[float, float]]]:
    """Name → beginnings and ends."""
    tell(_RATES[0])
    time.sleep(_WARM)
    steps: list[tuple[float, float]] = []
    for rate in _RATES:
        steps.append(_held(tell, rate, _STEP))
        if not keeps_limits(figures(read(), *steps[-1])):
            break
    kept = [figures(read(), *one) for one in steps]
    wanted = min(float(thresholds()["requests_per_s"]), highest(kept) or _RATES[0])
    steady = _held(tell, wanted, minutes * 60)
    spike = _held(tell, wanted * thresholds()["spike_factor"], _SPIKE, settle=0)
    after = _held(tell, wanted, float(thresholds()["recovers_within_s"]) + _SETTLE, settle=0)
    return {"steps": steps, "steady": [steady], "spike": [spike], "after": [after]}


def _held(tell: Tell, rate: float, seconds: float, settle: float = _SETTLE) -> tuple[float, float]:
    tell(rate)
    time.sleep(settle)
    began = time.time()
    time.sleep(seconds)
    return began, time.time()


def _report(
    answers: list[Answer],
    meter: Meter,
    phases: dict[str, list[tuple[float, float]]],
    rows: int,
    server: Served,
) -> dict[str, Any]:
    wanted, (steady,), (spike,), (after,) = (
        thresholds(),
        phases["steady"],
        phases["spike"],
        phases["after"],
    )
    steps = [figures(answers, *one) | {"cores": cores(meter.readings, *one)} for one in phases["steps"]]
    held = figures(answers, *steady) | {
        "cores": cores(meter.readings, *steady),
        "by_name": by_name(one for one in answers if steady[0] <= one.at < steady[1]),
        "memory": memory(meter.readings, *steady),
    }
    recovered = recovered_after(answers, spike[1], after[1])
    return {
        "benchmark": "load",
        "rows": rows,
        "users": wanted["users"],
        "thresholds": dict(wanted),
        "steps": steps,
        "keeps_limits_at_per_s": highest(steps),
        "limited_by": _busiest(steps[-1]["cores"]),
        "steady": held | {"keeps_limits": keeps_limits(held)},
        "spike": figures(answers, *spike) | {"recovered_after_s": recovered},
        "is_met": _is_met(held, recovered),
    }


def _busiest(found: dict[str, float]) -> str:
    """The part of ours that keeps most of the processors at work."""
    ours = {part: busy for part, busy in found.items() if part != "people"}
    return max(ours, key=lambda part: ours[part]) if ours else ""


def _is_met(held: dict[str, Any], recovered: float | None) -> bool:
    wanted = thresholds()
    return (
        keeps_limits(held)
        and held["per_s"] >= wanted["requests_per_s"]
        and held["writes_share"] >= wanted["writes_share"]
        and held["memory"]["is_level"]
        and recovered is not None
        and recovered <= wanted["recovers_within_s"]
    )
