"""Templates as people fill them."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook

#: Heads stand in the first row of a template, its example in the second.
FIRST_ROW = 3


def heads(template: Path) -> list[str]:
    """Column heads, without their mark of duty."""
    return [str(cell.value).lstrip("*") for cell in load_workbook(template).worksheets[0][1]]


def filled(template: Path, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The template with rows below its example, given by head."""
    book, columns = load_workbook(template), heads(template)
    for number, row in enumerate(rows, FIRST_ROW):
        assert row.keys() <= set(columns), (row, columns)
        for column, head in enumerate(columns, 1):
            book.worksheets[0].cell(number, column, row.get(head))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
