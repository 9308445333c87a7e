import io
from dataclasses import replace

import openpyxl
import pytest

from kernel.sheets.examples import DESTINATION, EVERY_KIND, NAME, WAGE, WORKERS, ZHANG, workbook
from shanhai.kernel.sheets.columns import ColumnError, Kind, SheetColumn, check_columns, columns_stamp
from shanhai.kernel.sheets.furniture import CODES_SHEET, GUIDE_SHEET, STAMP_PROPERTY
from shanhai.kernel.sheets.reading import read_table
from shanhai.kernel.sheets.template import build_template

CLAUSE = "示例〔2021〕1号 三（一）"


def opened(columns: tuple[SheetColumn, ...] = WORKERS) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(build_template("务工登记", columns, source=CLAUSE)))


def filled(*rows: tuple[object, ...]) -> bytes:
    book = opened()
    for at, row in enumerate(rows, 3):
        for place, value in enumerate(row, 1):
            book.worksheets[0].cell(at, place, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_heading_has_units_and_marks_what_must_be_filled() -> None:
    sheet = opened().worksheets[0]
    assert sheet.title == "务工登记"
    assert [cell.value for cell in sheet[1]] == [
        "*姓名",
        "*身份证号码",
        "月工资（元）",
        "入职日期",
        "务工地区",
    ]
    assert sheet.freeze_panes == "A2"


def test_columns_have_the_formats_that_keep_what_is_typed() -> None:
    sheet = opened().worksheets[0]
    assert [sheet.cell(2, place).number_format for place in range(1, 6)] == [
        "@",
        "@",
        "#,##0.00",
        "yyyy-mm-dd",
        "@",
    ]


def test_choices_are_drop_down_lists_from_a_hidden_sheet_however_long() -> None:
    towns = tuple((f"t{n}", f"第{n}镇") for n in range(300))
    book = opened((*WORKERS, SheetColumn("town", "镇", Kind.CHOICE, choices=towns)))
    assert book[CODES_SHEET].sheet_state == "hidden"
    lists = {
        rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation if rule.type == "list"
    }
    assert lists == {"'代码表'!$A$2:$A$5", "'代码表'!$B$2:$B$301"}
    assert book[CODES_SHEET]["B301"].value == "第299镇"


def test_the_guide_lists_every_column_with_unit_values_example_and_clause() -> None:
    columns = (*WORKERS[:2], replace(WAGE, source="三（二）", help="税前，按月"), *WORKERS[3:])
    rows = [[cell.value for cell in row] for row in opened(columns)[GUIDE_SHEET].iter_rows()]
    expected = ["月工资", "元", "", "金额", "最多 2 位小数；不小于 0", "4500.00", "税前，按月", "三（二）"]
    assert expected in rows
    assert any(row[0] == f"依据：{CLAUSE}" for row in rows)
    assert {row[0] for row in rows} >= {column.label for column in columns}


def test_the_template_bears_the_stamp_of_its_columns() -> None:
    book = opened()
    assert book.custom_doc_props[STAMP_PROPERTY].value == columns_stamp(WORKERS)
    assert columns_stamp(WORKERS) != columns_stamp((*WORKERS, *EVERY_KIND[:1]))


def test_a_filled_template_is_read_without_its_example_row() -> None:
    table = read_table(filled(ZHANG), WORKERS)
    assert [row.values["name"] for row in table.rows] == ["张一"]
    assert table.rows[0].number == 3
    assert table.skipped == {"example_skipped": 1}
    assert table.stamp == columns_stamp(WORKERS)


def test_an_example_row_that_was_overwritten_is_read() -> None:
    book = opened()
    book.worksheets[0]["A2"] = "李四"
    out = io.BytesIO()
    book.save(out)
    assert [row.values["name"] for row in read_table(out.getvalue(), WORKERS).rows] == ["李四"]


def test_an_example_row_copied_without_the_guide_is_still_known() -> None:
    headings = [column.header for column in WORKERS]
    data = workbook(headings, [column.example for column in WORKERS], ZHANG)
    assert read_table(data, WORKERS).skipped == {"example_skipped": 1}


def test_an_older_template_is_read_and_told() -> None:
    newer = (*WORKERS, SheetColumn("employer", "用工单位", Kind.TEXT))
    table = read_table(filled(ZHANG), newer)
    assert [notice.code for notice in table.notices] == ["example_skipped", "outdated_template"]


def test_a_template_of_every_kind_can_be_built_and_read() -> None:
    table = read_table(build_template("各类/列[样例]", EVERY_KIND), EVERY_KIND)
    assert [notice.code for notice in table.notices] == ["no_rows"]


def test_an_example_that_its_own_column_refuses_is_a_wrong_declaration() -> None:
    with pytest.raises(ColumnError, match="wage"):
        build_template("务工登记", (NAME, replace(WAGE, example="很多")))


def test_declarations_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(ColumnError, match="choices"):
        SheetColumn("a", "甲", Kind.CHOICE)
    with pytest.raises(ColumnError, match="separator"):
        SheetColumn("a", "甲", Kind.MULTI_CHOICE, choices=(("x", "甲、乙"),))
    with pytest.raises(ColumnError, match="decimals"):
        SheetColumn("a", "甲", Kind.INTEGER, decimals=2)
    with pytest.raises(ColumnError, match="same label"):
        check_columns((NAME, replace(DESTINATION, label="姓名")))
    with pytest.raises(ColumnError, match="at least one"):
        check_columns(())
