"""What towns and agencies really send: each wrong cell is told in words where it stands, nothing is lost."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact, Threshold, WorkerRegistration
from shanhai.kernel import context
from shanhai.kernel.actions import validate_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports.apply import apply_file
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import FilePlan, ImportPlan, plan_import
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Person

NUMBER = demo_identity(area=328, born_on=date(1990, 1, 1), serial=1)
BOY = demo_identity(area=328, born_on=date(2005, 9, 24), serial=3)
OLD_FORM = f"{NUMBER[:6]}{NUMBER[8:17]}"


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
def people(cast: Any) -> list[Person]:
    whose = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
    with context.unscoped("test"):
        return [
            Person.objects.create(name="李演示", identity_number=NUMBER, **whose),
            Person.objects.create(name="王演示", identity_number=BOY, **whose),
        ]


def test_a_list_of_people_in_gbk_says_at_each_cell_what_is_wrong(planned: Any) -> None:
    plan = planned(
        "parties.person",
        csv_of(
            ("姓名", "身份证号"),
            ("张演示", ""),
            ("李演示", OLD_FORM),
            ("王演示", NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")),
            ("赵演示", NUMBER),
        ),
    )
    told = {problem.row: (problem.label, problem.message) for problem in plan.problems}
    assert {row: label for row, (label, _sentence) in told.items()} == dict.fromkeys((2, 3, 4), "身份证号")
    assert "必填" in told[2][1] or "必须填写" in told[2][1]
    assert told[3][1] == "这是 15 位的旧身份证号，已停用。请向本人核对身份证，填写 18 位的新号。"
    assert "校验码" in told[4][1]
    assert len(plan.creates) == 1
    assert OLD_FORM not in "".join(map(str, plan.problems))


def test_spells_name_people_and_employers_by_numbers_that_can_be(planned: Any, people: Any) -> None:
    code = demo_credit_code(1)
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    heads = ("人员", "用工单位", "未登记的用工单位", "岗位", "就业地", "到岗日期", "所属期")
    rest = ("质检", "县内", "2021-03-02", "2021年第1季度")
    plan = planned(
        "labour.employmentspell",
        csv_of(
            heads,
            (NUMBER, wrong, "", *rest),
            (OLD_FORM, "", "演示厂", *rest),
            (BOY, "", "演示厂", *rest),
            (NUMBER, "", "演示厂", "质检", "县内", "2021-03-09", "2021年第1季度"),
        ),
    )
    told = {problem.row: (problem.label, problem.message) for problem in plan.problems}
    assert set(told) == {2, 3, 4}
    assert told[2][0] == "用工单位"
    assert "统一社会信用代码第 18 位校验码" in told[2][1]
    assert told[3][0] == "人员"
    assert "15 位的旧身份证号" in told[3][1]
    assert told[4][0] == "人员"
    assert "未满 16 周岁，不得就业（《中华人民共和国劳动法》第十五条）" in told[4][1]
    assert [row.row.employer_name for row in plan.creates] == ["演示厂"]


def test_wages_in_wan_are_told_at_the_cell_and_written_ones_are_read(
    planned: Any, people: Any, cast: Any, as_actor: Any
) -> None:
    with context.unscoped("test"):
        whose = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
        EmploymentSpell.objects.create(
            person=people[0], employer_name="演示厂", post="质检", destination="county",
            started_on=date(2021, 3, 2), period="2021Q1", **whose,
        )  # fmt: skip
    content = csv_of(
        ("务工就业", "所属期", "在岗", "月工资（元）"),
        (f"{NUMBER} 2021-03-02", "2021-04", "是", "0.52"),
        (f"{NUMBER} 2021-03-02", "2021-05", "是", "5200"),
        (f"{NUMBER} 2021-03-02", "2021-06", "是", "0.53万元"),
    )
    plan = planned("labour.monthlyfact", content)
    [problem] = plan.problems
    assert (problem.row, problem.label) == (2, "月工资")
    assert problem.message == "0.52 元不到 20 元，像是按万元填的。单位是元：如为 0.52 万元，请填 5,200。"
    ledger = registry.get("labour.monthlyfact")
    with as_actor("bob") as bob:
        tables = {ledger: read_upload(ledger, content)}
        confirmed = FilePlan((plan,)).digest
        apply_file(tables, bob, confirmed=confirmed, import_id=UUID(str(uuid7())), reason="测试")
        wages = MonthlyFact.objects.order_by("period").values_list("period", "wage")
        assert list(wages) == [("2021-05", Decimal(5200)), ("2021-06", Decimal(5300))]


@pytest.mark.parametrize(("day", "is_refused"), [(date(2021, 9, 23), True), (date(2021, 9, 24), False)])
def test_one_may_be_registered_from_the_sixteenth_birthday(
    people: Any, cast: Any, as_actor: Any, day: date, *, is_refused: bool
) -> None:
    """The birthday is read from the number; where no line holds there is none to keep."""
    ledger = registry.get("labour.workerregistration")
    with as_actor("bob"):
        row = WorkerRegistration(
            side="west", owner_unit=cast.mt_labour, place=cast.yongxing, person=people[1], registered_on=day
        )
        if is_refused:
            with pytest.raises(RuleViolated) as refused:
                validate_row(ledger, row, None)
            assert "未满 16 周岁" in str(refused.value.problems["person"][0])
        else:
            validate_row(ledger, row, None)
    with context.unscoped("test"):
        Threshold.objects.filter(code="least_age").delete()
        del row.lines_in_force
        validate_row(ledger, row, None)
