"""A child process that unpacks one workbook: standard input to a stream of pickled messages.

Why a process: the unpacker allocates whatever a crafted file claims to hold and dies when it cannot. Here it
dies under limits of memory and time, and the caller says so in a sentence. Run as a script by `opening`; it
imports nothing of ours, so that it starts fast.

Shape: the messages are ("book", [(name, visible)…]), then for every visible sheet ("sheet", name) and any
number of ("rows", [[cell, …], …]), then ("end",). ("refused", "encrypted" | "damaged" | "heavy") stops it.
Unit: argv is the memory limit in bytes and the limit of processor time in seconds.
"""

import io
import pickle
import re
import resource
import sys
import traceback
import zipfile
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

_CELLS_PER_MESSAGE = 40_000
_ERROR_CELL = re.compile(rb"""\bt\s*=\s*["']e["']""")
_ERROR_NAME = re.compile(r"Error\((\w+)\)")
_ERROR_TEXTS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}

type Errors = dict[int, dict[int, str]]


def send(*message: object) -> None:
    pickle.dump(message, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def may_hold_errors(data: bytes) -> bool:
    """Whether a cell of the workbook may be a formula error; only modern Excel files can be asked cheaply."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return True
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(name.endswith(".xml") for name in sheets):
            return True
        return any(_ERROR_CELL.search(archive.read(name)) for name in sheets)


def errors_in(data: bytes, name: str, first_column: int) -> Errors:
    """Formula errors by row and column; the fast unpacker gives them as empty cells."""
    import fastexcel  # noqa: PLC0415 - brings Arrow along, which few files need

    sheet = fastexcel.read_excel(data).load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    found: Errors = {}
    for error in getattr(sheet.to_arrow_with_errors()[1], "errors", ()):
        named = _ERROR_NAME.search(error.detail)
        if named:
            row, column = error.position
            text = _ERROR_TEXTS.get(named[1], "#VALUE!")
            found.setdefault(row, {})[column + first_column] = text
    return found


def rows_of(sheet: CalamineSheet, errors: Errors) -> Iterator[list[object]]:
    margin: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    for index, cells in enumerate(sheet.iter_rows()):
        row = margin + list(cells)
        for column, text in errors.get(index, {}).items():
            row[column] = text
        yield row


def send_sheet(sheet: CalamineSheet, errors: Errors) -> None:
    send("sheet", sheet.name)
    chunk: list[list[object]] = []
    most = max(1, _CELLS_PER_MESSAGE // max(1, sheet.total_width))
    for row in rows_of(sheet, errors):
        chunk.append(row)
        if len(chunk) == most:
            send("rows", chunk)
            chunk = []
    send("rows", chunk)


def send_book(data: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    send("book", [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in tables])
    with_errors = may_hold_errors(data)
    for table in tables:
        if table.visible == SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_name(table.name)
            margin = sheet.start[1] if sheet.start else 0
            send_sheet(sheet, errors_in(data, table.name, margin) if with_errors and sheet.end else {})
    send("end")


def send_parquet(data: bytes) -> None:
    """As one sheet: the names of the columns, then the rows; beside it an export's note, which is no row."""
    import pyarrow  # noqa: PLC0415 - few files need it
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        names = file.schema_arrow.names
        is_export = b"shanhai.note" in (file.metadata.metadata or {})
        send("book", [("数据", True), *([("导出说明", False)] if is_export else [])])
        send("sheet", "数据")
        send("rows", [names])
        most = max(1, _CELLS_PER_MESSAGE // max(1, len(names)))
        for batch in file.iter_batches(batch_size=most, use_threads=False):
            columns = [column.to_pylist() for column in batch.columns]
            send("rows", [list(row) for row in zip(*columns, strict=True)])
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError, OSError):
        send("refused", "damaged")
        return
    send("end")


def main() -> None:
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        data = sys.stdin.buffer.read()
        (send_parquet if data.startswith(b"PAR1") else send_book)(data)
    except PasswordError:
        send("refused", "encrypted")
    except (CalamineError, zipfile.BadZipFile):
        send("refused", "damaged")
    except MemoryError:
        send("refused", "heavy")
    except BaseException as error:  # the unpackers panic past Exception
        traceback.print_exc()
        send("refused", "heavy" if "capacity overflow" in str(error) else "damaged")


if __name__ == "__main__":
    main()
