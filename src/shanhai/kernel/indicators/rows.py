"""The rows behind a figure: what was counted, what was not and for which reason, page by page.

A figure is a total of the whole side; rows open only as far as the reader's own scope goes. `visible` says
how many of the candidates that is, so that a page can tell both numbers honestly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

from shanhai.engines.values import Period
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Side
from shanhai.kernel.statements import kept
from shanhai.kernel.surfaces.fields import resolve

from .compile import Statement, candidates, decided_by
from .declare import Indicator, Ratio
from .onepass.counted import decimals
from .onepass.rolls.asking import listing_of
from .reasons import reasons
from .registry import registry
from .scopes import IndicatorScope, readable


@dataclass(frozen=True)
class CountedRow:
    """One candidate: its row, why it is not counted ("" when it is), and what it adds to the value."""

    row: Any
    reason: str
    amount: Decimal


@dataclass(frozen=True)
class Cursor:
    """Where a page begins or ends: statuses are listed in the order of `reasons`, rows within one by id."""

    ordinal: int
    row_id: UUID

    def __str__(self) -> str:
        return f"{self.ordinal}.{self.row_id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Errors: NotVisible for what no page ever gave out."""
        if not text:
            return None
        ordinal, _, row_id = text.partition(".")
        try:
            return cls(int(ordinal), UUID(row_id))
        except ValueError:
            raise NotVisible from None


@dataclass(frozen=True)
class RowPage:
    """A page of candidates, counted ones first. Empty cursors mean that nothing lies that way."""

    rows: Sequence[CountedRow]
    previous: Cursor | None
    following: Cursor | None


def own(indicator: Indicator | str, period: Period) -> Indicator:
    """The version for the period that has rows of its own: a ratio opens to its numerator's."""
    found = registry.get(indicator if isinstance(indicator, str) else indicator.code, period)
    return own(found.measure.numerator, period) if isinstance(found.measure, Ratio) else found


def row_page(
    indicator: Indicator | str,
    scope: IndicatorScope,
    period: Period,
    *,
    reason: str | None = None,
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = 50,
) -> RowPage:
    """One page of the candidates the reader may open. `reason` "" asks for the counted ones, None for all."""
    version = own(indicator, period)
    lines = _page_of_roll(version, scope, period, reason, after, before, size + 1)
    if lines is None:
        lines = _page_of_statement(version, scope, period, reason, after, before, size + 1)
    has_more, lines = len(lines) > size, lines[:size]
    if before:
        lines.reverse()
    first, last = _ends(lines)
    return RowPage(
        rows=_rows(version, lines),
        previous=first if (has_more if before else after) else None,
        following=last if (has_more or before) else None,
    )


#: Position of the status, key, reason ("" for counted), weight; the last first where a page leads back.
type Lines = list[tuple[Any, ...]]


def _page_of_roll(
    version: Indicator,
    scope: IndicatorScope,
    period: Period,
    reason: str | None,
    after: Cursor | None,
    before: Cursor | None,
    most: int,
) -> Lines | None:
    """Of what this process keeps (ADR 0035); None where a statement has to tell."""
    with listing_of(version, scope, period) as listing:
        if listing is None:
            return None
        found = listing.page(
            ordinal=None if reason is None else _ordinal(version, reason),
            after=(after.ordinal, after.row_id) if after else None,
            before=(before.ordinal, before.row_id) if before else None,
            size=most,
        )
    names, decimal = ["", *reasons(version)], Decimal(1).scaleb(-decimals(version))
    return [(one.ordinal, one.row_id, names[one.ordinal], one.weight * decimal) for one in found]


def _page_of_statement(
    version: Indicator,
    scope: IndicatorScope,
    period: Period,
    reason: str | None,
    after: Cursor | None,
    before: Cursor | None,
    most: int,
) -> Lines:
    source, parameters = _opened(version, scope, period)
    conditions, values = _page_conditions(reason, after, before, version)
    direction = "DESC" if before else "ASC"
    statement = (
        f"SELECT ordinal, id, coalesce(reason, ''), weight FROM ({source}) o WHERE {conditions}"
        f" ORDER BY ordinal {direction}, id {direction} LIMIT %s"
    )
    return _fetch((statement, (*parameters, *values, most)))


def _page_conditions(
    reason: str | None, after: Cursor | None, before: Cursor | None, indicator: Indicator
) -> tuple[str, list[Any]]:
    conditions: list[str] = ["TRUE"]
    values: list[Any] = []
    if reason is not None:
        conditions.append("ordinal = %s")
        values.append(_ordinal(indicator, reason))
    for cursor, sign in ((after, ">"), (before, "<")):
        if cursor:
            conditions.append(f"(ordinal, id) {sign} (%s, %s)")
            values += [cursor.ordinal, cursor.row_id]
    return " AND ".join(conditions), values


