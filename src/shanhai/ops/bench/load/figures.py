"""Figures of a run of load, from what was noted of every request and of the processes. Pure.

Unit: seconds since the epoch for moments, milliseconds for the time an answer took.
"""

import statistics
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_QUANTILES = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
#: Unit: seconds; how long a window is in which recovery is looked for.
_WINDOW = 5.0


@dataclass(frozen=True)
class Answer:
    """One request: when it was answered, what it was, how long it took, what was wrong with it."""

    at: float
    name: str
    is_write: bool
    ms: float
    wrong: str = ""
    is_server_error: bool = False


@dataclass(frozen=True)
class Reading:
    """Of the processes, at one moment: processor seconds used up to now and bytes held, by part."""

    at: float
    cpu: Mapping[str, float]
    held: Mapping[str, int]


@cache
def thresholds() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("thresholds.toml").read_text("utf-8"))


def within[T: (Answer, Reading)](found: Iterable[T], began: float, ended: float) -> list[T]:
    return [one for one in found if began <= one.at < ended]


def quantiles(answers: Iterable[Answer]) -> dict[str, float]:
    """By name p50, p95 and p99; of no answer nothing."""
    took = sorted(one.ms for one in answers)
    return {name: round(took[int(share * (len(took) - 1))], 1) for name, share in _QUANTILES.items() if took}


def figures(answers: Sequence[Answer], began: float, ended: float) -> dict[str, Any]:
    """How many a second, and how long they took, between two moments."""
    found = within(answers, began, ended)
    reads, writes = ([one for one in found if one.is_write is wanted] for wanted in (False, True))
    return {
        "per_s": round(len(found) / (ended - began), 2),
        "requests": len(found),
        "writes_share": round(len(writes) / len(found), 3) if found else 0.0,
        "reads_ms": quantiles(reads),
        "writes_ms": quantiles(writes),
        "wrong": [one.wrong for one in found if one.wrong],
        "server_errors": sum(one.is_server_error for one in found),
    }


def keeps_limits(found: Mapping[str, Any]) -> bool:
    """Whether answers came, and were all right and in time."""
    wanted = thresholds()
    in_time = all(
        found[kind].get(name, 0.0) <= limit for kind in ("reads_ms", "writes_ms")
        for name, limit in wanted[kind].items()
    )  # fmt: skip
    return (
        in_time
        and found["requests"] > 0
        and len(found["wrong"]) <= wanted["wrong_answers"]
        and found["server_errors"] <= wanted["server_errors"]
    )


def by_name(answers: Iterable[Answer]) -> dict[str, Any]:
    """Quantiles and number of every kind of request, the slowest first."""
    kinds: dict[str, list[Answer]] = {}
    for one in answers:
        kinds.setdefault(one.name, []).append(one)
    told = {name: {"requests": len(found), **quantiles(found)} for name, found in kinds.items()}
    return dict(sorted(told.items(), key=lambda item: -item[1]["p95"]))


def cores(readings: Sequence[Reading], began: float, ended: float) -> dict[str, float]:
    """How many processors each part kept busy between two moments."""
    found = within(readings, began, ended)
    if len(found) < 2:  # noqa: PLR2004
        return {}
    first, last = found[0], found[-1]
    seconds = last.at - first.at
    return {part: round((last.cpu[part] - first.cpu.get(part, 0.0)) / seconds, 2) for part in last.cpu}


def memory(readings: Sequence[Reading], began: float, ended: float) -> dict[str, Any]:
    """MB that the parts held in each third of the time, and whether it grew after the first."""
    third = (ended - began) / 3
    means = [
        _mean_held(within(readings, began + number * third, began + (number + 1) * third))
        for number in range(3)
    ]
    growth = {part: means[2][part] / means[1][part] - 1 for part in means[2] if means[1].get(part)}
    served = [growth.get(part, 0.0) for part in ("web", "worker")]
    return {
        "mb": [{part: round(held / 2**20, 1) for part, held in mean.items()} for mean in means],
        "growth": {part: round(share, 4) for part, share in growth.items()},
        "is_level": max(served, default=0.0) <= thresholds()["memory_growth"],
    }


def _mean_held(readings: Sequence[Reading]) -> dict[str, float]:
    parts = {part for one in readings for part in one.held}
    return {part: statistics.fmean(one.held.get(part, 0) for one in readings) for part in sorted(parts)}


def recovered_after(answers: Sequence[Answer], ended: float, until: float) -> float | None:
    """Seconds from the end of a spike until reads keep their limits again; None where they never do."""
    at = ended
    while at + _WINDOW <= until:
        reads = [one for one in within(answers, at, at + _WINDOW) if not one.is_write]
        if reads and _in_limits(quantiles(reads), thresholds()["reads_ms"]):
            return round(at - ended, 1)
        at += 1.0
    return None


def _in_limits(found: Mapping[str, float], limits: Mapping[str, float]) -> bool:
    return all(found[name] <= limit for name, limit in limits.items())


def highest(steps: Sequence[Mapping[str, Any]], is_kept: Callable[[Any], bool] = keeps_limits) -> float:
    """The rate of the last step before the first that breaks a limit; 0 where the first does."""
    rate = 0.0
    for step in steps:
        if not is_kept(step):
            break
        rate = step["per_s"]
    return rate
