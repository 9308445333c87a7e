"""Which filter a column has, and which columns of a ledger and of the rows it names can be filtered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.fields import (
    EVIDENCE,
    ResolvedColumn,
    ResolvedLedger,
    resolve,
    resolve_field,
    with_customs,
)
from shanhai.kernel.trees import TreeNode

from .base import Filter
from .references import OptionsFilter, ReferenceFilter, TreeFilter
from .times import DateFilter, PeriodFilter
from .values import (
    BooleanFilter,
    ChoiceFilter,
    EvidenceFilter,
    NumberFilter,
    SealedFilter,
    SeveralFilter,
    TextFilter,
)

type Customs = tuple[ResolvedColumn, ...]


class ImportFilter(Filter):
    """Rows that one import wrote; a link from its result, not offered for choosing."""

    @classmethod
    def parameters(cls, column: ResolvedColumn) -> tuple[str, ...]:
        return (column.name,)

    def read(self) -> Q:
        try:
            return Q(import_id=UUID(self.values()[0]))
        except ValueError:
            return self.refuse(_("没有这个导入批次。"))

    def fields(self) -> list[dict[str, Any]]:
        return [self.field(self.name, self.column.label)]

    def presences(self) -> list[dict[str, Any]]:
        return []


_BY_NAME: Mapping[str, type[Filter]] = {"import_id": ImportFilter, EVIDENCE: EvidenceFilter}


def filter_class(column: ResolvedColumn) -> type[Filter]:
    """Which filter a column has."""
    if column.name in _BY_NAME:
        return _BY_NAME[column.name]
    if column.is_sensitive:
        return SealedFilter
    if column.related is not None:
        return _reference_class(column.related)
    if column.choices:
        return SeveralFilter if column.kind is Kind.MULTI_CHOICE else ChoiceFilter
    if column.is_number:
        return NumberFilter
    by_kind = {Kind.BOOLEAN: BooleanFilter, Kind.PERIOD: PeriodFilter, Kind.DATE: DateFilter}
    return by_kind.get(column.kind, TextFilter)


def _reference_class(related: type[models.Model]) -> type[Filter]:
    if issubclass(related, TreeNode):
        return TreeFilter
    return ReferenceFilter if issubclass(related, LedgerModel) else OptionsFilter


def build_filters(columns: Iterable[ResolvedColumn], params: QueryDict, actor: Actor) -> list[Filter]:
    return [filter_class(column)(column, params, actor) for column in columns]


@lru_cache(maxsize=256)
def further_columns(
    ledger: Ledger[Any], customs: Customs = (), closed: frozenset[str] = frozenset()
) -> tuple[ResolvedColumn, ...]:
    """What can be filtered beside the declared: the other columns, and fields of the rows a row names.

    `closed`: keys of ledgers that the reader does not read; what a row shows of theirs is declared.
    """
    resolved = with_customs(ledger, customs)
    declared = {column.name for column in resolved.filters}
    whole = _further(ledger, resolved, closed)
    return tuple({column.name: column for column in whole if column.name not in declared}.values())


def _further(
    ledger: Ledger[Any], resolved: ResolvedLedger, closed: frozenset[str]
) -> Iterator[ResolvedColumn]:
    yield from (column for column in (*resolved.columns, *resolved.fields) if not column.template)
    for column in {c.name: c for c in (*resolved.columns, *resolved.fields)}.values():
        key = "" if column.related is None else column.related._meta.label_lower
        if key in registry and key not in closed and "__" not in column.name:
            yield from _behind(ledger, column, resolve(registry.get(key)))


def _behind(ledger: Ledger[Any], reference: ResolvedColumn, target: Any) -> Iterator[ResolvedColumn]:
    """Filters of the ledger that `reference` points at, seen from here: 人员·人员类别."""
    own = {column.name for column in target.columns if column.expression is not None}
    for column in target.filters:
        if column.name not in own and "__" not in column.name and column.name not in {"side", "sharing"}:
            path = f"{reference.name}__{column.name}"
            label = format_lazy("{}·{}", reference.label, column.label)
            yield replace(resolve_field(ledger.model, path), label=label)


@lru_cache(maxsize=256)
def narrowing(
    ledger: Ledger[Any], customs: Customs = (), closed: frozenset[str] = frozenset()
) -> Mapping[str, ResolvedColumn]:
    """Parameter → column, for every parameter of the address that narrows a list with columns of units."""
    imported = replace(resolve_field(ledger.model, "import_id"), label=lazy("导入批次"))
    columns = (*resolve(ledger).filters, *further_columns(ledger, customs, closed), imported)
    return {name: column for column in columns for name in filter_class(column).parameters(column)}
