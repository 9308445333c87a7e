"""Uploaded tables as typed rows: what was left out is told, what is wrong has its cell and a sentence."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.coded import Coded, Grid, Positions
from shanhai.kernel.sheets.columns import SheetColumn, check_columns, columns_stamp
from shanhai.kernel.sheets.forms import SheetForm, claim
from shanhai.kernel.sheets.furniture import GUIDE_SHEET, NOTE_SHEET, OWN_SHEETS, STAMP_LABEL
from shanhai.kernel.sheets.headers import (
    HEADER_SEARCH_ROWS,
    Layout,
    column_letter,
    missing_columns,
    suggestion,
)
from shanhai.kernel.sheets.opening import RawBook, RawSheet, Row, open_book
from shanhai.kernel.sheets.problems import CellRefused, Notice, SheetProblem, SheetRefused
from shanhai.kernel.sheets.sifting import is_blank, sift, text_of_cell
from shanhai.kernel.sheets.texts import Raw, shown
from shanhai.kernel.sheets.values import Value, parse_cell, read_cell

_DEFAULT_LIMITS = Limits()
_MOST_ROWS_NAMED = 10
#: Without the guide sheet beside it, so many cells must repeat the examples before a row is taken for ours.
_EXAMPLE_CELLS = 3
_SKIPPED_ROWS = {
    "note": "是以“# ”开头的说明",
    "total": "是合计行",
    "footer": "是表尾的说明",
    "example": "是模板的示例",
    "header": "是重复的表头",
    "unknown_only": "只填了本表没有的列",
}


class Absent(Enum):
    """Stands for the value of a cell that says nothing: its column is not in the sheet, or it is wrong."""

    ABSENT = auto()

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it was meant.

    Shape: `values` has the columns that the sheet has and whose cell is right; an absent column is not an
    empty one. `number` counts from 1 as Excel does.
    """

    layout: Layout
    number: int
    values: dict[str, Value]
    problems: tuple[SheetProblem, ...] = ()

    def problem(self, column: SheetColumn | None, code: str, message: str, value: Raw = None) -> SheetProblem:
        """See `SheetTable.problem`."""
        return _problem(self.layout, self.number, column, code, message, value)


