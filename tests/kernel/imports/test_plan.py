"""What an upload would do: new, changed, unchanged and wrong lines, each told by its cell."""

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.imports.conftest import workbook
from shanhai.kernel import actions, context
from shanhai.kernel.checks import check_ledger
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.imports.batch import NEW
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.imports.values import wrong_cells
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT, VOID
from toys.models import Output, Workshop

LINE = {"编号": "W1", "名称": "一号车间", "类型": "厂房式", "吸纳人数（人）": 12}


def line(**changes: Any) -> dict[str, Any]:
    return LINE | changes


def test_new_lines_become_drafts_of_the_importers_own_unit(desk: Any, cast: Any) -> None:
    plan = desk.plan([line(), line(编号="W2", 设立日期=date(2021, 3, 1))])
    assert [created.row.code for created in plan.creates] == ["W1", "W2"]
    row = plan.creates[1].row
    assert (row.owner_unit, row.side, row.state) == (cast.dm_labour, "east", "draft")
    assert (row.workers, row.opened_on) == (12, date(2021, 3, 1))
    assert not plan.problems


def test_who_takes_more_than_there_is_is_told_at_the_cell_and_the_others_are_written(desk: Any) -> None:
    desk.apply([line(编号="M1", **{"年度经费（元）": "100"})])
    part = {"总车间": "M1"}
    lines = [
        line(编号="W1", **part, **{"年度经费（元）": "60"}),
        line(编号="W2", **part, **{"年度经费（元）": "50"}),
        line(编号="W3", **part, **{"年度经费（元）": "40"}),
        line(编号="W4", **part, 类型="居家式", **{"年度经费（元）": "70"}),  # at home nothing is paid for
    ]
    (told,) = desk.told(lines)
    assert "第3行" in told.replace(" ", "") and "还剩 40" in told and "超出 10" in told
    assert desk.apply(lines).created == 3
    raised = [line(编号="W1", **{"年度经费（元）": "61"}), line(编号="W3", **{"年度经费（元）": "39"})]
    assert desk.plan(raised).problems == []  # what one gives back the other may take
    (told,) = desk.told([line(编号="W1", **{"年度经费（元）": "60.01"})])
    assert "还剩 0" in told and "超出 0.01" in told


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(costs=st.lists(st.integers(1, 60), min_size=1, max_size=6), limit=st.integers(0, 120))
def test_what_a_plan_lets_through_the_database_takes(desk: Any, costs: list[int], limit: int) -> None:
    with transaction.atomic():
        desk.apply([line(编号="M1", **{"年度经费（元）": str(limit)})])
        lines = [
            line(编号=f"W{number}", 总车间="M1", **{"年度经费（元）": str(cost)})
            for number, cost in enumerate(costs)
        ]
        applied = desk.apply(lines)
        left = limit
        for cost in costs:
            left -= cost if cost <= left else 0
        spent = Workshop._base_manager.exclude(code="M1").aggregate(sum=Sum("cost"))["sum"]
        assert (spent or 0) == limit - left
        assert applied.created + applied.wrong == len(costs)
        transaction.set_rollback(True)


def test_planning_writes_nothing(desk: Any) -> None:
    desk.plan([line()])
    assert not Workshop._base_manager.exists()


def test_a_changed_line_shows_what_changes_and_leaves_absent_columns_alone(desk: Any) -> None:
    desk.apply([line(备注="旧")])
    plan = desk.plan([{"编号": "W1", "名称": "新一号", "年度经费（元）": "1,200.5"}])
    (updated,) = plan.updates
    assert [(str(c.column.label), c.before, c.after) for c in updated.changes] == [
        ("名称", "一号车间", "新一号"),
        ("年度经费", None, Decimal("1200.5")),
    ]
    assert updated.row.note == "旧"


def test_the_same_file_twice_changes_nothing(desk: Any, identity: Any) -> None:
    lines = [
        line(),
        line(编号="W2", 负责人身份证号=identity(2), 年度经费=Decimal("3.50"), 所在地="斗门区/白蕉镇"),
    ]
    assert desk.apply(lines).created == 2
    again = desk.plan(lines)
    assert (again.expected, len(again.unchanged), again.problems) == (0, 2, [])


