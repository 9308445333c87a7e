"""The value of every figure of a bulletin at once, each indicator asked a single time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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


def evaluate(refs: Iterable[FigureRef]) -> dict[FigureRef, Value]:
    """Every figure as it is now for whoever is acting; None where an indicator no longer exists.

    Errors: NotAllowed when the reader may not be told one of them.
    """
    wanted = list(refs)
    values = _Values(wanted)
    return {ref: exact(values.of(ref)) for ref in wanted}


class _Values:
    """Figures read from as few statements as there are indicators."""

    def __init__(self, refs: list[FigureRef]) -> None:
        self.dimensions: dict[str, set[str]] = {}
        for ref in refs:
            self._note(ref.code, ref)
        self.found: dict[tuple[str, str, Period], Breakdown] = {}
        self.tallies: dict[tuple[str, Period, Any], Mapping[Match, int]] = {}
        self.targets: dict[tuple[str, int], dict[Any, Decimal]] = {}
        self.late: dict[tuple[str, Period], Counter[tuple[UUID, str]]] = {}
        self.ranked: dict[tuple[str, str, Period], dict[UUID, int]] = {}

    def _note(self, code: str, ref: FigureRef) -> None:
        """Which splits of an indicator will be asked for, its parts' included."""
        if code not in registry:
            return
        asked = self.dimensions.setdefault(code, set())
        asked |= {dimension for dimension, _member in ref.only}
        asked |= {"unit"} if ref.unit else set()
        asked |= {"place"} if ref.place else set()
        measure = registry.get(code, ref.period).measure
        if isinstance(measure, Ratio):
            self._note(measure.numerator, ref)
            self._note(measure.denominator, ref)

    def of(self, ref: FigureRef) -> Value:
        try:
            return _MEASURES[Measure(ref.measure)](self, ref)
        except NotVisible:
            return None

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
        found = self._breakdown(code, side, period)
        if unit:
            return _sum_of(found, "unit", self._below(self._units, unit))
        if place:
            return _sum_of(found, "place", self._below(self._places, place))
        if only:
            ((dimension, member),) = only
            return _sum_of(found, dimension, {member})
        return found.figure.value

    def _breakdown(self, code: str, side: str, period: Period) -> Breakdown:
        key = (code, side, period)
        if key not in self.found:
            splits = sorted(self.dimensions.get(code, ()))
            self.found[key] = figures.breakdown(code, IndicatorScope(Side(side)), period, splits)
        return self.found[key]

    @cached_property
    def _units(self) -> dict[str, str]:
        return {str(pk): path for pk, path in Unit.objects.values_list("pk", "path")}

    @cached_property
    def _places(self) -> dict[str, str]:
        return {str(pk): path for pk, path in Place.objects.values_list("pk", "path")}

    @staticmethod
    def _below(paths: Mapping[str, str], root: UUID) -> set[str]:
        top = paths.get(str(root))
        return {key for key, path in paths.items() if top and is_below(path, top)}

    # --- measures that compare ------------------------------------------------------------------------

    def change(self, ref: FigureRef) -> Value:
        before = self._at(ref.code, ref.side, ref.period.previous(), (ref.unit, ref.place, ref.only))
        return _less(self.value(ref), before)

    def added(self, ref: FigureRef) -> Value:
        begins = ref.period.previous().year != ref.period.year
        return self.value(ref) if begins else self.change(ref)

    def target(self, ref: FigureRef) -> Value:
        key = (ref.side, ref.period.year)
        if key not in self.targets:
            rows = IndicatorTarget.objects.filter(side=ref.side, year=ref.period.year)
            self.targets[key] = {(one.code, one.unit_id, one.place_id): one.value for one in rows}
        return None if ref.only else self.targets[key].get((ref.code, ref.unit, ref.place))

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
        if key not in self.ranked:
            self.ranked[key] = self._rank(*key)
        place = self.ranked[key].get(ref.unit) if ref.unit else None
        return None if place is None else Decimal(place)

    def _rank(self, code: str, side: str, period: Period) -> dict[UUID, int]:
        measure = registry.get(code, period).measure
        whole = measure.denominator if isinstance(measure, Ratio) else code
        members = self._breakdown(whole, side, period).splits.get("unit", ())
        units = [UUID(one.code) for one in members if one.code and one.value]
        return ranks({unit: self._at(code, side, period, (unit, None, ())) for unit in units})

    def overdue(self, ref: FigureRef) -> Value:
        key = (ref.side, ref.period)
        if key not in self.late:
            self.late[key] = overdue_duties(ref.side, ref.period)
        ledgers = {member for dimension, member in ref.only if dimension == "ledger"}
        found = (
            number
            for (unit, ledger), number in self.late[key].items()
            if ref.unit in (None, unit) and (not ledgers or ledger in ledgers)
        )
        return Decimal(sum(found))

    # --- the two sides --------------------------------------------------------------------------------

    def gap(self, ref: FigureRef) -> Value:
        theirs = self._at(ref.code, Side(ref.side).other, ref.period, (None, None, ref.only))
        return _less(self.value(ref), theirs)

    def matched(self, ref: FigureRef, match: Match) -> Value:
        key = (ref.code, ref.period, ref.only)
        if key not in self.tallies:
            self.tallies[key] = tally(ref.code, ref.period, ref.only)
        return Decimal(self.tallies[key][match])


def _less(value: Value, other: Value) -> Value:
    return None if value is None or other is None else value - other


def _sum_of(found: Breakdown, dimension: str, members: set[str]) -> Decimal:
    counted = (one.value for one in found.splits.get(dimension, ()) if one.code in members)
    return sum((one for one in counted if one is not None), Decimal(0))


def overdue_duties(side: str, period: Period) -> Counter[tuple[UUID, str]]:
    """How many duties due in the period are still open although their day is past: by unit and ledger."""
    last = min(period.end, clock.today())
    due = list(Obligation.objects.filter(side=side, due_on__gte=period.start, due_on__lte=last))
    states = obligation_states(due)
    return Counter((one.unit_id, one.ledger) for one in due if states[one.pk].is_late)


def match_of(measure: str, side: str) -> Match | None:
    """How pairs stand that the measure counts, seen from the side; None for other measures."""
    is_west = side == Side.WEST
    return {
        Measure.ONLY_OURS: Match.ONLY_WEST if is_west else Match.ONLY_EAST,
        Measure.ONLY_THEIRS: Match.ONLY_EAST if is_west else Match.ONLY_WEST,
        Measure.DIFFERENT: Match.DIFFERENT,
    }.get(Measure(measure))


def _matched(values: _Values, ref: FigureRef) -> Value:
    match = match_of(ref.measure, ref.side)
    return None if match is None else values.matched(ref, match)


_MEASURES: dict[Measure, Callable[[_Values, FigureRef], Value]] = {
    Measure.VALUE: _Values.value,
    Measure.ADDED: _Values.added,
    Measure.CHANGE: _Values.change,
    Measure.TARGET: _Values.target,
    Measure.RATE: _Values.rate,
    Measure.SHARE: _Values.share,
    Measure.MISSED: _Values.missed,
    Measure.RANK: _Values.rank,
    Measure.OVERDUE: _Values.overdue,
    Measure.GAP: _Values.gap,
    Measure.ONLY_OURS: _matched,
    Measure.ONLY_THEIRS: _matched,
    Measure.DIFFERENT: _matched,
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
