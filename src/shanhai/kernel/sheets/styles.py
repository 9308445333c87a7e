"""How our workbooks look, and how values stand in their cells."""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.formats import text_of
from shanhai.kernel.sheets.furniture import OWN_SHEETS
from shanhai.kernel.sheets.numbers import SPREADSHEET_DIGITS
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.texts import guard
from shanhai.kernel.sheets.values import Value

#: Nothing is a formula, a link or a number because it looks like one.
WORKBOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"
MOST_CHARACTERS = 32_767  # in one cell of Excel, counted in UTF-16 units
FIRST_EXACT_DAY = datetime.date(1900, 3, 1)  # before it, Excel counts a day that never was
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 10, 40
_KIND_WIDTHS = {Kind.IDENTITY: 22, Kind.DATE: 13, Kind.LONG_TEXT: 36, Kind.REFERENCE: 24, Kind.MONEY: 14}
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_HEADING = {"bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#DCE6EE"}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, ink: str = "") -> None:
        self._book = book
        self._font = {**_FONT, "font_color": ink} if ink else _FONT
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._font, **properties})
        return self._made[key]

    def heading(self, column: SheetColumn | None = None) -> Any:
        """Headings of cells that must be filled are red, beside the mark that says it without colour."""
        colour = "#B3261E" if column is not None and column.required else "#1F2D3D"
        return self.of(**_HEADING, font_color=colour)

    def cell(self, column: SheetColumn, **properties: Any) -> Any:
        wrap = {"text_wrap": True} if column.kind is Kind.LONG_TEXT else {}
        return self.of(num_format=number_format(column), **wrap, **properties)


def number_format(column: SheetColumn) -> str:
    """Text wherever Excel would otherwise round digits, drop zeros or make a date of it."""
    if column.is_number:
        return "#,##0" + (f".{'0' * column.places}" if column.places else "")
    return DATE_FORMAT if column.kind is Kind.DATE else TEXT_FORMAT


def set_up_columns(sheet: Worksheet, columns: Sequence[SheetColumn], styles: Styles) -> None:
    """Widths, formats of the still empty cells, the heading, and a heading that stays in sight."""
    for place, column in enumerate(columns):
        options = {"hidden": True} if column.hidden else {}
        sheet.set_column(place, place, column_width(column), styles.cell(column), options)
    sheet.set_row(0, 32)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, guard(column.header), styles.heading(column))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def column_width(column: SheetColumn) -> int:
    if column.width:
        return column.width
    wanted = max(
        text_width(column.header) + 2, text_width(column.example) + 2, _KIND_WIDTHS.get(column.kind, 0)
    )
    return min(max(wanted, _NARROWEST), _WIDEST)


def text_width(text: str) -> int:
    """Chinese characters are twice as wide as digits."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def write_value(sheet: Worksheet, at: tuple[int, int], column: SheetColumn, value: Value, style: Any) -> None:
    """The value so that reading the cell gives it again: numbers as numbers unless Excel would round them.

    Errors: SheetRefused for a text that no cell can hold; it is never cut.
    """
    if value is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and fits(value):
        sheet.write_number(*at, float(value), style)
    elif isinstance(value, datetime.date) and value >= FIRST_EXACT_DAY:
        sheet.write_datetime(*at, datetime.datetime.combine(value, datetime.time()), style)
    else:
        sheet.write_string(*at, cell_text(column, value), style)


def cell_text(column: SheetColumn, value: Value) -> str:
    """The text of a cell, harmless to spreadsheet programs.

    Errors: SheetRefused when it is longer than a cell may be.
    """
    return fitting(column.label, text_of(column, value))


def fitting(label: str, text: str) -> str:
    """The text itself, where a cell can hold it.

    Errors: SheetRefused when it is too long; it is never cut.
    """
    if len(text) > MOST_CHARACTERS // 2 and len(text.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        raise SheetRefused(
            "text_too_long", f"「{label}」有一处超过 {MOST_CHARACTERS} 个字，Excel 放不下。请改用 CSV。"
        )
    return text


def fits(value: int | Decimal) -> bool:
    """Whether Excel keeps every digit of the number."""
    digits = Decimal(value).normalize().as_tuple().digits
    return abs(value) < 10**SPREADSHEET_DIGITS and len(digits) <= SPREADSHEET_DIGITS


def sheet_name(title: str) -> str:
    """The title as the name of a worksheet: without forbidden signs, not too long, not one of our own."""
    name = _FORBIDDEN_IN_NAMES.sub(" ", title).strip().strip("'")[:_LONGEST_NAME].strip()
    return "数据" if not name or name in OWN_SHEETS or name.lower() == "history" else name
