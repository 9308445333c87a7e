"""The lines of an upload on their way into the plan, column by column."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import SealedTexts
from shanhai.kernel.sheets.coded import Coded, Flags, Positions
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.problems import SheetProblem
from shanhai.kernel.sheets.reading import ABSENT, Absent, SheetTable
from shanhai.kernel.sheets.values import format_value
from shanhai.kernel.surfaces.fields import ResolvedColumn

from .columns import import_customs, import_fields
from .stored import StoredRows

#: Position of a line that is about no stored row.
NEW = -1
#: Of a line: field, code and sentence. The same words whether there is such a row or not.
OUT_OF_SCOPE = (
    "",
    "out_of_scope",
    gettext_lazy("这一行不在您的填报范围内，未导入。请核对填报单位和编号，或联系本单位管理员。"),
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that could not be read alone: a mask, a name nobody bears. It may still be what is stored."""

    text: str
    code: str
    message: str


@dataclass
class Batch:
    """Lines with what became of them; a line is its position from 0.

    Shape: `values` has for each field of the file one value per line, as the model wants it: ABSENT where the
    line says nothing, `Unread` where it cannot be told yet; references as rows. `match` has the position of
    each line's row in `stored`, or NEW; `changed` the names of the fields that differ, by line.
    """

    ledger: Ledger[Any]
    actor: Actor
    table: SheetTable
    values: dict[str, Coded[Any]]
    problems: dict[int, list[SheetProblem]]
    stored: StoredRows
    match: array[int]
    #: What a new row has without being told, references as rows.
    defaults: Mapping[str, Any]
    warnings: dict[int, list[SheetProblem]] = field(default_factory=dict)
    changed: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger[Any], table: SheetTable, actor: Actor, defaults: Mapping[str, Any]) -> "Batch":
        problems = {position: list(found) for position, found in table.wrong.items()}
        match = array("q", [NEW]) * len(table)
        values: dict[str, Coded[Any]] = dict(table.values)
        return cls(ledger, actor, table, values, problems, StoredRows.none(ledger), match, defaults)

    def __post_init__(self) -> None:
        self.fields: dict[str, ResolvedColumn] = import_fields(self.ledger)
        self.customs: dict[str, ResolvedColumn] = import_customs(self.ledger)
        #: Of custom fields, as `values`; what they make of a row is in `values` of `extra`.
        self.custom_values: dict[str, Coded[Any]] = {}
        self._referred: dict[str, dict[Any, Any]] = {}
        self._default_by_name: dict[str, Callable[[], Any]] = {}
        self._keys: dict[int, Any] = {}
        #: Fields in which some line could not be read alone.
        self.unread: set[str] = set()
        #: Which row a text stands for, by field: part of what is confirmed.
        self.meant: dict[str, dict[str, str]] = {}
        self.columns: dict[str, SheetColumn] = {column.name: column for column in self.table.columns}

    def __len__(self) -> int:
        return len(self.table)

    def right(self, lines: Iterable[int] | None = None) -> list[int]:
        """Lines without a problem so far."""
        return [line for line in (range(len(self)) if lines is None else lines) if line not in self.problems]

    def new(self) -> list[int]:
        return self._right_of(self.positions() == NEW)

    def updates(self) -> list[int]:
        """Right lines that change the row they are about."""
        return self.right(sorted(self.changed))

    def writes(self) -> list[int]:
        """Right lines that lead to a write."""
        is_written = self.positions() == NEW
        is_written[list(self.changed)] = True
        return self._right_of(is_written)

    def _right_of(self, lines: Flags) -> list[int]:
        lines[list(self.problems)] = False
        found: list[int] = np.flatnonzero(lines).tolist()
        return found

    def positions(self, lines: Sequence[int] | None = None) -> Positions:
        """`match` of some lines, or of all."""
        match = np.frombuffer(self.match, np.int64)
        return match if lines is None else match[np.asarray(lines, np.intp)]

    def finals(self, name: str, lines: Sequence[int]) -> Coded[Any]:
        """A field of the rows as they would be: said by the line, else stored, else the default.

        Shape: a reference by its key, asked for by `attname` or `name`; sealed values stay as they are.
        """
        field: Any = self.ledger.model._meta.get_field(name)
        said = self.values.get(field.name)
        if said is None:
            return self._unsaid(field, lines)
        found = said.take(np.asarray(lines, np.intp))
        if field.is_relation:
            found = found.mapped(_key_of)
        left = np.flatnonzero(is_other(found, _is_absent))
        return (
            found.replaced(left, self._unsaid(field, [lines[n] for n in left.tolist()]))
            if len(left)
            else found
        )

    def _unsaid(self, field: Any, lines: Sequence[int]) -> Coded[Any]:
        default, stored = self._default_of(field), self.stored
        positions = self.positions(lines) if len(stored) else np.full(len(lines), NEW)
        if self._is_each_its_own(field):
            found = Coded.each([default() if position == NEW else None for position in positions.tolist()])
        else:
            found = Coded.same(default(), len(lines))
        known = np.flatnonzero(positions != NEW)
        values = [stored.value(field, position) for position in positions[known].tolist()]
        return found.replaced(known, Coded.each(values)) if values else found

    def _default_of(self, field: Any) -> Callable[[], Any]:
        if field.name not in self._default_by_name:
            self._default_by_name[field.name] = self._made_default(field)
        return self._default_by_name[field.name]

    def _is_each_its_own(self, field: Any) -> bool:
        is_called = callable(field.default) and field.default not in (dict, list)
        return field.name not in self.defaults and is_called

    def _made_default(self, field: Any) -> Callable[[], Any]:
        if self._is_each_its_own(field):
            make: Callable[[], Any] = field.get_default
            return make
        value = self.defaults.get(field.name, field.get_default())
        fixed = getattr(value, "pk", value) if field.is_relation else value
        return lambda: fixed

    def referred(self, name: str, key: Any) -> Any:
        """The row that a reference of some line points at; None for no reference or one that is not known."""
        if name not in self._referred:
            column = self.values.get(name)
            said = [*(column.distinct if column is not None else ()), self.defaults.get(name)]
            self._referred[name] = {row.pk: row for row in said if getattr(row, "pk", None) is not None}
        if key is None or isinstance(key, Unread):
            return None
        return self._referred[name].get(key) or self.stored.related(name, key)

    def key(self, line: int) -> Any:
        """The key of the line's row; a new one gets its own here, and keeps it."""
        position = self.match[line]
        if position != NEW:
            return self.stored.key(position)
        if line not in self._keys:
            self._keys[line] = self.ledger.model._meta.pk.get_default()
        return self._keys[line]

    def shown(self, name: str, line: int) -> str | None:
        """What the file says of a field in that line, as people write it; None where it says nothing."""
        column = self.table.values.get(name)
        value = None if column is None else column[line]
        return None if value is None or isinstance(value, Absent) else format_value(self.columns[name], value)

    def units(self, lines: Sequence[int]) -> Coded[Any]:
        """The unit of each row as it would be."""
        keys = self.finals("owner_unit", lines).tight()
        known = {key: self.referred("owner_unit", key) for key in dict.fromkeys(keys.distinct)}
        return keys.mapped(known.__getitem__)

    def refuse(self, line: int, name: str, code: str, message: Any, value: Any = None) -> None:
        """A problem at the cell of `name`, or with the whole line when the file has no such column."""
        self.problems.setdefault(line, []).append(self._at(line, name, code, message, value))

    def doubt(self, line: int, name: str, message: Any) -> None:
        self.warnings.setdefault(line, []).append(self._at(line, name, "doubtful", message, None))

    def refuse_out_of_scope(self, line: int) -> None:
        self.refuse(line, *OUT_OF_SCOPE)

    def _at(self, line: int, name: str, code: str, message: Any, value: Any) -> SheetProblem:
        column = self.columns.get(name)
        return self.table.problem(line, column, code, str(message), value)


def is_other(column: Coded[Any], holds: Callable[[Any], Any]) -> Flags:
    """Of which lines something holds that holds of no sealed value."""
    if not isinstance(column.distinct, SealedTexts):
        return column.flags(holds)
    found = np.zeros(len(column.distinct), np.bool_)
    for place, value in column.distinct.others.items():
        found[place] = bool(holds(value))
    return column.where(found)


def _key_of(row: Any) -> Any:
    """A row by its key; what is no row stays."""
    return getattr(row, "pk", row)


def _is_absent(value: Any) -> bool:
    return value is ABSENT