def test_wrong_cells_are_told_with_their_address_and_how_to_mend_them(desk: Any) -> None:
    told = desk.told([line(), line(编号="W2", 类型="大棚", 设立日期="2021/13/01"), line(编号="", 名称="三")])
    assert told[0].startswith("工作表“数据”第 3 行「类型」(C3)：“大棚”不在可选范围内。")
    assert told[1].startswith("工作表“数据”第 3 行「设立日期」(E3)：")
    assert told[2] == "工作表“数据”第 4 行「编号」(A4)：必须填写「编号」。请补填，或删去这一行。"


def test_rules_of_the_ledger_and_of_fields_are_told_by_cell(desk: Any) -> None:
    told = desk.told([line(已认定="是", 设立日期=None), line(编号="W2", 完成率="123456.5")])
    assert told[0] == "工作表“数据”第 2 行「设立日期」(F2)：已认定的车间须填设立日期。"
    assert "第 3 行「完成率」" in told[1]


def test_wrong_cells_are_known_before_lines_are_compared_with_stored_rows(desk: Any, cast: Any) -> None:
    desk.apply([line()])
    lines = [
        line(名称="改名"),
        line(编号="W2", 类型="大棚"),
        line(编号="W3", 负责人身份证号="99000019900101001?"),
    ]
    heard: list[Any] = []
    with context.acting(cast.actor("alice")) as current:
        plan_import(
            desk.ledger,
            read_upload(desk.ledger, workbook(lines)),
            current.actor,
            hears=lambda batch: heard.append((list(batch.match), wrong_cells(batch))),
        )
    ((match, wrong),) = heard
    assert match == [NEW, NEW, NEW]
    assert {number: (problem.label, problem.row) for number, problem in wrong.items()} == {
        1: ("类型", 3),
        2: ("负责人身份证号", 4),
    }


def test_what_is_merely_doubtful_is_shown_and_not_refused(desk: Any) -> None:
    plan = desk.plan([{**LINE, "吸纳人数（人）": 9000}])
    assert len(plan.creates) == 1
    assert [str(w) for w in plan.warnings] == ["工作表“数据”第 2 行「吸纳人数」(D2)：人数超过 5000，请核对。"]


def test_lines_with_the_same_key_are_all_refused(desk: Any) -> None:
    told = desk.told([line(), line(编号="W2"), line(名称="又一个")])
    assert told == [
        "工作表“数据”第 2 行：与第 4 行重复（编号相同）。请只留一行。",
        "工作表“数据”第 4 行：与第 2 行重复（编号相同）。请只留一行。",
    ]


def test_a_reported_row_must_be_withdrawn_before_a_file_changes_it(desk: Any, as_actor: Any) -> None:
    desk.apply([line()])
    with as_actor("alice") as alice:
        actions.step_row(desk.ledger, Workshop.objects.get(), SUBMIT, actor=alice)
    assert desk.told([line(名称="改名")]) == ["工作表“数据”第 2 行：这条记录已报，须先撤回才能修改。"]
    assert desk.told([line()]) == []


def test_a_voided_row_is_not_brought_back_by_a_file(desk: Any, as_actor: Any) -> None:
    desk.apply([line()])
    with as_actor("alice") as alice:
        actions.step_row(desk.ledger, Workshop.objects.get(), VOID, actor=alice, reason="重复")
    assert desk.told([line(名称="改名")]) == ["工作表“数据”第 2 行：这条记录已作废，不能再修改。"]


def test_a_row_outside_ones_scope_is_refused_in_words_that_tell_nothing(desk: Any) -> None:
    desk.apply([line()], by="anna")
    taken = desk.told([line(名称="改名")], by="alice")
    foreign = desk.told([line(编号="W9", 填报单位="区财政局")], by="alice")
    assert taken == foreign
    assert taken[0].startswith("工作表“数据”第 2 行：这一行不在您的填报范围内，未导入。")


def test_the_coordinator_imports_for_other_units_of_the_side(desk: Any, cast: Any) -> None:
    plan = desk.plan([line(填报单位="区财政局")], by="carol")
    assert plan.creates[0].row.owner_unit == cast.dm_finance


