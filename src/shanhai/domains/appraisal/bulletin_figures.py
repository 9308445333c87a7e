"""The figures of a bulletin: each indicator asked a single time, whatever is told of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.indicators import figures
from shanhai.kernel.indicators.declare import Ratio, Requirement
from shanhai.kernel.indicators.figures import Breakdown, share
from shanhai.kernel.indicators.reconcile import Match, tally
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.models import Obligation
from shanhai.kernel.periods.states import obligation_states
from shanhai.kernel.scope import Side, is_below
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .indicator_rows import COUNTED
from .models import BulletinFigure, IndicatorTarget
from .rules import FigureRef, Measure, exact, ranks

Value = Decimal | None
#: Indicator, unit and place of a target.
type Aim = tuple[str, UUID | None, UUID | None]
type Scope = tuple[UUID | None, UUID | None, tuple[tuple[str, str], ...]]


def ref_of(figure: BulletinFigure) -> FigureRef:
    return FigureRef(
        code=figure.code,
        measure=figure.measure,
        period=Period.parse(figure.period),
        side=figure.side,
        unit=figure.unit_scope_id,
        place=figure.place_scope_id,
        only=tuple((dimension, member) for dimension, member in figure.only),
    )


def evaluate(refs: Iterable[FigureRef], readings: "Readings | None" = None) -> dict[FigureRef, Value]:
    """Every figure as it is now for whoever is acting; None where an indicator no longer exists.

    Errors: NotAllowed when the reader may not be told one of them.
    """
    asked = readings or Readings()
    return {ref: exact(asked.of(ref)) for ref in refs}


class Readings:
    """What the indicators say to whoever is acting, each asked once a period for all its splits together.

    Lives as long as one draft, one page or one check, and never longer: nothing tells it of later changes.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, Period], Breakdown] = {}
        self._tallies: dict[tuple[str, Period, Any], Mapping[Match, int]] = {}
        self._targets: dict[tuple[str, int], dict[Any, Decimal]] = {}
        self._late: dict[tuple[str, Period], Counter[tuple[UUID, str]]] = {}
        self._ranked: dict[tuple[str, str, Period], dict[UUID, int]] = {}
        self._completed: dict[tuple[str, bool, str, Period], dict[Aim, int]] = {}
        self._members: dict[UUID, set[str]] = {}

    def of(self, ref: FigureRef) -> Value:
        """Errors: NotAllowed when the reader may not be told."""
        try:
            return _MEASURES[Measure(ref.measure)](self, ref)
        except NotVisible:
            return None

    # --- what is asked once ---------------------------------------------------------------------------

    def breakdown(self, code: str, side: str, period: Period) -> Breakdown:
        """An indicator of the whole side with all its splits; one with rows of its own, no ratio."""
        key = (code, side, period)
        if key not in self._found:
            splits = list(registry.get(code, period).all_dimensions())
            self._found[key] = figures.breakdown(code, IndicatorScope(Side(side)), period, splits)
        return self._found[key]

    def targets(self, side: str, year: int) -> Mapping[Aim, Decimal]:
        """Every target of a side by indicator, unit and place."""
        key = (side, year)
        if key not in self._targets:
            rows = IndicatorTarget.objects.filter(side=side, year=year)
            self._targets[key] = {(one.code, one.unit_id, one.place_id): one.value for one in rows}
        return self._targets[key]

    def duties(self, side: str, period: Period) -> Counter[tuple[UUID, str]]:
        """How many duties due in the period are still open although their day is past: by unit and ledger."""
        key = (side, period)
        if key not in self._late:
            last = min(period.end, clock.today())
            due = list(Obligation.objects.filter(side=side, due_on__gte=period.start, due_on__lte=last))
            states = obligation_states(due)
            self._late[key] = Counter((one.unit_id, one.ledger) for one in due if states[one.pk].is_late)
        return self._late[key]

    def _tally(self, ref: FigureRef) -> Mapping[Match, int]:
        key = (ref.code, ref.period, ref.only)
        if key not in self._tallies:
            self._tallies[key] = tally(ref.code, ref.period, ref.only)
        return self._tallies[key]

    @cached_property
    def _units(self) -> dict[str, str]:
        return {str(pk): path for pk, path in Unit.objects.values_list("pk", "path")}

    @cached_property
    def _places(self) -> dict[str, str]:
        return {str(pk): path for pk, path in Place.objects.values_list("pk", "path")}

    def _below(self, paths: Mapping[str, str], root: UUID) -> set[str]:
        """Members of the tree that are the root or lie below it."""
        if root not in self._members:
            top = paths.get(str(root))
            self._members[root] = {key for key, path in paths.items() if top and is_below(path, top)}
        return self._members[root]

    # --- plain values ---------------------------------------------------------------------------------

    def value(self, ref: FigureRef) -> Value:
        return self._at(ref.code, ref.side, ref.period, (ref.unit, ref.place, ref.only))

    def _at(self, code: str, side: str, period: Period, scope: Scope) -> Value:
        measure = registry.get(code, period).measure
        if isinstance(measure, Ratio):
            top = self._at(measure.numerator, side, period, scope)
            return share(top, self._at(measure.denominator, side, period, scope))
        unit, place, only = scope
        if (unit is not None) + (place is not None) + len(only) > 1:
            within = IndicatorScope(Side(side), unit, place, only)
            return figures.value(code, within, period).value
        found = self.breakdown(code, side, period)
        if unit:
            return _sum_of(found, "unit", self._below(self._units, unit))
        if place:
            return _sum_of(found, "place", self._below(self._places, place))
        if only:
            ((dimension, member),) = only
            return _sum_of(found, dimension, {member})
        return found.figure.value

    # --- measures that compare ------------------------------------------------------------------------

    def change(self, ref: FigureRef) -> Value:
        before = self._at(ref.code, ref.side, ref.period.previous(), (ref.unit, ref.place, ref.only))
        return _less(self.value(ref), before)

    def added(self, ref: FigureRef) -> Value:
        begins = ref.period.previous().year != ref.period.year
        return self.value(ref) if begins else self.change(ref)

    def target(self, ref: FigureRef) -> Value:
        aims = self.targets(ref.side, ref.period.year)
        return None if ref.only else aims.get((ref.code, ref.unit, ref.place))

    def rate(self, ref: FigureRef) -> Value:
        return share(self.value(ref), self.target(ref))

    def share(self, ref: FigureRef) -> Value:
        whole = self._at(ref.code, ref.side, ref.period, (ref.unit, ref.place, ()))
        return share(self.value(ref), whole)

    def missed(self, ref: FigureRef) -> Value:
        measure = registry.get(ref.code, ref.period).measure
        if not isinstance(measure, Ratio):
            return None
        scope = (ref.unit, ref.place, ref.only)
        whole = self._at(measure.denominator, ref.side, ref.period, scope)
        return _less(whole, self._at(measure.numerator, ref.side, ref.period, scope))

    def rank(self, ref: FigureRef) -> Value:
        key = (ref.code, ref.side, ref.period)
        if key not in self._ranked:
            self._ranked[key] = self._rank(*key)
        place = self._ranked[key].get(ref.unit) if ref.unit else None
        return None if place is None else Decimal(place)

    def _rank(self, code: str, side: str, period: Period) -> dict[UUID, int]:
        measure = registry.get(code, period).measure
        whole = measure.denominator if isinstance(measure, Ratio) else code
        members = self.breakdown(whole, side, period).splits.get("unit", ())
        units = [UUID(one.code) for one in members if one.code and one.value]
        return ranks({unit: self._at(code, side, period, (unit, None, ())) for unit in units})

    def rate_rank(self, ref: FigureRef) -> Value:
        """Place by completion among those that have a target as well."""
        aims = self.targets(ref.side, ref.period.year)
        if ref.place or ref.unit:
            peers = [aim for aim in aims if aim[0] == ref.code and (bool(aim[1]), bool(aim[2])) ==
                     (bool(ref.unit), bool(ref.place))]  # fmt: skip
        else:
            peers = [aim for aim in aims if not aim[1] and not aim[2] and aim[0] in registry]
        key = (ref.code if ref.place or ref.unit else "", bool(ref.unit), ref.side, ref.period)
        if key not in self._completed:
            self._completed[key] = ranks(
                {
                    aim: self.rate(replace(ref, code=aim[0], unit=aim[1], place=aim[2], only=()))
                    for aim in peers
                }
            )
        place = self._completed[key].get((ref.code, ref.unit, ref.place))
        return None if place is None else Decimal(place)

    def overdue(self, ref: FigureRef) -> Value:
        ledgers = {member for dimension, member in ref.only if dimension == "ledger"}
        found = (
            number
            for (unit, ledger), number in self.duties(ref.side, ref.period).items()
            if ref.unit in (None, unit) and (not ledgers or ledger in ledgers)
        )
        return Decimal(sum(found))

    # --- the two sides --------------------------------------------------------------------------------

    def gap(self, ref: FigureRef) -> Value:
        theirs = self._at(ref.code, Side(ref.side).other, ref.period, (None, None, ref.only))
        return _less(self.value(ref), theirs)

    def matched(self, ref: FigureRef) -> Value:
        match = match_of(ref.measure, ref.side)
        return None if match is None else Decimal(self._tally(ref)[match])


