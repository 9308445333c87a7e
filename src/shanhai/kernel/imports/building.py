"""Rows as a file would make them: whole ones for the rules of a ledger, columns for the database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from django.db import models
from django.db.models.base import ModelState

from shanhai.kernel.bulk import stored_fields
from shanhai.kernel.fields import BlindIndexField, DerivedField
from shanhai.kernel.sheets.coded import Coded
from shanhai.kernel.sheets.reading import ABSENT

from .batch import NEW, Batch, Unread
from .values import comparables

_VERSION = "row_version"


class Rows:
    """Whole rows of lines, made one by one and not kept."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._empty = batch.ledger.model(**batch.defaults)
        self._computed = [
            (field.attname, field.get_default)
            for field in batch.ledger.model._meta.concrete_fields
            if callable(field.default) and field.name not in batch.defaults and not field.primary_key
        ]
        self._said = [
            (name, f"{name}_id" if column.is_reference else "", batch.values[name], name in batch.unread)
            for name, column in batch.fields.items()
            if name in batch.values
        ]
        if "extra" in batch.values:
            self._said.append(("extra", "", batch.values["extra"], False))

    def row(self, line: int) -> Any:
        """The row as it would be; of a wrong line what can be told of it."""
        batch = self._batch
        position = batch.match[line]
        is_new = position == NEW
        row = _copied(self._empty if is_new else batch.stored.row(position), adding=is_new)
        values = row.__dict__
        if is_new:
            values["id"] = batch.key(line)
            for attname, default in self._computed:
                values[attname] = default()
        for name, attname, column, is_open in self._said:
            if (value := column[line]) is ABSENT or (is_open and isinstance(value, Unread)):
                continue
            if attname:
                values[attname] = getattr(value, "pk", None)
                row._state.fields_cache[name] = value
            else:
                values[name] = value
        row.side = row.owner_unit and row.owner_unit.side
        row.row_version += 0 if is_new else 1
        return row


def _copied(row: Any, *, adding: bool) -> Any:
    # Making a model from its arguments costs ten times as much.
    model: Any = type(row)
    copied = model.__new__(model)
    state = ModelState()
    state.adding, state.db = adding, row._state.db
    state.fields_cache = dict(row._state.fields_cache)
    copied.__dict__ = {**row.__dict__, "_state": state}
    return copied


class FinalColumns(Mapping[str, Sequence[Any]]):
    """Columns of the rows as they would be, by `attname`, for `kernel.bulk`; each made when asked for."""

    def __init__(self, batch: Batch, lines: Sequence[int], given: Mapping[str, Sequence[Any]]) -> None:
        self._batch, self._lines = batch, lines
        self._made = dict(given)

    @cached_property
    def _fields(self) -> dict[str, Any]:
        return {field.attname: field for field in stored_fields(self._batch.ledger.model)}

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __getitem__(self, name: str) -> Sequence[Any]:
        if name not in self._made:
            self._made[name] = self._column(self._fields[name])
        return self._made[name]

    def only(self, names: Sequence[str]) -> dict[str, Sequence[Any]]:
        return {name: self[name] for name in names}

    def _column(self, field: Any) -> Sequence[Any]:
        batch, lines = self._batch, self._lines
        if field.attname == "side":
            return batch.units(lines).mapped(lambda unit: unit.side)
        if field.attname == _VERSION:
            versions = batch.stored.columns[_VERSION]
            return [1 if p == NEW else versions[p] + 1 for p in batch.positions(lines).tolist()]
        if isinstance(field, BlindIndexField):
            return self._indexes(field)
        if isinstance(field, DerivedField):
            return field.derived(self)
        if _is_computed(field):
            return self._computed(field)
        return batch.finals(field.name, lines)

    def _indexes(self, field: BlindIndexField) -> Coded[Any]:
        """Of what the lines say; what they leave alone keeps its index, and need not be opened for it."""
        said = self._batch.values.get(field.of)
        if said is None:
            return self._batch.finals(field.name, self._lines)
        found = comparables(said.take(np.asarray(self._lines, np.intp)).tight())
        found = found.mapped(lambda index: index or None)
        left = np.flatnonzero(found.flags(lambda index: index is ABSENT))
        indexes = self._batch.stored.columns[field.attname]
        positions = self._batch.positions(self._lines)[left].tolist()
        kept = [None if position == NEW else indexes[position] for position in positions]
        return found.replaced(left, Coded.each(kept)) if kept else found

    def _computed(self, field: Any) -> list[Any]:
        """A field that wants the whole row to know its value."""
        rows = Rows(self._batch)
        return [field.pre_save(rows.row(line), self._batch.match[line] == NEW) for line in self._lines]


def _is_computed(field: Any) -> bool:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return True
    saving = type(field).pre_save
    return saving is not models.Field.pre_save and not saving.__module__.startswith(("django.", _FIELDS))


#: Ours that only seal there, which has happened.
_FIELDS = "shanhai.kernel.fields"


def depends_on(field: Any, names: Collection[str]) -> bool:
    """Whether a stored field changes when the fields `names` do."""
    if field.name in names or getattr(field, "of", "") in names:
        return True
    return _is_computed(field) and not isinstance(field, DerivedField)
