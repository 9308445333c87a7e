"""What can be wrong with a file or a cell: a stable code and a Chinese sentence that says how to mend it."""

from dataclasses import dataclass


class SheetRefused(Exception):
    """The file as a whole cannot be taken; nothing of it was."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class CellRefused(ValueError):
    """Raised inside the parsers of this package; callers of `parse_cell` get a `CellProblem`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a cell has no value, and what to write instead."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """A problem with its place, as it is shown, and as `marking` finds the cell again.

    Shape: `sheet` is empty for CSV; `row` counts from 1 as Excel does; `letter` and `label` are empty when
    the row as a whole is wrong; `value` is what was written, hidden for sensitive columns.
    """

    sheet: str
    row: int
    letter: str
    label: str
    code: str
    message: str
    value: str = ""

    @property
    def place(self) -> str:
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        column = f"「{self.label}」({self.letter}{self.row})" if self.letter else ""
        return f"{sheet}第 {self.row} 行{column}"

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something left out of the reading on purpose, told so that nothing is silent.

    Shape: `rows` are row numbers; empty when the notice is about a column or a sheet.
    """

    code: str
    message: str
    sheet: str = ""
    rows: tuple[int, ...] = ()
