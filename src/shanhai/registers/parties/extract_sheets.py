"""The workbook of a copy: a sheet for each table, texts as they are."""

import io
from collections.abc import Iterable

from xlsxwriter import Workbook

from shanhai.kernel.sheets.styles import WORKBOOK_OPTIONS, fitting, sheet_name, text_width

_WIDTHS = (12, 60)

type Table = tuple[str, list[str], list[list[str]]]


def workbook(tables: Iterable[Table]) -> bytes:
    """Errors: SheetRefused for a text that no cell can hold."""
    out = io.BytesIO()
    with Workbook(out, {**WORKBOOK_OPTIONS, "in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for title, heads, rows in tables:
            sheet = book.add_worksheet(sheet_name(title))
            sheet.freeze_panes(1, 0)
            for place, head in enumerate(heads):
                texts = [head, *(row[place] for row in rows)]
                longest = max(map(text_width, texts))
                sheet.set_column(place, place, min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1]))
                for number, text in enumerate(texts):
                    sheet.write_string(number, place, fitting(head, text), plain if number else bold)
    return out.getvalue()