def _ordinal(indicator: Indicator, reason: str) -> int:
    if not reason:
        return 0
    try:
        return reasons(indicator).index(reason) + 1
    except ValueError:
        raise NotVisible from None


def _opened(indicator: Indicator, scope: IndicatorScope, period: Period) -> Statement:
    """Candidates within the reader's scope, with the position of their status."""
    sql, parameters = candidates(indicator, scope, period)
    visible, more = readable(indicator.model).order_by().values("id").query.sql_with_params()
    names = list(reasons(indicator))
    # Materialised, because a planner without statistics would classify the whole ledger once per visible row.
    statement = (
        f"WITH c AS MATERIALIZED ({sql}), v AS MATERIALIZED ({visible})"
        " SELECT c.*, coalesce(array_position(%s::text[], c.reason), 0) AS ordinal"
        " FROM c WHERE c.id IN (SELECT v.id FROM v)"
    )
    return statement, (*parameters, *more, names)


def _fetch(statement: Statement) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return list(cursor.fetchall())


def _ends(lines: Sequence[tuple[Any, ...]]) -> tuple[Cursor | None, Cursor | None]:
    if not lines:
        return None, None
    return Cursor(lines[0][0], lines[0][1]), Cursor(lines[-1][0], lines[-1][1])


def _rows(indicator: Indicator, lines: Sequence[tuple[Any, ...]]) -> list[CountedRow]:
    rows = ledger_rows(indicator.model, [line[1] for line in lines])
    return [
        CountedRow(rows[row_id], reason, Decimal(weight) * indicator.scale if not reason else Decimal(0))
        for _, row_id, reason, weight in lines
        if row_id in rows
    ]


def ledger_rows(model: type[models.Model], ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    """Rows by id as the ledger's list reads them, within the reader's scope."""
    rows = readable(model).filter(pk__in=ids)
    if model._meta.label_lower in ledgers:
        ledger = ledgers.get(model._meta.label_lower)
        resolved = resolve(ledger)
        rows = ledger.queryset(rows).select_related(*resolved.relations).annotate(**resolved.annotations)
    return {row.pk: row for row in rows}


def visible(indicator: Indicator | str, scope: IndicatorScope, period: Period) -> dict[str, int]:
    """How many candidates the reader may open, by reason ("" for counted)."""
    version = own(indicator, period)
    with listing_of(version, scope, period) as listing:
        if listing is not None:
            found = zip(["", *reasons(version)], listing.by_ordinal(), strict=True)
            return {reason: rows for reason, rows in found if rows}
    source, parameters = _opened(version, scope, period)
    statement = f"SELECT coalesce(reason, ''), count(*) FROM ({source}) o GROUP BY 1"
    return dict(_fetch((statement, parameters)))


def counted_ids(indicator: Indicator | str, scope: IndicatorScope, period: Period) -> list[UUID]:
    """Ids of the counted rows the reader may open, in the order of their pages: for packs and exports."""
    version = own(indicator, period)
    with listing_of(version, scope, period) as listing:
        if listing is not None:
            return listing.keys(0)
    source, parameters = _opened(version, scope, period)
    return [
        line[0] for line in _fetch((f"SELECT id FROM ({source}) o WHERE ordinal = 0 ORDER BY id", parameters))
    ]


def statuses(row: LedgerModel, period_of: Mapping[str, Period]) -> Iterator[tuple[Indicator, str]]:
    """For one row the reader may open: each indicator of its ledger, with the reason it is not counted or "".

    Shape: `period_of` gives the period to look at by indicator code; one statement for each indicator.
    """
    side = Side(row.side)
    for indicator in registry.of_source(row._meta.label_lower):
        statement, parameters = _deciding(indicator, side, period_of[indicator.code], row)
        found = _fetch(
            (f"SELECT coalesce(reason, '') FROM ({statement}) c WHERE id = %s", (*parameters, row.pk))
        )
        if found:
            yield indicator, found[0][0]


#: A key that nobody has, in place of the object's in a statement that is kept.
_OBJECT = UUID("ffffffff-ffff-4fff-bfff-fffffffffffd")


def _deciding(indicator: Indicator, side: Side, period: Period, row: Any) -> Statement:
    """Candidates of what decides on the row. Writing it takes Django longer than the answer the database."""
    path, own = decided_by(indicator, row)

    def write(value: Any) -> Statement:
        decides = Q(**{f"{path}__isnull": True}) if value is None else Q(**{path: value})
        return candidates(indicator, IndicatorScope(side), period, deciding=decides)

    if not isinstance(own, UUID):
        return write(own)
    statement, parameters = kept(("deciding", indicator, side, period), lambda: write(_OBJECT))
    return statement, tuple(own if one == _OBJECT else one for one in parameters)
