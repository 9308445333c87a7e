import datetime
import io
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from kernel.sheets.examples import (
    DESTINATION,
    HEADINGS,
    IDENTITY,
    LI,
    NAME,
    SINCE,
    WAGE,
    WORKERS,
    ZHANG,
    csv_file,
    workbook,
)
from shanhai.kernel.sheets.coded import Coded, Grid
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.extraction import Coding
from shanhai.kernel.sheets.headers import find_layout
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import SheetTable, read_table
from shanhai.kernel.sheets.sifting import sift

ZHANG_READ = {
    "name": "张一",
    "identity": "999999199001011234",
    "wage": Decimal("4500.00"),
    "since": datetime.date(2021, 3, 2),
    "destination": "in_county",
}


def read(*rows: object) -> SheetTable:
    return read_table(workbook(*rows), WORKERS)  # type: ignore[arg-type]


def refusal(data: bytes) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read_table(data, WORKERS)
    return caught.value


def codes(table: SheetTable) -> list[str]:
    return [notice.code for notice in table.notices]


def test_a_plain_table_is_read_into_typed_values() -> None:
    table = read(HEADINGS, ZHANG, LI)
    assert table.rows[0].values == ZHANG_READ
    assert table.rows[1].values["wage"] == Decimal("5200.50")
    assert [row.number for row in table.rows] == [2, 3]
    assert not table.problems
    assert not table.notices


def test_titles_and_merged_cells_may_stand_above_the_heading() -> None:
    table = read(("湄潭县务工人员登记表",), ("填报单位：某某局", None, "2021年9月"), (), HEADINGS, ZHANG)
    assert table.rows[0].values == ZHANG_READ
    assert table.rows[0].number == 5


def test_headings_bear_line_breaks_marks_and_either_brackets() -> None:
    headings = ("＊姓 名", "身份证\n号码（必填）", "月工资(元)", "入职日期【年月日】", "*务工地区")
    assert read(headings, ZHANG).rows[0].values == ZHANG_READ


def test_a_heading_of_two_storeys_is_understood() -> None:
    upper = ("姓名", "身份证号码", "务工情况", None, None)
    lower = (None, None, "月工资（元）", "入职日期", "务工地区")
    table = read(("登记表",), upper, lower, ZHANG)
    assert table.rows[0].values == ZHANG_READ
    assert table.rows[0].number == 4


def test_columns_may_stand_in_any_order_and_a_table_may_begin_anywhere() -> None:
    table = read((), (None, None, *reversed(HEADINGS)), (None, None, *reversed(ZHANG)))
    assert table.rows[0].values == ZHANG_READ
    assert table.layouts[0].letter("name") == "G"


def test_unknown_columns_are_told_with_what_they_may_have_meant() -> None:
    table = read(
        ("序号", "姓名", "身份证号码", "入职时间", "籍贯"), (1, "张一", ZHANG[1], "2021-03-02", "贵州")
    )
    messages = [notice.message for notice in table.notices]
    assert codes(table) == ["unknown_column", "unknown_column"]
    assert "“入职时间”（D 列）" in messages[0]
    assert "是不是「入职日期」？" in messages[0]
    assert "since" not in table.rows[0].values


def test_an_alias_is_as_good_as_the_label() -> None:
    columns = (NAME, SheetColumn("identity", "身份证号码", IDENTITY.kind, aliases=("证件号",)))
    table = read_table(workbook(("姓名", "证件号"), ("张一", ZHANG[1])), columns)
    assert table.rows[0].values["identity"] == ZHANG[1]


def test_missing_required_columns_are_named_with_a_likely_heading() -> None:
    found = refusal(workbook(("姓名", "身份证"), ("张一", ZHANG[1])))
    assert found.code == "missing_columns"
    assert "「身份证号码」（是不是 B 列“身份证”？）" in found.message


def test_a_file_without_the_heading_is_refused_and_says_what_is_looked_for() -> None:
    found = refusal(workbook(("甲", "乙"), (1, 2)))
    assert found.code == "no_heading"
    assert "「姓名」、「身份证号码」" in found.message


def test_two_columns_with_one_meaning_are_refused() -> None:
    found = refusal(workbook((*HEADINGS, "月工资（元）"), ZHANG))
    assert found.code == "repeated_column"
    assert "C、F" in found.message


