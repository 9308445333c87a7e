"""Figures: the value of an indicator for a scope and a period, its splits, and its course over periods."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

from shanhai.engines.values import Period
from shanhai.kernel import clock, prepared
from shanhai.kernel.history.known import known_on
from shanhai.kernel.statements import kept

from .compile import Statement, candidates
from .declare import Held, Indicator, Ratio
from .members import member_labels
from .onepass.counted import decimals
from .onepass.rolls.asking import asks_held, roll_of
from .onepass.rolls.roll import Roll
from .registry import registry
from .scopes import IndicatorScope


@dataclass(frozen=True, kw_only=True)
class Total:
    """One computed number, and how many rows it counts.

    Unit: `value` is exact in the indicator's unit; per cent for ratios, None when the denominator is
    nothing.
    """

    indicator: Indicator
    scope: IndicatorScope
    period: Period
    value: Decimal | None
    counted: int
    computed_at: datetime.datetime

    @property
    def display(self) -> str:
        """The value as it is printed, without its unit."""
        return display(self.indicator, self.value)


@dataclass(frozen=True, kw_only=True)
class Figure(Total):
    """A total, and the rows it leaves out.

    Shape: `excluded` maps reason codes to numbers of rows; `parts` are numerator and denominator of a
    ratio.
    """

    excluded: Mapping[str, int]
    parts: tuple["Figure", ...] = ()

    @property
    def candidates(self) -> int:
        return self.counted + sum(self.excluded.values())


@dataclass(frozen=True)
class Member:
    """One member of a split with its own value."""

    code: str
    label: str
    value: Decimal | None
    counted: int


@dataclass(frozen=True)
class Breakdown:
    """A figure with its splits: dimension code → members. The values of each split sum to the figure's.

    Shape: a ratio's members are divided anew, member by member; `parts` are its numerator and denominator.
    """

    figure: Figure
    splits: Mapping[str, Sequence[Member]] = field(default_factory=dict)
    parts: tuple["Breakdown", ...] = ()


#: A member with its counted rows and their weight.
type Line = tuple[str, int, Any]
#: A figure, and the lines of each split.
type Numbers = tuple[Figure, Mapping[str, Sequence[Line]]]


def display(indicator: Indicator, number: Decimal | None) -> str:
    """A number in the indicator's unit as it is printed: rounded half away from zero, thousands separated."""
    if number is None:
        return "—"
    return f"{number.quantize(Decimal(1).scaleb(-indicator.places), ROUND_HALF_UP):,}"


def value(indicator: Indicator | str, scope: IndicatorScope, period: Period) -> Figure:
    """The indicator's figure. Who may learn it: `scopes.countable`."""
    return breakdown(indicator, scope, period).figure


def trend(indicator: Indicator | str, scope: IndicatorScope, periods: Sequence[Period]) -> list[Figure]:
    """The figure of each period, all in one query (two for a ratio)."""
    return [one.figure for one in breakdowns(indicator, scope, periods)]


def breakdown(
    indicator: Indicator | str, scope: IndicatorScope, period: Period, splits: Sequence[str] = ()
) -> Breakdown:
    """The figure with the splits asked for, those a ratio's two parts share included."""
    return breakdowns(indicator, scope, [period], splits)[0]


def breakdowns(
    indicator: Indicator | str, scope: IndicatorScope, periods: Sequence[Period], splits: Sequence[str] = ()
) -> list[Breakdown]:
    """Figures and splits of several periods by one statement, in the order of `periods`.

    Errors: NotAllowed when the reader reads no row of the ledger; NotVisible for an unknown code or split.
    """
    if not periods:
        return []
    code = indicator if isinstance(indicator, str) else indicator.code
    found: dict[Period, Breakdown] = {}
    for version in registry.versions(code):
        own = [period for period in periods if registry.get(code, period) is version]
        if own:
            found |= dict(zip(own, _computed(version, scope, own, splits), strict=True))
    return [found[period] for period in periods]


