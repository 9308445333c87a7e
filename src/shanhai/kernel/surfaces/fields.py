"""Resolves a declaration into typed columns, once. Every surface reads only this."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from django.db import models
from django.db.models import Expression
from django.utils.translation import gettext_lazy

from shanhai.kernel.by_number import Asked
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.custom.definitions import Definition
from shanhai.kernel.evidence.counted import demanded, share_of_row
from shanhai.kernel.fields import CountField, DecimalField, MoneyField, PeriodField, SealedField
from shanhai.kernel.ledger import Column, Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.sheets.columns import Kind

#: Kernel columns that every list can show, filter and export, in the order the column chooser offers them.
COMMON = (
    "owner_unit",
    "place",
    "period",
    "state",
    "sharing",
    "side",
    "submitted_at",
    "verified_at",
    "confirmed_at",
)
#: The computed column that tells how many of the demanded papers a row has: `2/3`.
EVIDENCE = "evidence"
#: Kernel fields a form or file may carry, when the ledger does not say otherwise.
FORM_COMMON = ("owner_unit", "place", "period")
_NAMING = frozenset({Kind.TEXT, Kind.CODE, Kind.REFERENCE})
_NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})


@dataclass(frozen=True)
class ResolvedColumn:
    """One column as every surface sees it. `name` is a path; `label` and `unit` may be lazy translations."""

    name: str
    label: Any
    kind: Kind
    unit: Any = ""
    source: str = ""
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    max_length: int | None = None
    decimals: int | None = None
    is_required: bool = False
    is_editable: bool = False
    is_sensitive: bool = False
    #: A person's name or a reference to a person: masked for the other side.
    is_personal: bool = False
    is_sortable: bool = True
    is_default: bool = True
    #: Model a reference points at.
    related: type[models.Model] | None = None
    model_field: "models.Field[Any, Any] | None" = field(default=None, compare=False)
    expression: Expression | None = field(default=None, compare=False)
    template: str = ""
    #: Model whose rows the path begins at; None for a computed column.
    start: type[models.Model] | None = field(default=None, compare=False)
    #: How a form or file may name somebody whom another unit keeps.
    asked: Asked | None = None
    #: What a unit added for its own rows; the value stands in `extra`, `expression` finds it there.
    custom: Definition | None = None

    def __hash__(self) -> int:
        """By the name alone: a page puts columns into sets some hundred times."""
        return hash(self.name)

    @property
    def custom_key(self) -> str:
        """Where `extra` holds the value; "" for a national column."""
        return "" if self.custom is None else self.custom.key

    @property
    def is_ticked(self) -> bool:
        """Whether a box says the value: ticked or not, never unknown."""
        return self.kind is Kind.BOOLEAN and self.custom is None

    @property
    def is_number(self) -> bool:
        return self.kind in _NUMERIC

    @property
    def is_reference(self) -> bool:
        return self.related is not None

    @property
    def is_through(self) -> bool:
        """Whether the path leads through references that may be empty."""
        *parts, _last = self.name.split("__")
        names = ["__".join(parts[:number]) for number in range(1, len(parts) + 1)]
        return self.start is not None and any(resolve_path(self.start, name).null for name in names)

    @property
    def target(self) -> Any:
        """The model a reference points at. Errors: LookupError for a column that is no reference."""
        if self.related is None:
            raise LookupError(f"{self.name} points at nothing")
        return self.related

    @cached_property
    def labels(self) -> dict[str, Any]:
        """What each code of a choice says."""
        return dict(self.choices)

    @property
    def heading(self) -> str:
        """Label with unit, as headers show it."""
        return f"{self.label}（{self.unit}）" if self.unit else str(self.label)

    def value(self, row: Any) -> Any:
        """The value in `row`, following relations; None behind an empty relation."""
        if self.custom is not None:
            return self.custom.typed(row.extra.get(self.custom.key))
        current = row
        for part in self._parts:
            current = getattr(current, part, None)
            if current is None:
                return None
        return current

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple(self.name.split("__")) if self.expression is None else (self.name,)


@dataclass(frozen=True)
class ResolvedLedger:
    """All columns of one ledger."""

    #: Of the list and of exports: declared ones first, the kernel's common ones after.
    columns: tuple[ResolvedColumn, ...]
    #: Of forms, files and the API's writable part.
    fields: tuple[ResolvedColumn, ...]
    #: Offered as filters.
    filters: tuple[ResolvedColumn, ...]
    #: Those of `columns` that units added.
    customs: tuple[ResolvedColumn, ...] = ()

    def column(self, name: str) -> ResolvedColumn | None:
        """A column or form field by its path."""
        return self._by_name().get(name)

    def _by_name(self) -> dict[str, ResolvedColumn]:
        return {column.name: column for column in (*self.fields, *self.filters, *self.columns)}

    @property
    def naming(self) -> ResolvedColumn:
        """The column by which a row is called: the first that is a text or a reference, else the first."""
        return next((column for column in self.columns if column.kind in _NAMING), self.columns[0])

    @property
    def defaults(self) -> list[ResolvedColumn]:
        return [column for column in self.columns if column.is_default]

    @property
    def annotations(self) -> dict[str, Expression]:
        """What a query must annotate so that computed columns have values."""
        return {column.name: column.expression for column in self.columns if column.expression is not None}

    @property
    def relations(self) -> list[str]:
        """Paths for `select_related`, so that no column costs a query per row."""
        return relations_of((*self.columns, *self.fields))


def relations_of(columns: Iterable[ResolvedColumn]) -> list[str]:
    """Paths for `select_related` with which `columns` can be shown, references by their names."""
    paths: set[str] = set()
    for column in columns:
        if column.expression is None and column.is_reference:
            paths |= {column.name, *(f"{column.name}__{path}" for path in named_through(column.target))}
        elif column.expression is None and "__" in column.name:
            paths.add(column.name.rpartition("__")[0])
    return sorted(paths)


def named_through(model: type[models.Model]) -> list[str]:
    """References by which rows of `model` are named: a spell by its person."""
    key = model._meta.label_lower
    if key not in registry:
        return []
    naming = resolve(registry.get(key)).naming
    return [naming.name] if naming.is_reference else []


@cache
def resolve(ledger: Ledger[Any]) -> ResolvedLedger:
    """Typed columns of `ledger`; computed once per process, the declaration never changes."""
    columns = tuple(_list_columns(ledger))
    fields = tuple(_form_field(ledger, name) for name in form_names(ledger))
    by_name = {column.name: column for column in columns}
    names = ledger.filters or [column.name for column in columns if _is_filterable(column)]
    filters = [by_name.get(name) or resolve_field(ledger.model, name) for name in names]
    sides = ("side",) if len(ledger.sides) > 1 else ()
    common = (*sides, "owner_unit", "place", "period", "state", EVIDENCE, "confirmed_at")
    filters += [by_name[name] for name in common if name in by_name]
    return ResolvedLedger(columns, fields, tuple(dict.fromkeys(filters)))


def with_customs(ledger: Ledger[Any], customs: tuple[ResolvedColumn, ...]) -> ResolvedLedger:
    """The ledger with columns of units behind the declared ones, before the kernel's common ones."""
    national = resolve(ledger)
    if not customs:
        return national
    declared = [column for column in national.columns if column.name not in {*COMMON, EVIDENCE}]
    last = max((national.columns.index(column) for column in declared), default=-1) + 1
    return replace(
        national,
        columns=(*national.columns[:last], *customs, *national.columns[last:]),
        fields=(*national.fields, *(column for column in customs if column.is_editable)),
        customs=customs,
    )


