"""A corpus of spoilt files: none is a crash, each wrong cell is named, nothing is half written.

`make test` takes a slice that another seed begins each day; `make soak` the whole corpus. A mutant that once
found a fault stays here by its number.
"""

import contextlib
import os
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.imports.mutating import ARCHIVES, Mutant, drawn, mutant, sound_lines
from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import ImportPlan
from shanhai.kernel.sheets.problems import SheetRefused
from toys.models import Workshop

WHOLE, SLICE, LOT = 2_400, 100, 50
#: First mutant of the slice: of this day, or as the caller says.
FIRST = int(os.environ.get("SHANHAI_MUTANTS_FROM", date.today().toordinal() * SLICE % WHOLE))  # noqa: DTZ011
SLICES = [pytest.param(FIRST + start, id=f"from-{FIRST + start}") for start in range(0, SLICE, LOT)]
REST = [
    pytest.param(FIRST + start, id=f"from-{FIRST + start}", marks=pytest.mark.soak)
    for start in range(SLICE, WHOLE, LOT)
]
#: One in so many is confirmed as well.
_APPLIED = 3
_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("first", SLICES + REST)
def test_no_spoilt_file_is_a_crash_or_half_written(desk: Any, first: int) -> None:
    for number in range(first, first + LOT):
        judge(desk, number % WHOLE)


def judge(desk: Any, number: int) -> None:
    made = mutant(number)
    told = f"mutant {number}: {made.story}"
    before = stored()
    try:
        plan = desk.plan(made.data)
    except (SheetRefused, RuleViolated) as refused:
        assert _CHINESE.search(str(refused)), told
        assert not made.wrong, f"{told}: refused as a whole: {refused}"
        return
    finally:
        assert stored() == before, f"{told}: written before anybody confirmed"
    missed = made.wrong - named(plan)
    assert not missed, f"{told}: not named: {missed}; named: {sorted(map(str, plan.problems))}"
    assert all(_CHINESE.search(problem.message) for problem in plan.problems), told
    if number % _APPLIED == 0:
        applied(desk, made, plan, told)


def named(plan: ImportPlan) -> set[tuple[int, str]]:
    return {(problem.row, problem.label) for problem in plan.problems}


def stored() -> int:
    with context.unscoped("test"):
        return int(Workshop.objects.count())


def applied(desk: Any, made: Mutant, plan: ImportPlan, told: str) -> None:
    """Confirmed, the file leaves as many rows as its plan said; then they go again."""
    desk.apply(made.data, plan=plan)
    assert stored() == len(plan.creates), told
    assert len(desk.plan(made.data).creates) == 0, f"{told}: once more is not nothing"
    with context.unscoped("test"):
        Workshop.objects.all().delete()


def test_the_sound_file_is_sound(desk: Any) -> None:
    plan = desk.plan(drawn(sound_lines()))
    assert [str(one) for one in plan.problems] == []
    assert len(plan.creates) == len(sound_lines())


def test_no_mutant_left_its_folder(desk: Any) -> None:
    """Names of parts lead nowhere, whatever they say."""
    lead_out = dict(ARCHIVES)["a way out of its folder"]
    with contextlib.suppress(SheetRefused):
        read_upload(desk.ledger, lead_out(drawn(sound_lines()), random.Random(0)))
    assert not Path("/tmp/shanhai-mutant").exists()  # noqa: S108


def test_equal_numbers_give_equal_files() -> None:
    assert mutant(7) == mutant(7)
