"""Exports: rows into Excel or CSV in constant memory, harmless to open, reading back to the same values."""

import codecs
import csv
import io
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook

from shanhai.kernel.sheets.columns import SheetColumn, check_columns
from shanhai.kernel.sheets.formats import text_writer
from shanhai.kernel.sheets.furniture import NOTE_SHEET
from shanhai.kernel.sheets.rows_xml import write_rows
from shanhai.kernel.sheets.styles import WORKBOOK_OPTIONS, Styles, set_up_columns, sheet_name
from shanhai.kernel.sheets.texts import NOTE_MARK, guard, tidy
from shanhai.kernel.sheets.values import Value

#: Values by the names of their columns, an absent one being empty; or all of them in the columns' order.
type ValueRow = Mapping[str, Value] | tuple[Value, ...]

#: Rows of a worksheet, less the heading and the note.
MOST_ROWS_PER_SHEET = 1_048_576 - 2
_MOST_CHARACTERS_OF_TITLE = 24  # leaves room for the number of a further sheet
_ROWS_AT_ONCE = 500


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

    Shape: `note` says what was exported and under which filter; the count is added to it, and how many sheets
    there are when one does not do. It stands in a sheet of its own and as the last line of the rows.
    `scratch` is the folder for the files that xlsxwriter needs while it writes; they are removed.
    Errors: SheetRefused for a text that no cell can hold.
    """
    columns = check_columns(columns)
    with _book(out, scratch) as book:
        styles = Styles(book)
        name = sheet_name(title)[:_MOST_CHARACTERS_OF_TITLE]
        count, parts = 0, _parts(in_columns(columns, rows), rows_per_sheet)
        for number, part in enumerate(parts, 1):
            sheet = book.add_worksheet(name if number == 1 else f"{name}({number})")
            set_up_columns(sheet, columns, styles)
            written = write_rows(sheet, columns, part, styles)
            count += written
        said = counted(note, count) + (f"一个工作表放不下，分在 {number} 个工作表里。" if number > 1 else "")
        sheet.write_string(written + 1, 0, NOTE_MARK + said, styles.of(font_color="#667085"))
        notes = book.add_worksheet(NOTE_SHEET)
        notes.set_column(0, 0, 100)
        notes.write_string(0, 0, said, styles.of(text_wrap=True))
    return count


@contextmanager
def _book(out: BinaryIO | Path, scratch: Path | None) -> Iterator[Workbook]:
    """A workbook that is packed when all is written, and leaves nothing when that fails or is given up."""
    with tempfile.TemporaryDirectory(prefix="xlsx-", dir=scratch) as folder:
        options = {**WORKBOOK_OPTIONS, "constant_memory": True, "tmpdir": folder}
        book = Workbook(str(out) if isinstance(out, Path) else out, options)
        book.use_zip64()  # a million wide rows are more than four gigabytes before they are packed
        try:
            yield book
        except BaseException:
            for sheet in book.worksheets():
                sheet._opt_close()
            raise
        book.close()


def _parts[Row](rows: Iterator[Row], size: int) -> Iterator[Iterable[Row]]:
    """The rows in parts of at most `size`, each to be used up before the next; one empty part for no rows."""
    yield itertools.islice(rows, size)
    for first in rows:
        yield itertools.chain([first], itertools.islice(rows, size - 1))


def write_csv(columns: Iterable[SheetColumn], rows: Iterable[ValueRow], note: str, out: BinaryIO) -> int:
    """Write CSV and return how many rows it has; shape as `csv_lines`."""
    passed = Passed(rows)
    out.writelines(csv_lines(columns, passed, note))
    return passed.count


class Passed[Row]:
    """Rows that are counted as they go by; `tell` hears the number now and then."""

    def __init__(self, rows: Iterable[Row], tell: Callable[[int], None] | None = None) -> None:
        self._rows, self._tell = rows, tell
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            if self._tell is not None and self.count % _ROWS_AT_ONCE == 0:
                self._tell(self.count)
            yield row


def csv_lines(columns: Iterable[SheetColumn], rows: Iterable[ValueRow], note: str) -> Iterator[bytes]:
    """CSV piece by piece as the rows come: the heading, some rows at a time, the note with the count.

    Shape: UTF-8 with the mark that Excel needs to see it; the note is the last line and begins with `# `.
    """
    columns = check_columns(columns)
    writers = [text_writer(column) for column in columns]
    yield codecs.BOM_UTF8 + _encoded([[guard(column.header) for column in columns]])
    count = 0
    for part in itertools.batched(in_columns(columns, rows), _ROWS_AT_ONCE):
        yield _encoded(
            [
                ["" if value is None else write(value) for write, value in zip(writers, row, strict=True)]
                for row in part
            ]
        )
        count += len(part)
    # Not quoted, because it begins with the mark; so no quotation mark of its own may begin a cell.
    yield f"{NOTE_MARK}{counted(note, count)}\r\n".replace('"', "＂").encode()


def _encoded(lines: list[list[str]]) -> bytes:
    piece = io.StringIO(newline="")
    csv.writer(piece).writerows(lines)
    return piece.getvalue().encode()


def in_columns(columns: Sequence[SheetColumn], rows: Iterable[ValueRow]) -> Iterator[tuple[Value, ...]]:
    """Every row as values in the order of the columns."""
    names = [column.name for column in columns]
    for row in rows:
        yield row if isinstance(row, tuple) else tuple(map(row.get, names))


def counted(note: str, count: int) -> str:
    """The note with the number of rows, as it stands in the file."""
    said = tidy(note)
    return f"{said}{'' if not said or said.endswith('。') else '。'}共 {count} 行。"
