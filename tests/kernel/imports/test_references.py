"""References between the rows of one file: to rows that the same file is about to write."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.imports.references import circles
from toys.models import Workshop


def line(code: str, main: str = "", **more: Any) -> dict[str, Any]:
    return {"编号": code, "名称": f"{code}车间", "总车间": main, **more}


def mains() -> dict[str, str]:
    rows = Workshop._base_manager.select_related("main")
    return {row.code: row.main.code for row in rows if row.main}


def test_a_row_refers_to_a_row_of_the_same_file_above_or_below(desk: Any) -> None:
    lines = [line("W1", "W2"), line("W2", "W3"), line("W3"), line("W4", "W2")]
    assert desk.apply(lines).created == 4
    assert mains() == {"W1": "W2", "W2": "W3", "W4": "W2"}
    again = desk.plan(lines)
    assert (again.expected, len(again.unchanged), again.problems) == (0, 4, [])


def test_a_stored_row_refers_to_a_new_one_and_a_new_one_to_a_stored_one(desk: Any) -> None:
    desk.apply([line("W1"), line("W9")])
    desk.apply([line("W1", "W2"), line("W2", "W9")])
    assert mains() == {"W1": "W2", "W2": "W9"}


def test_what_a_row_is_called_after_the_import_is_what_names_it(desk: Any) -> None:
    desk.apply([line("W1")])
    key = str(Workshop._base_manager.get().pk)
    renamed = [{"系统编号": key, "编号": "N1", "名称": "新名"}, {"系统编号": "", **line("W2", "N1")}]
    assert desk.apply(renamed).expected == 2
    assert mains() == {"W2": "N1"}
    (told,) = desk.told(
        [{"系统编号": key, "编号": "N2", "名称": "新名"}, {"系统编号": "", **line("W3", "N1")}]
    )
    assert "没有找到“N1”" in told


def test_a_reference_to_a_wrong_row_says_which_and_so_does_whatever_refers_to_that(desk: Any) -> None:
    told = desk.told([line("W1", "W2"), line("W2", "W3"), line("W3", 类型="大棚"), line("W4")])
    assert [sentence.partition("：")[2].partition("。")[0] for sentence in told] == [
        "指向的第 3 行（工作表“数据”）本身有错",
        "指向的第 4 行（工作表“数据”）本身有错",
        "“大棚”不在可选范围内",
    ]


def test_a_row_that_rules_refuse_takes_those_with_it_that_refer_to_it(desk: Any) -> None:
    plan = desk.plan([line("W1", "W2"), line("W2", 已认定="是"), line("W3")])
    assert [problem.code for problem in plan.problems] == ["refers_to_wrong", "invalid"]
    assert [created.row.code for created in plan.creates] == ["W3"]


def test_a_wrong_change_of_a_stored_row_leaves_the_stored_row_to_be_referred_to(desk: Any) -> None:
    desk.apply([line("W1")])
    plan = desk.plan([line("W1", 类型="大棚"), line("W2", "W1")])
    assert [created.row.main.code for created in plan.creates] == ["W1"]
    assert [problem.row for problem in plan.problems] == [2]


def test_rows_that_refer_to_each_other_in_a_ring_are_refused(desk: Any) -> None:
    told = desk.told([line("W1", "W2"), line("W2", "W1"), line("W3", "W3"), line("W4", "W1")])
    assert [sentence.partition("：")[2] for sentence in told] == [
        "第 2、3 行首尾相接，互相指向。请改正其中一处。",
        "第 2、3 行首尾相接，互相指向。请改正其中一处。",
        "这一行指向了它自己。请改填别的，或留空。",
        "指向的第 2 行（工作表“数据”）本身有错。请两处一起改好，再重新上传。",
    ]


def test_the_shown_plan_is_the_applied_one_whatever_keys_new_rows_get(desk: Any) -> None:
    lines = [line("W1", "W2"), line("W2")]
    assert desk.plan(lines).digest == desk.plan(lines).digest


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12)))
def test_rings_are_exactly_the_nodes_that_come_back_to_themselves(targets: dict[int, int]) -> None:
    def comes_back(node: int) -> bool:
        at = targets.get(node)
        for _step in range(len(targets)):
            if at is None or at == node:
                return at == node
            at = targets.get(at)
        return False

    rings = circles(targets)
    assert sorted(node for ring in rings for node in ring) == [n for n in sorted(targets) if comes_back(n)]
