"""One line of an upload on its way into the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.problems import SheetProblem
from shanhai.kernel.sheets.reading import SheetRow
from shanhai.kernel.surfaces.fields import ResolvedColumn


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that could not be read alone: a mask, a name nobody bears. It may still be what is stored."""

    text: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that the file changes; values as the model holds them."""

    column: ResolvedColumn
    before: Any
    after: Any


@dataclass(slots=True)
class Line:
    """A line with what became of it.

    Shape: `values` has the cells that the file has; `stored` is the row it is about, None for a new one;
    `row` is the row as it would be, `changes` what differs from `stored`.
    """

    source: SheetRow
    columns: Mapping[str, SheetColumn]
    values: dict[str, Any]
    problems: list[SheetProblem] = field(default_factory=list)
    warnings: list[SheetProblem] = field(default_factory=list)
    stored: LedgerModel | None = None
    row: Any = None
    changes: list[Change] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.source.number

    @property
    def is_right(self) -> bool:
        return not self.problems

    @property
    def is_new(self) -> bool:
        return self.stored is None

    @property
    def writes(self) -> bool:
        """Whether the line leads to a write."""
        return self.is_right and self.row is not None and (self.is_new or bool(self.changes))

    def refuse(self, name: str, code: str, message: Any, value: Any = None) -> None:
        """A problem at the cell of `name`, or with the whole line when the file has no such column."""
        self.problems.append(self._at(name, code, message, value))

    def doubt(self, name: str, message: Any) -> None:
        self.warnings.append(self._at(name, "doubtful", message, None))

    def refuse_out_of_scope(self) -> None:
        """The same words whether there is such a row or not."""
        sentence = _("这一行不在您的填报范围内，未导入。请核对填报单位和编号，或联系本单位管理员。")
        self.refuse("", "out_of_scope", sentence)

    def _at(self, name: str, code: str, message: Any, value: Any) -> SheetProblem:
        return self.source.problem(self.columns.get(name), code, str(message), value)
