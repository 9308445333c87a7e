"""The two sides' rows behind one indicator, matched by the ledger's reconciliation key.

Looks at rows that are counted, and at those left out only because the same object is counted at another row:
one side may hold the last of several rows of a person and the other an earlier one.
Shows rows only one side has, and rows both have whose declared fields differ. Of the other side nothing
is shown but those fields, and only of reported rows it shares (`scopes.countable`); of the reader's own
side rows open by the scope.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, TextField
from django.db.models.functions import Cast

from shanhai.engines.values import Period
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Side

from .compile import Statement, candidates
from .declare import Indicator
from .reasons import DUPLICATE
from .rows import own
from .scopes import IndicatorScope, readable

type Members = tuple[tuple[str, str], ...]


class Match(StrEnum):
    """How one key stands between the two sides."""

    ONLY_EAST = "only_east"
    ONLY_WEST = "only_west"
    DIFFERENT = "different"
    SAME = "same"

    @property
    def label(self) -> str:
        return {
            "only_east": "仅帮扶方有",
            "only_west": "仅受援方有",
            "different": "双方都有，内容不同",
            "same": "双方一致",
        }[self.value]


@dataclass(frozen=True)
class Pair:
    """One key with the ids and the declared fields of both sides; empty on a side that does not have it."""

    match: Match
    key: tuple[str | None, ...]
    east_id: UUID | None
    west_id: UUID | None
    east: tuple[str | None, ...]
    west: tuple[str | None, ...]

    @property
    def differing(self) -> list[int]:
        """Positions of the declared fields whose values differ."""
        return [
            n for n, (ours, theirs) in enumerate(zip(self.east, self.west, strict=True)) if ours != theirs
        ]


def is_reconciled(indicator: Indicator | str, period: Period) -> bool:
    """Whether the ledger behind the indicator is filed by both sides and can be matched."""
    ledger = _ledger(own(indicator, period))
    return ledger is not None and bool(ledger.reconcile_key) and len(ledger.sides) > 1


def tally(indicator: Indicator | str, period: Period, only: Members = ()) -> dict[Match, int]:
    """How many keys stand how; every match is in it. `only`: members of splits, as in a scope."""
    version = own(indicator, period)
    sql, parameters = _paired(version, period, only)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT match, count(*) FROM ({sql}) m GROUP BY match", parameters)
        found = dict(cursor.fetchall())
    return {match: found.get(match.value, 0) for match in Match}


def pairs(
    indicator: Indicator | str,
    period: Period,
    match: Match,
    *,
    only: Members = (),
    after: str = "",
    size: int = 50,
) -> Sequence[Pair]:
    """Keys that stand so and whose rows the reader may open, ordered by key.

    Shape: `after` is `cursor_of` the last pair of the page before.
    """
    version = own(indicator, period)
    ledger = _declared(version)
    sql, parameters = _paired(version, period, only)
    visible, more = readable(version.model).order_by().values("id").query.sql_with_params()
    opened = " AND ".join(
        f"({name} IS NULL OR {name} IN (SELECT id FROM v))" for name in ("east_id", "west_id")
    )
    statement = (
        f"WITH v AS ({visible}) SELECT * FROM ({sql}) m"
        f" WHERE match = %s AND place > %s AND {opened} ORDER BY place LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (*more, *parameters, match.value, after, size))
        lines = cursor.fetchall()
    return [_pair(line, len(ledger.reconcile_key), len(ledger.reconcile_fields)) for line in lines]


def cursor_of(pair: Pair) -> str:
    """What `pairs(after=…)` takes to go on behind this pair."""
    return "\x1f".join([*(part or "" for part in pair.key), str(pair.east_id or ""), str(pair.west_id or "")])


def _pair(line: Sequence[Any], keys: int, fields: int) -> Pair:
    match, _, east_id, west_id, *rest = line
    return Pair(
        match=Match(match),
        key=tuple(rest[:keys]),
        east_id=east_id,
        west_id=west_id,
        east=tuple(rest[keys : keys + fields]),
        west=tuple(rest[keys + fields :]),
    )


def _ledger(indicator: Indicator) -> Ledger[Any] | None:
    return ledgers.get(indicator.source) if indicator.source in ledgers else None


def _declared(indicator: Indicator) -> Ledger[Any]:
    ledger = _ledger(indicator)
    if ledger is None:
        raise LookupError(f"{indicator.code} rests on {indicator.source}, which is no ledger")
    return ledger


def _countable(indicator: Indicator, scope: IndicatorScope, period: Period) -> Statement:
    ledger = _declared(indicator)
    texts: dict[str, Any] = {}
    for prefix, paths in (("k", ledger.reconcile_key), ("f", ledger.reconcile_fields)):
        for position, path in enumerate(paths):
            texts[f"{prefix}_{position}"] = Cast(F(_comparable(indicator, path)), TextField())
    sql, parameters = candidates(indicator, scope, period, extra=texts)
    return f"SELECT * FROM ({sql}) s WHERE s.reason IS NULL OR s.reason = '{DUPLICATE}'", parameters


def _comparable(indicator: Indicator, path: str) -> str:
    """A sealed value compares by its blind index, for its ciphertexts always differ."""
    return f"{path}_index" if isinstance(resolve_path(indicator.model, path), SealedField) else path


def _paired(indicator: Indicator, period: Period, only: Members) -> Statement:
    """Keys of both sides' countable rows, outer-joined; `place` orders them and is unique."""
    ledger = _declared(indicator)
    keys = [f"k_{n}" for n in range(len(ledger.reconcile_key))]
    fields = [f"f_{n}" for n in range(len(ledger.reconcile_fields))]
    east, east_parameters = _countable(indicator, IndicatorScope(Side.EAST, only=only), period)
    west, west_parameters = _countable(indicator, IndicatorScope(Side.WEST, only=only), period)
    same_key = " AND ".join(f"e.{key} = w.{key}" for key in keys)
    same_fields = " AND ".join(f"e.{name} IS NOT DISTINCT FROM w.{name}" for name in fields)
    key_columns = [f"coalesce(e.{key}, w.{key})" for key in keys]
    place_parts = [*key_columns, "e.id::text", "w.id::text"]
    place = " || chr(31) || ".join(f"coalesce({part}, '')" for part in place_parts)
    columns = [*key_columns, *(f"e.{name}" for name in fields), *(f"w.{name}" for name in fields)]
    aliased = ", ".join(f"{column} AS c_{position}" for position, column in enumerate(columns))
    statement = (
        f"SELECT CASE WHEN w.id IS NULL THEN 'only_east' WHEN e.id IS NULL THEN 'only_west'"
        f" WHEN {same_fields} THEN 'same' ELSE 'different' END AS match,"
        f' ({place}) COLLATE "C" AS place, e.id AS east_id, w.id AS west_id, {aliased}'
        f" FROM ({east}) e FULL OUTER JOIN ({west}) w ON {same_key}"
    )
    return statement, (*east_parameters, *west_parameters)