def test_both_sides_may_use_the_same_key(desk: Any) -> None:
    desk.apply([line()], by="bob")
    assert len(desk.plan([line()], by="alice").creates) == 1


def test_without_the_right_to_import_there_is_no_plan(desk: Any) -> None:
    for who in ("dave", "eve", "root"):
        with pytest.raises(NotAllowed):
            desk.plan([line()], by=who)


def test_references_by_name_path_or_code_and_unknown_ones(desk: Any, cast: Any) -> None:
    plan = desk.plan(
        [
            line(所在地="斗门区/白蕉镇"),
            line(编号="W2", 所在地="440403106"),
            line(编号="W3", 所在地="不存在镇"),
        ]
    )
    assert [created.row.place for created in plan.creates] == [cast.baijiao, cast.baijiao]
    (problem,) = plan.problems
    assert (problem.label, problem.code) == ("所在地", "unknown_reference")
    assert problem.message.startswith("没有找到“不存在镇”，或有重名。")


def test_what_is_wrong_in_one_line_is_told_from_left_to_right(desk: Any) -> None:
    """A reference is looked up after the cells were read, and stands where it stands."""
    plan = desk.plan([{"编号": "W1", "名称": "一", "所在地": "不存在镇", "吸纳人数（人）": "很多"}])
    assert [problem.letter for problem in plan.problems] == ["C", "D"]


def test_rows_of_another_ledger_are_found_only_within_scope(desk: Any, cast: Any) -> None:
    desk.apply([line()], by="alice")
    desk.apply([line(编号="F1")], by="anna")
    output = registry.get("toys.output")
    lines = [{"车间": code, "所属期": "2021年8月", "产值（元）": 100} for code in ("W1", "F1")]
    plan = desk.plan(lines, by="alice", ledger=output)
    assert [created.row.workshop.code for created in plan.creates] == ["W1"]
    assert [p.code for p in plan.problems] == ["unknown_reference"]
    assert plan.creates[0].row.period == "2021-08"


def test_a_mask_means_unchanged_only_where_it_is_the_stored_one(desk: Any, identity: Any) -> None:
    desk.apply([line(负责人身份证号=identity(1), 负责人电话="13800000000")])
    row = Workshop._base_manager.get()
    masked = {"负责人身份证号": str(row.keeper_identity), "负责人电话": str(row.keeper_phone)}
    assert desk.plan([line(**masked)]).expected == 0
    assert desk.plan([line(**masked)]).problems == []
    (problem,) = desk.plan([line(负责人身份证号="999999********0000")]).problems
    assert (problem.code, problem.value) == ("masked", "（已隐藏）")


def test_a_wrong_identity_number_is_refused_without_being_repeated(desk: Any) -> None:
    (told,) = desk.told([line(负责人身份证号="999999199001010000")])
    assert "负责人身份证号" in told
    assert "999999199001010000" not in told


def test_sealed_values_are_compared_by_what_they_say(desk: Any, identity: Any) -> None:
    desk.apply([line(负责人身份证号=identity(1))])
    assert desk.plan([line(负责人身份证号=identity(1).lower())]).expected == 0
    plan = desk.plan([line(负责人身份证号=identity(2))])
    with context.unscoped("look"):
        (updated,) = plan.updates
    assert "*" in str(updated.changes[0].before)


def test_values_the_database_would_refuse_are_told_by_line(desk: Any) -> None:
    told = desk.told([{**LINE, "吸纳人数（人）": -3}])
    assert len(told) == 1
    assert "第 2 行" in told[0]


def test_formulas_are_text_and_stay_text(desk: Any) -> None:
    desk.apply([line(名称="=HYPERLINK(1)", 备注="'=1+1")])
    row = Workshop._base_manager.get()
    assert (row.name, row.note) == ("=HYPERLINK(1)", "=1+1")


def test_queries_do_not_grow_with_the_lines(desk: Any, cast: Any, identity: Any, queries: Any) -> None:
    lines = [
        line(
            编号=f"W{n}",
            所在地="斗门区/白蕉镇",
            负责人身份证号=identity(n),
            填报单位="区人力资源和社会保障局",
        )
        for n in range(300)
    ]
    desk.apply(lines[:150])
    changed = [{**each, "名称": "改"} for each in lines]
    with queries() as planned:
        plan = desk.plan(changed)
    assert (len(plan.creates), len(plan.updates)) == (150, 150)
    with queries() as applied:
        desk.apply(changed, plan=plan)
    assert len(planned) <= 30
    assert len(applied) <= 40
    assert Output._base_manager.count() == 0


