"""Which figure an address asks for: indicator, scope and period, read from its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import period_label

from .declare import Indicator
from .registry import registry
from .rows import own
from .scopes import IndicatorScope


@dataclass(frozen=True)
class Question:
    """One figure. `indicator` is the version that defines `period`."""

    indicator: Indicator
    scope: IndicatorScope
    period: Period

    @classmethod
    def of(cls, actor: Actor, query: Mapping[str, str], code: str) -> Self:
        """What somebody asks.

        Errors: NotVisible for an unknown code, scope or period; NotAllowed for who belongs to no side.
        """
        period = asked_period(query, registry.get(code).period_kind)
        scope = asked_scope(actor, query)
        indicator = registry.get(code, period)
        if any(dimension not in dimensions(indicator, period) for dimension, _member in scope.only):
            raise NotVisible
        return cls(indicator, scope, period)


def dimensions(indicator: Indicator, period: Period) -> Mapping[str, Any]:
    """Splits of the indicator; those of its numerator for a ratio."""
    return own(indicator, period).all_dimensions()


def asked_period(query: Mapping[str, str], kind: PeriodKind = PeriodKind.QUARTER) -> Period:
    """The period asked for, else the quarter of today. Errors: NotVisible when none, or too short."""
    text = query.get("period")
    if not text:
        return Period.of(clock.today(), PeriodKind.QUARTER)
    try:
        period = Period.parse(text)
    except PeriodError:
        raise NotVisible from None
    if period.kind.months < kind.months:
        raise NotVisible(_("这个指标没有“%(period)s”这样短的报告期。") % {"period": period_label(period)})
    return period


def asked_scope(actor: Actor, query: Mapping[str, str]) -> IndicatorScope:
    """The scope in the address, else the reader's own side. Errors: NotVisible, NotAllowed."""
    if actor.home is None:
        raise NotAllowed
    return IndicatorScope.from_query(query, actor.home.side)
