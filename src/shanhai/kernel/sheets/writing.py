"""Exports: rows into Excel or CSV in constant memory, harmless to open, reading back to the same values."""

import codecs
import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from shanhai.kernel.sheets.columns import SheetColumn, check_columns
from shanhai.kernel.sheets.furniture import NOTE_SHEET
from shanhai.kernel.sheets.styles import WORKBOOK_OPTIONS, Styles, set_up_columns, sheet_name, write_value
from shanhai.kernel.sheets.texts import NOTE_MARK, guard, tidy
from shanhai.kernel.sheets.values import Value, format_value

type ValueRow = Mapping[str, Value]

#: Rows of a worksheet, less the heading and the note.
MOST_ROWS_PER_SHEET = 1_048_576 - 2
_MOST_CHARACTERS_OF_TITLE = 24  # leaves room for the number of a further sheet
_LINES_AROUND_ROWS = 2  # heading and note


def write_xlsx(
    columns: Iterable[SheetColumn],
    rows: Iterable[ValueRow],
    note: str,
    out: BinaryIO | Path,
    *,
    title: str = "数据",
    rows_per_sheet: int = MOST_ROWS_PER_SHEET,
    scratch: Path | None = None,
) -> int:
    """Write a workbook and return how many rows it has; what a sheet cannot hold goes on in the next.

    Shape: a row maps column names to values; an absent name is an empty cell. `note` says what was exported
    and under which filter; the count is added to it. It stands in a sheet of its own and as the last line of
    the rows. `scratch` is the folder for the files that xlsxwriter needs while it writes; they are removed.
    Errors: SheetRefused for a text that no cell can hold.
    """
    columns = check_columns(columns)
    options = {**WORKBOOK_OPTIONS, "constant_memory": True, "tmpdir": str(scratch) if scratch else None}
    with Workbook(str(out) if isinstance(out, Path) else out, options) as book:
        styles = Styles(book)
        name = sheet_name(title)[:_MOST_CHARACTERS_OF_TITLE]
        count, parts = 0, _parts(rows, rows_per_sheet)
        for number, part in enumerate(parts, 1):
            sheet = book.add_worksheet(name if number == 1 else f"{name}({number})")
            set_up_columns(sheet, columns, styles)
            written = _write_rows(sheet, columns, part, styles)
            count += written
        said = _note(note, count)
        sheet.write_string(written + 1, 0, NOTE_MARK + said, styles.of(font_color="#667085"))
        notes = book.add_worksheet(NOTE_SHEET)
        notes.set_column(0, 0, 100)
        notes.write_string(0, 0, said, styles.of(text_wrap=True))
    return count


def _parts(rows: Iterable[ValueRow], size: int) -> Iterator[Iterable[ValueRow]]:
    """The rows in parts of at most `size`, each to be used up before the next; one empty part for no rows."""
    remaining = iter(rows)
    yield itertools.islice(remaining, size)
    for first in remaining:
        yield itertools.chain([first], itertools.islice(remaining, size - 1))


def _write_rows(
    sheet: Worksheet, columns: tuple[SheetColumn, ...], rows: Iterable[ValueRow], styles: Styles
) -> int:
    formats = [styles.cell(column) for column in columns]
    count = 0
    for count, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            write_value(sheet, (count, place), column, row.get(column.name), formats[place])
    return count


def write_csv(columns: Iterable[SheetColumn], rows: Iterable[ValueRow], note: str, out: BinaryIO) -> int:
    """Write CSV and return how many rows it has; shape as `csv_lines`."""
    lines = 0
    for line in csv_lines(columns, rows, note):
        out.write(line)
        lines += 1
    return lines - _LINES_AROUND_ROWS


def csv_lines(columns: Iterable[SheetColumn], rows: Iterable[ValueRow], note: str) -> Iterator[bytes]:
    """CSV piece by piece as the rows come: the heading, the rows, the note with the count.

    Shape: UTF-8 with the mark that Excel needs to see it; the note is the last line and begins with `# `.
    """
    columns = check_columns(columns)
    writer = csv.writer(_Echo())
    yield codecs.BOM_UTF8 + _encoded(writer, [guard(column.header) for column in columns])
    count = 0
    for row in rows:
        yield _encoded(writer, [_csv_text(column, row.get(column.name)) for column in columns])
        count += 1
    yield f"{NOTE_MARK}{_note(note, count)}\r\n".encode()


class _Echo:
    """A file that gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _encoded(writer: Any, cells: list[str]) -> bytes:
    line: str = writer.writerow(cells)
    return line.encode()


def _csv_text(column: SheetColumn, value: Value) -> str:
    text = format_value(column, value)
    return guard(text) if isinstance(value, str | tuple) else text


def _note(note: str, count: int) -> str:
    said = tidy(note)
    return f"{said}{'' if not said or said.endswith('。') else '。'}共 {count} 行。"
