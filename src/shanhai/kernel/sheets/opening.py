"""Files as rows of raw cells, whatever program wrote them: workbooks in a guarded child process, CSV."""

import csv
import datetime
import io
import os
import pickle
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np

from shanhai.kernel.sheets.archives import (
    PARQUET,
    FileKind,
    Limits,
    damaged,
    encrypted,
    file_kind,
    too_heavy,
)
from shanhai.kernel.sheets.coded import Coded, Grid
from shanhai.kernel.sheets.extraction import Coding
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.texts import Raw, guard

_EXTRACTION = Path(__file__).with_name("extraction.py")
_DELIMITERS = ",\t;|"
_SAMPLED_LINES = 30
_LONGEST_LINE = 1 << 20
_LINES_AT_ONCE = 2_000
#: Of a sheet of Excel.
_MOST_COLUMNS = 16_384
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

_REFUSALS = {"encrypted": encrypted, "damaged": damaged, "heavy": too_heavy}

type Row = list[Raw]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One visible sheet.

    Shape: empty cells are "" or None. `hidden` are numbers of rows that the sheet does not show; `filled` of
    rows in which a cell has what stands in a merged cell that began above.
    """

    name: str
    grid: Grid
    hidden: frozenset[int] = frozenset()
    filled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RawBook:
    """A file opened for reading: the names of all its sheets, hidden ones included, and the visible ones.

    Shape: a CSV file is one sheet without a name.
    """

    names: tuple[str, ...]
    hidden: tuple[str, ...]
    sheets: Iterator[RawSheet]

    @property
    def is_workbook(self) -> bool:
        return self.names != ("",)


@contextmanager
def open_book(source: bytes | Path, limits: Limits) -> Iterator[RawBook]:
    """The sheets of a file.

    Errors: SheetRefused when the file is none, too large, encrypted or damaged; also while rows are read.
    """
    data = _content(source, limits)
    if file_kind(data, limits) is FileKind.CSV:
        _check_lines(data)
        yield RawBook(("",), (), iter([RawSheet("", _csv_grid(_decoded(data)))]))
        return
    with _child(data, limits) as messages:
        first = next(messages)
        names = tuple(name for name, _ in first[1])
        hidden = tuple(name for name, visible in first[1] if not visible)
        yield RawBook(names, hidden, _sheets(messages, is_typed=data.startswith(PARQUET)))


def _content(source: bytes | Path, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        return source
    with source.open("rb") as file:
        return file.read(limits.file + 1)


def _sheets(messages: Iterator[tuple[Any, ...]], *, is_typed: bool) -> Iterator[RawSheet]:
    message = next(messages)
    while message[0] == "sheet":
        _kind, name, hidden, filled, height = message
        columns: list[Coded[Any]] = []
        for message in messages:  # the one after the columns begins the next sheet
            if message[0] != "column":
                break
            columns.append(_column(message[1], message[2], is_typed=is_typed))
        yield RawSheet(name, Grid(height, columns), frozenset(hidden), frozenset(filled))


def _column(distinct: list[Any], codes: bytes, *, is_typed: bool = False) -> Coded[Any]:
    return Coded(list(map(_typed, distinct)) if is_typed else distinct, np.frombuffer(codes, np.uint32))


def _typed(cell: Any) -> Raw:
    """A cell of Parquet as those of the other files: texts, which nothing ran there, guarded like theirs."""
    if isinstance(cell, str):
        return guard(cell)
    is_known = cell is None or isinstance(cell, int | float | datetime.date)
    return cell if is_known else str(cell)


@contextmanager
def _child(data: bytes, limits: Limits) -> Iterator[Iterator[tuple[Any, ...]]]:
    command = [sys.executable, "-I", str(_EXTRACTION), str(limits.memory), str(limits.seconds)]
    with _unnamed_file() as file:
        file.write(data)
        file.flush()
        file.seek(0)
        with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE) as child:
            try:
                yield _messages(child)
            finally:
                child.kill()


def _unnamed_file() -> IO[bytes]:
    # In memory where the system can: an upload holds personal data and is written to disk only encrypted.
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("upload"), "w+b")
    return tempfile.TemporaryFile()


def _messages(child: subprocess.Popen[bytes]) -> Iterator[tuple[Any, ...]]:
    stream: Any = child.stdout
    while True:
        try:
            message: tuple[Any, ...] = pickle.load(stream)  # noqa: S301 - written by our own child process
        except (EOFError, pickle.UnpicklingError) as error:
            if child.wait() >= 0:
                raise RuntimeError(
                    "the extraction of a workbook failed; its error output says why"
                ) from error
            raise too_heavy() from error  # killed by a limit
        if message[0] == "refused":
            raise _REFUSALS[message[1]]()
        yield message


def _check_lines(data: bytes) -> None:
    # A line becomes a list of cells at once: without this, fifty megabytes of commas would be one.
    if any(len(line) > _LONGEST_LINE for line in io.BytesIO(data)):
        raise _not_a_table()


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if b"\0" in data:
        raise _not_a_table()
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _decode(data, "gb18030")


def _decode(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_a_table() from error
    if "\0" in text:
        raise _not_a_table()
    return text


def _not_a_table() -> SheetRefused:
    return SheetRefused("wrong_type", "看不出这是什么表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")


def _csv_grid(text: str) -> Grid:
    coding, rows = Coding(), _csv_rows(text)
    while lot := list(islice(rows, _LINES_AT_ONCE)):
        coding.add(lot)
    return Grid(coding.height, [_column(distinct, codes) for distinct, codes in coding.columns()])


def _csv_rows(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    read = 0
    try:
        for cells in reader:
            if any(cells[_MOST_COLUMNS:]):
                raise _not_a_table()
            yield cells[:_MOST_COLUMNS]
            read += 1
    except csv.Error as error:
        raise SheetRefused(
            "damaged",
            f"第 {read + 1} 行的引号没有成对，后面的内容无法分列。请用 Excel 打开检查后另存为 .xlsx。",
        ) from error


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first lines into the same number of cells; the comma where none does."""
    return max(_DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many lines have the commonest number of cells, and that number: text is never cut so evenly."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(cells) for cells in islice(reader, _SAMPLED_LINES) if len(cells) > 1)
    except csv.Error:
        return (0, 0)
    return max(((lines, width) for width, lines in widths.items()), default=(0, 0))
