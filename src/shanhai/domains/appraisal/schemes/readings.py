"""Whom a scheme scores, and what their indicators say: each indicator asked once, split by unit and place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from shanhai.engines.scoring import Kind, Reading
from shanhai.engines.values import Period
from shanhai.kernel.indicators import figures
from shanhai.kernel.indicators.declare import Ratio
from shanhai.kernel.indicators.figures import Breakdown, share
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from ..models import AppraisalLevel, IndicatorTarget
from ..rules import exact

type Text = Mapping[str, Any]

#: Of a scheme that names no kind of units.
_APPRAISED = (Unit.Kind.DEPARTMENT, Unit.Kind.TOWN, Unit.Kind.PARK, Unit.Kind.PEOPLE_ORGANISATION)


def subjects_of(text: Text, side: str, year: int, keeper: Unit) -> list[Unit]:
    """Whom a scheme scores in a year: units of the side, or `keeper`, which stands for the whole side."""
    if text["level"] != AppraisalLevel.UNIT:
        return [keeper]
    kinds = [text["unit_kind"]] if text["unit_kind"] else _APPRAISED
    last = date(year, 12, 31)
    is_open = Q(valid_to__isnull=True) | Q(valid_to__gte=last)
    rows = Unit.objects.filter(is_open, side=side, kind__in=kinds, valid_from__lte=last)
    return list(rows.select_related("place").order_by("path"))


class Figures:
    """What indicators say of one side in one year, to whoever is acting. Lives for one scoring.

    A town is told by its place: what happens there counts, whoever filed it. Others are told by their unit
    and those below it; what cannot be told of a unit is None.
    """

    def __init__(self, side: str, year: int) -> None:
        self.side, self.year = Side(side), year
        self.period = Period.parse(str(year))
        self._found: dict[str, Breakdown] = {}
        self._paths: dict[str, dict[str, str]] = {}
        self._aims: dict[Any, Decimal] | None = None
        self._sums: dict[tuple[str, str], dict[str, Decimal]] = {}

    def figure(self, code: str, unit: Unit | None) -> Decimal | None:
        """Unit: the indicator's own, to ten decimals. Errors: NotAllowed when the reader may not be told."""
        return exact(self._figure(code, unit))

    def _figure(self, code: str, unit: Unit | None) -> Decimal | None:
        indicator = registry.get(code, self.period)
        if isinstance(indicator.measure, Ratio):
            top = self._figure(indicator.measure.numerator, unit)
            return share(top, self._figure(indicator.measure.denominator, unit))
        found = self._breakdown(code)
        if unit is None:
            return found.figure.value
        dimension = dimension_of(unit, found.splits)
        return self._within(code, dimension, unit) if dimension in found.splits else None

    def _breakdown(self, code: str) -> Breakdown:
        if code not in self._found:
            splits = [
                one for one in ("unit", "place") if one in registry.get(code, self.period).all_dimensions()
            ]
            self._found[code] = figures.breakdown(code, IndicatorScope(self.side), self.period, splits)
        return self._found[code]

    def _within(self, code: str, dimension: str, unit: Unit) -> Decimal:
        """What the members of the split that are the unit (or its place), or below, come to."""
        key = code, dimension
        if key not in self._sums:
            paths = self._tree(dimension)
            members = self._found[code].splits[dimension]
            self._sums[key] = _at_each(
                (paths[one.code], one.value) for one in members if one.code in paths and one.value
            )
        root = unit.place.path if dimension == "place" and unit.place else unit.path
        return self._sums[key].get(root, Decimal(0))

    def _tree(self, dimension: str) -> dict[str, str]:
        if dimension not in self._paths:
            model: Any = Place if dimension == "place" else Unit
            self._paths[dimension] = {str(pk): path for pk, path in model.objects.values_list("pk", "path")}
        return self._paths[dimension]

    def target(self, code: str, unit: Unit | None) -> Decimal | None:
        """What was agreed for the year: of the unit, else of its place; of the side without a unit."""
        if self._aims is None:
            rows = IndicatorTarget.objects.filter(side=self.side, year=self.year)
            self._aims = {(one.code, one.unit_id, one.place_id): one.value for one in rows}
        if unit is None:
            return self._aims.get((code, None, None))
        found = self._aims.get((code, unit.pk, None))
        return self._aims.get((code, None, unit.place_id)) if found is None and unit.place_id else found

    def scope(self, code: str, unit: Unit | None) -> IndicatorScope:
        """The part of the side whose rows make the figure."""
        if unit is None:
            return IndicatorScope(self.side)
        own = registry.get(code, self.period)
        if isinstance(own.measure, Ratio):
            return self.scope(own.measure.numerator, unit)
        if dimension_of(unit, own.all_dimensions()) == "place":
            return IndicatorScope(self.side, place=unit.place_id)
        return IndicatorScope(self.side, unit=unit.pk)


def _at_each(members: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Sums at each node of a tree, of what is there or below."""
    found: dict[str, Decimal] = {}
    for path, value in members:
        labels = path.split(".")
        for length in range(1, len(labels) + 1):
            node = ".".join(labels[:length])
            found[node] = found.get(node, Decimal(0)) + value
    return found


def dimension_of(unit: Unit, known: Mapping[str, Any]) -> str:
    """By which split a unit is told."""
    return "place" if unit.kind == Unit.Kind.TOWN and unit.place_id and "place" in known else "unit"


def whom(text: Text, unit: Unit) -> Unit | None:
    """Of whom the figures of a subject are: the unit, or None for the whole side."""
    return unit if text["level"] == AppraisalLevel.UNIT else None


def readings_of(text: Text, units: Sequence[Unit], told: Figures) -> dict[UUID, dict[int, Reading]]:
    """By unit and item, from the ledgers alone: nobody has graded anything, and papers are taken as there."""
    return {
        unit.pk: {one["number"]: _reading(text, one, unit, told) for one in text["items"]} for unit in units
    }


def _reading(text: Text, item: Text, unit: Unit, told: Figures) -> Reading:
    code = item["indicator"]
    if not code:
        return Reading()
    of = whom(text, unit)
    wants_target = item["kind"] == Kind.TARGET and item["aim"] is None
    return Reading(told.figure(code, of), told.target(code, of) if wants_target else None)
