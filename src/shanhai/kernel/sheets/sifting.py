"""Which rows under a heading are data: blank ones, notes, totals and footers are not, nor headings again."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shanhai.kernel.sheets.coded import Coded, Flags, Grid, Positions
from shanhai.kernel.sheets.headers import Layout
from shanhai.kernel.sheets.opening import Row
from shanhai.kernel.sheets.texts import FOOTER_ROW, NOTE_ROW, TOTAL_ROW, Raw, tidy


class _Mark(IntEnum):
    """What a cell says of the row that begins with it."""

    BLANK = -1
    NOTHING = 0
    NOTE = 1
    TOTAL = 2
    FOOTER = 3


_MARKED_ROW = re.compile(rf"(?P<NOTE>{NOTE_ROW})|(?P<TOTAL>{TOTAL_ROW})|(?P<FOOTER>{FOOTER_ROW})")


@dataclass(frozen=True)
class Sifted:
    """Rows of a grid, from 0: those that are data, and others by the reason for which they are left out.

    Shape: reasons note, total, footer, unknown_only, example, header, as they come; `last` is the last row
    that is not blank, -1 for none.
    """

    kept: Positions
    skipped: dict[str, list[int]]
    last: int


def sift(layout: Layout, grid: Grid, is_example: Callable[[Row], bool]) -> Sifted:
    """The rows below a heading. Shape: `grid` begins with the first of them."""
    placed = [grid.column(place) for place in layout.places.values()]
    is_placed = _filled(placed, grid.height)  # a row with just a running number is empty
    is_filled = is_placed | _filled([grid.column(place) for place in layout.unknown], grid.height)
    marks = _marks(grid, is_filled)
    reasons = {mark.name.lower(): marks == mark for mark in (_Mark.NOTE, _Mark.TOTAL, _Mark.FOOTER)}
    is_open = is_filled & (marks == _Mark.NOTHING)
    reasons["unknown_only"] = is_open & ~is_placed
    is_open &= is_placed
    if is_open[:1].any() and is_example(grid.row(0)):
        is_open[0] = False
        reasons["example"] = np.arange(grid.height) == 0
    reasons["header"] = _repeated_heading(layout, grid, is_open)
    found = {reason: np.flatnonzero(flags).tolist() for reason, flags in reasons.items()}
    skipped = {reason: rows for reason, rows in sorted(found.items(), key=lambda one: one[1][:1]) if rows}
    filled = np.flatnonzero(is_filled)
    return Sifted(
        np.flatnonzero(is_open & ~reasons["header"]), skipped, int(filled[-1]) if len(filled) else -1
    )


def _filled(columns: Sequence[Coded[Any]], height: int) -> Flags:
    found = np.zeros(height, np.bool_)
    for column in columns:
        found |= ~column.flags(is_blank)
    return found


def _marks(grid: Grid, is_filled: Flags) -> NDArray[np.int8]:
    """What the first cell of each row says that is not blank."""
    marks = np.full(grid.height, _Mark.BLANK, np.int8)
    for column in grid.columns:
        marks_of_distinct = np.array(list(map(_mark, column.distinct)), np.int8)
        marks = np.where(marks == _Mark.BLANK, marks_of_distinct[column.codes], marks)
        if not (is_filled & (marks == _Mark.BLANK)).any():
            break
    return np.where(is_filled, marks, np.int8(_Mark.BLANK))


def _mark(cell: Raw) -> _Mark:
    if is_blank(cell):
        return _Mark.BLANK
    found = _MARKED_ROW.match(tidy(cell)) if isinstance(cell, str) and not _begins_plainly(cell) else None
    return _Mark[found.lastgroup] if found and found.lastgroup else _Mark.NOTHING


def _begins_plainly(cell: str) -> bool:
    return cell[:1].isascii() and cell[:1].isalnum()


def _repeated_heading(layout: Layout, grid: Grid, is_open: Flags) -> Flags:
    """Rows in which each column of ours says its heading."""
    found = is_open.copy()
    by_size = sorted(layout.places.values(), key=lambda place: len(grid.column(place).distinct))
    for place in by_size:  # the shortest first: it settles the matter for the others
        if not found.any():
            break
        heading = layout.headings[place]
        found &= grid.column(place).where(
            [text_of_cell(cell) == heading for cell in grid.column(place).distinct]
        )
    return found


def is_blank(cell: Raw) -> bool:
    return cell is None or (isinstance(cell, str) and not (cell[:1].isalnum() or tidy(cell)))


def text_of_cell(cell: Raw) -> str:
    return tidy(cell) if isinstance(cell, str) else str("" if cell is None else cell)
