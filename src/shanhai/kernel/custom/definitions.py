"""Definitions of all custom fields as values, remembered by the process until one changes.

The query that finds who acts tells the version of the definitions along the way, so a request asks for them
only when somebody changed one since.
"""

from collections.abc import Callable, Collection, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, Subquery

from shanhai.kernel import context
from shanhai.kernel.sheets.columns import Kind

from .models import CustomField
from .values import PREFIX


def _same(raw: Any) -> Any:
    return raw


def _several(raw: Any) -> tuple[str, ...] | None:
    return tuple(raw) if isinstance(raw, list | tuple) and raw else None


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.DECIMAL: Decimal,
    Kind.MONEY: Decimal,
    Kind.DATE: date.fromisoformat,
    Kind.MULTI_CHOICE: _several,
}
_TEXTS = {Kind.TEXT: 200, Kind.LONG_TEXT: 2_000}
_MONEY_DECIMALS = 2


@dataclass(frozen=True)
class Definition:
    """One custom field. Unit: `measure_unit` is what its numbers count."""

    id: UUID
    key: str
    ledger: str
    unit_id: UUID
    unit: str
    unit_code: str
    unit_path: str
    side: str
    title: str
    kind: Kind
    measure_unit: str
    decimals: int | None
    options: tuple[str, ...]
    help: str
    is_required: bool
    is_personal: bool
    is_listed: bool
    is_retired: bool

    @classmethod
    def of(cls, field: CustomField) -> "Definition":
        unit: Any = field.unit
        kind = Kind(field.kind)
        return cls(
            id=field.pk,
            key=field.key,
            ledger=field.ledger,
            unit_id=unit.pk,
            unit=str(unit),
            unit_code=unit.code,
            unit_path=unit.path,
            side=unit.side,
            title=field.title,
            kind=kind,
            measure_unit=field.measure_unit,
            decimals=_MONEY_DECIMALS if kind is Kind.MONEY else field.decimals,
            options=tuple(field.options),
            help=field.help,
            is_required=field.is_required,
            is_personal=field.is_personal,
            is_listed=field.is_listed,
            is_retired=field.is_retired,
        )

    @property
    def name(self) -> str:
        """Its name among the columns of the ledger."""
        return f"{PREFIX}{self.key}"

    @property
    def max_length(self) -> int | None:
        return _TEXTS.get(self.kind)

    def typed(self, raw: Any) -> Any:
        """A value as `extra` holds it, in its type; None for none, and for what is no such value."""
        try:
            return _READERS.get(self.kind, _same)(raw)
        except (ValueError, TypeError, ArithmeticError):
            return None

    def accepts(self, raw: Any) -> bool:
        """Whether `raw` is a value of the field, as `extra` holds it."""
        if self.kind is Kind.CHOICE:
            return raw in self.options
        if self.kind is Kind.MULTI_CHOICE:  # those picked, each once, in the order of the options
            return isinstance(raw, list) and bool(raw) and raw == [one for one in self.options if one in raw]
        if self.kind in _TEXTS:
            return isinstance(raw, str) and 0 < len(raw) <= _TEXTS[self.kind]
        if self.kind in {Kind.BOOLEAN, Kind.INTEGER}:
            return type(raw) is (bool if self.kind is Kind.BOOLEAN else int)
        return isinstance(raw, str) and raw == self._written(self.typed(raw))

    def _written(self, value: Any) -> str | None:
        """The one way a date or an exact number is written."""
        if isinstance(value, Decimal):
            return f"{value:.{self.decimals}f}" if value.is_finite() else None
        return value and str(value.isoformat())


class Book:
    """All definitions, found by ledger, unit and name; each unit's in its own order."""

    def __init__(self, definitions: Iterable[Definition] = ()) -> None:
        self._by_ledger: dict[str, list[Definition]] = {}
        self._by_name: dict[str, Definition] = {}
        for one in definitions:
            self._by_ledger.setdefault(one.ledger, []).append(one)
            self._by_name[one.name] = one

    def of_ledger(self, ledger: str) -> tuple[Definition, ...]:
        return tuple(self._by_ledger.get(ledger, ()))

    def of_units(self, ledger: str, units: Collection[UUID]) -> tuple[Definition, ...]:
        return tuple(one for one in self._by_ledger.get(ledger, ()) if one.unit_id in units)

    def of_row(self, ledger: str, row: Any) -> tuple[Definition, ...]:
        """Of the unit that has the row, and of earlier ones that left a value in it."""
        return tuple(
            one
            for one in self._by_ledger.get(ledger, ())
            if one.key in row.extra or (one.unit_id == row.owner_unit_id and not one.is_retired)
        )

    def get(self, name: str) -> Definition | None:
        return self._by_name.get(name)


_EMPTY = Book()
#: The last version anybody asked for, of committed definitions.
_kept: tuple[str, Book] = ("", _EMPTY)
#: By the context they belong to: where no version was told, or the definitions were changed.
_own: ContextVar[tuple[str, Book] | None] = ContextVar("shanhai_custom_fields", default=None)


class _Version(Subquery):
    template = (
        "(SELECT coalesce(sum(told.revision) || ':' || max(told.id::text), '') FROM (%(subquery)s) told)"
    )


def version() -> Subquery:
    """Changes whenever a definition does; an expression for whoever asks who acts."""
    return _Version(CustomField.objects.order_by().values("revision", "id"), output_field=CharField())


def book() -> Book:
    """The definitions for the work under way; at most one query."""
    current = context.current()
    if current is None:
        return _EMPTY
    own = _own.get()
    if own is not None and own[0] == current.request_id:
        return own[1]
    told = current.actor.fields_version
    return _read_own(current) if told is None else _remembered(told)


def changed() -> None:
    """To be called by whoever wrote definitions: the rest of this work sees them, others once committed."""
    current = context.current()
    if current is not None:
        _read_own(current)


def _read_own(current: context.Context) -> Book:
    loaded = _load()
    _own.set((current.request_id, loaded))
    return loaded


def _remembered(told: str) -> Book:
    global _kept  # noqa: PLW0603 - one process, one memory; the pair is replaced as a whole
    if not told:
        return _EMPTY
    kept_version, kept = _kept
    if kept_version != told:
        kept = _load()
        _kept = (told, kept)
    return kept


def _load() -> Book:
    fields = CustomField.objects.select_related("unit").order_by("unit__path", "ordinal", "id")
    return Book(map(Definition.of, fields))
