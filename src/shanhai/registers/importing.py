"""Excel into the registers: what a file would do, line by line, and doing exactly that in one transaction.

Ledgers have the kernel's import; registers are small, nobody's ledger, and follow trees and roles.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.problems import SheetProblem
from shanhai.kernel.sheets.reading import SheetRow, SheetTable, read_table

#: Registers are small; whoever sends more sends something else.
LIMITS = Limits(file=5 << 20, rows=20_000, unpacked=200 << 20)


class Fate(StrEnum):
    """What will become of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass
class Line:
    """One row of the file and what it means.

    Shape: `code` is the key of the row; `payload` is what the importer needs to write it; `changes` are
    {label, before, after}.
    """

    row: SheetRow
    label: str = ""
    fate: Fate = Fate.SAME
    code: str = ""
    payload: Any = None
    changes: list[dict[str, str]] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.problems = [*self.row.problems, *self.problems]
        self._settle()

    def refuse(self, column: SheetColumn | None, code: str, message: str) -> None:
        """Mark the cell of `column` wrong, or the whole row."""
        value = self.row.values.get(column.name) if column else None
        self.problems.append(
            self.row.problem(column, code, str(message), None if value is None else str(value))
        )
        self._settle()

    def _settle(self) -> None:
        if self.problems:
            self.fate = Fate.WRONG


@dataclass
class Plan:
    """A whole file."""

    table: SheetTable
    lines: list[Line]

    def count(self, fate: Fate) -> int:
        return sum(line.fate is fate for line in self.lines)

    @property
    def problems(self) -> list[SheetProblem]:
        return [problem for line in self.lines for problem in line.problems]

    @property
    def is_right(self) -> bool:
        return not self.problems and bool(self.writes)

    @property
    def writes(self) -> list[Line]:
        return [line for line in self.lines if line.fate in {Fate.NEW, Fate.CHANGED}]

    @property
    def fingerprint(self) -> str:
        """Equal while the same file would do the same things; what was shown is what is confirmed."""
        told = repr([(line.row.number, line.fate.value, line.changes) for line in self.lines])
        return hashlib.sha256(told.encode()).hexdigest()


class Importer(ABC):
    """What one register knows about its file."""

    #: Names the work, in addresses of kept files.
    key: ClassVar[str]
    label: ClassVar[Any]
    #: Whether who confirms the file must say why: it changes what people may do.
    needs_reason: ClassVar[bool] = False

    @abstractmethod
    def columns(self, actor: Actor) -> tuple[SheetColumn, ...]:
        """The columns, with the choices that `actor` has."""

    @abstractmethod
    def judge(self, rows: Sequence[SheetRow], actor: Actor) -> list[Line]:
        """What each row would do. Reads only."""

    @abstractmethod
    def write(self, lines: Sequence[Line], actor: Actor) -> Any:
        """Do it, inside the caller's transaction; whatever is returned reaches `result_actions`."""

    @abstractmethod
    def count(self, lines: Sequence[Line]) -> int:
        """How many of `lines` are found in the tables afterwards."""

    def result_actions(self, written: Any, actor: Actor) -> list[dict[str, Any]]:
        """Buttons of the result page."""
        return []

    def plan(self, data: bytes, actor: Actor) -> Plan:
        """Errors: SheetRefused when the file as a whole cannot be taken."""
        table = read_table(data, self.columns(actor), LIMITS)
        return Plan(table, self.judge(table.rows, actor))
