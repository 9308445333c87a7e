"""The files people really have, each imported as it comes."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from shanhai.kernel.imports.columns import import_columns, template_of
from shanhai.kernel.sheets.template import build_template
from toys.models import Workshop


def drawn(draw: Callable[[Any, Any], None], **options: Any) -> bytes:
    """A workbook with one sheet, drawn cell by cell."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options}) as book:
        draw(book, book.add_worksheet("数据"))
    return out.getvalue()


def rows_of(*rows: list[Any]) -> Callable[[Any, Any], None]:
    def draw(book: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return draw


def _with_title_and_totals(book: Any, sheet: Any) -> None:
    sheet.merge_range("A1:D1", "2021年帮扶车间台账\n（斗门区）")
    sheet.write_row("A2", ["填报单位：区人力资源和社会保障局", None, None, "单位：元"])
    sheet.write_row("A3", ["编号", "名\n称", "吸纳人数【人】", "年度经费"])
    sheet.write_row("A4", ["W1", "一号车间", 12, 1200.5])
    sheet.write_row("A5", ["合　计", None, 12, 1200.5])
    sheet.write_row("A6", ["审核人：", "演示"])


def _two_storeys(book: Any, sheet: Any) -> None:
    sheet.merge_range("A1:A2", "编号")
    sheet.merge_range("B1:B2", "名称")
    sheet.merge_range("C1:D1", "规模")
    sheet.write_row("C2", ["吸纳人数（人）", "年度经费（元）"])
    sheet.write_row("A3", ["W1", "一号车间", "12人", "1,200.5"])


def _merged_over_rows(book: Any, sheet: Any) -> None:
    sheet.write_row("A1", ["类型", "编号", "名称", "吸纳人数（人）", "年度经费（元）"])
    sheet.merge_range("A2:A3", "居家式")
    sheet.write_row("B2", ["W1", "一号车间", 12, 1200.5])
    sheet.write_row("B3", ["W2", "二号车间", 3])


def _hidden_row(book: Any, sheet: Any) -> None:
    rows_of(
        ["编号", "名称", "吸纳人数（人）", "年度经费（元）"],
        ["W1", "一号车间", 12, 1200.5],
        ["W2", "二号", 1],
    )(book, sheet)
    sheet.set_row(2, None, None, {"hidden": True})


def _several_sheets(book: Any, sheet: Any) -> None:
    rows_of(["编号", "名称", "年度经费（元）", "吸纳人数（人）"], ["W1", "一号车间", 1200.5, 12])(book, sheet)
    rows_of(["说明"], ["各镇分表"])(book, book.add_worksheet("说明"))
    rows_of(["名称", "编号"], ["二号车间", "W2"])(book, book.add_worksheet("白蕉镇"))


def _computed(book: Any, sheet: Any) -> None:
    rows_of(["编号", "名称", "吸纳人数（人）", "年度经费（元）"], ["W1", "一号车间"])(book, sheet)
    sheet.write_formula("C2", "=3*4", None, 12)
    sheet.write_formula("D2", "=C2*100+0.5", None, 1200.5)


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/></manifest:manifest>'
)


def _ods(*rows: list[Any]) -> bytes:
    """A spreadsheet of OpenDocument as WPS and LibreOffice exchange it: values typed, texts in paragraphs."""
    written = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    table = f'<table:table table:name="数据">{written}</table:table>'
    content = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", _ODS)
        book.writestr("META-INF/manifest.xml", _MANIFEST)
        book.writestr(
            "content.xml",
            f'<office:document-content {_NAMES} office:version="1.2">{content}</office:document-content>',
        )
    return out.getvalue()


def _ods_cell(value: Any) -> str:
    match value:
        case date():
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case int() | float():
            kind = f'office:value-type="float" office:value="{value}"'
        case _:
            kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


def _csv(text: str, coding: str) -> bytes:
    return text.encode(coding)


_TABLE = "编号,名称,吸纳人数（人）,年度经费（元）\nW1,一号车间,12,1200.5\n"

