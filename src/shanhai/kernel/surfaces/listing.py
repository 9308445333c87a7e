"""A list of a ledger as its address describes it: filters, search, order, columns, page.

Pages, exports, bulk work and the API all read this, so that they speak of the same rows.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Aggregate, Case, F, Q, QuerySet, Sum, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.kernel.fields import CountField, MoneyField, SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, nothing
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.statements import counted
from shanhai.kernel.workflow import State

from .counts import Counts
from .customs import resolve_list
from .fields import ResolvedColumn, ResolvedLedger, relations_of
from .filters import Filter, build_filters, further_columns, narrowing
from .grouping import Group, Groups, groupable, groups_of
from .keyset import Cursor, Page, Source, in_order, page_from, read_cursor, write_cursor
from .list_address import ListAddress
from .search import MOST_WORDS, search_condition, too_many_words
from .sorting import Order, order_of

#: Fields by which no row is named, nor is it told from them who may see it: not read of what a row points at.
_NOT_NAMING = {
    *("submitted_at", "submitted_by", "verified_at", "verified_by", "confirmed_at", "confirmed_by"),
    *("extra", "import_id", "initials", "pinyin", "return_reason", "row_version", "source"),
    *("valid_from", "valid_to"),
}


class Listing(ListAddress):
    """Rows of one ledger that `actor` may view, narrowed and ordered as `params` say."""

    def __init__(self, ledger: Ledger[Any], params: QueryDict, actor: Actor) -> None:
        super().__init__(params)
        self.ledger = ledger
        self.actor = actor
        self.resolved: ResolvedLedger = resolve_list(ledger, params, actor)

    @cached_property
    def _closed(self) -> frozenset[str]:
        """Ledgers that the reader does not read: their fields narrow no other list."""
        return frozenset(one.key for one in registry if not self.actor.allows(Verb.VIEW, one.key))

    @property
    def narrowing(self) -> Mapping[str, ResolvedColumn]:
        """Parameter → column, for every parameter of the address that narrows this list."""
        return narrowing(self.ledger, self.resolved.customs, self._closed)

    @cached_property
    def filters(self) -> list[Filter]:
        """The declared filters; others when the address fills or wishes for them."""
        given = {name for name, values in self.params.lists() if any(value.strip() for value in values)}
        known = self.narrowing
        wanted = {column.name for name, column in known.items() if name in given}
        wanted |= set(self.params.getlist(self.WITH)) | {column.name for column in self.resolved.filters}
        shown = dict.fromkeys(column for column in known.values() if column.name in wanted)
        return build_filters(shown, self.params, self.actor)

    @cached_property
    def unread(self) -> list[str]:
        """Parameters that nothing here reads: a filter that is no more, or mistyped."""
        known = self.narrowing
        return [name for name in self.params if name not in known and name not in self.PLAIN]

    @property
    def further(self) -> list[ResolvedColumn]:
        """Columns that could be filtered as well."""
        shown = {one.name for one in self.filters}
        return [
            column
            for column in further_columns(self.ledger, self.resolved.customs, self._closed)
            if column.name not in shown
        ]

    @cached_property
    def columns(self) -> list[ResolvedColumn]:
        """Columns shown, as the address orders them; the ledger's first always, in front."""
        first = self.resolved.columns[0]
        by_name = {column.name: column for column in self.resolved.columns}
        asked = dict.fromkeys(self.params.getlist(self.COLUMNS))
        shown = [by_name[name] for name in asked if name in by_name]
        return (
            [first, *(column for column in shown if column is not first)] if shown else self.resolved.defaults
        )

    @cached_property
    def order(self) -> Order:
        return order_of(self.ledger, self.resolved, self.params.get(self.SORT, ""))

    @property
    def problems(self) -> list[str]:
        """What the address asks that cannot be read, as sentences."""
        _read = [one.condition for one in self.filters]
        found = [f"{one.column.label}：{one.problem}" for one in self.filters if one.problem]
        if too_many_words(self.text):
            found.append(_("一次最多搜索 %(most)s 个词。请减少几个。") % {"most": MOST_WORDS})
        if self._asked_group and self.grouped_by is None:
            found.append(_("不能按“%(name)s”分组。") % {"name": self._asked_group[:40]})
        return found + [_("没有“%(name)s”这个筛选。") % {"name": name[:40]} for name in self.unread]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.unread) or any(f.is_active for f in self.filters)

    @cached_property
    def condition(self) -> Q:
        """What the filters and the search let through; nothing for what nobody can read."""
        if self.unread:
            return nothing()
        condition = search_condition(self.ledger, self.text, self.actor) if self.text else Q()
        for one in self.filters:
            condition &= one.condition
        return condition

    def rows(self) -> QuerySet[Any]:
        """Every row that fits, with the values of the columns shown; in no particular order."""
        return self._whole(self.matching({column.name for column in self.columns}))

    def ordered(self) -> QuerySet[Any]:
        """`rows` in the order of the list: what an export writes."""
        return in_order(self.rows(), self.order.keys)

    def matching(self, shown: Collection[str] = ()) -> QuerySet[Any]:
        """Rows that fit, with no more computed than order, filters and `shown` columns ask for."""
        needed = {*shown, *self._ordering, *(f.name for f in self.filters if f.is_active)}
        found: QuerySet[Any] = self._computed(self.ledger.model._default_manager.all(), needed)
        return found.filter(self.condition)

    @cached_property
    def _bare(self) -> QuerySet[Any]:
        """`matching`, for what asks nothing of the columns shown."""
        return self.matching()

    @property
    def _ordering(self) -> set[str]:
        return {self.order.column, *(key.path for key in self.order.keys)}

    def _computed(self, rows: QuerySet[Any], needed: Collection[str]) -> QuerySet[Any]:
        given = {name: e for name, e in self.resolved.annotations.items() if name in needed}
        found: QuerySet[Any] = rows.annotate(**given)
        return found

    def _whole(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With all that the columns shown read."""
        rows = self.ledger.queryset(rows)
        return rows.select_related(*self._relations()).defer(*self._unread())

    def _relations(self) -> list[str]:
        return sorted({"owner_unit", *relations_of(self.columns)})

    def _unread(self) -> list[str]:
        """Fields not shown: sealed values, which cost something to open, and what names no row pointed at."""
        shown = {column.name for column in self.columns}
        found = [] if any(column.custom for column in self.columns) else ["extra"]
        prefixes: list[tuple[str, Any]] = [("", self.ledger.model)]
        for path in self._relations():
            model: Any = self.ledger.model
            for part in path.split("__"):
                model = model._meta.get_field(part).related_model
            prefixes.append((f"{path}__", model))
        for prefix, model in prefixes:
            names = [f.name for f in model._meta.concrete_fields if isinstance(f, SealedField)]
            names += [f.name for f in model._meta.concrete_fields if prefix and f.name in _NOT_NAMING]
            found += [prefix + name for name in names if prefix + name not in shown]
        return found

    @cached_property
    def _cursor(self) -> Cursor | None:
        cursor = read_cursor(self.params.get(self.CURSOR, ""), self._purpose)
        return None if cursor is None or len(cursor.values) != len(self.order.keys) else cursor

    @cached_property
    def page(self) -> Page:
        """The page the address asks for: found among the rows that fit, then read by its keys alone."""
        source = Source(self._shown, lambda: self.ledger.queryset(self._bare), ("page", *self._asked))
        return page_from(source, self.order.keys, self._cursor, self.size)

    def _shown(self) -> QuerySet[Any]:
        """Every row whatever the scope, with all that a page shows of it."""
        shown = self._ordering | {column.name for column in self.columns}
        return self._whole(self._computed(self.ledger.model._base_manager.all(), shown))

    @cached_property
    def _asked(self) -> tuple[Hashable, ...]:
        """The ledger, the reader and all that the address asks, whichever page."""
        params = ((name, tuple(values)) for name, values in self.params.lists() if name != self.CURSOR)
        return self.ledger.key, self.actor.key, self.actor.rights, *params

    @property
    def _purpose(self) -> str:
        return f"cursor:{self.ledger.key}:{self.order.text}"

    @property
    def _asked_group(self) -> str:
        return self.params.get(self.GROUP, "").strip()

    @cached_property
    def grouped_by(self) -> ResolvedColumn | None:
        """The column by which rows are put together; None for rows one by one."""
        asked = self._asked_group
        return next((column for column in groupable(self.resolved) if column.name == asked), None)

    @cached_property
    def groups(self) -> Groups | None:
        """The rows put together, as the address asks; None where it does not."""
        return None if self.grouped_by is None else groups_of(self, self.grouped_by)

    @cached_property
    def counts(self) -> Counts:
        """One query for number and totals; none on later pages of a list too long to be counted each time.

        Groups have counted all rows already; a first page that has no next holds them all.
        """
        if self.groups is not None and not self.groups.is_cut:
            return Counts.of(self.groups)
        is_whole = self.groups is None and self._cursor is None and self.page.next is None
        if is_whole and len(self.page.rows) <= Counts.MOST:
            return self._counted_on_page()
        if self._cursor is not None and self._cursor.is_long and not self.counts_all:
            return Counts(Counts.MOST, False, {})
        rows, *sums = self._counted()
        is_exact = self.counts_all or rows <= Counts.MOST
        totals = self.totals_in(dict(zip(self._live_values, sums, strict=True))) if is_exact else {}
        return Counts(rows if is_exact else Counts.MOST, is_exact, totals)

    def _counted(self) -> tuple[Any, ...]:
        """Number of rows and the `sums`, of no more rows than one beyond `Counts.MOST`."""
        key, up_to = ("counts", *self._asked), None if self.counts_all else Counts.MOST + 1
        return counted(key, lambda: self._bare, summed=self._live_values, up_to=up_to)

    def _counted_on_page(self) -> Counts:
        live = [row for row in self.page.rows if row.state != State.VOIDED]
        values = {c: [value for row in live if (value := c.value(row)) is not None] for c in self.summed}
        totals = {c.name: sum(found, Decimal() if c.decimals else 0) for c, found in values.items()}
        return Counts(len(self.page.rows), True, totals)

    @property
    def sums(self) -> dict[str, Aggregate]:
        """What a query adds up so that `totals_in` finds it in the answer."""
        return {name: Sum(value) for name, value in self._live_values.items()}

    @property
    def _live_values(self) -> dict[str, Any]:
        """The values that are summed: of voided rows none."""
        live = ~Q(state=State.VOIDED)
        return {f"sum_{c.name}": Case(When(live, then=c.expression or F(c.name))) for c in self.summed}

    def totals_in(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """Column → total, from the answer to a query with `sums`."""
        return {c.name: found[f"sum_{c.name}"] or (Decimal() if c.decimals else 0) for c in self.summed}

    @property
    def summed(self) -> list[ResolvedColumn]:
        """Columns whose values may be added up: amounts of money and counts."""
        return [column for column in self.columns if _is_summed(column)]

    def _is_usual(self, name: str, values: list[str]) -> bool:
        return name == self.COLUMNS and bool(values) and self._shows_defaults(values)

    def _shows_defaults(self, names: list[str]) -> bool:
        shown = dict.fromkeys([self.resolved.columns[0].name, *names])
        return list(shown) == [column.name for column in self.resolved.defaults]

    def moved(self) -> str:
        """The query string with the columns as `MOVE` wishes them."""
        where, _colon, name = self.params.get(self.MOVE, "").partition(":")
        names = [column.name for column in self.columns]
        if name in names[1:] and where in {"earlier", "later"}:
            at = names.index(name)
            to = max(1, at - 1) if where == "earlier" else at + 1
            names.insert(to, names.pop(at))
        return self.query(**{self.COLUMNS: names, self.MOVE: ""})

    def opened(self, group: Group) -> str:
        """The query string of the rows of one group; "" for one that cannot be asked for."""
        return "" if group.opening is None else self.query(**{self.GROUP: "", **group.opening})

    def next_query(self) -> str:
        """Query string of the next page; "" at the end."""
        return self._turned(self.page.next)

    def previous_query(self) -> str:
        return self._turned(self.page.previous)

    def _turned(self, cursor: Cursor | None) -> str:
        if cursor is None:
            return ""
        told = replace(cursor, is_long=not self.counts.is_exact)
        return self.query(**{self.CURSOR: write_cursor(told, self._purpose), self.COUNT: ""})


def _is_summed(column: ResolvedColumn) -> bool:
    """Amounts and counts of the row itself; a computed one may be a mean or share, which nobody adds up.

    Of what units added: money, and whole numbers of something; one without a unit may be a year or a code.
    """
    if column.custom is not None:
        return column.kind is Kind.MONEY or (column.kind is Kind.INTEGER and bool(column.unit))
    return "__" not in column.name and isinstance(column.model_field, MoneyField | CountField)
