"""Rows of a worksheet as the XML that xlsxwriter would write, several times faster.

xlsxwriter holds every cell as an object and builds its tag attribute by attribute; a million rows take
minutes so. Here the columns are known before the rows, so that a cell is one piece of text. Heading, note,
widths and formats, and the file as a whole, stay with xlsxwriter: its worksheet lends its file of rows
(`constant_memory`; of xlsxwriter 3.3 `row_data_fh`, `previous_row`, `_write_single_row`, `_check_dimensions`
and `_get_xf_index`).
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import chain, repeat
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.formats import text_writer
from shanhai.kernel.sheets.lots import Lot, each_once
from shanhai.kernel.sheets.numbers import SPREADSHEET_DIGITS
from shanhai.kernel.sheets.styles import FIRST_EXACT_DAY, Styles, fits, fitting
from shanhai.kernel.sheets.values import Value

#: Day 0 of Excel's calendar, as Python counts days.
_DAY_ZERO = datetime.date(1899, 12, 30).toordinal()
#: Signs that XML or Excel read otherwise, and white space at the ends, which XML readers drop.
_SPECIAL = re.compile("[&<>\x00-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|\\A\\s|\\s\\Z")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("(_x[0-9A-Fa-f]{4}_)")

#: What stands in the cells of one column behind their row's number; "" for no cell.
type Bodies = Callable[[Sequence[Value]], Sequence[str]]


def write_rows(sheet: Worksheet, columns: Sequence[SheetColumn], lots: Iterable[Lot], styles: Styles) -> int:
    """Write rows below the heading, which must be there, and return how many they were.

    Errors: SheetRefused for a text that no cell can hold; nothing is cut.
    """
    begins = [f'<c r="{xl_col_to_name(place)}' for place in range(len(columns))]
    bodies = [_bodies(column, styles) for column in columns]
    sheet._write_single_row(1)
    number = 1
    for lot in lots:
        rows = range(number + 1, number + 1 + len(lot[0]))
        cells = [
            _cells(begin, body(values), rows) for begin, body, values in zip(begins, bodies, lot, strict=True)
        ]
        opened = [f'<row r="{row}">' for row in rows]
        lines = zip(opened, *cells, repeat("</row>", len(rows)), strict=True)
        sheet.row_data_fh.write("".join(chain.from_iterable(lines)))
        number = rows[-1]
    sheet._check_dimensions(max(number - 1, 0), len(columns) - 1)
    sheet.previous_row = number
    return number - 1


def _cells(begin: str, bodies: Sequence[str], rows: range) -> list[str]:
    return [f"{begin}{row}{body}" if body else "" for row, body in zip(rows, bodies, strict=True)]


def _bodies(column: SheetColumn, styles: Styles) -> Bodies:
    style = f'" s="{styles.cell(column)._get_xf_index()}"'
    typed, write, label = _TYPED.get(column.kind), text_writer(column), column.label

    def body(value: Value) -> str:
        said = typed(value) if typed else None
        if said is not None:
            return f"{style}><v>{said}</v></c>"
        if value == "":
            return ""
        said, preserve = _escaped(fitting(label, write(value)))
        return f'{style} t="inlineStr"><is><t{preserve}>{said}</t></is></c>'

    return lambda values: each_once(values, body, "")


def _number(value: Any) -> str | None:
    """The number as XML writes it; None where Excel would round it, or where it is a text."""
    if type(value) is Decimal:
        said = f"{value:f}"
        return said if len(said) <= SPREADSHEET_DIGITS or fits(value) else None
    return str(value) if type(value) is int and fits(value) else None


def _day(value: Any) -> str | None:
    if type(value) is datetime.date and value >= FIRST_EXACT_DAY:
        return str(value.toordinal() - _DAY_ZERO)
    return None


_TYPED: dict[Kind, Callable[[Any], str | None]] = {
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.MONEY: _number,
    Kind.DATE: _day,
}


def _escaped(text: str) -> tuple[str, str]:
    """The text for XML as Excel reads it, and the attribute that keeps white space at its ends."""
    if not _SPECIAL.search(text):
        return text, ""
    preserve = ' xml:space="preserve"' if text != text.strip() else ""
    text = _LOOKS_ESCAPED.sub(r"_x005F\1", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), preserve
