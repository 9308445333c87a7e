"""A child process that unpacks one workbook: standard input to a stream of pickled messages.

Why a process: the unpacker allocates whatever a crafted file claims to hold and dies when it cannot. Here it
dies under limits of memory and time, and the caller says so in a sentence. Run as a script by `opening`; it
imports nothing of ours, so that it starts fast.

Shape: the messages are ("book", [(name, visible)…]), then for every visible sheet ("sheet", name, hidden
rows, rows filled from a merged cell above, number of rows) and for each of its columns ("column", [distinct
cell, …], numbers), see `Coding`, then ("end",); rows count from 1. ("refused", "encrypted" | "damaged" |
"heavy") stops it.
Unit: argv is the memory limit in bytes and the limit of processor time in seconds.
"""

import datetime
import io
import pickle
import re
import resource
import sys
import traceback
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from types import NoneType
from typing import Any, NamedTuple
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

_CELLS_AT_ONCE = 40_000
#: No sheet of Excel, WPS or LibreOffice is larger: rows and columns.
_LARGEST = (1_048_576, 16_384)
#: Cells of these types are the same where they are equal; 1, 1.0 and True are not.
_UNMISTAKABLE = frozenset({str, float, datetime.date, datetime.datetime, NoneType})
_ERROR_CELL = re.compile(rb"""\bt\s*=\s*["']e["']""")
_ERROR_WORDS = (b'"e"', b"'e'")
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

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_HIDDEN_ROW = re.compile(rb"""<row\b[^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*>""")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
#: A column merged to the bottom of the sheet has a million rows.
_LONGEST_MERGED = 10_000

type Errors = dict[int, dict[int, str]]
type Merged = dict[int, list[tuple[int, bool]]]


def send(*message: object) -> None:
    pickle.dump(message, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


class Coding:
    """Rows on their way into columns of distinct cells.

    Shape: `columns` gives for each the distinct cells, and for every row the place of its cell among them, as
    32 bits. What a row is too short for is None.
    """

    def __init__(self) -> None:
        self.height = 0
        self._columns: list[tuple[_Places, array[int]]] = []

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        cells = list(zip_longest(*rows))
        for _ in range(len(cells) - len(self._columns)):
            places = _Places()
            blank = places[None] if self.height else 0
            self._columns.append((places, array("I", [blank]) * self.height))
        for number, (places, column) in enumerate(self._columns):
            if number < len(cells):
                column.extend(map(places.__getitem__, _keys(cells[number])))
            else:
                column.extend([places[None]] * len(rows))
        self.height += len(rows)

    def columns(self) -> Iterator[tuple[list[Any], bytes]]:
        for places, column in self._columns:
            yield [key.cell if type(key) is _Typed else key for key in places], column.tobytes()


class _Places(dict[Any, int]):
    """A number for each key, in the order in which they come."""

    def __missing__(self, key: Any) -> int:
        self[key] = place = len(self)
        return place


class _Typed(NamedTuple):
    """A cell that is equal to others of its type only."""

    kind: type
    cell: Any


def _keys(cells: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, cells)) <= _UNMISTAKABLE:
        return cells
    return [cell if type(cell) in _UNMISTAKABLE else _Typed(type(cell), cell) for cell in cells]


def send_columns(coding: Coding) -> None:
    for distinct, places in coding.columns():
        send("column", distinct, places)


class Facts(NamedTuple):
    """What the fast unpacker does not tell of a sheet."""

    may_hold_errors: bool
    hidden: list[int]


#: Of files that cannot be asked cheaply: all but modern Excel files.
_UNKNOWN = Facts(may_hold_errors=True, hidden=[])


