"""The wrong rows of an upload as a workbook of their own: red cells, a comment on each, to be mended."""

import datetime
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.columns import SheetColumn, check_columns
from shanhai.kernel.sheets.furniture import PROBLEM_HEADER
from shanhai.kernel.sheets.headers import HEADER_SEARCH_ROWS, Layout, column_letter, find_layout
from shanhai.kernel.sheets.opening import RawSheet, Row, open_book
from shanhai.kernel.sheets.problems import SheetProblem
from shanhai.kernel.sheets.styles import (
    DATE_FORMAT,
    TEXT_FORMAT,
    WORKBOOK_OPTIONS,
    Styles,
    column_width,
    fitting,
    number_format,
    sheet_name,
)
from shanhai.kernel.sheets.template import add_input_rules
from shanhai.kernel.sheets.texts import Raw

_DEFAULT_LIMITS = Limits()
_RED = "#F9C9C5"
_PROBLEM_WIDTH = 60
_FIRST_YEAR = 1900  # Excel knows no day before
_COMMENT = {"x_scale": 2, "y_scale": 1.2}

type Places = dict[tuple[str, int], list[SheetProblem]]


@dataclass(frozen=True, slots=True)
class Marked:
    """What is wrong with the rows of one form.

    Shape: `title` is put before the name of its sheets, so that they are known again when there are several
    forms; empty where there is one.
    """

    columns: tuple[SheetColumn, ...]
    problems: Sequence[SheetProblem]
    title: str = ""


def mark_problems(
    source: bytes | Path,
    columns: Iterable[SheetColumn],
    problems: Iterable[SheetProblem],
    limits: Limits = _DEFAULT_LIMITS,
) -> bytes:
    """`mark_all` for a file with one form of table."""
    return mark_all(source, [Marked(check_columns(columns), list(problems))], limits)


def mark_all(source: bytes | Path, marked: Sequence[Marked], limits: Limits = _DEFAULT_LIMITS) -> bytes:
    """The rows that have problems, as the bytes of an xlsx file that can be mended and uploaded in turn.

    Shape: sheets, headings, unknown columns and cells as in the upload (a CSV becomes one sheet); numbers
    stay numbers and texts texts. The last column says what is wrong with the row and where it stood.
    Errors: SheetRefused as `read_tables`; ValueError when a problem names a row that the file does not have.
    """
    out = io.BytesIO()
    with Workbook(out, {**WORKBOOK_OPTIONS, "in_memory": True}) as book, open_book(source, limits) as opened:
        marking = _Marking(book, marked)
        for sheet in opened.sheets:
            if sheet.name in marking.by_sheet:
                marking.take(sheet)
        if marking.wanted:
            raise ValueError(f"no such rows: {sorted(marking.wanted)}")
        add_input_rules(book, marking.targets)
    return out.getvalue()


class _Marking:
    """One workbook on its way; rows found are taken out of `wanted`."""

    def __init__(self, book: Workbook, marked: Sequence[Marked]) -> None:
        self.book = book
        self.by_sheet = {problem.sheet: one for one in marked for problem in one.problems}
        self.wanted: Places = {}
        for one in marked:
            for problem in one.problems:
                self.wanted.setdefault((problem.sheet, problem.row), []).append(problem)
        self.styles = Styles(book)
        self.names: set[str] = set()
        self.targets: list[tuple[Worksheet, int, SheetColumn]] = []

    def take(self, sheet: RawSheet) -> None:
        one = self.by_sheet[sheet.name]
        top = sheet.grid.top(HEADER_SEARCH_ROWS + 1)
        layout = find_layout(sheet.name, top, one.columns)
        if layout is None:
            return
        name = self._named(sheet.name, one.title)
        page = _Page(self.book.add_worksheet(name), layout, one.columns, self.styles)
        self.targets += [(page.sheet, place, column) for place, column in page.columns.items()]
        wanted = sorted(number for name, number in self.wanted if name == sheet.name)
        for number in wanted:
            if layout.header_row < number <= len(sheet.grid):
                page.add(number, sheet.grid.row(number - 1), self.wanted.pop((sheet.name, number)))

    def _named(self, sheet: str, title: str) -> str:
        name = sheet_name(sheet if sheet.startswith(title) else f"{title}·{sheet}")
        if name.lower() in self.names:  # cut to the same beginning
            name = f"{name[:-4]}·{len(self.names)}"
        self.names.add(name.lower())
        return name


class _Page:
    """One sheet of the marked workbook: the headings of the upload, then its wrong rows."""

    def __init__(
        self, sheet: Worksheet, layout: Layout, columns: Sequence[SheetColumn], styles: Styles
    ) -> None:
        self.sheet = sheet
        self.styles = styles
        self.written = 0
        self.columns = {
            layout.places[column.name]: column for column in columns if column.name in layout.places
        }
        self.kept = {place: text for place, text in layout.headings.items() if text != PROBLEM_HEADER}
        self.problem_place = max(self.kept) + 1
        self._write_headings()

    def _write_headings(self) -> None:
        for place, text in self.kept.items():
            column = self.columns.get(place)
            self.sheet.write_string(0, place, text, self.styles.heading(column))
            if column is not None:
                self.sheet.set_column(place, place, column_width(column), self.styles.cell(column))
        self.sheet.set_column(self.problem_place, self.problem_place, _PROBLEM_WIDTH)
        self.sheet.write_string(0, self.problem_place, PROBLEM_HEADER, self.styles.heading())
        self.sheet.freeze_panes(1, 0)

    def add(self, number: int, row: Row, problems: Sequence[SheetProblem]) -> None:
        self.written += 1
        red = {problem.letter: problem for problem in problems if problem.letter}
        for place in self.kept:
            cell = row[place] if place < len(row) else None
            properties = {"bg_color": _RED} if column_letter(place) in red else {}
            self._write(place, cell, properties)
        for place in self.columns:
            said = [problem.message for problem in problems if problem.letter == column_letter(place)]
            if said:
                self.sheet.write_comment(self.written, place, "\n".join(said), _COMMENT)
        told = (f"{_named(problem)}{problem.message}" for problem in problems)
        text = f"原第 {number} 行：" + "\n".join(told)
        self.sheet.write_string(self.written, self.problem_place, text, self.styles.of(text_wrap=True))

    def _write(self, place: int, cell: Raw, properties: dict[str, Any]) -> None:
        style = self.styles.of(num_format=self._format(place, cell), **properties)
        if cell is None or cell == "":
            self.sheet.write_blank(self.written, place, None, style)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(self.written, place, cell, style)
        elif isinstance(cell, int | float) and math.isfinite(cell):
            self.sheet.write_number(self.written, place, cell, style)
        elif isinstance(cell, datetime.date) and cell.year >= _FIRST_YEAR:
            self.sheet.write_datetime(self.written, place, cell, style)
        else:
            text = fitting(self.kept[place], str(cell))
            self.sheet.write_string(self.written, place, text, style)

    def _format(self, place: int, cell: Raw) -> str:
        if isinstance(cell, datetime.date):
            return DATE_FORMAT
        column = self.columns.get(place)
        if isinstance(cell, int | float) and (column is None or not column.is_number):
            return "General"  # a number in a text column stays recognisable as one
        return number_format(column) if column is not None else TEXT_FORMAT


def _named(problem: SheetProblem) -> str:
    return f"「{problem.label}」" if problem.label else ""
