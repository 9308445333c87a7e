"""What is told of a run of load, from answers and processes that were noted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.ops.bench.load import figures
from shanhai.ops.bench.load.figures import Answer, Reading

LOAD = Path(__file__).parents[2] / "docs" / "load.md"


def answer(at: float, ms: float, *, is_write: bool = False, wrong: str = "", failed: bool = False) -> Answer:
    return Answer(at, "save" if is_write else "list", is_write, ms, wrong, failed)


def test_the_docs_quote_the_limits_by_which_a_run_is_judged() -> None:
    limits = Path(figures.__file__).with_name("thresholds.toml").read_text("utf-8")
    assert limits.strip() in LOAD.read_text("utf-8")


@given(st.lists(st.floats(0, 10_000), min_size=1))
def test_a_quantile_is_the_time_of_some_answer_and_they_rise(took: list[float]) -> None:
    found = figures.quantiles([answer(0, ms) for ms in took])
    assert found["p50"] <= found["p95"] <= found["p99"] <= round(max(took), 1)
    assert found["p99"] in {round(ms, 1) for ms in took}


def test_only_answers_between_the_two_moments_count() -> None:
    found = figures.figures([answer(at, 10 * at) for at in range(10)], 2, 6)
    assert (found["requests"], found["per_s"], found["reads_ms"]["p50"]) == (4, 1.0, 30.0)


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ([answer(1, 10), answer(1, 90, is_write=True)], True),
        ([], False),
        ([answer(1, 51)], False),
        ([answer(1, 10), answer(1, 101, is_write=True)], False),
        ([answer(1, 10, wrong="detail: another row")], False),
        ([answer(1, 10, failed=True)], False),
        ([*[answer(1, 10)] * 94, *[answer(1, 151)] * 6], False),
    ],
)
def test_limits_are_kept_when_every_answer_is_right_and_in_time(
    answers: Sequence[Answer], kept: bool
) -> None:
    assert figures.keeps_limits(figures.figures(answers, 0, 2)) is kept


def test_the_highest_rate_is_that_of_the_last_step_before_a_limit_breaks() -> None:
    steps = [{"per_s": 4.0, "ok": True}, {"per_s": 8.1, "ok": True}, {"per_s": 9.0, "ok": False}]
    assert figures.highest(steps, lambda step: bool(step["ok"])) == 8.1
    assert figures.highest(steps[2:], lambda step: bool(step["ok"])) == 0.0


def test_recovery_is_told_from_the_end_of_the_spike() -> None:
    slow = [answer(at / 10, 400) for at in range(1000, 1120)]
    quick = [answer(at / 10, 20) for at in range(1120, 1400)]
    assert figures.recovered_after([*slow, *quick], 100.0, 140.0) == 12.0
    assert figures.recovered_after(slow, 100.0, 112.0) is None


def reading(at: float, cpu: float, held: int) -> Reading:
    return Reading(at, {"web": cpu}, {"web": held * 2**20})


def test_cores_are_processor_time_by_time() -> None:
    assert figures.cores([reading(at, at / 2, 1) for at in range(11)], 0, 11) == {"web": 0.5}
    assert figures.cores([], 0, 11) == {}


@pytest.mark.parametrize(("held", "level"), [([100, 200, 201], True), ([100, 200, 220], False)])
def test_memory_is_level_when_it_stops_growing(held: list[int], level: bool) -> None:
    readings = [reading(at, 0, held[at // 10]) for at in range(30)]
    found: dict[str, Any] = figures.memory(readings, 0, 30)
    assert found["is_level"] is level
    assert [one["web"] for one in found["mb"]] == held
