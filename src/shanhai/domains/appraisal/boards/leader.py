"""领导看板: targets, money, findings by severity, supervision, what is still to be filed. Values only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.declare import Direction
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.periods.states import Standing as Filed
from shanhai.kernel.periods.summary import states_of
from shanhai.kernel.periods.visible import may_see, visible_obligations
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.web.scoreboard import scores_for

from ..asking import Asking
from ..models import Severity
from ..reports import Standing, standings
from . import alarms
from .board import Board
from .layers import may_be_told

#: Agreed, received, paid: what each is called on this page.
MONEY = ("FUN-1A", "FUN-1", "FUN-2A")


@dataclass(frozen=True)
class Goal:
    """A target with what is done of it. Shape: `rank` among targets by completion, equal ones alike."""

    standing: Standing
    rank: int | None
    url: str
    rows_url: str


@dataclass(frozen=True)
class Told:
    """A number of the page that opens. Shape: `kind` is good, bad or nothing."""

    code: str
    name: str
    value: str
    unit: str
    url: str
    kind: str = ""
    note: str = ""


def ranked(rates: Sequence[Decimal | None]) -> list[int | None]:
    """Place of each by size, the largest first; equal ones share a place, the next place is left out."""
    order = sorted((one for one in rates if one is not None), reverse=True)
    return [None if one is None else order.index(one) + 1 for one in rates]


class Leader:
    """What one reader sees of a side now; duties, findings and slips are told of the own side alone."""

    def __init__(self, actor: Actor, side: Side) -> None:
        if actor.home is None:
            raise NotAllowed
        self.actor = actor
        self.side = side
        self.period = Period.of(clock.today(), PeriodKind.QUARTER)
        self.is_own = side in actor.sides
        self.board = Board(actor, clock.today().year)

    @cached_property
    def _standings(self) -> list[Standing]:
        indicators = [one for one in registry if may_be_told(self.actor, one)]
        return standings(indicators, IndicatorScope(self.side), self.period)

    @cached_property
    def goals(self) -> list[Goal]:
        """Targets of the side for the year, the least done first."""
        aimed = [one for one in self._standings if one.target is not None]
        upward = [one.rate if one.figure.indicator.direction is Direction.UP else None for one in aimed]
        found = [
            Goal(
                one, rank, self._asking(one).url(), self._asking(one).url("indicator_rows", reason="counted")
            )
            for one, rank in zip(aimed, ranked(upward), strict=True)
        ]
        return sorted(found, key=lambda one: -(one.rank or 0))

    def _asking(self, one: Standing) -> Asking:
        return Asking(one.figure.indicator, IndicatorScope(self.side), self.period, self.actor)

    @cached_property
    def money(self) -> list[Told]:
        """Agreed, received, paid in the year."""
        by_code = {one.figure.indicator.code: one for one in self._standings}
        return [
            Told(
                code=code,
                name=str(one.figure.indicator.name),
                value=one.figure.display,
                unit=str(one.figure.indicator.unit),
                url=self._asking(one).url(),
                note=_("目标 %(aim)s") % {"aim": display(one.figure.indicator, one.target)}
                if one.target is not None
                else "",
            )
            for code in MONEY
            if (one := by_code.get(code)) is not None
        ]

    @cached_property
    def pressing(self) -> list[Told]:
        """Findings by severity, what chapters press for, what is late or still open. Of the own side only."""
        if not self.is_own:
            return []
        return [*self._alarms(), *self._scores(), *self._duties()]

    def _alarms(self) -> list[Told]:
        if not alarms.readable(self.actor):
            return []
        counts = Counter(one.level for one in self.board.alarms)
        address = reverse("appraisal:alarms")
        return [
            Told(
                code=f"alarms_{level.value}",
                name=str(level.label),
                value=f"{counts[level]:,}",
                unit=_("项"),
                url=with_query(address, {"level": level.value}),
                kind="late" if level is Severity.RED and counts[level] else "",
            )
            for level in Severity
        ]

    def _scores(self) -> list[Told]:
        return [
            Told(
                code=one.code,
                name=str(one.label),
                value=f"{(number := sum(self.board.others[one.code].values())):,}",
                unit=str(one.unit),
                url=one.address(""),
                kind="late" if number else "",
            )
            for one in scores_for(self.actor)
        ]

    def _duties(self) -> list[Told]:
        if not may_see(self.actor):
            return []
        rows = visible_obligations(self.actor).filter(due_on__range=(self.period.start, self.period.end))
        listed, states = states_of(rows)
        counts = Counter(states[one.pk].standing for one in listed)
        address = link_to("obligations")
        kinds: list[tuple[Filed, Any]] = [(Filed.LATE, _("逾期未报")), (Filed.OPEN, _("待填报"))]
        return [
            Told(
                code=f"duties_{standing.value}",
                name=label,
                value=f"{counts[standing]:,}",
                unit=_("项"),
                url=with_query(address, {"view": "items", "state": standing.value}),
                kind="late" if standing is Filed.LATE and counts[standing] else "",
                note=_("本季应报 %(number)s 项") % {"number": f"{len(listed):,}"},
            )
            for standing, label in kinds
        ]


def may_open(actor: Actor) -> bool:
    return actor.home is not None and any(may_be_told(actor, one) for one in registry)
