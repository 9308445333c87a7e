"""What has become of a figure since a day: the value known then, the value now, and the rows between."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel.history.known import as_known_on

from .compile import candidates
from .declare import Indicator
from .figures import Figure, value
from .rows import ledger_rows, own
from .scopes import IndicatorScope, readable


class Turn(StrEnum):
    """How a row came to change the figure."""

    #: Not there on the day, counted now.
    NEW = "new"
    #: There on the day but not counted, counted now.
    COUNTED = "counted"
    #: Counted then and now, with another amount.
    CHANGED = "changed"
    #: Counted then, not any more.
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        labels = {
            Turn.NEW: _("后来新增"),
            Turn.COUNTED: _("后来计入"),
            Turn.CHANGED: _("后来改数"),
            Turn.DROPPED: _("后来不计"),
        }
        return labels[self]


@dataclass(frozen=True)
class Turned:
    """One row between the two values; reasons are "" where it is counted, None where it is no candidate.

    Unit: of the indicator.
    """

    row: Any
    turn: Turn
    was: Decimal
    now: Decimal
    reason_was: str | None
    reason_now: str | None


@dataclass(frozen=True)
class Tally:
    """Rows of one turn: how many, how many the reader may open, and what they add to the figure."""

    rows: int
    openable: int
    difference: Decimal


@dataclass(frozen=True)
class Since:
    """Both figures; for a ratio, `tallies` and `rows` are its numerator's."""

    day: datetime.date
    version: Indicator
    was: Figure
    now: Figure
    tallies: Mapping[Turn, Tally]
    rows: Sequence[Turned]

    @property
    def difference(self) -> Decimal | None:
        if self.was.value is None or self.now.value is None:
            return None
        return self.now.value - self.was.value


_THEN = "indicator_then"

#: A candidate of then and of now side by side, where it makes a difference.
_TURNED = """
n AS MATERIALIZED ({now}), v AS MATERIALIZED ({visible}),
sides AS (
    SELECT coalesce(n.id, t.id) AS id, t.reason AS reason_was, n.reason AS reason_now,
        t.id IS NOT NULL AS was_there, n.id IS NOT NULL AS is_there,
        CASE WHEN t.id IS NOT NULL AND t.reason IS NULL THEN t.weight END AS was,
        CASE WHEN n.id IS NOT NULL AND n.reason IS NULL THEN n.weight END AS now
    FROM {then} t FULL JOIN n ON n.id = t.id
),
turned AS (
    SELECT *, id IN (SELECT v.id FROM v) AS is_open,
        CASE WHEN was IS NULL AND NOT was_there THEN 'new' WHEN was IS NULL THEN 'counted'
            WHEN now IS NULL THEN 'dropped' ELSE 'changed' END AS turn
    FROM sides WHERE was IS DISTINCT FROM now
)"""


def since(
    indicator: Indicator, scope: IndicatorScope, period: Period, day: datetime.date, *, most: int = 50
) -> Since:
    """The figure as known on `day` and now, with at most `most` of the rows between.

    Shape: rows the reader may open; tallies count all.
    """
    version = own(indicator, period)
    with as_known_on(day):
        was = value(indicator, scope, period)
        statement, parameters = candidates(version, scope, period)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {_THEN} ON COMMIT DROP AS {statement}", parameters)
    with as_known_on(None):
        now = value(indicator, scope, period)
        tallies, rows = _between(version, scope, period, most)
    return Since(day, version, was, now, tallies, rows)


def _between(
    version: Indicator, scope: IndicatorScope, period: Period, most: int
) -> tuple[Mapping[Turn, Tally], Sequence[Turned]]:
    statement, parameters = candidates(version, scope, period)
    visible, more = readable(version.model).order_by().values("id").query.sql_with_params()
    turned = _TURNED.format(now=statement, visible=visible, then=_THEN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {turned} SELECT turn, count(*), count(*) FILTER (WHERE is_open),"
            " sum(coalesce(now, 0) - coalesce(was, 0)) FROM turned GROUP BY turn",
            (*parameters, *more),
        )
        tallies = {
            Turn(turn): Tally(rows, openable, Decimal(difference) * version.scale)
            for turn, rows, openable, difference in cursor.fetchall()
        }
        cursor.execute(
            f"WITH {turned} SELECT id, turn, coalesce(was, 0), coalesce(now, 0),"
            " CASE WHEN was_there THEN coalesce(reason_was, '') END,"
            " CASE WHEN is_there THEN coalesce(reason_now, '') END"
            " FROM turned WHERE is_open ORDER BY turn, id LIMIT %s",
            (*parameters, *more, most),
        )
        lines = cursor.fetchall()
        cursor.execute(f"DROP TABLE {_THEN}")
    found = ledger_rows(version.model, [line[0] for line in lines])
    rows = [
        Turned(found[pk], Turn(turn), was * version.scale, now * version.scale, reason_was, reason_now)
        for pk, turn, was, now, reason_was, reason_now in lines
        if pk in found
    ]
    return {turn: tallies[turn] for turn in Turn if turn in tallies}, rows
