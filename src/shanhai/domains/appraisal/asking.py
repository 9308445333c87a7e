"""What an indicator page was asked for, and the addresses of other such pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import HttpRequest

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.history import known
from shanhai.kernel.indicators.asked import Question
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link_to, with_query

#: How many periods of a kind a page offers and a trend shows.
RECENT = 5


@dataclass(frozen=True)
class Asking(Question):
    """One figure somebody looks at, and the addresses of its pages."""

    actor: Actor

    @classmethod
    def by(cls, request: HttpRequest, code: str) -> Self:
        """Errors: those of `Question.of`."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        asked = Question.of(actor, request.GET, code)
        return cls(asked.indicator, asked.scope, asked.period, actor)

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


def recent_periods(last: Period, number: int) -> list[Period]:
    """`number` periods of one kind ending with `last`, oldest first."""
    found = [last]
    while len(found) < number:
        found.insert(0, found[0].previous())
    return found


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
