"""Totals of many indicators, from the sums that this process keeps; where it keeps none, by statement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed

from .declare import Indicator, Ratio
from .figures import Total, share, trend
from .onepass.kept import KEEPER, Keeper
from .onepass.places import Ask, Asked
from .registry import registry
from .scopes import IndicatorScope

#: Value and number of rows.
type Found = Mapping[Ask, tuple[Decimal, int]]


def totals(
    indicators: Iterable[Indicator],
    scope: IndicatorScope,
    periods: Sequence[Period],
    keeper: Keeper = KEEPER,
) -> dict[str, list[Total]]:
    """Code → a total for each period, the same as `figures.trend` tells; without what may not be told.

    Shape: sums are kept of a whole side and of its places; of units and members, of a past day and within a
    transaction that has written, totals are asked by a statement for each indicator.
    """
    wanted = list(indicators)
    kept = _kept(wanted, scope, periods, keeper)
    found: dict[str, list[Total]] = {}
    for indicator in wanted:
        own = [_total(registry.get(indicator.code, period), scope, period, kept) for period in periods]
        try:
            told = [one for one in own if one]
            found[indicator.code] = told if all(own) else [*trend(indicator, scope, periods)]
        except NotAllowed:
            continue
    return found


def _kept(
    indicators: Iterable[Indicator], scope: IndicatorScope, periods: Sequence[Period], keeper: Keeper
) -> Found:
    if scope.unit or scope.only:
        return {}
    asked = Asked(scope.side)
    for indicator in indicators:
        for period in periods:
            for ask in _parts(registry.get(indicator.code, period), period):
                asked.add(ask)
    found: dict[Ask, Any] = {}
    with keeper.now(asked.months, only_kept=True) as kept:
        for wanted, pairs in asked.by_sums.items():
            if wanted in kept and kept[wanted].tree.knows(scope.place):
                found |= {ask: kept[wanted].at(month, scope.place) for ask, month in pairs}
    return found


def _parts(indicator: Indicator, period: Period) -> Iterator[Ask]:
    """What a ratio is divided from; else the indicator itself."""
    if isinstance(indicator.measure, Ratio):
        for code in (indicator.measure.numerator, indicator.measure.denominator):
            yield from _parts(registry.get(code, period), period)
    else:
        yield indicator, period


def _total(indicator: Indicator, scope: IndicatorScope, period: Period, kept: Found) -> Total | None:
    parts = [kept.get(ask) for ask in _parts(indicator, period)]
    if not all(parts):
        return None
    (value, counted), *below = (one for one in parts if one)
    whole: Decimal | None = share(value, below[0][0]) if below else value
    return Total(
        indicator=indicator, scope=scope, period=period, value=whole, counted=counted, computed_at=clock.now()
    )
