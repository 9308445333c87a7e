"""What schools and workshops really send, in GBK: each wrong cell is told in words where it stands."""

from collections.abc import Callable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from shanhai.domains.training.models import ExamResult, Trainee, TrainingClass, Workshop
from shanhai.kernel import context
from shanhai.kernel.actions import validate_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import ImportPlan, plan_import
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

NUMBERS = [demo_identity(area=328, born_on=date(1990, 1, 1), serial=serial) for serial in (61, 62, 63, 64)]
BOY = demo_identity(area=328, born_on=date(2005, 9, 24), serial=65)


def csv_of(heads: Sequence[str], *rows: Sequence[Any]) -> bytes:
    """As a spreadsheet of a Chinese office saves it."""
    return "\r\n".join(",".join(map(str, row)) for row in (heads, *rows)).encode("gbk")


@pytest.fixture
def planned(as_actor: Any) -> Callable[[str, bytes], ImportPlan]:
    """`planned(ledger, file)`: what importing it as bob would do."""

    def made(key: str, content: bytes) -> ImportPlan:
        ledger = registry.get(key)
        with as_actor("bob") as bob:
            return plan_import(ledger, read_upload(ledger, content), bob)

    return made


@pytest.fixture
def school(cast: Any) -> SimpleNamespace:
    """A class of two places with one trainee; a workshop."""
    own = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("example"):
        body = Body.objects.create(name="演示学校", credit_code=demo_credit_code(77), kind="school", **own)
        held = TrainingClass.objects.create(
            code="YC1", name="粤菜师傅一班", course="cuisine", trainer=body, opens_on=date(2021, 5, 10),
            closes_on=date(2021, 5, 21), places_offered=2, **own,
        )  # fmt: skip
        people = [
            Person.objects.create(name="李演示", identity_number=number, **own) for number in (*NUMBERS, BOY)
        ]
        first = Trainee.objects.create(
            training_class=held, person=people[0], enrolled_on=date(2021, 5, 6), **own
        )
        Workshop.objects.create(
            code="CJ1", name="演示车间", workshop_kind="home", run_by=body, applied_on=date(2021, 3, 1), **own
        )
    return SimpleNamespace(own=own, held=held, people=people, first=first)


def told(plan: ImportPlan) -> dict[int, tuple[str, str]]:
    return {problem.row: (problem.label, problem.message) for problem in plan.problems}


def test_a_roster_over_its_places_and_a_child_are_told_at_their_cells(planned: Any, school: Any) -> None:
    heads = ("培训班", "人员", "报名日期")
    rows = [("YC1", number, "2021-05-07") for number in (NUMBERS[0], BOY, NUMBERS[1], NUMBERS[2])]
    plan = planned("training.trainee", csv_of(heads, *rows))
    problems = told(plan)
    assert problems[3][0] == "人员"
    assert "到 2021-05-10 未满 16 周岁（《中华人民共和国劳动法》第十五条）" in problems[3][1]
    full = [(label, said) for label, said in problems.values() if label == "培训班"]
    assert [said for _label, said in full][-1] == "这个班计划 2 人，这是第 4 人。请核对，或先改计划人数。"


def test_scores_above_a_hundred_and_words_are_told_at_the_cell(planned: Any, school: Any) -> None:
    heads, key = ("学员", "考核日期", "考核分数"), f"YC1 {NUMBERS[0]}"
    plan = planned(
        "training.examresult",
        csv_of(
            heads,
            (key, "2021-05-19", "101"),
            (key, "2021-05-20", "八十"),
            (key, "2021-05-21", "86.5"),
            (f"YC1 {NUMBERS[3]}", "2021-05-21", "70"),
        ),
    )
    problems = told(plan)
    assert {row: label for row, (label, _said) in problems.items()} == {
        2: "考核分数",
        3: "考核分数",
        5: "学员",
    }
    assert "100" in problems[2][1]
    assert [row.row.score for row in plan.creates] == [ExamResult(score=86.5).score]


def test_a_wage_bill_in_wan_is_told_at_the_cell(planned: Any, school: Any) -> None:
    heads = ("帮扶车间", "所属期", "车间吸纳人数", "吸纳脱贫人口", "当月工资总额（元）")
    plan = planned(
        "training.workshopmonth",
        csv_of(
            heads,
            ("CJ1", "2021-06", "12", "6", "3.12"),
            ("CJ1", "2021-07", "12", "6", "3.12万元"),
            ("CJ1", "2021-08", "12", "13", "31200"),
        ),
    )
    problems = told(plan)
    assert problems[2] == (
        "当月工资总额",
        "人均 0.26 元不到 20 元，像是按万元填的。单位是元：如为 3.12 万元，请填 31,200。",
    )
    assert problems[4][0] == "吸纳脱贫人口"
    assert [row.row.wage_bill for row in plan.creates] == [31_200]


def test_places_are_not_taken_from_who_has_one(school: Any, as_actor: Any) -> None:
    with context.unscoped("example"):
        Trainee.objects.create(
            training_class=school.held, person=school.people[1], enrolled_on=date(2021, 5, 6), **school.own
        )
    ledger = registry.get("training.trainee")
    third = Trainee(
        training_class=school.held, person=school.people[2], enrolled_on=date(2021, 5, 6), **school.own
    )
    fewer = TrainingClass(pk=school.held.pk)
    with as_actor("bob"):
        validate_row(ledger, school.first, school.first)
        with pytest.raises(RuleViolated) as refused:
            validate_row(ledger, third, None)
        assert "这是第 3 人" in str(refused.value.problems["training_class"][0])
        fewer = TrainingClass.objects.select_related("owner_unit", "trainer").get(pk=school.held.pk)
        fewer.places_offered = 1
        with pytest.raises(RuleViolated) as refused:
            validate_row(registry.get("training.trainingclass"), fewer, school.held)
    assert "花名册上已有 2 人" in str(refused.value.problems["places_offered"][0])
