"""Exports: rows into Excel or CSV in constant memory, harmless to open, reading back to the same values."""

import codecs
import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from shanhai.kernel import clock
from shanhai.kernel.sheets.columns import SheetColumn, check_columns
from shanhai.kernel.sheets.formats import lot_writer
from shanhai.kernel.sheets.furniture import NOTE_SHEET
from shanhai.kernel.sheets.lots import Lots, ValueRow, in_lots, in_parts
from shanhai.kernel.sheets.rows_xml import write_rows
from shanhai.kernel.sheets.styles import WORKBOOK_OPTIONS, Styles, set_up_columns, sheet_name
from shanhai.kernel.sheets.texts import NOTE_MARK, guard, tidy

#: Rows of a worksheet, less the heading and the note.
MOST_ROWS_PER_SHEET = 1_048_576 - 2
#: What is said of a file; the number of rows is added, unless the words are made from it.
type Note = str | Callable[[int], str]
_MOST_CHARACTERS_OF_BANNER = 250
_MOST_CHARACTERS_OF_TITLE = 24  # leaves room for the number of a further sheet


def write_xlsx(
    columns: Iterable[SheetColumn],
    rows: Iterable[ValueRow] | Lots,
    note: Note,
    out: BinaryIO | Path,
    *,
    title: str = "数据",
    rows_per_sheet: int = MOST_ROWS_PER_SHEET,
    scratch: Path | None = None,
    ink: str = "",
    banner: str = "",
) -> int:
    """Write a workbook and return how many rows it has; what a sheet cannot hold goes on in the next.

    Shape: `note` says what was exported and under which filter; the count is added to it, and how many sheets
    there are when one does not do. It stands in a sheet of its own and as the last line of the rows.
    `scratch` is the folder for the files that xlsxwriter needs while it writes; they are removed. `ink` is
    the colour of all that is written into cells, `banner` stands above and below every printed sheet.
    Errors: SheetRefused for a text that no cell can hold.
    """
    columns = check_columns(columns)
    with _book(out, scratch) as book:
        styles = Styles(book, ink)
        name = sheet_name(title)[:_MOST_CHARACTERS_OF_TITLE]
        count = 0
        for number, part in enumerate(in_parts(in_lots(columns, rows), rows_per_sheet), 1):
            sheet = book.add_worksheet(name if number == 1 else f"{name}({number})")
            set_up_columns(sheet, columns, styles)
            _proclaim(sheet, banner)
            written = write_rows(sheet, columns, part, styles)
            count += written
        said = counted(note, count) + (f"一个工作表放不下，分在 {number} 个工作表里。" if number > 1 else "")
        sheet.write_string(written + 1, 0, NOTE_MARK + said, styles.of(font_color="#667085"))
        notes = book.add_worksheet(NOTE_SHEET)
        notes.set_column(0, 0, 100)
        notes.write_string(0, 0, said, styles.of(text_wrap=True))
    return count


def _proclaim(sheet: Worksheet, banner: str) -> None:
    """Above and below every printed sheet, where Excel reads `&` otherwise."""
    if banner:
        said = banner.replace("&", "&&")[:_MOST_CHARACTERS_OF_BANNER]
        sheet.set_header(f"&C{said}")
        sheet.set_footer(f"&C{said}")


@contextmanager
def _book(out: BinaryIO | Path, scratch: Path | None) -> Iterator[Workbook]:
    """A workbook that is packed when all is written, and leaves nothing when that fails or is given up."""
    with tempfile.TemporaryDirectory(prefix="xlsx-", dir=scratch) as folder:
        options = {**WORKBOOK_OPTIONS, "constant_memory": True, "tmpdir": folder}
        book = Workbook(str(out) if isinstance(out, Path) else out, options)
        # By the clock of the work, so that what is made of the same at the same moment is the same file.
        book.set_properties({"created": clock.now().astimezone(UTC)})
        book.use_zip64()  # a million wide rows are more than four gigabytes before they are packed
        try:
            yield book
        except BaseException:
            for sheet in book.worksheets():
                sheet._opt_close()
            raise
        book.close()


def write_csv(
    columns: Iterable[SheetColumn], rows: Iterable[ValueRow] | Lots, note: Note, out: BinaryIO
) -> int:
    """Write CSV and return how many rows it has; shape as `csv_lines`."""
    columns = check_columns(columns)
    lots = in_lots(columns, rows)
    out.writelines(csv_lines(columns, lots, note))
    return lots.count


def csv_lines(columns: Iterable[SheetColumn], rows: Iterable[ValueRow] | Lots, note: Note) -> Iterator[bytes]:
    """CSV piece by piece as the rows come: the heading, some rows at a time, the note with the count.

    Shape: UTF-8 with the mark that Excel needs to see it; the note is the last line and begins with `# `.
    """
    columns = check_columns(columns)
    writers = [lot_writer(column) for column in columns]
    yield codecs.BOM_UTF8 + _encoded([[guard(column.header) for column in columns]])
    lots = in_lots(columns, rows)
    for lot in lots:
        texts = [write(values) for write, values in zip(writers, lot, strict=True)]
        yield _encoded(zip(*texts, strict=True))
    # Not quoted, because it begins with the mark; so no quotation mark of its own may begin a cell.
    yield f"{NOTE_MARK}{counted(note, lots.count)}\r\n".replace('"', "＂").encode()


def _encoded(lines: Iterable[Sequence[str]]) -> bytes:
    piece = io.StringIO(newline="")
    csv.writer(piece).writerows(lines)
    return piece.getvalue().encode()


def counted(note: Note, count: int) -> str:
    """The note with the number of rows, as it stands in the file."""
    if not isinstance(note, str):
        return tidy(note(count))
    said = tidy(note)
    return f"{said}{'' if not said or said.endswith('。') else '。'}共 {count} 行。"