def _computed(
    indicator: Indicator, scope: IndicatorScope, periods: Sequence[Period], splits: Sequence[str]
) -> list[Breakdown]:
    if isinstance(indicator.measure, Ratio):
        return _ratios(indicator, indicator.measure, scope, periods, splits)
    known = indicator.all_dimensions()
    asked = [code for code in splits if code in known]
    held = [code for code in asked if isinstance(known[code], Held)]
    if not asks_held(indicator, [code for code, _member in scope.only]):
        with roll_of(indicator, scope.side, periods) as roll:
            if roll is not None:
                others = [code for code in asked if code not in held]
                rolled = [_of_roll(roll, scope, period, others) for period in periods]
                told = _by_statement(indicator, scope, periods, held) if held else rolled
                pairs = zip(rolled, told, strict=True)
                return _named_all([(one[0], {**one[1], **more[1]}) for one, more in pairs])
    return _named_all(_by_statement(indicator, scope, periods, asked))


def _by_statement(
    indicator: Indicator, scope: IndicatorScope, periods: Sequence[Period], splits: Sequence[str]
) -> list[Numbers]:
    lines = _lines(indicator, scope, periods, splits)
    return [
        _read(indicator, scope, period, splits, [line[1:] for line in lines if line[0] == position])
        for position, period in enumerate(periods)
    ]


def _lines(
    indicator: Indicator, scope: IndicatorScope, periods: Sequence[Period], splits: Sequence[str]
) -> list[tuple[Any, ...]]:
    """What the statement answers. To write it takes Django longer, and to plan it the database."""
    key = ("figures", indicator, scope, tuple(periods), tuple(splits))
    statement = kept(key, lambda: _totals(indicator, scope, periods, splits))
    if known_on() is None and scope == IndicatorScope(scope.side):  # what many ask
        planned = kept((*key, "planned"), lambda: prepared.written(*statement))
        return prepared.lines([(planned, ())])[0]
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return list(cursor.fetchall())


def _totals(
    indicator: Indicator, scope: IndicatorScope, periods: Sequence[Period], splits: Sequence[str]
) -> Statement:
    """Totals by period, by reason and by each split, in one pass over the classified rows."""
    parts = [candidates(indicator, scope, period, splits=splits) for period in periods]
    rows = " UNION ALL ".join(f"SELECT {n} AS p, c.* FROM ({sql}) c" for n, (sql, _) in enumerate(parts))
    columns = ", ".join(["reason", *(f'"d_{code}"' for code in splits)])
    sets = ", ".join(["(p)", "(p, reason)", *(f'(p, "d_{code}")' for code in splits)])
    statement = (
        f"WITH r AS ({rows}) SELECT p, GROUPING({columns}), {columns}, count(*),"
        " count(*) FILTER (WHERE reason IS NULL), coalesce(sum(weight) FILTER (WHERE reason IS NULL), 0)"
        f" FROM r GROUP BY GROUPING SETS ({sets})"
    )
    return statement, tuple(parameter for _, parameters in parts for parameter in parameters)


def _read(
    indicator: Indicator,
    scope: IndicatorScope,
    period: Period,
    splits: Sequence[str],
    lines: Sequence[tuple[Any, ...]],
) -> Numbers:
    """Lines are (mask, reason, members…, rows, counted rows, weight); a 0 bit marks the column grouped by."""
    width = len(splits) + 1
    full = 2**width - 1
    by_mask: dict[int, list[tuple[Any, ...]]] = {}
    for mask, *rest in lines:
        by_mask.setdefault(mask, []).append(tuple(rest))
    total = by_mask.get(full, [(*[None] * width, 0, 0, 0)])[0]
    reasons = by_mask.get(full - 2 ** (width - 1), [])
    excluded = {line[0]: line[-3] for line in reasons if line[0] is not None}
    members = {}
    for position, code in enumerate(splits, start=1):
        group = by_mask.get(full - 2 ** (width - 1 - position), [])
        members[code] = [(line[position], line[-2], line[-1]) for line in group]
    return _figure(indicator, scope, period, (total[-2], total[-1]), excluded), members