def _form_field(ledger: Ledger[Any], name: str) -> ResolvedColumn:
    column = resolve_field(ledger.model, name)
    if purpose := ledger.asks_by_number.get(name):
        column = replace(column, asked=Asked(ledger.key, name, purpose))
    return replace(column, is_required=True) if name == "period" and ledger.period_kind else column


def form_names(ledger: Ledger[Any]) -> list[str]:
    """Fields a form carries: as declared, else all editable ones, with the kernel's own in front."""
    own = list(ledger.fields) or [
        f.name
        for f in ledger.model._meta.concrete_fields
        if f.editable and f.name not in LedgerModel.KERNEL_FIELDS
    ]
    front = [name for name in FORM_COMMON if name not in own and _is_carried(ledger, name)]
    return front + own


def _is_carried(ledger: Ledger[Any], name: str) -> bool:
    asked = {"period": ledger.period_kind is not None, "confirmed_at": ledger.is_joint}
    return asked.get(name, True)


def _list_columns(ledger: Ledger[Any]) -> Iterator[ResolvedColumn]:
    seen = set()
    for declared in ledger.columns:
        column = declared if isinstance(declared, Column) else Column(declared)
        seen.add(column.name)
        yield _resolve_declared(ledger, column)
    for name in COMMON:
        if name not in seen and _is_carried(ledger, name):
            common = resolve_field(ledger.model, name, is_default=name == "state")
            yield _of_life(ledger, common) if name == "state" else common
    if number := len(demanded(ledger)):
        shares = [f"{present}/{number}" for present in range(number + 1)]
        yield ResolvedColumn(
            name=EVIDENCE,
            label=gettext_lazy("佐证"),
            kind=Kind.CHOICE,
            help=gettext_lazy("必备佐证已有几类、共几类"),
            choices=tuple((share, share) for share in shares),
            expression=share_of_row(ledger),
        )


