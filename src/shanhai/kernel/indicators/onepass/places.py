"""Figures of every place of the tree, at every level, of many indicators and periods."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection

from shanhai.engines.values import Period
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.scopes import Told, told
from shanhai.kernel.scope import Side

from .activity import position
from .counted import counted_sql
from .terms import Term, term_of

#: An indicator, in the version that defines the period, and the period.
type Ask = tuple[Indicator, Period]


def by_place(asks: Iterable[Ask], side: Side) -> dict[Ask, dict[UUID, Decimal]]:
    """Values of a whole side at every place that has one: of what lies in it or below it.

    Shape: one statement for each indicator, however many places, levels and periods. Left out are indicators
    that cannot be read so (`terms.why_not`), periods of a kind they are not reported for, and what the reader
    may not be told, or is told only of rows of their own.
    """
    by_term: dict[tuple[Term, str], list[tuple[Ask, int]]] = {}
    for ask in asks:
        term, at = term_of(ask[0]), position(*ask)
        if term and at and _of_whole(term, side):
            by_term.setdefault((term, at[0]), []).append((ask, at[1]))
    found: dict[Ask, dict[UUID, Decimal]] = {}
    for (term, series), asked in by_term.items():
        found |= _read(term, series, side, asked)
    return found


def _of_whole(term: Term, side: Side) -> bool:
    try:
        return told(term.model, side) is not Told.OWN
    except NotAllowed:
        return False


def _read(
    term: Term, series: str, side: Side, asked: list[tuple[Ask, int]]
) -> dict[Ask, dict[UUID, Decimal]]:
    is_open = told(term.model, side) is Told.OPEN
    counted = counted_sql(term, series, connection.alias, side=str(side), is_open=is_open)
    months = ", ".join(f"({number}, {month})" for number, (_ask, month) in enumerate(asked))
    places = f'"{apps.get_model(settings.SHANHAI_PLACE_MODEL)._meta.db_table}"'
    statement = (
        # Few sums before they are spread over windows: by place and months, then at every place above.
        "WITH flat AS (SELECT c.place, c.since, c.until, sum(c.weight) AS weight"
        f" FROM ({counted}) c WHERE c.place IS NOT NULL GROUP BY 1, 2, 3),"
        " rolled AS (SELECT up.id AS place, f.since, f.until, sum(f.weight) AS weight"
        f" FROM flat f JOIN {places} p ON p.id = f.place JOIN {places} up ON up.path @> p.path"
        " GROUP BY 1, 2, 3)"
        f" SELECT a.n, r.place, sum(r.weight) FROM (VALUES {months}) a(n, month)"
        " JOIN rolled r ON r.since <= a.month AND a.month < r.until GROUP BY 1, 2"
    )
    found: dict[Ask, dict[UUID, Decimal]] = {ask: {} for ask, _month in asked}
    with connection.cursor() as cursor:
        cursor.execute(statement)
        for number, place, weight in cursor.fetchall():
            if weight:
                found[asked[number][0]][place] = weight * term.indicator.scale
    return found
