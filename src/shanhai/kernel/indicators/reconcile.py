"""The two sides' rows behind one indicator, matched by the ledger's reconciliation key.

Looks at rows that are counted, and at those left out only because the same object is counted at another row:
one side may hold the last of several rows of a person and the other an earlier one.
Shows rows only one side has, and rows both have whose declared fields differ. Of the other side nothing
is shown but those fields, and only of reported rows it shares (`scopes.countable`); of the reader's own
side rows open by the scope.

What each pair adds to west less east is told with it, so that the difference of both figures is the sum over
all pairs to the last digit: a row that stands in several pairs adds in the first alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast

from shanhai.engines.values import Period
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Side, shared_rows

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
    #: What the pair adds to west less east, in the indicator's unit.
    effect: Decimal = Decimal(0)
    #: Whether both sides may see every row of it: only then it can be decided on.
    is_told: bool = True
    #: The pair with what is compared of it: another as soon as either side changes that.
    mark: str = ""

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
    return {match: one.pairs for match, one in tallies(indicator, period, only).items()}


@dataclass(frozen=True)
class Tally:
    """Pairs that stand alike. `open`: those both sides can see that differ and are not among `apart`."""

    pairs: int = 0
    effect: Decimal = Decimal(0)
    open: int = 0
    apart: int = 0
    untold: int = 0


def tallies(
    indicator: Indicator | str, period: Period, only: Members = (), apart: Sequence[str] = ()
) -> dict[Match, Tally]:
    """How many keys stand how and what they add; every match is in it.

    `apart`: marks of pairs that both sides let stand apart.
    """
    version = own(indicator, period)
    sql, parameters = _paired(version, period, only)
    statement = (
        "SELECT match, count(*), sum(effect),"
        " count(*) FILTER (WHERE told AND match <> 'same' AND NOT mark = ANY(%s)),"
        " count(*) FILTER (WHERE told AND match <> 'same' AND mark = ANY(%s)),"
        f" count(*) FILTER (WHERE NOT told) FROM ({sql}) m GROUP BY match"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (list(apart), list(apart), *parameters))
        found = {
            match: Tally(number, Decimal(effect) * version.scale, *rest)
            for match, number, effect, *rest in cursor.fetchall()
        }
    return {match: found.get(match.value, Tally()) for match in Match}


def pair_of(indicator: Indicator | str, period: Period, mark: str, only: Members = ()) -> Pair | None:
    """The pair of a mark, as far as the reader may open its rows; None where it is another by now."""
    return next(iter(_found(indicator, period, only, "mark = %s", (mark,), 1)), None)


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
    return _found(indicator, period, only, "match = %s AND place > %s", (match.value, after), size)


def _found(
    indicator: Indicator | str,
    period: Period,
    only: Members,
    condition: str,
    values: tuple[Any, ...],
    size: int,
) -> list[Pair]:
    version = own(indicator, period)
    ledger = _declared(version)
    sql, parameters = _paired(version, period, only)
    visible, more = readable(version.model).order_by().values("id").query.sql_with_params()
    opened = " AND ".join(
        f"({name} IS NULL OR {name} IN (SELECT id FROM v))" for name in ("east_id", "west_id")
    )
    statement = (
        f"WITH v AS ({visible}) SELECT * FROM ({sql}) m"
        f" WHERE {condition} AND {opened} ORDER BY place LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (*more, *parameters, *values, size))
        lines = cursor.fetchall()
    numbers = len(ledger.reconcile_key), len(ledger.reconcile_fields)
    return [_pair(line, *numbers, version.scale) for line in lines]


def cursor_of(pair: Pair) -> str:
    """What `pairs(after=…)` takes to go on behind this pair."""
    return "\x1f".join([*(part or "" for part in pair.key), str(pair.east_id or ""), str(pair.west_id or "")])


def _pair(line: Sequence[Any], keys: int, fields: int, scale: Decimal) -> Pair:
    match, _, east_id, west_id, effect, is_told, mark, *rest = line
    return Pair(
        match=Match(match),
        key=tuple(rest[:keys]),
        east_id=east_id,
        west_id=west_id,
        east=tuple(rest[keys : keys + fields]),
        west=tuple(rest[keys + fields :]),
        effect=Decimal(effect) * scale,
        is_told=is_told,
        mark=mark,
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
    texts["told"] = Case(When(shared_rows(), then=Value(True)), default=Value(False))
    sql, parameters = candidates(indicator, scope, period, extra=texts)
    return (
        f"SELECT s.*, CASE WHEN s.reason IS NULL THEN s.weight ELSE 0 END AS part FROM ({sql}) s"
        f" WHERE s.reason IS NULL OR s.reason = '{DUPLICATE}'",
        parameters,
    )


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
    compared = " || chr(31) || ".join(
        f"coalesce({one}, chr(30))"
        for one in ("e.id::text", "w.id::text", *(f"{side}.{name}" for side in "ew" for name in fields))
    )
    mark = f"encode(sha256(convert_to({compared}, 'UTF8')), 'hex')"
    aliased = ", ".join(f"{column} AS c_{position}" for position, column in enumerate(columns))
    statement = (
        f"SELECT CASE WHEN w.id IS NULL THEN 'only_east' WHEN e.id IS NULL THEN 'only_west'"
        f" WHEN {same_fields} THEN 'same' ELSE 'different' END AS match,"
        f' ({place}) COLLATE "C" AS place, e.id AS east_id, w.id AS west_id,'
        f" {_part('w')} - {_part('e')} AS effect,"
        f" coalesce(e.told, TRUE) AND coalesce(w.told, TRUE) AS told, {mark} AS mark, {aliased}"
        f" FROM ({east}) e FULL OUTER JOIN ({west}) w ON {same_key}"
    )
    return statement, (*east_parameters, *west_parameters)


def _part(side: str) -> str:
    """What a row adds to its side's figure, in the first pair that it stands in."""
    first = f"row_number() OVER (PARTITION BY {side}.id ORDER BY e.id, w.id)"
    return f"CASE WHEN {first} = 1 THEN coalesce({side}.part, 0) ELSE 0 END"
