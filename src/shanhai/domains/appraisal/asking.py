"""What an indicator page was asked for: indicator, scope, period, read from the address and written back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.history import known
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link_to, with_query

#: How many periods of a kind a page offers and a trend shows.
RECENT = 5


@dataclass(frozen=True)
class Asking:
    """One figure somebody looks at. `indicator` is the version that defines `period`."""

    actor: Actor
    indicator: Indicator
    scope: IndicatorScope
    period: Period

    @classmethod
    def of(cls, request: HttpRequest, code: str) -> Self:
        """Errors: NotVisible for an unknown code, scope or period; NotAllowed for who belongs to no side."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        period = asked_period(request.GET, registry.get(code).period_kind)
        scope = asked_scope(actor, request.GET)
        indicator = registry.get(code, period)
        if any(dimension not in dimensions(indicator, period) for dimension, _member in scope.only):
            raise NotVisible
        return cls(actor, indicator, scope, period)

    def query(self) -> dict[str, str]:
        return {"period": self.period.code, **self.scope.to_query(), **known.query()}

    def url(self, page: str = "indicator", **more: Any) -> str:
        """Address of a page about the same figure; `more` are further parameters."""
        url = link_to(f"appraisal:{page}", code=self.indicator.code)
        return with_query(url, {**self.query(), **more})

    def within(self, **changes: Any) -> Self:
        """The same figure of another scope."""
        return replace(self, scope=replace(self.scope, **changes))

    def narrowed(self, dimension: str, member: str) -> Self:
        """The same figure of one member of a split; units and places carry over to those below them."""
        if dimension in {"unit", "place"} and member:
            return self.within(**{dimension: member})
        return replace(self, scope=self.scope.narrowed(dimension, member))

    def at(self, period: Period) -> Self:
        return replace(self, period=period)

    def about(self, indicator: Indicator) -> Self:
        return replace(self, indicator=indicator)

    @property
    def is_own_side(self) -> bool:
        return self.scope.side in self.actor.sides

    @property
    def recent(self) -> Sequence[Period]:
        """The periods up to this one, oldest first."""
        return recent_periods(self.period, RECENT)


def dimensions(indicator: Indicator, period: Period) -> Mapping[str, Any]:
    """Splits of the indicator; those of its numerator for a ratio."""
    return own(indicator, period).all_dimensions()


def recent_periods(last: Period, number: int) -> list[Period]:
    """`number` periods of one kind ending with `last`, oldest first."""
    found = [last]
    while len(found) < number:
        found.insert(0, found[0].previous())
    return found


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
    """The scope in the address, else the reader's own side."""
    if actor.home is None:
        raise NotAllowed
    return IndicatorScope.from_query(query, actor.home.side)


def period_chips(asking: Asking, page: str) -> list[dict[str, Any]]:
    """Other periods the same figure can be looked at."""
    newest = Period.of(clock.today(), asking.period.kind)
    offered = recent_periods(max(newest, asking.period), RECENT)
    year = Period.of(clock.today(), PeriodKind.YEAR)
    offered += [one for one in (year.previous(), year) if one not in offered]
    return [
        {"label": period_label(one), "url": asking.at(one).url(page), "here": one == asking.period}
        for one in offered
    ]


def side_chips(asking: Asking, page: str) -> list[dict[str, Any]]:
    """The two sides; unit, place and members belong to one of them and fall away."""
    return [
        {
            "label": side.label,
            "url": replace(asking, scope=IndicatorScope(side)).url(page),
            "here": side == asking.scope.side,
        }
        for side in (Side.WEST, Side.EAST)
    ]
