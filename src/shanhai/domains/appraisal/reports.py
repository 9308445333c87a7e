"""Figures beside their targets: what pages, cards and bulletins read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shanhai.engines.values import Change, Period, percent
from shanhai.kernel.amendments.effect import Effect, amended_ledgers, effect
from shanhai.kernel.indicators.declare import Direction, Indicator
from shanhai.kernel.indicators.figures import (
    Breakdown,
    Member,
    Total,
    display,
    divided_members,
)
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.totals import totals
from shanhai.kernel.indicators.windows import Span
from shanhai.kernel.scope import Side
from shanhai.registers.places.models import Place

from .models import IndicatorTarget


@dataclass(frozen=True)
class Standing:
    """A figure with what it was a period before and what it should be by the end of the year."""

    figure: Total
    previous: Total | None = None
    target: Decimal | None = None
    #: What amendments of locked rows made of it; None where none touches it.
    amended: Effect | None = None

    @property
    def rate(self) -> Decimal | None:
        """Completion of the target in per cent, to one decimal."""
        if self.target is None or self.figure.value is None:
            return None
        return percent(self.figure.value, self.target)

    @property
    def gap(self) -> Decimal | None:
        """What is missing to the target; None without one, zero when it is reached."""
        if self.target is None or self.figure.value is None:
            return None
        return max(Decimal(0), self.target - self.figure.value)

    @property
    def change(self) -> Change | None:
        if self.previous is None or self.previous.value is None or self.figure.value is None:
            return None
        if not comparable(self.figure, self.previous):
            return None
        return Change(self.previous.value, self.figure.value)

    @property
    def is_better(self) -> bool | None:
        """Whether the change goes the right way; None without one."""
        change = self.change
        if change is None or change.direction == "same":
            return None
        return (change.direction == "up") == (self.figure.indicator.direction is Direction.UP)

    @property
    def change_text(self) -> str:
        """The difference to the period before in the indicator's unit: +22, −3, 持平."""
        change = self.change
        if change is None:
            return "—"
        return signed(self.figure.indicator, Decimal(change.difference))


def comparable(figure: Total, previous: Total) -> bool:
    """Whether the two may be subtracted: what accumulates over a year starts anew with the next."""
    is_cumulative = figure.indicator.span is Span.YEAR_TO_DATE
    return not is_cumulative or figure.period.year == previous.period.year


def signed(indicator: Indicator, difference: Decimal) -> str:
    """A difference as it is printed, with its sign."""
    text = display(indicator, abs(difference))
    if not any(digit in text for digit in "123456789"):
        return "持平"
    return f"+{text}" if difference > 0 else f"−{text}"


def standings(indicators: Iterable[Indicator], scope: IndicatorScope, period: Period) -> list[Standing]:
    """Of every indicator the side files and the reader may be told, in the given order."""
    aims, amended = targets(scope, period.year), amended_ledgers()
    filed = [one for one in indicators if filed_by(one, scope.side)]
    found = []
    for code, (before, now) in totals(filed, scope, [period.previous(), period]).items():
        told = effect(now.indicator, scope, period, ledgers=amended)
        found.append(Standing(now, before, aims.get(code), told))
    return found


def targets(scope: IndicatorScope, year: int) -> dict[str, Decimal]:
    """Targets of exactly this scope by indicator code; a scope narrowed to members has none."""
    if scope.only:
        return {}
    rows = IndicatorTarget.objects.filter(side=scope.side, unit=scope.unit, place=scope.place, year=year)
    return dict(rows.values_list("code", "value"))


def targets_by(indicator: Indicator, side: Side, year: int, dimension: str) -> dict[str, Decimal]:
    """Targets of the units or the places of a side: id as text → value."""
    rows = IndicatorTarget.objects.filter(code=indicator.code, side=side, year=year)
    found = rows.exclude(**{dimension: None}).values_list(f"{dimension}_id", "value")
    return {str(key): value for key, value in found}


@dataclass(frozen=True)
class Areas:
    """The places a breakdown is shown by: the towns of the side, or what lies directly in one place."""

    #: Path → place, of the places to show.
    heads: Mapping[str, Place]
    #: Id of any place as text → its path.
    paths: Mapping[str, str]

    @classmethod
    def of(cls, scope: IndicatorScope) -> "Areas":
        read = ("pk", "code", "path", "name", "level", "side", "parent", "valid_to")
        places = list(Place.objects.only(*read))
        if scope.place:
            shown = [place for place in places if place.parent_id == scope.place]
        else:
            shown = [place for place in places if place.level == Place.Level.TOWN]
        return cls({place.path: place for place in shown}, {str(place.pk): place.path for place in places})

    def head_of(self, member: str) -> Place | None:
        """The place to show under which the member lies."""
        parts = self.paths.get(member, "").split(".")
        for length in range(len(parts), 0, -1):
            head = self.heads.get(".".join(parts[:length]))
            if head is not None:
                return head
        return None

    def gathered(self, members: Sequence[Member]) -> list[Member]:
        """Members summed by the places to show, in order of code; what lies under none comes last."""
        sums: dict[str, Member] = {}
        order: dict[str, str] = {}
        for one in members:
            head = self.head_of(one.code)
            code, label = (str(head.pk), head.name) if head else ("", "未分到镇村")
            known = sums.get(code, Member(code, label, Decimal(0), 0))
            value = (known.value or Decimal(0)) + (one.value or Decimal(0))
            sums[code] = Member(code, label, value, known.counted + one.counted)
            order[code] = head.path if head else "~"
        return sorted(sums.values(), key=lambda one: order[one.code])


def by_area(found: Breakdown, areas: Areas) -> list[Member]:
    """The split by place, gathered; a ratio's parts are gathered before they are divided."""
    if found.parts:
        top, bottom = found.parts
        return divided_members(by_area(top, areas), by_area(bottom, areas))
    return areas.gathered(found.splits.get("place", ()))


def chapter_standings(scope: IndicatorScope, period: Period) -> dict[str, list[Standing]]:
    """Every indicator the reader may be told, by chapter (app label)."""
    chapters = {label: standings(found, scope, period) for label, found in registry.by_chapter().items()}
    return {label: found for label, found in chapters.items() if found}