def test_lines_of_an_export_find_their_rows_by_its_key(desk: Any) -> None:
    desk.apply([line()])
    row = Workshop._base_manager.get()
    plan = desk.plan([{"系统编号": str(row.pk), "编号": "W1改"}])
    assert [str(c.column.label) for c in plan.updates[0].changes] == ["编号"]


def test_the_key_of_a_row_nobody_may_see_is_refused_like_one_that_is_none(desk: Any, cast: Any) -> None:
    desk.apply([line()], by="bob")
    hidden = str(Workshop._base_manager.get().pk)
    absent = "01900000-0000-7000-8000-000000000000"
    told = desk.told([{"系统编号": hidden, "编号": "W1"}, {"系统编号": absent, "编号": "W2"}])
    assert [sentence.split("：", 1)[1] for sentence in told] == [
        "没有这个系统编号的记录，或您无权查看。新增的行请留空。"
    ] * 2


def test_a_shared_row_of_the_other_side_is_never_changed_by_a_file(desk: Any, as_actor: Any) -> None:
    desk.apply([line()], by="bob")
    with as_actor("bob") as bob:
        actions.step_row(desk.ledger, Workshop.objects.get(), SUBMIT, actor=bob)
    with context.unscoped("test"):
        key = str(Workshop.objects.get().pk)
    assert "不在您的填报范围内" in desk.told([{"系统编号": key, "名称": "改"}], by="alice")[0]


@pytest.mark.soak
def test_twenty_thousand_lines_are_planned_within_ten_seconds(desk: Any, identity: Any) -> None:
    people = [identity(number) for number in range(999)]
    lines = [
        {
            **LINE,
            "填报单位": "区人力资源和社会保障局",
            "所在地": "斗门区/白蕉镇",
            "编号": f"W{number}",
            "设立日期": date(2021, 3, 1),
            "年度经费（元）": number * 1.5,
            "占地（亩）": 3.25,
            "完成率（%）": 50,
            "已认定": "是",
            "负责人身份证号": people[number % 999],
            "备注": "二期",
        }
        for number in range(20_000)
    ]
    source = workbook(lines)
    began = time.process_time()  # of this process alone: the machine may be busy with others
    plan = desk.plan(source)
    assert time.process_time() - began < 10
    assert len(plan.creates) == 20_000


def test_lines_that_agree_in_the_fields_of_a_rule_are_judged_once_and_each_is_told(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger: Any = registry.get("toys.workshop")
    judged, validate = [], type(ledger).validate

    def counting(self: Any, row: Any, previous: Any) -> Any:
        judged.append(row)
        return validate(self, row, previous)

    monkeypatch.setattr(type(ledger), "validate", counting)
    lines = [line(编号=f"W{number}", 已认定="是" if number % 2 else "否") for number in range(20)]
    plan = desk.plan(lines)
    assert [problem.message for problem in plan.problems] == ["已认定的车间须填设立日期。"] * 10
    assert (len(plan.creates), len(judged)) == (10, 2)
    monkeypatch.setattr(type(ledger), "rule_fields", ())
    assert [p.row for p in desk.plan(lines).problems] == [problem.row for problem in plan.problems]
    assert len(judged) == 2 + 20


def test_a_rule_that_looks_beyond_its_fields_is_noticed(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger: Any = registry.get("toys.workshop")
    monkeypatch.setattr(type(ledger), "rule_fields", ("opened_on",))
    with pytest.raises(AttributeError, match="is_certified"):
        desk.plan([line()])


def test_fields_of_a_rule_are_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger: Any = registry.get("toys.workshop")
    monkeypatch.setattr(type(ledger), "rule_fields", ("place", "keeper_identity", "name", "nothing"))
    found = [message for message in check_ledger(ledger) if message.id == "ledger.E011"]
    assert [message.msg.partition("'")[2].partition("'")[0] for message in found] == [
        "place",
        "keeper_identity",
        "nothing",
    ]
