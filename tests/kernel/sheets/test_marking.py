import datetime
import io

import openpyxl
import pytest

from kernel.sheets.examples import HEADINGS, LI, NAME, WORKERS, ZHANG, csv_file, workbook
from shanhai.kernel.sheets.marking import mark_problems
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import read_table

WRONG = ("王三", 999999199001011234, "很多", datetime.date(2021, 5, 1), "县内")
UPLOAD = workbook(
    ("登记表",),
    ("序号", *HEADINGS, "籍贯"),
    (1, *ZHANG, "贵州"),
    (2, *WRONG, "广东"),
    (3, *LI),
    sheet="永兴镇",
)


def marked(data: bytes) -> openpyxl.Workbook:
    problems = read_table(data, WORKERS).problems
    return openpyxl.load_workbook(io.BytesIO(mark_problems(data, WORKERS, problems)))


def test_only_the_wrong_rows_are_kept_with_headings_and_unknown_columns() -> None:
    sheet = marked(UPLOAD)["永兴镇"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["序号", *HEADINGS, "籍贯", "问题"]
    assert rows[1][:2] == [2, "王三"]
    assert rows[1][6] == "广东"
    assert len(rows) == 2


def test_wrong_cells_are_red_with_a_comment_and_the_row_says_what_and_where() -> None:
    sheet = marked(UPLOAD)["永兴镇"]
    red = [cell.column_letter for cell in sheet[2] if cell.fill.fgColor.rgb == "FFF9C9C5"]
    assert red == ["C", "D"]
    assert "文本" in sheet["C2"].comment.text
    assert sheet["H2"].value.startswith("原第 4 行：「身份证号码」Excel 把这个号码存成了数字")
    assert "「月工资」“很多”不是数字" in sheet["H2"].value


def test_a_marked_workbook_that_was_mended_can_be_uploaded_again() -> None:
    book = marked(UPLOAD)
    sheet = book["永兴镇"]
    sheet["C2"], sheet["D2"] = "999999199001011234", 4800
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), WORKERS)
    assert not table.problems
    assert [row.values["name"] for row in table.rows] == ["王三"]
    assert [notice.code for notice in table.notices] == ["unknown_column"]


def test_a_marked_workbook_that_was_not_mended_has_the_same_problems() -> None:
    found = read_table(UPLOAD, WORKERS).problems
    again = read_table(mark_problems(UPLOAD, WORKERS, found), WORKERS).problems
    assert [(p.letter, p.code) for p in again] == [(p.letter, p.code) for p in found]


def test_problems_of_the_row_as_a_whole_stand_in_the_last_column() -> None:
    row = read_table(UPLOAD, WORKERS).rows[0]
    whole = row.problem(None, "duplicate", "与第 5 行是同一个人。")
    cell = row.problem(NAME, "unknown", "系统中没有这个人。")
    book = openpyxl.load_workbook(io.BytesIO(mark_problems(UPLOAD, WORKERS, [whole, cell])))
    assert book["永兴镇"]["H2"].value == "原第 3 行：与第 5 行是同一个人。\n「姓名」系统中没有这个人。"


def test_a_csv_becomes_a_workbook() -> None:
    data = csv_file(",".join(HEADINGS), f"张一,{ZHANG[1]},=1+1,2021-3-2,县内")
    sheet = marked(data).worksheets[0]
    assert [cell.value for cell in sheet[2]][:3] == ["张一", ZHANG[1], "=1+1"]
    assert sheet["C2"].data_type == "s"


def test_cells_that_excel_cannot_hold_as_they_are_are_kept_as_text_or_refused() -> None:
    lines = [",".join(HEADINGS), f"张一,{ZHANG[1]},4500,很久以前,县内"]
    data = csv_file(lines[0], lines[1].replace("张一", "张" * 40_000))
    with pytest.raises(SheetRefused) as caught:
        mark_problems(data, WORKERS, read_table(data, WORKERS).problems)
    assert caught.value.code == "text_too_long"


def test_drop_down_lists_are_there_to_mend_with() -> None:
    rules = marked(UPLOAD)["永兴镇"].data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules if rule.type == "list"] == ["F2:F1048576"]


def test_a_problem_in_a_row_that_the_file_does_not_have_is_an_error_of_the_caller() -> None:
    stray = read_table(UPLOAD, WORKERS).rows[0].problem(None, "x", "不对。")
    with pytest.raises(ValueError, match="no such rows"):
        mark_problems(csv_file(",".join(HEADINGS), f"张一,{ZHANG[1]}"), WORKERS, [stray])