def test_another_unit_in_the_heading_or_above_it_is_refused_not_converted() -> None:
    headings = ("姓名", "身份证号码", "月工资（万元）", "入职日期", "务工地区")
    assert refusal(workbook(headings, ZHANG)).code == "wrong_unit"
    plain = ("姓名", "身份证号码", "月工资", "入职日期", "务工地区")
    assert refusal(workbook(("登记表", None, "单位：万元"), plain, ZHANG)).code == "wrong_unit"
    assert read(("登记表", None, "单位：元"), plain, ZHANG).rows[0].values == ZHANG_READ
    assert read(("登记表", None, "单位：某某局"), plain, ZHANG).rows[0].values == ZHANG_READ


def test_totals_are_skipped_and_told_with_their_row() -> None:
    table = read(("序号", *HEADINGS), (1, *ZHANG), ("小 计", None, None, 4500), ("合计：", None, None, 9000))
    assert len(table.rows) == 1
    assert table.skipped == {"total_skipped": 2}
    assert table.notices[0].message == "工作表“务工登记”第 3、4 行是合计行，未导入。"


def test_empty_rows_repeated_headings_and_footers_are_no_rows() -> None:
    table = read(
        ("序号", *HEADINGS),
        (1, *ZHANG),
        (),
        (2,),
        ("序号", *HEADINGS),
        (3, *LI),
        ("填表人：王五", None, "审核人：赵六"),
        ("# 说明一句",),
    )
    assert [row.number for row in table.rows] == [2, 6]
    assert table.skipped == {"header_skipped": 1, "footer_skipped": 1}


def test_a_row_that_fills_only_unknown_columns_is_told() -> None:
    table = read((*HEADINGS, "籍贯"), ZHANG, (None, None, None, None, None, "贵州"))
    assert table.skipped == {"unknown_only_skipped": 1}


def test_a_wrong_cell_has_its_address_and_the_rest_of_the_row_is_read() -> None:
    table = read(HEADINGS, ZHANG, ("李二", LI[1], "很多", "2021/13/01", "县内"))
    assert [str(problem) for problem in table.problems] == [
        "工作表“务工登记”第 3 行「月工资」(C3)：“很多”不是数字。请只填数字，例如 1234.5；没有就留空。",
        "工作表“务工登记”第 3 行「入职日期」(D3)：2021/13/01 不是有效日期。请写成 2021-03-02 这样的日期。",
    ]
    assert table.rows[1].values == {"name": "李二", "identity": LI[1], "destination": "in_county"}
    assert table.problems[0].value == "很多"


def test_a_problem_can_be_added_at_a_cell_or_at_the_row() -> None:
    row = read(HEADINGS, ZHANG).rows[0]
    assert str(row.problem(IDENTITY, "x", "校验码不符。", ZHANG[1])).endswith(
        "「身份证号码」(B2)：校验码不符。"
    )
    assert row.problem(IDENTITY, "x", "校验码不符。", ZHANG[1]).value == "（已隐藏）"
    assert str(row.problem(None, "x", "与第 3 行重复。")) == "工作表“务工登记”第 2 行：与第 3 行重复。"


def test_identity_numbers_that_excel_made_numbers_are_found() -> None:
    table = read(HEADINGS, ("张一", 999999199001011234, 4500, None, None))
    assert [(p.letter, p.row, p.code, p.value) for p in table.problems] == [("B", 2, "rounded", "（已隐藏）")]


def test_formula_errors_are_problems_and_not_empty_cells() -> None:
    out = io.BytesIO()
    with Workbook(out) as book:
        page = book.add_worksheet("务工登记")
        page.write_row(1, 1, HEADINGS)
        page.write_row(2, 1, ("张一", ZHANG[1]))
        page.write_formula(2, 3, "=1/0", None, "#DIV/0!")
        page.write_formula(2, 4, "=NA()", None, "#N/A")
    table = read_table(out.getvalue(), WORKERS)
    assert [(p.letter, p.row, p.code) for p in table.problems] == [
        ("D", 3, "formula_error"),
        ("E", 3, "formula_error"),
    ]
    assert "#DIV/0!" in table.problems[0].message


def test_every_sheet_with_the_heading_is_read_and_the_others_are_told() -> None:
    data = workbook(
        HEADINGS, ZHANG, sheet="永兴镇", 黄家坝=(HEADINGS, LI), 汇总=(("镇", "人数"), ("永兴镇", 1))
    )
    table = read_table(data, WORKERS)
    assert [(row.layout.sheet, row.number) for row in table.rows] == [("永兴镇", 2), ("黄家坝", 2)]
    assert [notice.sheet for notice in table.notices] == ["汇总"]