@dataclass
class SheetTable:
    """What a file holds, column by column.

    Shape: one entry per row in `numbers` (from 1 as Excel counts), in `places` (the heading it stands under)
    and in each column of `values`; rows of all sheets that have the heading, in the order of the file.
    `wrong` has the problems of the rows that have any, by the row's position from 0. `stamp` is the version
    of our template that the file was made from, None where it is not one; `digest` is of all that was read.
    """

    columns: tuple[SheetColumn, ...]
    numbers: list[int] = field(default_factory=list)
    places: list[Layout] = field(default_factory=list)
    values: dict[str, Coded[Value | Absent]] = field(default_factory=dict)
    wrong: dict[int, list[SheetProblem]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    stamp: str | None = None
    _read: Any = field(default_factory=hashlib.sha256, repr=False)

    @property
    def digest(self) -> str:
        return str(self._read.hexdigest())

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def rows(self) -> list[SheetRow]:
        """The same row by row, for tables that are small."""
        return [self.row(position) for position in range(len(self))]

    def row(self, position: int) -> SheetRow:
        values = {
            name: value for name, column in self.values.items() if (value := column[position]) is not ABSENT
        }
        problems = tuple(self.wrong.get(position, ()))
        return SheetRow(self.places[position], self.numbers[position], values, problems)

    def problem(
        self, position: int, column: SheetColumn | None, code: str, message: str, value: Raw = None
    ) -> SheetProblem:
        """A problem at the cell of a column, or with the whole row when there is no column to point at."""
        return _problem(self.places[position], self.numbers[position], column, code, message, value)

    @property
    def problems(self) -> list[SheetProblem]:
        return [problem for position in sorted(self.wrong) for problem in self.wrong[position]]

    @property
    def skipped(self) -> dict[str, int]:
        """How many rows were left out, by the code of the notice that tells it."""
        counts: Counter[str] = Counter()
        for notice in self.notices:
            if notice.code.endswith("_skipped"):
                counts[notice.code] += len(notice.rows)
        return +counts

    def add(self, layout: Layout, grid: Grid, kept: Positions) -> None:
        """Read the cells of some rows below one heading; each distinct content of a column once."""
        first, size = len(self.numbers), len(kept)
        self.numbers += (kept + layout.header_row + 1).tolist()
        self.places += [layout] * size
        for column in self.columns:
            place, known = layout.places.get(column.name), self.values.get(column.name)
            if place is not None:
                read = self._column(column, grid.column(place).take(kept).tight(), layout, first)
            elif known is not None:
                read = Coded.same(ABSENT, size)
            else:
                continue
            known = Coded.same(ABSENT, first) if known is None and first else known
            self.values[column.name] = read if known is None else known.joined(read)

    def _column(
        self, column: SheetColumn, cells: Coded[Raw], layout: Layout, first: int
    ) -> Coded[Value | Absent]:
        values, refused = read_column(column, cells, self._read)
        if refused:
            wrong = np.flatnonzero(cells.where([place in refused for place in range(len(cells.distinct))]))
            for position in wrong.tolist():
                why, number = refused[int(cells.codes[position])], self.numbers[first + position]
                problem = _problem(layout, number, column, why.code, why.message, cells[position])
                self.wrong.setdefault(first + position, []).append(problem)
        return values


def _problem(
    layout: Layout, number: int, column: SheetColumn | None, code: str, message: str, value: Raw
) -> SheetProblem:
    if column is None or column.name not in layout.places:
        return SheetProblem(layout.sheet, number, "", "", code, message)
    letter, said = layout.letter(column.name), shown(column, value)
    return SheetProblem(layout.sheet, number, letter, column.label, code, message, said)


def read_column(
    column: SheetColumn, cells: Coded[Raw], digest: Any
) -> tuple[Coded[Value | Absent], dict[int, CellRefused]]:
    """The values of a column, and what is wrong with a distinct cell by its place; cells go into `digest`.

    Columns repeat themselves: what is written the same is read once.
    """
    digest.update(f"{column.name}{cells.distinct!r}".encode("utf-8", "surrogatepass"))
    digest.update(cells.codes.astype("<u4").tobytes())
    known: list[Value | Absent] = []
    refused: dict[int, CellRefused] = {}
    for place, cell in enumerate(cells.distinct):
        try:
            known.append(read_cell(column, cell))
        except CellRefused as why:
            known.append(ABSENT)
            refused[place] = why
    return Coded(known, cells.codes), refused


def read_table(
    source: bytes | Path, columns: Iterable[SheetColumn], limits: Limits = _DEFAULT_LIMITS
) -> SheetTable:
    """The rows of an uploaded table.

    Shape: xlsx, xlsm, xlsb, xls, ods, or CSV in UTF-8, UTF-16 or GB 18030 with any usual delimiter.
    Errors: SheetRefused when the file as a whole cannot be taken; single cells never raise.
    """
    return read_tables(source, [SheetForm(check_columns(columns))], limits)[0]


def read_tables(
    source: bytes | Path, forms: Sequence[SheetForm], limits: Limits = _DEFAULT_LIMITS
) -> dict[int, SheetTable]:
    """The tables of a file by the number of their form, those it holds; see `forms.claim`.

    Shape: the first form is what the file was sent for. Without a sheet of it others count only where their
    name says so: a table nobody understood is not to be taken for another one.
    Errors: SheetRefused as `read_table`; also when there is no table of any form.
    """
    with open_book(source, limits) as book:
        reading = _Reading(forms, limits, book)
        for sheet in book.sheets:
            reading.take(sheet)
        return reading.finish()


class _Reading:
    """One file on its way into tables."""

    def __init__(self, forms: Sequence[SheetForm], limits: Limits, book: RawBook) -> None:
        self.forms = forms
        self.limits = limits
        self.tables = [_TableReading(form, limits, book) for form in forms]
        self.hidden = [name for name in book.hidden if name not in OWN_SHEETS]
        self.skipped: list[str] = []
        self.empty: list[str] = []
        self.is_named: set[int] = set()

    def take(self, sheet: RawSheet) -> None:
        if sheet.name in OWN_SHEETS:
            self._read_guide(sheet)
            return
        top = sheet.grid.top(HEADER_SEARCH_ROWS + 1)
        claimed = claim(sheet.name, top, self.forms)
        if claimed is None:
            self._skip(sheet, top)
            return
        form, table, layout = self.forms[claimed.form], self.tables[claimed.form], claimed.layout
        if claimed.is_whole:
            table.read_rows(layout, sheet, self._room())
            if claimed.is_named:
                self.is_named.add(claimed.form)
        elif form.is_half(layout) or form.is_named(sheet.name):
            raise missing_columns(layout, form.columns)
        else:
            table.incomplete.append(layout)
            self._skip(sheet, top)

    def _room(self) -> int:
        """How many more rows a file may have."""
        return self.limits.rows - sum(len(reading.table) for reading in self.tables)

    def _skip(self, sheet: RawSheet, top: Sequence[Row]) -> None:
        if any(not is_blank(cell) for row in top for cell in row):
            self.skipped.append(sheet.name)

    def _read_guide(self, sheet: RawSheet) -> None:
        for row in sheet.grid.top(len(sheet.grid)):
            if STAMP_LABEL in row[:1]:
                stamp, title = "".join(map(str, row[1:2])), "".join(map(str, row[2:3]))
                for form, reading in zip(self.forms, self.tables, strict=True):
                    if not title or not form.titles or title in form.titles:
                        reading.table.stamp = stamp

    def finish(self) -> dict[int, SheetTable]:
        found = {number: one for number, one in enumerate(self.tables) if one.table.layouts}
        if 0 not in found and not self.is_named:
            raise self.tables[0].no_heading()
        empty = {number for number, one in found.items() if not len(one.table)}
        if len(empty) < len(found):
            self.empty = [
                layout.sheet for number in sorted(empty) for layout in found.pop(number).table.layouts
            ]
        first = found[min(found)]
        for name in self.empty:
            first.notice("no_rows", f"工作表“{name}”的表头下面没有数据行。", name)
        for name in self.skipped:
            first.notice("sheet_skipped", f"工作表“{name}”里没有找到本表的表头，未导入。", name)
        for name in self.hidden:
            first.notice("sheet_skipped", f"工作表“{name}”是隐藏的，未导入。", name)
        for reading in found.values():
            reading.finish()
        return {number: reading.table for number, reading in found.items()}


class _TableReading:
    """The table of one form on its way."""

    def __init__(self, form: SheetForm, limits: Limits, book: RawBook) -> None:
        self.table = SheetTable(form.columns)
        self.limits = limits
        self.is_template = GUIDE_SHEET in book.names
        self.has_examples = book.is_workbook and NOTE_SHEET not in book.names
        self.incomplete: list[Layout] = []
        self.examples = {
            column.name: parse_cell(column, column.example) for column in form.columns if column.example
        }

    def finish(self) -> None:
        if self.table.stamp and self.table.stamp != columns_stamp(self.table.columns):
            self.notice("outdated_template", self._outdated())
        if not len(self.table):
            self.notice("no_rows", "表头下面没有数据行。")

    def _outdated(self) -> str:
        """What became of the columns of an older template."""
        renamed = dict(pair for layout in self.table.layouts for pair in layout.renamed(self.table.columns))
        placed = {name for layout in self.table.layouts for name in layout.places}
        added = [f"「{c.label}」" for c in self.table.columns if c.name not in placed and not c.hidden]
        told = [f"「{old}」现名「{new}」" for old, new in renamed.items()]
        parts = ["模板不是最新的，已按列名读取。"]
        parts += [f"{'、'.join(told)}。"] if told else []
        parts += [f"后来增加的{'、'.join(added)}按没有填写处理。"] if added else []
        return "".join([*parts, "下次请重新下载模板。"])

    def no_heading(self) -> SheetRefused:
        if self.incomplete:
            return missing_columns(
                max(self.incomplete, key=lambda layout: len(layout.places)), self.table.columns
            )
        labels = "、".join(f"「{column.label}」" for column in self.table.columns[:5])
        return SheetRefused("no_heading", f"没有找到表头。表头应有 {labels} 等列，请下载模板对照。")

    def read_rows(self, layout: Layout, sheet: RawSheet, room: int) -> None:
        self.table.layouts.append(layout)
        self._tell_unknown(layout)
        grid = sheet.grid.below(layout.header_row)
        sifted = sift(layout, grid, lambda row: self._is_example(layout, row))
        if len(sifted.kept) > room:
            raise SheetRefused("too_many_rows", f"数据超过 {self.limits.rows:,} 行。请拆成几个文件分别上传。")
        first = len(self.table)
        self.table.add(layout, grid, sifted.kept)
        self._tell_unseen(sheet, self.table.numbers[first:])
        if sifted.skipped.get("note", [])[-1:] == [sifted.last]:
            sifted.skipped["note"].pop()  # the last line of our own exports; nothing of the user's
        begin = layout.header_row + 1
        skipped = {reason: [begin + row for row in rows] for reason, rows in sifted.skipped.items() if rows}
        self._tell_skipped(layout, skipped)

    def _tell_unseen(self, sheet: RawSheet, numbers: Sequence[int]) -> None:
        where = f"工作表“{sheet.name}”" if sheet.name else ""
        if hidden := [number for number in numbers if number in sheet.hidden]:
            what = f"{where}{_rows_named(hidden)}在表里是隐藏的，也已读入。不要的请删去后重新上传。"
            self.notice("hidden_rows", what, sheet.name, tuple(hidden))
        if filled := [number for number in numbers if number in sheet.filled]:
            what = f"{where}{_rows_named(filled)}有合并单元格，已按合并处的内容逐行读入。"
            self.notice("merged_cells", what, sheet.name, tuple(filled))

    def _tell_skipped(self, layout: Layout, skipped: dict[str, list[int]]) -> None:
        for reason, numbers in skipped.items():
            what = f"{_rows_named(numbers)}{_SKIPPED_ROWS[reason]}，未导入。"
            where = f"工作表“{layout.sheet}”" if layout.sheet else ""
            self.notice(f"{reason}_skipped", where + what, layout.sheet, tuple(numbers))

    def _is_example(self, layout: Layout, row: Row) -> bool:
        if not self.has_examples or not self.examples:
            return False
        given = {
            column.name: parse_cell(column, row[layout.places[column.name]])
            for column in self.table.columns
            if _text_at(row, layout.places.get(column.name, -1))
        }
        enough = 1 if self.is_template else _EXAMPLE_CELLS
        return len(given) >= enough and all(self.examples.get(name) == value for name, value in given.items())

    def _tell_unknown(self, layout: Layout) -> None:
        where = f"工作表“{layout.sheet}”的" if layout.sheet else ""
        for place in layout.unknown:
            heading = f"“{layout.headings[place]}”（{column_letter(place)} 列）"
            meant = suggestion(layout, place, self.table.columns)
            self.notice("unknown_column", f"{where}{heading}不是本表的列，未导入{meant}。", layout.sheet)

    def notice(self, code: str, message: str, sheet: str = "", rows: tuple[int, ...] = ()) -> None:
        self.table.notices.append(Notice(code, message, sheet, rows))


def _text_at(row: Row, place: int) -> str:
    return text_of_cell(row[place]) if 0 <= place < len(row) else ""


def _rows_named(numbers: Sequence[int]) -> str:
    named = "、".join(map(str, numbers[:_MOST_ROWS_NAMED]))
    return f"第 {named} 行" if len(numbers) <= _MOST_ROWS_NAMED else f"第 {named} 等 {len(numbers)} 行"