def _less(value: Value, other: Value) -> Value:
    return None if value is None or other is None else value - other


def _sum_of(found: Breakdown, dimension: str, members: set[str]) -> Decimal:
    counted = (one.value for one in found.splits.get(dimension, ()) if one.code in members)
    return sum((one for one in counted if one is not None), Decimal(0))


def match_of(measure: str, side: str) -> Match | None:
    """How pairs stand that the measure counts, seen from the side; None for other measures."""
    is_west = side == Side.WEST
    return {
        Measure.ONLY_OURS: Match.ONLY_WEST if is_west else Match.ONLY_EAST,
        Measure.ONLY_THEIRS: Match.ONLY_EAST if is_west else Match.ONLY_WEST,
        Measure.DIFFERENT: Match.DIFFERENT,
    }.get(Measure(measure))


_MEASURES: dict[Measure, Callable[[Readings, FigureRef], Value]] = {
    Measure.VALUE: Readings.value,
    Measure.ADDED: Readings.added,
    Measure.CHANGE: Readings.change,
    Measure.TARGET: Readings.target,
    Measure.RATE: Readings.rate,
    Measure.SHARE: Readings.share,
    Measure.MISSED: Readings.missed,
    Measure.RANK: Readings.rank,
    Measure.RATE_RANK: Readings.rate_rank,
    Measure.OVERDUE: Readings.overdue,
    Measure.GAP: Readings.gap,
    Measure.ONLY_OURS: Readings.matched,
    Measure.ONLY_THEIRS: Readings.matched,
    Measure.DIFFERENT: Readings.matched,
}


def address_of(ref: FigureRef) -> str:
    """Where a reader sees what the figure was computed from: rows, targets, or the two sides' pairs."""
    if ref.measure == Measure.TARGET:
        return link_to("appraisal:targets")
    match = match_of(ref.measure, ref.side)
    is_between = match is not None or ref.measure == Measure.GAP
    page = "indicator_sides" if is_between else "indicator_rows"
    code, reason = _rows_of(ref)
    scope = IndicatorScope(Side(ref.side), ref.unit, ref.place, ref.only)
    query = {"period": ref.period.code, **scope.to_query()}
    more = {"match": match.value if match else ""} if is_between else {"reason": reason}
    return with_query(link_to(f"appraisal:{page}", code=code), query | more)


def _rows_of(ref: FigureRef) -> tuple[str, str]:
    """Indicator and status of the rows behind the figure: for what is missing, the rows left out."""
    if ref.measure not in (Measure.MISSED, Measure.OVERDUE) or ref.code not in registry:
        return ref.code, COUNTED
    version = own(ref.code, ref.period)
    demands = [one.code for one in version.exclusions if isinstance(one, Requirement)]
    return version.code, demands[0] if demands else COUNTED
