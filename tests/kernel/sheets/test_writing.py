import datetime
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kernel.sheets.examples import EVERY_KIND, NAME, WAGE, WORKERS, ZHANG
from shanhai.kernel import clock
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.furniture import NOTE_SHEET
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import read_table
from shanhai.kernel.sheets.values import Value
from shanhai.kernel.sheets.writing import csv_lines, write_csv, write_xlsx

ROW: dict[str, Value] = {
    "name": "张一",
    "identity": "999999199001011234",
    "wage": Decimal("4500.50"),
    "since": datetime.date(2021, 3, 2),
    "destination": "paired",
}
NOTE = "务工登记；2021年9月；已核"


def test_an_excel_export_has_real_numbers_and_dates_and_text_for_identity_numbers() -> None:
    out = io.BytesIO()
    write_xlsx(WORKERS, [ROW], NOTE, out, title="务工登记")
    sheet = openpyxl.load_workbook(out)["务工登记"]
    values = [cell.value for cell in sheet[2]]
    assert values == ["张一", "999999199001011234", 4500.5, datetime.datetime(2021, 3, 2), "东部结对市"]  # noqa: DTZ001
    assert [cell.number_format for cell in sheet[2]] == ["@", "@", "#,##0.00", "yyyy-mm-dd", "@"]


def test_the_note_with_the_count_stands_in_a_second_sheet_and_in_the_last_line() -> None:
    out = io.BytesIO()
    assert write_xlsx(WORKERS, [ROW, ROW], NOTE, out) == 2
    book = openpyxl.load_workbook(out)
    said = f"{NOTE}。共 2 行。"
    assert book.sheetnames[1] == NOTE_SHEET
    assert book[NOTE_SHEET]["A1"].value == said
    assert book.worksheets[0].cell(4, 1).value == f"# {said}"


def test_a_workbook_is_dated_by_the_clock_of_the_work() -> None:
    out = io.BytesIO()
    with clock.at(datetime.date(2021, 9, 24)):
        write_xlsx(WORKERS, [ROW], NOTE, out)
        made = clock.now().astimezone(datetime.UTC).replace(tzinfo=None)
    assert openpyxl.load_workbook(out).properties.created == made


def test_a_csv_export_ends_with_its_note() -> None:
    out = io.BytesIO()
    assert write_csv(WORKERS, [ROW], NOTE, out) == 1
    lines = out.getvalue().decode("utf-8-sig").split("\r\n")
    assert lines[0] == "*姓名,*身份证号码,月工资（元）,入职日期,务工地区"
    assert lines[1] == f"张一,{ZHANG[1]},4500.50,2021-03-02,东部结对市"
    assert lines[2] == f"# {NOTE}。共 1 行。"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@x", "＝1", "=cmd|' /C calc'!A0"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    out = io.BytesIO()
    write_xlsx((NAME, WAGE), [{"name": text, "wage": Decimal("-5")}], "", out)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert sheet["A2"].value == f"'{text}"
    assert sheet["B2"].value == -5
    assert b"\n'" in b"".join(csv_lines((NAME,), [{"name": text}], "")).replace(b'"', b"")


def test_a_heading_that_a_spreadsheet_would_run_is_made_harmless_and_found_again() -> None:
    live = SheetColumn("extra", "=自定义", Kind.TEXT)
    out = io.BytesIO()
    write_csv((live,), [{"extra": "甲"}], "", out)
    assert out.getvalue().decode("utf-8-sig").startswith("'=自定义\r\n")
    assert read_table(out.getvalue(), (live,)).rows[0].values == {"extra": "甲"}


def test_rows_beyond_what_a_sheet_holds_go_on_in_the_next_and_read_back_as_one() -> None:
    out = io.BytesIO()
    rows = [{**ROW, "name": f"人{n}"} for n in range(5)]
    assert write_xlsx(WORKERS, rows, NOTE, out, rows_per_sheet=2) == 5
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["数据", "数据(2)", "数据(3)", NOTE_SHEET]
    assert book[NOTE_SHEET]["A1"].value.endswith("共 5 行。一个工作表放不下，分在 3 个工作表里。")
    assert [row.values for row in read_table(out.getvalue(), WORKERS).rows] == rows


def test_rows_are_taken_as_the_file_grows() -> None:
    taken: list[int] = []

    def rows() -> Iterator[dict[str, Value]]:
        for number in range(5_000):
            taken.append(number)
            yield ROW

    pieces = csv_lines(WORKERS, rows(), NOTE)
    next(pieces)
    assert taken == []
    next(pieces)
    assert 0 < len(taken) < 2_000


def test_a_text_that_looks_like_markup_stays_a_text() -> None:
    texts = ["<r><t>甲</t></r>", "<&>", "_x0041_", "a\tb"]
    out = io.BytesIO()
    write_xlsx((EVERY_KIND[1],), [{"long_text": text} for text in texts], "", out)
    rows = read_table(out.getvalue(), (EVERY_KIND[1],)).rows
    assert [row.values["long_text"] for row in rows] == texts


def test_a_text_that_no_cell_can_hold_is_refused_and_never_cut() -> None:
    with pytest.raises(SheetRefused) as caught:
        write_xlsx(EVERY_KIND, [{"long_text": "𠮷" * 16_384}], "", io.BytesIO())
    assert caught.value.code == "text_too_long"
    out = io.BytesIO()
    write_xlsx(EVERY_KIND, [{"long_text": "字" * 32_767}], "", out)
    assert read_table(out.getvalue(), EVERY_KIND).rows[0].values["long_text"] == "字" * 32_767


def test_an_export_can_go_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    write_xlsx(WORKERS, [ROW], NOTE, path, scratch=tmp_path)
    assert [row.values for row in read_table(path, WORKERS).rows] == [ROW]
    assert [found.name for found in tmp_path.iterdir()] == ["导出.xlsx"]


def test_an_empty_export_is_a_heading_and_a_note() -> None:
    out = io.BytesIO()
    assert write_xlsx(WORKERS, [], NOTE, out) == 0
    assert [notice.code for notice in read_table(out.getvalue(), WORKERS).notices] == ["no_rows"]
