"""Progress by Excel: a unit names its task by clause, the platform finds the task and says what is wrong."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from shanhai.domains.scheme.models import ProgressReport
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import ImportPlan, plan_import
from shanhai.kernel.registry import registry

LINE = {"任务": "三（一）", "所属期": "2021Q3", "完成进度（%）": 60, "进展情况": "岗位清单按月交换。"}


def planned(lines: Sequence[Mapping[str, Any]], actor: Any) -> ImportPlan:
    book = openpyxl.Workbook()
    headings = list(lines[0])
    book.active.append(headings)
    for line in lines:
        book.active.append([line.get(heading) for heading in headings])
    out = io.BytesIO()
    book.save(out)
    ledger = registry.get("scheme.progressreport")
    return plan_import(ledger, read_upload(ledger, out.getvalue()), actor)


def test_progress_comes_in_by_clause_number_or_title(in_force: Any, as_actor: Any) -> None:
    with as_actor("alice") as actor:
        plan = planned([LINE, LINE | {"任务": "做优人才交流"}], actor)
        assert not plan.problems
        assert [one.row.task.path for one in plan.creates] == ["三（一）", "三（五）"]
        assert {str(one.row.owner_unit.code) for one in plan.creates} == {"dm_labour"}


def test_a_task_of_others_and_a_quarter_to_come_are_told_by_cell(in_force: Any, as_actor: Any) -> None:
    with as_actor("alice") as actor:
        lines = [
            LINE | {"任务": "三（三）"},
            LINE | {"所属期": "2022Q1"},
            LINE | {"任务": "三（九）", "所属期": "2021Q2"},
        ]
        plan = planned(lines, actor)
    told = " ".join(str(problem) for problem in plan.problems)
    assert "本单位不是这项任务的责任单位" in told
    assert "不能填报还没有到的季度" in told
    assert "三（九）" in told
    assert not plan.creates


def test_the_tasks_of_a_private_scheme_cannot_be_named_by_the_other_county(
    in_force: Any, as_actor: Any
) -> None:
    with as_actor("bob") as actor:
        plan = planned([LINE], actor)
        assert plan.problems and not plan.creates
        assert not ProgressReport.objects.exists()
