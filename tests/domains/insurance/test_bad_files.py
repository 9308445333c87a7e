"""What hospitals really send, as workbook and as GBK: each wrong cell is told in words, nothing is lost."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from kernel.imports.conftest import workbook
from shanhai.domains.insurance.actions import reverse_settlement, settle_visit
from shanhai.domains.insurance.models import Filing, Settlement, Threshold
from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import ImportPlan, plan_import
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body

from .conftest import NUMBER, SINCE, visit

type Lines = Sequence[dict[str, Any]]
VISIT = {
    "就诊编号": "ZY90",
    "人员": NUMBER,
    "医疗机构": demo_credit_code(91),
    "医院级别": "三级",
    "就医方式": "住院",
    "入院日期": date(2021, 8, 1),
    "出院日期": date(2021, 8, 9),
    "医院总额": "3200",
}
LINE = {
    "就诊": "ZY1",
    "明细序号": "9",
    "目录项目": "A",
    "费用日期": date(2021, 8, 2),
    "数量": "1",
    "单价": "35.60",
}


def csv_of(lines: Lines) -> bytes:
    """As a spreadsheet of a Chinese office saves it."""
    heads = list(lines[0])
    rows = [heads, *([str(line[head]) for head in heads] for line in lines)]
    return "\r\n".join(",".join(row) for row in rows).encode("gbk")


@pytest.fixture(params=[workbook, csv_of], ids=["xlsx", "gbk"])
def planned(request: Any, as_actor: Any) -> Callable[[str, Lines], ImportPlan]:
    """`planned(ledger, lines)`: what importing them as alice would do, in either form."""

    def made(key: str, lines: Lines) -> ImportPlan:
        ledger = registry.get(key)
        with as_actor("alice") as alice:
            return plan_import(ledger, read_upload(ledger, request.param(lines)), alice)

    return made


def told(plan: ImportPlan) -> dict[int, tuple[str, str]]:
    return {problem.row: (problem.label, problem.message) for problem in plan.problems}


def test_visits_say_at_each_cell_what_is_wrong(example: Any, planned: Any) -> None:
    code = demo_credit_code(91)
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    with context.unscoped("test"):
        firm = Body.objects.create(name="演示厂", credit_code=demo_credit_code(92), **example.east)
    lines = [
        VISIT,
        VISIT | {"就诊编号": "ZY91", "医疗机构": wrong},
        VISIT | {"就诊编号": "ZY92", "医疗机构": demo_credit_code(93)},
        VISIT | {"就诊编号": "ZY93", "医疗机构": firm.credit_code},
        VISIT | {"就诊编号": "ZY94", "医院总额": "-3200"},
        VISIT | {"就诊编号": "ZY95", "出院日期": date(2021, 7, 31)},
        VISIT | {"就诊编号": "ZY96", "入院日期": date(2031, 8, 1), "出院日期": date(2031, 8, 9)},
        VISIT | {"就诊编号": "ZY97", "就医方式": "住店"},
        VISIT | {"就诊编号": "ZY98"},
        VISIT | {"就诊编号": "ZY98", "医院总额": "1"},
    ]
    plan = planned("insurance.medicalvisit", lines)
    found = told(plan)
    assert {row: label for row, (label, _sentence) in found.items()} == {
        3: "医疗机构",
        4: "医疗机构",
        5: "医疗机构",
        6: "医院总额",
        7: "出院日期",
        8: "出院日期",
        9: "就医方式",
        10: "",
        11: "",
    }
    assert "统一社会信用代码第 18 位校验码" in found[3][1]
    assert "没有找到" in found[4][1]
    assert found[5][1] == ("“演示厂”的主体类别是企业，不是医疗机构；请改选医院，或先更正它的主体类别。")
    assert "0.01" in found[6][1]
    assert found[7][1] == "出院日期不能早于入院日期。"
    assert "住院" in found[9][1]
    assert found[11][1] == "与第 10 行重复（就诊编号相同）。请只留一行。"
    assert [one.row.number for one in plan.creates] == ["ZY90"]


def test_fee_lines_say_at_each_cell_what_is_wrong(example: Any, planned: Any, as_actor: Any) -> None:
    other = visit(example, "ZY2", date(2021, 8, 13), date(2021, 8, 20))
    with as_actor("alice") as alice:
        settle_visit(other.pk, actor=alice, row_version=1)
    lines = [
        LINE,
        LINE | {"明细序号": "10", "单价": "-35.60"},
        LINE | {"明细序号": "11", "数量": "0"},
        LINE | {"明细序号": "12", "费用日期": date(2021, 8, 13)},
        LINE | {"明细序号": "13", "目录项目": "没有"},
        LINE | {"明细序号": "14", "目录项目": "A 2020-01-01"},
        LINE | {"就诊": "ZY2", "费用日期": date(2021, 8, 14)},
        LINE | {"明细序号": "15", "单价": "三十五"},
    ]
    plan = planned("insurance.feeline", lines)
    found = told(plan)
    assert {row: label for row, (label, _sentence) in found.items()} == {
        3: "单价",
        4: "数量",
        5: "费用日期",
        6: "目录项目",
        7: "目录项目",
        8: "就诊",
        9: "单价",
    }
    assert "0" in found[3][1]
    assert found[4][1] == "数量必须大于零。"
    assert "不在就诊的起止日期之内" in found[5][1]
    assert found[8][1] == "该次就诊已经结算，请先撤销结算再改。"
    assert [one.row.ordinal for one in plan.creates] == [9]


def test_a_visit_before_its_filing_says_from_which_day_the_filing_holds(example: Any, as_actor: Any) -> None:
    with context.unscoped("test"):
        Filing.objects.update(valid_from=date(2021, 8, 20))
    with as_actor("alice") as alice, pytest.raises(RuleViolated) as refused:
        settle_visit(example.visit.pk, actor=alice, row_version=1)
    assert str(refused.value) == (
        "2021-08-12 出院，异地备案 2021-08-20 才生效，不能直接结算，请走手工报销。（代码 202）"
    )


def test_a_closed_year_is_neither_settled_nor_taken_back(example: Any, as_actor: Any) -> None:
    other = visit(example, "ZY2", date(2021, 8, 13), date(2021, 8, 20))
    with context.unscoped("test"):
        Threshold.objects.create(code="year_months", value=8, valid_from=SINCE, source="演示")
    with clock.at(date(2022, 8, 31)), as_actor("alice") as alice:
        settle_visit(example.visit.pk, actor=alice, row_version=1)
    with clock.at(date(2022, 9, 1)), as_actor("alice") as alice:
        with pytest.raises(RuleViolated, match="2021 年度 2022-08-31 已关账，不能再直接结算"):
            settle_visit(other.pk, actor=alice, row_version=1)
        with pytest.raises(RuleViolated, match="2021 年度 2022-08-31 已关账，不能再撤销"):
            reverse_settlement(example.visit.pk, reason="退费", actor=alice, row_version=1)


def test_what_was_taken_back_is_not_taken_back_twice(example: Any, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        settle_visit(example.visit.pk, actor=alice, row_version=1)
        reverse_settlement(example.visit.pk, reason="退费", actor=alice, row_version=1)
        with pytest.raises(RuleViolated, match="没有可以撤销的结算，或已经撤销过"):
            reverse_settlement(example.visit.pk, reason="退费", actor=alice, row_version=1)
    with context.unscoped("test"):
        assert Settlement.objects.count() == 2
