"""Columns are judged together, and yet what a file says of a line is what it says of that line alone."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.kernel.imports.batch import NEW
from shanhai.registers.parties.identity import demo_identity

NUMBERS = [12, "12", 12.0, "１２", 0, -1, 1.5, "十二", "", None, 9000, True, "1e3", date(2021, 1, 1)]
RIGHT = demo_identity(area=1, born_on=date(1990, 1, 1), serial=7)
CELLS: dict[str, list[Any]] = {
    "名称": ["一号", " 一号\t", "", None, 7, "=1", "#N/A", "长" * 300, "a\x00b", date(2021, 1, 1)],
    "类型": ["厂房式", "厂 房式", "大棚", "", None, 1, True],
    "吸纳人数（人）": NUMBERS,
    "年度经费（元）": [*NUMBERS, "1,200.50", 1200.5, 0.1 + 0.2, 1.005, "3万", 10**17, -0.01],
    "完成率（%）": [*NUMBERS, 99.99, "123456.5", 100.001],
    "设立日期": [
        "2021-03-02",
        date(2021, 3, 2),
        44257,
        "2021年3月",
        "",
        None,
        61,
        "21-3-2",
    ],
    "已认定": ["是", "否", True, False, 1, 0, "也许", "", None],
    "负责人身份证号": [RIGHT, RIGHT[:-1] + "?", RIGHT[:6] + "********" + RIGHT[14:], 9.9e17, "", None],
    "所在地": ["斗门区/白蕉镇", "斗门区／白蕉镇", "白蕉镇", "湄潭县/永兴镇", "没有的镇", "", None, 7],
    "填报单位": ["", None, "区财政局", "没有的单位"],
}
lines = st.fixed_dictionaries({heading: st.sampled_from(cells) for heading, cells in CELLS.items()})


def outcome(plan: Any, number: int) -> Any:
    """What became of a line, but for where it stands."""
    line = plan.lines[number]
    told = [(one.letter, one.code, one.message, one.value) for one in line.problems]
    warned = [(one.letter, one.message) for one in plan.batch.warnings.get(number, ())]
    changes = [(str(one.column.label), repr(one.before), repr(one.after)) for one in line.changes]
    is_stored = plan.batch.match[number] != NEW
    return told, warned, changes, is_stored, plan.batch.changed.get(number)


@pytest.mark.django_db
@settings(suppress_health_check=list(HealthCheck), max_examples=12, deadline=None)
@given(st.lists(lines, min_size=2, max_size=7))
def test_a_line_among_others_is_judged_as_alone(desk: Any, given_lines: list[dict[str, Any]]) -> None:
    numbered = [
        {"编号": f"W{number}"} | {heading: line[heading] for heading in CELLS}
        for number, line in enumerate(given_lines)
    ]
    together = desk.plan(numbered)
    for number, line in enumerate(numbered):
        assert outcome(together, number) == outcome(desk.plan([line]), 0)