def test_a_sheet_meant_for_us_that_lacks_a_column_refuses_the_whole_file() -> None:
    data = workbook(HEADINGS, ZHANG, sheet="永兴镇", 黄家坝=((HEADINGS[0], *HEADINGS[2:]), ("李二", 1)))
    found = refusal(data)
    assert found.code == "missing_columns"
    assert "黄家坝" in found.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_usual_coding_and_delimiter(encoding: str, delimiter: str) -> None:
    headings = delimiter.join(HEADINGS)
    line = delimiter.join(("张一", ZHANG[1], '"4500"', "2021/3/2", "县内"))
    table = read_table(csv_file("登记表，第一批，共一人", headings, line, encoding=encoding), WORKERS)
    assert table.rows[0].values == ZHANG_READ
    assert str(table.rows[0].problem(WAGE, "x", "太低。")) == "第 3 行「月工资」(C3)：太低。"


def test_a_csv_with_an_open_quote_is_refused_at_its_row() -> None:
    found = refusal(csv_file(",".join(HEADINGS), '张一,"999,1', "李二,2"))
    assert found.code == "damaged"
    assert "第 2 行" in found.message


def test_a_table_without_rows_says_so() -> None:
    assert codes(read(HEADINGS)) == ["no_rows"]


def test_absent_columns_are_not_empty_columns() -> None:
    table = read(("姓名", "身份证号码"), ZHANG[:2])
    assert set(table.rows[0].values) == {"name", "identity"}
    assert table.layouts[0].letter(DESTINATION.name) == table.layouts[0].letter(SINCE.name) == ""


_CELLS = ("", " ", "编号", "A1", "7", "名称", "# 说明", "合计", "合 计：", "注：略", "Ｂ２", "'A1", "=1")


def reason_of(row: list[str], heading: tuple[str, ...]) -> str:
    """Why a row is none of data, looking at it alone; empty if it is, blank for one with nothing in it."""
    ours = [place for place, text in enumerate(heading) if text != "其他"]
    texts = [text.strip() for text in row]
    if not any(texts[: len(heading)]):
        return "blank"
    first = next(filter(None, texts)).removeprefix("'")
    if first == next(filter(None, texts)):
        marks = {"# 说明": "note", "合计": "total", "合 计：": "total", "注：略": "footer"}
        if first in marks:
            return marks[first]
    if not any(texts[place] for place in ours):
        return "unknown_only"
    return "header" if all(texts[place] == heading[place] for place in ours) else ""


@pytest.mark.parametrize("heading", [("编号", "名称"), ("其他", "编号", "名称"), ("ID", "名称")])
@given(st.lists(st.lists(st.sampled_from(_CELLS), min_size=3, max_size=3), max_size=8))
def test_rows_are_sifted_together_as_each_would_be_alone(
    heading: tuple[str, ...], rows: list[list[str]]
) -> None:
    code = SheetColumn("code", "编号", Kind.TEXT, aliases=("ID",))
    columns = [code, SheetColumn("name", "名称", Kind.TEXT)]
    layout = find_layout("", [list(heading)], columns)
    assert layout is not None
    coding = Coding()
    coding.add([list(heading), *rows])
    coded = [Coded(cells, np.frombuffer(codes, np.uint32)) for cells, codes in coding.columns()]
    sifted = sift(layout, Grid(coding.height, coded).below(1), lambda row: False)
    reasons = [reason_of(row, heading) for row in rows]
    assert sifted.kept.tolist() == [number for number, reason in enumerate(reasons) if not reason]
    assert sifted.skipped == {
        reason: [number for number, one in enumerate(reasons) if one == reason]
        for reason in dict.fromkeys(reasons)
        if reason not in {"", "blank"}
    }


_RAW = st.one_of(
    st.none(),
    st.sampled_from(["", "是", "1", "1.0", "true", "2021-03-02"]),
    st.integers(-2, 2),
    st.booleans(),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@given(st.lists(st.lists(_RAW, max_size=4), max_size=12), st.integers(1, 5))
def test_coded_cells_are_the_cells_with_their_types(rows: list[list[Any]], at_once: int) -> None:
    coding = Coding()
    for first in range(0, len(rows), at_once):
        coding.add(rows[first : first + at_once])
    coded = [Coded(cells, np.frombuffer(codes, np.uint32)) for cells, codes in coding.columns()]
    width = max(map(len, rows), default=0)
    for row, read in zip(rows, Grid(coding.height, coded).top(len(rows)), strict=True):
        full = [*row, *[None] * (width - len(row))]
        assert list(map(repr, read)) == list(map(repr, full)) or read == full
        assert list(map(type, read)) == list(map(type, full))