FILES: dict[str, tuple[bytes, str]] = {
    "title, units, totals, signatures": (drawn(_with_title_and_totals), "是合计行"),
    "a heading of two storeys": (drawn(_two_storeys), ""),
    "cells merged over rows": (drawn(_merged_over_rows), "第 3 行有合并单元格"),
    "hidden rows": (drawn(_hidden_row), "第 3 行在表里是隐藏的，也已读入"),
    "several sheets": (drawn(_several_sheets), "工作表“说明”里没有找到本表的表头"),
    "numbers as people write them": (
        drawn(
            rows_of(
                ["编号", "名称", "吸纳人数（人）", "年度经费（元）"],
                ["W1", "一号车间", "１２ 人", "0.12005万"],
            )
        ),
        "",
    ),
    "formulas with the values they had": (drawn(_computed), ""),
    "OpenDocument": (
        _ods(
            ["编号", "名称", "吸纳人数（人）", "年度经费（元）", "设立日期"],
            ["W1", "一号车间", 12, 1200.5, date(2021, 3, 2)],
        ),
        "",
    ),
    "CSV in GBK": (_csv(_TABLE, "gbk"), ""),
    "CSV in UTF-8": (_csv(_TABLE, "utf-8-sig"), ""),
}


@pytest.mark.parametrize("name", FILES)
def test_files_as_they_come_are_read_and_what_was_done_is_told(desk: Any, name: str) -> None:
    content, told = FILES[name]
    plan = desk.plan(content)
    assert plan.problems == []
    assert told in "".join(notice.message for notice in plan.notices)
    desk.apply(content)
    row = Workshop._base_manager.get(code="W1")
    assert (row.name, row.workers, row.cost) == ("一号车间", 12, Decimal("1200.50"))


def test_a_merged_cell_counts_for_every_row_it_spans(desk: Any) -> None:
    desk.apply(drawn(_merged_over_rows))
    assert set(Workshop._base_manager.values_list("code", "kind")) == {("W1", "home"), ("W2", "home")}


@pytest.mark.parametrize(
    "written", ["2021.3.2", "2021年3月2日", "2021/3/2", "20210302", 44257, "２０２１-０３-０２"]
)
def test_days_as_people_write_them(desk: Any, written: Any) -> None:
    desk.apply(drawn(rows_of(["编号", "名称", "设立日期"], ["W1", "一号车间", written])))
    assert Workshop._base_manager.get().opened_on == date(2021, 3, 2)


@pytest.mark.parametrize("is_1904", [False, True])
def test_days_are_the_same_in_both_systems_of_dates(desk: Any, *, is_1904: bool) -> None:
    def draw(book: Any, sheet: Any) -> None:
        rows_of(["编号", "名称", "设立日期"], ["W1", "一号车间"])(book, sheet)
        sheet.write_datetime("C2", date(2021, 3, 2), book.add_format({"num_format": "yyyy/m/d"}))

    (created,) = desk.plan(drawn(draw, date_1904=is_1904)).creates
    assert created.row.opened_on == date(2021, 3, 2)


def test_an_identity_number_that_excel_rounded_is_refused_with_that_reason(desk: Any) -> None:
    content = drawn(rows_of(["编号", "名称", "负责人身份证号"], ["W1", "一号车间", 522328199001010000]))
    (problem,) = desk.plan(content).problems
    assert "只保留前 15 位" in problem.message


def test_an_older_template_is_mapped_and_says_what_changed(desk: Any) -> None:
    ledger = desk.ledger
    old = [
        column if column.name != "workers" else replace(column, label="吸纳就业人数")
        for column in import_columns(ledger)
        if column.name not in {"share", "note"}
    ]
    content = filled(
        build_template(ledger.label, old, source=ledger.source),
        {"编号": "W1", "名称": "一号", "吸纳就业人数": 7},
    )
    plan = desk.plan(content)
    (notice,) = [one for one in plan.notices if one.code == "outdated_template"]
    assert "「吸纳就业人数（人）」现名「吸纳人数」" in notice.message
    assert "后来增加的「完成率」、「备注」按没有填写处理" in notice.message
    assert plan.creates[0].row.workers == 7


def test_todays_template_says_nothing_of_the_kind(desk: Any) -> None:
    content = filled(template_of([desk.ledger]), {"编号": "W1", "名称": "一号"})
    assert [notice.code for notice in desk.plan(content).notices] == []


def filled(template: bytes, line: dict[str, Any]) -> bytes:
    """The template with one line below its example."""
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    for label, value in line.items():
        (place,) = [cell.column for cell in sheet[1] if label in str(cell.value)]
        sheet.cell(3, place, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
