"""A list by one of its columns: how many rows each value has, and what their amounts add up to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.trees import TreeNode

from .display import period_label, text_of_value
from .fields import ResolvedColumn, ResolvedLedger, named_through
from .filters import PRESENCE, Filter, filter_class, ours, told

if TYPE_CHECKING:
    from .listing import Listing

#: Groups that are told one by one: those with the most rows.
MOST_GROUPS = 500
_KINDS = frozenset({Kind.BOOLEAN, Kind.PERIOD, Kind.DATE, Kind.REFERENCE})

#: Stands before or after others: those without a value come after all values, those untold at the end.
type _Place = tuple[int, str]
_EMPTY: _Place = (1, "")
_UNTOLD: _Place = (2, "")


@dataclass(frozen=True)
class Group:
    """Rows that share a value. `rows` counts all of them; `totals` leave voided ones out, as under a list."""

    text: str
    place: _Place
    #: Parameters that narrow the list to these rows; None where the reader may not ask for the value.
    opening: Mapping[str, list[str]] | None
    rows: int = 0
    totals: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Groups:
    """All groups of a list in the order of their values; only the largest where they are too many."""

    column: ResolvedColumn
    items: Sequence[Group]
    is_cut: bool


def by_words(column: ResolvedColumn) -> str:
    """By what rows are put together, in words."""
    label = str(column.label)
    return _("%(date)s（按月）") % {"date": label} if column.kind is Kind.DATE else label


def total_words(listing: "Listing") -> str:
    """How the line is called that adds up all groups."""
    return _("合计（数额不含作废）") if listing.summed and listing.counts.is_exact else _("合计")


def cut_words() -> str:
    return _("组数太多，只列出行数最多的 %(number)s 组。请先筛选，或换一列分组。") % {"number": MOST_GROUPS}


def groupable(resolved: ResolvedLedger) -> list[ResolvedColumn]:
    """Columns by which a list can be grouped: choices, units, places, periods, dates, other rows."""
    return [column for column in resolved.columns if _is_groupable(column)]


def _is_groupable(column: ResolvedColumn) -> bool:
    is_plain = not (column.is_sensitive or column.template or _adds_up(column.expression))
    if column.kind is Kind.MULTI_CHOICE:  # a row would stand in several groups
        return False
    return is_plain and (bool(column.choices) or column.kind in _KINDS)


def _adds_up(expression: Any) -> bool:
    """Whether the expression counts or sums other rows: what is not yet part of a query does not know."""
    if isinstance(expression, Subquery):
        return False
    parts: list[Any] = getattr(expression, "get_source_expressions", list)()
    return isinstance(expression, Aggregate) or any(map(_adds_up, parts))


def groups_of(listing: "Listing", column: ResolvedColumn) -> Groups:
    """The rows of `listing` by `column`: one statement, and one more for the names of what it points at."""
    key, is_told = _key(column, listing.actor)
    rows = _uncounted(listing, column).annotate(group_key=key, group_told=is_told).order_by()
    counted = rows.values("group_key", "group_told").annotate(group_rows=Count("pk"), **listing.sums)
    found = list(counted.order_by("-group_rows", "group_key")[: MOST_GROUPS + 1])
    kept = found[:MOST_GROUPS]
    speak = _speaker(listing, column, [one["group_key"] for one in kept])
    items = []
    for one in kept:
        named = speak(one["group_key"]) if one["group_told"] else Group(_("（未共享）"), _UNTOLD, None)
        items.append(replace(named, rows=one["group_rows"], totals=listing.totals_in(one)))
    return Groups(column, _sorted(items, listing), len(found) > MOST_GROUPS)


def _uncounted(listing: "Listing", column: ResolvedColumn) -> QuerySet[Any]:
    """The rows with the column. A filter on a computed sum has grouped them already: then by their keys."""
    rows = listing.matching({column.name})
    if rows.query.group_by is None:
        return rows
    chosen: QuerySet[Any] = listing.ledger.model._default_manager.filter(pk__in=rows.values("pk"))
    return chosen if column.expression is None else chosen.annotate(**{column.name: column.expression})


def _key(column: ResolvedColumn, actor: Actor) -> tuple[Any, Any]:
    """The value rows are grouped by, and whether the reader is told it; the untold ones are one group."""
    value: Any = F(column.name)
    if column.kind is Kind.DATE:
        value = TruncMonth(column.name, output_field=DateField())
    elif isinstance(column.model_field, models.CharField):
        value = Coalesce(value, Value(""))
    shown = ours(actor) if column.is_personal else told(column, actor, and_named=column.is_reference)
    if not shown:
        return value, Value(True, output_field=BooleanField())
    yes, no = Value(True), Value(False)
    return (
        Case(When(shown, then=value), default=None),
        Case(When(shown, then=yes), default=no, output_field=BooleanField()),
    )


def _sorted(items: list[Group], listing: "Listing") -> list[Group]:
    """By value, or by the total that the reader sorted by: of equal ones by value, so that it stays."""
    order, by_value = listing.order, sorted(items, key=lambda one: one.place)
    if order.column in {column.name for column in listing.summed}:
        return sorted(by_value, key=lambda one: (one.totals or {})[order.column], reverse=order.is_descending)
    return by_value


def _speaker(listing: "Listing", column: ResolvedColumn, keys: Sequence[Any]) -> Callable[[Any], Group]:
    """Says what a value is called, where it stands, and how its rows are asked for."""
    asking = filter_class(column)(column, listing.params, listing.actor)
    asked = set(asking.names) & listing.narrowing.keys()
    names = _names(column, keys) if column.is_reference else {}
    named = _named_by(column, names)

    def speak(key: Any) -> Group:
        if key is None or key == "":
            # The filter of a custom field finds rows of its unit alone; this group has those of others too.
            opens = f"{column.name}{PRESENCE}" in asked and column.custom is None
            return Group(_("（未填）"), _EMPTY, asking.without_value() if opens else None)
        text, place, value = named(key)
        opening = _opening(asking, value, listing) if asked and value is not None else None
        return Group(text, (0, place), opening)

    return speak


def _opening(asking: Filter, value: Any, listing: "Listing") -> dict[str, list[str]]:
    # What is masked in rows of the other side is not in this group.
    side = {"side": sorted(map(str, listing.actor.sides))} if asking.column.is_personal else {}
    return asking.single(value) | side


#: Text, place among the others, and what its filter asks for; None where it cannot.
type _Named = tuple[str, str, Any]


def _named_by(column: ResolvedColumn, names: Mapping[Any, _Named]) -> Callable[[Any], _Named]:
    if column.is_reference:
        return names.__getitem__
    if column.choices:
        places = {code: position for position, (code, _label) in enumerate(column.choices)}
        return lambda key: (
            text_of_value(column, key),
            f"{places.get(str(key), len(places)):04}",
            str(key) if str(key) in places else None,
        )
    if column.kind is Kind.PERIOD:
        return lambda key: (period_label(key), str(key), str(key))
    if column.kind is Kind.DATE:
        return _named_month
    return lambda key: (text_of_value(column, key), "0" if key else "1", key)


def _named_month(first: Any) -> _Named:
    month = Period.of(first, PeriodKind.MONTH)
    return period_label(month), month.code, month


def _names(column: ResolvedColumn, keys: Sequence[Any]) -> dict[Any, _Named]:
    """What the rows are called that the groups point at; one statement. A hidden one is no group's key."""
    target = column.target
    rows: Any = target._base_manager.filter(pk__in=[key for key in keys if key is not None])
    if issubclass(target, TreeNode):
        return {node.pk: (str(node), str(node.path), node.code) for node in rows}
    if not issubclass(target, LedgerModel):
        return {row.pk: (str(row), str(row), str(row.pk)) for row in rows}
    seen = Exists(target._default_manager.filter(pk=OuterRef("pk")))
    through = named_through(target)
    rows = rows.annotate(is_seen=seen)
    rows = rows.select_related(*through) if through else rows
    return {row.pk: (str(row), str(row), str(row.pk) if row.is_seen else None) for row in rows}
