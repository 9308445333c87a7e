"""By how much accepted amendments changed a figure, and through which rows.

The indicator's own statement runs twice: over the tables as they are, and over the same tables with amended
rows as they were. A common table expression of a table's name stands before the table, so that no indicator
needs to know of amendments; rows behind references and behind tallies are found with it.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from shanhai.engines.values import Period
from shanhai.kernel.indicators.compile import Statement, candidates
from shanhai.kernel.indicators.declare import Indicator, Ratio
from shanhai.kernel.indicators.figures import share, value
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.indicators.scopes import IndicatorScope, readable
from shanhai.kernel.registry import registry
from shanhai.kernel.walls.every_row import table_of_every_row

from .models import Amendment

_ACCEPTED = "a.state = 'accepted' AND a.ledger = %s AND a.decided_at > %s"
#: Before any amendment.
ALWAYS = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Effect:
    """What amendments made of a figure.

    Unit: `delta` is in the indicator's unit, per cent for ratios; None where a ratio had no value before.
    Shape: `rows` is the number of rows that count differently, or for another amount.
    """

    delta: Decimal | None
    rows: int


@dataclass(frozen=True)
class TouchedRow:
    """One row that counts differently. Unit: amounts in the indicator's unit, 0 where it did not count."""

    row_id: UUID
    before: Decimal
    after: Decimal


def amended_ledgers(since: datetime.datetime = ALWAYS) -> list[str]:
    """Ledgers with amendments that took effect after the moment."""
    accepted = Amendment._base_manager.filter(state=Amendment.State.ACCEPTED, decided_at__gt=since)
    return [key for key in accepted.order_by().values_list("ledger", flat=True).distinct() if key in registry]


def effect(
    indicator: Indicator | str,
    scope: IndicatorScope,
    period: Period,
    *,
    since: datetime.datetime = ALWAYS,
    ledgers: Sequence[str] | None = None,
) -> Effect | None:
    """What amendments after the moment made of the figure; None when none touches it.

    Shape: one query where nothing was amended; `ledgers` is what `amended_ledgers` found for many figures.
    """
    keys = amended_ledgers(since) if ledgers is None else ledgers
    if not keys:
        return None
    version = indicators.get(indicator if isinstance(indicator, str) else indicator.code, period)
    if isinstance(version.measure, Ratio):
        return _ratio(version, version.measure, scope, period, since, keys)
    statement = _compared(version, scope, period, since, keys)
    if statement is None:
        return None
    sql, parameters = statement
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(sum(after - before), 0) FROM ({sql}) q", parameters)
        rows, delta = cursor.fetchone()
    return Effect(Decimal(delta) * version.scale, rows) if rows else None


def touched_rows(
    indicator: Indicator | str,
    scope: IndicatorScope,
    period: Period,
    *,
    since: datetime.datetime = ALWAYS,
    most: int = 200,
) -> list[TouchedRow]:
    """Rows that the reader may open and that count differently, those that changed most first."""
    version = own(indicator, period)
    statement = _compared(version, scope, period, since, amended_ledgers(since))
    if statement is None:
        return []
    visible, more = readable(version.model).order_by().values("id").query.sql_with_params()
    sql, parameters = statement
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, before, after FROM ({sql}) q WHERE id IN ({visible})"
            " ORDER BY abs(after - before) DESC, id LIMIT %s",
            (*parameters, *more, most),
        )
        lines = cursor.fetchall()
    scale = version.scale
    return [TouchedRow(key, Decimal(was) * scale, Decimal(now) * scale) for key, was, now in lines]


def _ratio(
    version: Indicator,
    measure: Ratio,
    scope: IndicatorScope,
    period: Period,
    since: datetime.datetime,
    ledgers: Sequence[str],
) -> Effect | None:
    parts = [
        effect(code, scope, period, since=since, ledgers=ledgers)
        for code in (measure.numerator, measure.denominator)
    ]
    if not any(parts):
        return None
    figure = value(version, scope, period)
    now = [part.value or Decimal(0) for part in figure.parts]
    was = [
        number - ((part.delta if part else None) or Decimal(0))
        for number, part in zip(now, parts, strict=True)
    ]
    before = share(*was)
    is_known = before is not None and figure.value is not None
    delta = figure.value - before if is_known else None  # type: ignore[operator]
    return Effect(delta, sum(part.rows for part in parts if part))


def _compared(
    version: Indicator,
    scope: IndicatorScope,
    period: Period,
    since: datetime.datetime,
    ledgers: Sequence[str],
) -> Statement | None:
    """Rows that differ, with `id`, `before`, `after`; None when the statement reads no amended table."""
    sql, parameters = candidates(version, scope, period)
    tables = {table_of_every_row(registry.get(key).model._meta.db_table): key for key in ledgers}
    read = {table: key for table, key in tables.items() if f'"{table}"' in sql}
    if not read:
        return None
    shadows = ", ".join(_shadow(table) for table in read)
    told: tuple[Any, ...] = tuple(part for key in read.values() for part in (key, since))
    counted = "CASE WHEN {0}.id IS NOT NULL AND {0}.reason IS NULL THEN {0}.weight ELSE 0 END"
    before, after = counted.format("was"), counted.format("now")
    statement = (
        f"WITH now AS MATERIALIZED ({sql}),"
        f" was AS MATERIALIZED (WITH {shadows} SELECT * FROM ({sql}) shadowed)"
        f" SELECT coalesce(now.id, was.id) AS id, {before} AS before, {after} AS after"
        f" FROM now FULL JOIN was ON was.id = now.id"
        f" WHERE {before} <> {after}"
    )
    return statement, (*parameters, *told, *parameters)


def _shadow(table: str) -> str:
    """The table with amended rows as they were: of several amendments the first tells what a column said."""
    return (
        f'"{table}" AS (WITH amended AS MATERIALIZED ('
        "SELECT a.row_id, jsonb_object_agg(e.key, e.value ORDER BY a.decided_at DESC, a.id DESC) AS columns"
        f" FROM every_kernel_amendment a CROSS JOIN LATERAL jsonb_each(a.before) e WHERE {_ACCEPTED}"
        " GROUP BY a.row_id)"
        f' SELECT (jsonb_populate_record(t, amended.columns)).* FROM "{table}" t'
        " JOIN amended ON amended.row_id = t.id"
        f' UNION ALL SELECT t.* FROM "{table}" t'
        " WHERE NOT EXISTS (SELECT 1 FROM amended WHERE amended.row_id = t.id))"
    )
