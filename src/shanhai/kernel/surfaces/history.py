"""What happened to a row, in words: who, when, which field from what to what, and why."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shanhai.kernel.custom.definitions import book
from shanhai.kernel.fields import BlindIndexField, SealedField
from shanhai.kernel.history import known
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.sealing import Sealed, installed_keyring, mask_name

from .customs import columns_of
from .display import moment, text_of_value
from .fields import ResolvedColumn, named_through, resolve_field
from .people import Someone, people

Drawn = dict[str, Any]

#: Bookkeeping of the kernel, of which the verb of the entry already tells.
_UNTOLD = frozenset(
    {
        "id",
        "state",
        "row_version",
        "submitted_at",
        "submitted_by",
        "verified_at",
        "verified_by",
        "confirmed_at",
        "confirmed_by",
        "approved_by",
        "subject_index",
        "return_reason",
        "import_id",
        "extra",
    }
)


def entries_of(row: LedgerModel, actor: Actor) -> QuerySet[HistoryEntry]:
    """Entries of one row, newest first. Who reads it only because it is shared sees its reported states."""
    entries = HistoryEntry.objects.filter(table_name=row._meta.db_table, row_id=row.pk).order_by("-id")
    if day := known.known_on():
        entries = entries.filter(at__lt=known.until(day))
    if row.side in actor.sides:
        return entries
    return entries.filter(row__state__in=REPORTED_STATES)


class Narrator:
    """Turns entries of one ledger into words, all references and people looked up at once."""

    def __init__(
        self,
        ledger: Ledger[Any],
        entries: Sequence[HistoryEntry],
        *,
        is_ours: bool,
        who: Mapping[str, Someone] | None = None,
    ) -> None:
        self.ledger = ledger
        #: Rows of the reader's own side; of others people are masked and unreported values left out.
        self.is_ours = is_ours
        self.entries = entries
        self.people = people(entry.actor for entry in entries) if who is None else who
        self.names = _names_of_references(ledger.model, entries)

    def drawn(self) -> list[Drawn]:
        """For components/entry.html."""
        return [self._entry(entry) for entry in self.entries]

    def _entry(self, entry: HistoryEntry) -> Drawn:
        someone = self.people[entry.actor]
        return {
            "at": moment(entry.at),
            "who": someone.name,
            "unit": someone.unit,
            "verb": self._verb(entry),
            "reason": entry.reason,
            "changes": self._changes(entry) if entry.operation == HistoryEntry.Operation.UPDATE else [],
        }

    def _verb(self, entry: HistoryEntry) -> str:
        if entry.operation == HistoryEntry.Operation.INSERT:
            return _("导入新增") if entry.import_id else _("新增")
        if entry.operation == HistoryEntry.Operation.DELETE:
            return _("删除")
        was, now = (entry.before or {}).get("state"), (entry.row or {}).get("state")
        for step in self.ledger.life.possible(was) if was else ():
            if step.target == now:
                return str(step.label)
        return _("导入修改") if entry.import_id else _("修改")

    def _changes(self, entry: HistoryEntry) -> list[Drawn]:
        before, after = entry.before or {}, entry.row or {}
        if not self.is_ours and before.get("state", after.get("state")) not in REPORTED_STATES:
            return []
        changes = []
        for field in self.ledger.model._meta.concrete_fields:
            if (
                field.column in before
                and field.name not in _UNTOLD
                and not isinstance(field, BlindIndexField)
            ):
                changes.append(self._change(field, before[field.column], after.get(field.column)))
        if "extra" in before:
            changes += self._custom_changes(before["extra"] or {}, after.get("extra") or {})
        return changes

    def _custom_changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Drawn]:
        """Of custom fields, each by itself."""
        for column in self._customs:
            key = column.custom.key if column.custom else ""
            if before.get(key) != after.get(key):
                texts = [self._custom_text(column, extra.get(key)) for extra in (before, after)]
                yield {"label": column.heading, "before": texts[0], "after": texts[1]}

    def _custom_text(self, column: ResolvedColumn, raw: Any) -> str:
        text = text_of_value(column, column.custom.typed(raw) if column.custom else None)
        return mask_name(text) if column.is_personal and not self.is_ours else text

    @cached_property
    def _customs(self) -> tuple[ResolvedColumn, ...]:
        """Of whatever unit: rows are handed over, and history tells of all."""
        definitions = book().of_ledger(self.ledger.key)
        return columns_of(self.ledger, definitions, [one.unit_id for one in definitions])

    def _change(self, field: "models.Field[Any, Any]", before: Any, after: Any) -> Drawn:
        column = resolve_field(self.ledger.model, field.name)
        texts = [self._text(column, field, value) for value in (before, after)]
        if isinstance(field, SealedField) and texts[0] == texts[1]:
            texts[1] = _("%(mask)s（已加密，已更改）") % {"mask": texts[1]}
        return {"label": column.heading, "before": texts[0], "after": texts[1]}

    def _text(self, column: ResolvedColumn, field: "models.Field[Any, Any]", value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(field, SealedField):
            return str(Sealed.load(value, field.kind, field.column_name, installed_keyring()))
        if field.is_relation:
            text = self.names.get((field.name, str(value)), _("（不可见）"))
        else:
            text = text_of_value(column, _typed(field, value))
        return mask_name(text) if column.is_personal and not self.is_ours else text


def _typed(field: "models.Field[Any, Any]", value: Any) -> Any:
    """A value of the JSON of history as the model has it."""
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return field.to_python(value)


def _names_of_references(
    model: type[models.Model], entries: Iterable[HistoryEntry]
) -> dict[tuple[str, str], str]:
    """What changed references point at, by field and key; one query per field, in the reader's scope."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for field in model._meta.concrete_fields:
        for entry in entries:
            if not field.is_relation or field.column not in (entry.before or {}):
                continue
            pair = ((entry.before or {})[field.column], (entry.row or {}).get(field.column))
            wanted[field.name] |= {UUID(value) for value in pair if value}
    names = {}
    for name, keys in wanted.items():
        related = _related(model, name)
        paths = named_through(related)
        rows = related._default_manager.filter(pk__in=keys)
        for row in rows.select_related(*paths) if paths else rows:
            names[(name, str(row.pk))] = str(row)
    return names


def _related(model: type[models.Model], name: str) -> type[models.Model]:
    related = model._meta.get_field(name).related_model
    if related is None or isinstance(related, str):
        raise FieldDoesNotExist(f"{model.__name__}.{name} points at nothing")
    return related