def _of_roll(roll: Roll, scope: IndicatorScope, period: Period, splits: Sequence[str]) -> Numbers:
    """The same, of what this process keeps (ADR 0035)."""
    indicator, found = roll.shape.term.indicator, roll.counted(scope, period)
    decimal = Decimal(1).scaleb(-decimals(indicator))
    excluded = {code: int(found.reasons[number]) for code, number in roll.shape.ordinals.items()}
    members = {
        code: [(member, rows, weight * decimal) for member, rows, weight in roll.members(found, code, period)]
        for code in splits
    }
    ((_, counted, weight),) = roll.members(found, "", period)
    told = {code: rows for code, rows in excluded.items() if rows}
    return _figure(indicator, scope, period, (counted, weight * decimal), told), members


def _figure(
    indicator: Indicator,
    scope: IndicatorScope,
    period: Period,
    total: tuple[int, Any],
    excluded: Mapping[str, int],
) -> Figure:
    """Shape: `total` is the number of counted rows, and their weight."""
    return Figure(
        indicator=indicator,
        scope=scope,
        period=period,
        value=Decimal(total[1]) * indicator.scale,
        counted=total[0],
        excluded=excluded,
        computed_at=clock.now(),
    )


def _named_all(found: Sequence[Numbers]) -> list[Breakdown]:
    """With the names of members, those of all periods read at once."""
    indicator = found[0][0].indicator
    labels = {
        code: member_labels(
            indicator, code, {line[0] for _, splits in found for line in splits[code] if line[1]}
        )
        for code in found[0][1]
    }
    return [
        Breakdown(figure, {code: _members(indicator, lines, labels[code]) for code, lines in splits.items()})
        for figure, splits in found
    ]


def _members(indicator: Indicator, lines: Sequence[Line], labels: Mapping[str, str]) -> list[Member]:
    order = {member: position for position, member in enumerate(labels)}
    members = [
        Member(member, labels[member], Decimal(weight) * indicator.scale, rows)
        for member, rows, weight in lines
        if rows
    ]
    return sorted(members, key=lambda one: (not one.code, order[one.code]))


def _ratios(
    indicator: Indicator,
    measure: Ratio,
    scope: IndicatorScope,
    periods: Sequence[Period],
    splits: Sequence[str],
) -> list[Breakdown]:
    tops = breakdowns(measure.numerator, scope, periods, splits)
    bottoms = breakdowns(measure.denominator, scope, periods, splits)
    return [_divided(indicator, top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]


def _divided(indicator: Indicator, top: Breakdown, bottom: Breakdown) -> Breakdown:
    figure = Figure(
        indicator=indicator,
        scope=top.figure.scope,
        period=top.figure.period,
        value=share(top.figure.value, bottom.figure.value),
        counted=top.figure.counted,
        excluded=top.figure.excluded,
        computed_at=top.figure.computed_at,
        parts=(top.figure, bottom.figure),
    )
    shared = [code for code in top.splits if code in bottom.splits]
    splits = {code: divided_members(top.splits[code], bottom.splits[code]) for code in shared}
    return Breakdown(figure, splits, (top, bottom))


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Per cent of the whole; None when the whole is nothing."""
    return part / whole * 100 if whole and part is not None else None


def divided_members(tops: Sequence[Member], bottoms: Sequence[Member]) -> list[Member]:
    """The ratio of each member of the denominator, in its order."""
    found = {one.code: one for one in tops}
    members = []
    for whole in bottoms:
        part = found.get(whole.code)
        value, counted = (part.value, part.counted) if part else (Decimal(0), 0)
        members.append(Member(whole.code, whole.label, share(value, whole.value), counted))
    return members
