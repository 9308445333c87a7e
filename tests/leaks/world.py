"""Rows of every registered ledger, made from its model alone, so that new ledgers are attacked as well.

Every text of a row carries its mark. An attacker's page is searched for the marks that it must not show.
"""

import itertools
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shanhai.domains.scheme.models import Scheme, SchemeVersion, SourceDocument
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.sealing import Kind
from shanhai.kernel.trees import TreeNode
from shanhai.registers.parties.fields import CreditCodeField
from shanhai.registers.parties.identity import demo_credit_code, demo_identity

TODAY = date(2021, 9, 24)
_serials = itertools.count(1)


def all_ledgers() -> list[Ledger[Any]]:
    return sorted(registry, key=lambda ledger: ledger.key)


@dataclass
class Made:
    """A row with what no stranger may read of it and of the rows it points at."""

    row: Any = None
    #: Texts of the rows.
    texts: set[str] = dataclass_field(default_factory=set)
    #: Names of the persons among them.
    names: set[str] = dataclass_field(default_factory=set)
    #: Sensitive values in full.
    sealed: set[str] = dataclass_field(default_factory=set)


class World:
    """`make(ledger, by="alice", sharing="private")` makes a row and whatever it points at."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.marks = itertools.count(1)
        self.made = Made()

    def make(
        self, ledger: Ledger[Any], by: str, *, state: str = "verified", sharing: str = "shared", **values: Any
    ) -> Made:
        self.made = Made()
        with context.unscoped("world of the attacks"):
            self.made.row = self._row(ledger.model, self._unit(by), state, sharing, values)
        return self.made

    def fresh(self, row: Any) -> Any:
        """The row as the database has it now."""
        with context.unscoped("look at the outcome"):
            return type(row)._base_manager.get(pk=row.pk)

    def _unit(self, by: str) -> Any:
        return getattr(self.cast, self.cast.PEOPLE[by][0])

    def _row(self, model: Any, unit: Any, state: str, sharing: str, values: dict[str, Any]) -> Any:
        mark = f"机密{next(self.marks):04}号"
        row = model(**values)
        if issubclass(model, LedgerModel):
            row.side, row.owner_unit, row.state, row.sharing = unit.side, unit, state, sharing
            row.place = self.cast.baijiao if unit.side == "east" else self.cast.yongxing
            row.period = _period(model)
            row.submitted_by = "system:world"
        own = [f for f in model._meta.concrete_fields if f.name not in (*LedgerModel.KERNEL_FIELDS, *values)]
        for one in own:
            if not one.primary_key and one.editable:
                self._fill(row, one, mark, (unit, state, sharing))
        row.save(force_insert=True)
        if issubclass(model, LedgerModel):
            self.made.texts.add(mark)
        if getattr(model, "is_personal", False):
            self.made.names.add(mark)
        return row

    def _fill(self, row: Any, field: Any, mark: str, whose: tuple[Any, str, str]) -> None:
        if field.is_relation:
            if (target := self._target(field, whose)) is not None:
                setattr(row, field.name, target)
        elif (value := _value(field, mark)) is not None:
            setattr(row, field.name, value)
            if isinstance(field, SealedField):
                self.made.sealed.add(value)

    def _target(self, field: Any, whose: tuple[Any, str, str]) -> Any:
        model, (unit, state, sharing) = field.related_model, whose
        if issubclass(model, TreeNode):
            return unit if isinstance(unit, model) else self._place(unit)
        if model in (Scheme, SchemeVersion, SourceDocument) or not field.null:
            return self._row(model, unit, state, sharing, self._known(model, unit))
        return self._row(model, unit, state, sharing, {}) if issubclass(model, LedgerModel) else None

    def _place(self, unit: Any) -> Any:
        return self.cast.doumen if unit.side == "east" else self.cast.meitan

    def _known(self, model: Any, unit: Any) -> dict[str, Any]:
        """What rows that are no ledger rows must agree on among themselves."""
        label = model._meta.label
        if label == "scheme.Scheme":
            return {"side": unit.side, "sharing": "shared"}
        if label == "scheme.SchemeVersion":
            return {"state": "in_force", "saved_at": clock.now()}
        if label == "scheme.Task":
            section = self._row(
                model._meta.get_field("section").related_model, unit, "", "", {"start": 0, "end": 1}
            )
            return {"section": section, "scheme": section.version.scheme, "frequency": "quarter"}
        return {}


def _period(model: Any) -> str:
    kind = registry.get(model._meta.label_lower).period_kind if model._meta.label_lower in registry else None
    return Period.of(TODAY, kind).code if kind else ""


def _value(field: Any, mark: str) -> Any:
    """A value of the field's type that tells whose it is wherever it is shown."""
    if isinstance(field, SealedField):
        return identity() if field.kind == Kind.IDENTITY else f"1380013{next(_serials):04}"
    if isinstance(field, CreditCodeField):
        return demo_credit_code(next(_serials))
    if field.choices:
        return field.default if field.has_default() else field.flatchoices[0][0]
    if isinstance(field, ArrayField | models.JSONField):
        return []
    if isinstance(field, models.CharField | models.TextField):
        return mark[: field.max_length or None]
    return _measure(field)


def _measure(field: Any) -> Any:
    match field:
        case models.DateTimeField():
            return clock.now()
        case models.DateField():
            return None if field.null else TODAY
        case models.BooleanField():
            return field.default
        case models.DecimalField():
            return Decimal(min(50, 10 ** (field.max_digits - field.decimal_places) - 1))
        case models.IntegerField():
            return 1
    return None


def identity() -> str:
    """An identity number that nobody bears."""
    return demo_identity(area=1, born_on=date(1990, 1, 1), serial=next(_serials) % 999 + 1)