def facts_of(data: bytes) -> dict[str, Facts]:
    """By name of the sheet."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: facts(archive.read(member)) for name, member in members(archive)}


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheets and the parts of the archive they are in, where it is an Excel file in XML."""
    known = set(archive.namelist())
    if not {_BOOK, _RELATIONS} <= known:
        return
    targets = {one.get("Id"): one.get("Target", "") for one in parsed(archive, _RELATIONS)}
    for sheet in parsed(archive, _BOOK).iter():
        if sheet.tag.endswith("}sheet"):
            key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
            target = targets.get(key, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if member in known:
                yield sheet.get("name", ""), member


def parsed(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(member))  # noqa: S314 -- what it may do, the limits end


def facts(xml: bytes) -> Facts:
    found = _HIDDEN_ROW.findall(xml) if b"hidden=" in xml else []
    numbers = [number for row in found if (number := _ROW_NUMBER.search(row))]
    # The bare words are looked for first: a pattern takes twenty times as long, and most sheets have none.
    may_hold_errors = any(word in xml for word in _ERROR_WORDS) and _ERROR_CELL.search(xml) is not None
    return Facts(may_hold_errors, [int(number[1]) for number in numbers])


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


def rows_of(sheet: CalamineSheet, errors: Errors, merged: Merged) -> Iterator[list[object]]:
    margin: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    above: dict[int, object] = {}
    for index, cells in enumerate(sheet.iter_rows()):
        row = margin + list(cells)
        for column, text in errors.get(index, {}).items():
            row[column] = text
        for column, is_first in merged.get(index, ()):
            if is_first:
                above[column] = row[column] if column < len(row) else ""
            elif column < len(row):
                row[column] = above.get(column, "")
        yield row


def merged_rows(sheet: CalamineSheet) -> Merged:
    """Cells merged over several rows: what stands in the first is meant for each of them.

    Shape: by row, the columns in which a merged cell begins (True) or goes on.
    """
    found: Merged = {}
    for (first, column), (last, _right) in sheet.merged_cell_ranges or ():
        for index in range(first, min(last, first + _LONGEST_MERGED) + 1 if last > first else first):
            found.setdefault(index, []).append((column, index == first))
    return found


class BeyondSheetError(Exception):
    """A cell stands where no sheet has one."""


def send_sheet(sheet: CalamineSheet, errors: Errors, hidden: list[int]) -> None:
    if sheet.end and (sheet.end[0] >= _LARGEST[0] or sheet.end[1] >= _LARGEST[1]):
        raise BeyondSheetError
    merged = merged_rows(sheet)
    filled = [index + 1 for index, places in merged.items() if not all(is_first for _, is_first in places)]
    coding, rows = Coding(), rows_of(sheet, errors, merged)
    most = max(1, _CELLS_AT_ONCE // max(1, sheet.total_width))
    while lot := list(islice(rows, most)):
        coding.add(lot)
    send("sheet", sheet.name, hidden, sorted(filled), coding.height)
    send_columns(coding)


def send_book(data: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    send("book", [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in tables])
    known = facts_of(data)
    for table in tables:
        if table.visible == SheetVisibleEnum.Visible:
            sheet, facts = book.get_sheet_by_name(table.name), known.get(table.name, _UNKNOWN)
            margin = sheet.start[1] if sheet.start else 0
            errors = errors_in(data, table.name, margin) if facts.may_hold_errors and sheet.end else {}
            send_sheet(sheet, errors, facts.hidden)
    send("end")


def hashable(cell: object) -> object:
    return str(cell) if isinstance(cell, list | dict) else cell


def send_parquet(data: bytes) -> None:
    """As one sheet: the names of the columns, then the rows; beside it an export's note, which is no row."""
    import pyarrow  # noqa: PLC0415 - few files need it
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        names = file.schema_arrow.names
        is_export = b"shanhai.note" in (file.metadata.metadata or {})
        send("book", [("数据", True), *([("导出说明", False)] if is_export else [])])
        coding = Coding()
        coding.add([names])
        most = max(1, _CELLS_AT_ONCE // max(1, len(names)))
        for batch in file.iter_batches(batch_size=most, use_threads=False):
            columns = [list(map(hashable, column.to_pylist())) for column in batch.columns]
            coding.add(list(zip(*columns, strict=True)))
        send("sheet", "数据", [], [], coding.height)
        send_columns(coding)
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
    except (CalamineError, zipfile.BadZipFile, BeyondSheetError):
        send("refused", "damaged")
    except MemoryError:
        send("refused", "heavy")
    except BaseException as error:  # the unpackers panic past Exception
        traceback.print_exc()
        send("refused", "heavy" if "capacity overflow" in str(error) else "damaged")


if __name__ == "__main__":
    main()
