"""What an upload would do, as a value: page, API and tests read it alike. Nothing is written here.

The number of queries does not grow with the number of rows.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel.actions import fill_defaults
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import Sealed
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.problems import Notice, SheetProblem
from shanhai.kernel.sheets.reading import SheetTable
from shanhai.kernel.surfaces.typed import stored as stored_value

from .columns import import_fields
from .judging import judge_constraints, judge_rights, judge_values
from .lines import Change, Line
from .matching import match_by_import_key, match_by_key_of_row, relations_of
from .values import drop_unchanged, is_same, read_references, read_sealed, refuse_unread


@dataclass(frozen=True)
class ImportPlan:
    """Every line of the file with what it leads to."""

    ledger: Ledger[Any]
    actor: Actor
    columns: tuple[SheetColumn, ...]
    lines: Sequence[Line]
    notices: Sequence[Notice]

    @cached_property
    def creates(self) -> list[Line]:
        return [line for line in self.lines if line.writes and line.is_new]

    @cached_property
    def updates(self) -> list[Line]:
        return [line for line in self.lines if line.writes and not line.is_new]

    @cached_property
    def unchanged(self) -> list[Line]:
        return [line for line in self.lines if line.is_right and not line.writes]

    @cached_property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if not line.is_right]

    @property
    def problems(self) -> list[SheetProblem]:
        return [problem for line in self.lines for problem in line.problems]

    @property
    def warnings(self) -> list[SheetProblem]:
        return [warning for line in self.lines if line.is_right for warning in line.warnings]

    @property
    def expected(self) -> int:
        """Rows that will be written."""
        return len(self.creates) + len(self.updates)

    @cached_property
    def digest(self) -> str:
        """Changes whenever the plan would do anything else: what is applied is what was confirmed."""
        told = hashlib.sha256()
        for line in (*self.creates, *self.updates):
            target = (str(line.stored.pk), line.stored.row_version) if line.stored else ("new", 0)
            values = [(change.column.name, _token(change.after)) for change in line.changes]
            told.update(repr((line.source.layout.sheet, line.number, target, values)).encode())
        return told.hexdigest()


def _token(value: Any) -> Any:
    if isinstance(value, Sealed):
        return value.blind_index
    return str(value.pk) if isinstance(value, models.Model) else str(value)


def plan_import(ledger: Ledger[Any], table: SheetTable, actor: Actor, *, lock: bool = False) -> ImportPlan:
    """What importing `table` would do for `actor`.

    Shape: with `lock` rows to be changed stay locked until the transaction ends, for a plan applied at once.
    Errors: NotAllowed when no membership may import into the ledger; anything about a row is in the plan.
    """
    if not actor.allows(Verb.IMPORT, ledger.key):
        raise NotAllowed
    planner = _Planner(ledger, table, actor, lock)
    planner.find_rows()
    planner.build_rows()
    planner.judge()
    return ImportPlan(ledger, actor, table.columns, planner.lines, table.notices)


class _Planner:
    """The stages of one plan; each looks at all lines."""

    def __init__(self, ledger: Ledger[Any], table: SheetTable, actor: Actor, lock: bool) -> None:
        self.ledger, self.actor, self.lock = ledger, actor, lock
        self.fields = import_fields(ledger)
        columns = {column.name: column for column in table.columns}
        self.lines = [Line(row, columns, dict(row.values), list(row.problems)) for row in table.rows]
        self.defaults = self._defaults()
        # Copied for each new line: making a model from its arguments costs ten times as much.
        self.empty = ledger.model(**self.defaults)
        self.computed = [
            (field.attname, field.get_default)
            for field in ledger.model._meta.concrete_fields
            if callable(field.default) and field.name not in self.defaults
        ]
        self.required = [
            (name, f"{name}_id" if column.is_reference else name, column.label)
            for name, column in self.fields.items()
            if column.is_required
        ]

    def _defaults(self) -> dict[str, Any]:
        """What a new row has without being told, the unit as a row."""
        defaults = fill_defaults(self.ledger, {}, self.actor)
        key = defaults.pop("owner_unit_id", None)
        if key is not None and "owner_unit" not in defaults:
            model: Any = self.ledger.model._meta.get_field("owner_unit").related_model
            defaults["owner_unit"] = model._default_manager.filter(pk=key).first()
        return defaults

    def find_rows(self) -> None:
        relations = relations_of(self.ledger)
        match_by_key_of_row(self.ledger, self.lines, relations, lock=self.lock)
        drop_unchanged(self.lines, self.fields, self.actor)
        read_references(self.lines, self.fields, self.actor)
        read_sealed(self.lines, self.fields)
        for line in self.lines:
            self._store_values(line)
        match_by_import_key(self.ledger, self.lines, self.fields, self.defaults, self.actor, lock=self.lock)
        drop_unchanged(self.lines, self.fields, self.actor)
        refuse_unread(self.lines)

    def _store_values(self, line: Line) -> None:
        for name, value in line.values.items():
            line.values[name] = stored_value(self.fields[name], value)
        if not line.values.get("owner_unit", True):
            del line.values["owner_unit"]  # an empty cell names no other unit

    def build_rows(self) -> None:
        for line in self.lines:
            if line.is_right:
                self._build(line)

    def _build(self, line: Line) -> None:
        line.row = self._new_row() if line.stored is None else _copy(line.stored)
        for name, value in line.values.items():
            before = None if line.stored is None else getattr(line.stored, name)
            if line.stored is None or not is_same(before, value):
                line.changes.append(Change(self.fields[name], before, value))
                setattr(line.row, name, value)
        if line.is_new or line.changes:
            self._refuse_missing(line)
            if line.is_right:
                line.row.side = line.row.owner_unit.side
                line.row.row_version += 0 if line.is_new else 1

    def _new_row(self) -> Any:
        row = _copy(self.empty)
        for name, default in self.computed:
            setattr(row, name, default())
        row._state.adding = True
        return row

    def _refuse_missing(self, line: Line) -> None:
        for name, attribute, label in self.required:
            if getattr(line.row, attribute) in (None, ""):
                line.refuse(name, "required", _("必须填写「%(label)s」。") % {"label": label})

    def judge(self) -> None:
        judge_rights(self.ledger, self.lines, self.actor)
        judge_values(self.ledger, self.lines)
        judge_constraints(self.ledger, self.lines)


def _copy(row: Any) -> Any:
    copied = type(row)()
    copied.__dict__ |= {**row.__dict__, "_state": copied._state}
    copied._state.adding = False
    copied._state.fields_cache = dict(row._state.fields_cache)
    return copied