def _of_life(ledger: Ledger[Any], column: ResolvedColumn) -> ResolvedColumn:
    """The states that rows of this ledger can be in."""
    reached = {str(state.value) for state in ledger.life.states}
    return replace(column, choices=tuple(one for one in column.choices if one[0] in reached))


def _resolve_declared(ledger: Ledger[Any], column: Column) -> ResolvedColumn:
    if column.expression is not None:
        return ResolvedColumn(
            name=column.name,
            label=column.label,
            kind=Kind(column.kind),
            unit=column.unit,
            expression=column.expression,
            template=column.template,
            is_default=column.is_default,
        )
    return resolve_field(
        ledger.model,
        column.name,
        label=column.label,
        unit=column.unit,
        template=column.template,
        is_default=column.is_default,
    )


def resolve_field(
    model: type[models.Model],
    path: str,
    *,
    label: Any = "",
    unit: Any = "",
    template: str = "",
    is_default: bool = True,
) -> ResolvedColumn:
    """The column for one field, possibly behind relations (`worker__name`)."""
    target = resolve_path(model, path)
    is_path = "__" in path
    related = target.related_model if isinstance(target, models.ForeignKey) else None
    return ResolvedColumn(
        name=path,
        label=label or target.verbose_name,
        kind=kind_of(target),
        unit=unit or getattr(target, "unit", ""),
        source=getattr(target, "source", ""),
        help=target.help_text,
        choices=tuple((str(code), text) for code, text in target.flatchoices) if target.choices else (),
        max_length=None if target.choices else target.max_length,
        decimals=getattr(target, "decimal_places", None),
        is_required=_is_required(target) and not is_path,
        is_editable=target.editable and not is_path,
        is_sensitive=isinstance(target, SealedField),
        is_personal=_is_personal(target),
        is_sortable=not isinstance(target, SealedField | models.JSONField),
        is_default=is_default,
        related=related,
        model_field=target,
        template=template,
        start=model,
    )


#: A name, and the letters by which it is found.
_NAMES = frozenset({"name", "pinyin", "initials"})


def _is_personal(target: "models.Field[Any, Any]") -> bool:
    """A field said to be personal, a name on a model of persons, or a reference to such a model."""
    if getattr(target, "is_personal", False) or getattr(target.related_model, "is_personal", False):
        return True
    return target.name in _NAMES and bool(getattr(target.model, "is_personal", False))


def _is_required(target: "models.Field[Any, Any]") -> bool:
    # The default of a sealed field is only "no value", which a form still has to ask for.
    has_value = target.has_default() and not isinstance(target, SealedField)
    return not (target.blank or target.null or has_value)


_KINDS: Sequence[tuple[type[Any], Kind]] = (
    (models.ForeignKey, Kind.REFERENCE),
    (PeriodField, Kind.PERIOD),
    (MoneyField, Kind.MONEY),
    (DecimalField, Kind.DECIMAL),
    (models.DecimalField, Kind.DECIMAL),
    (CountField, Kind.INTEGER),
    (models.BooleanField, Kind.BOOLEAN),
    (models.IntegerField, Kind.INTEGER),
    (models.DateField, Kind.DATE),
    (models.TextField, Kind.LONG_TEXT),
)


def kind_of(target: "models.Field[Any, Any]") -> Kind:
    """What cells of the field hold."""
    if isinstance(target, SealedField):
        return Kind.IDENTITY if target.kind == "identity" else Kind.TEXT
    if target.choices:
        return Kind.CHOICE
    for field_class, kind in _KINDS:
        if isinstance(target, field_class):
            return kind
    return Kind.TEXT


def _is_filterable(column: ResolvedColumn) -> bool:
    return bool(column.choices) or column.kind in {
        Kind.REFERENCE,
        Kind.DATE,
        Kind.PERIOD,
        Kind.BOOLEAN,
        *_NUMERIC,
    }
