"""A scheme tried on a year: every unit scored, item by item, against the release in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from shanhai.engines.scoring import Reading, Result, score
from shanhai.kernel import clock
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.registers.parties.models import Unit

from ..models import AppraisalScheme
from . import rules
from .entries import entries_of, with_entries
from .readings import Figures, readings_of, subjects_of, whom
from .texts import down_indicators, release_for

type Text = Mapping[str, Any]


@dataclass(frozen=True)
class Trial:
    """A text tried on a year. `before`: results of the release in force, by unit, where it is another."""

    year: int
    text: Text
    units: Sequence[Unit]
    readings: Mapping[UUID, Mapping[int, Reading]]
    results: Sequence[Result]
    told: Figures
    before: Mapping[UUID, Result]
    #: Whether units reported anything of the year; papers are taken as there otherwise.
    has_entries: bool = False

    @property
    def ranked(self) -> list[tuple[Unit, Result]]:
        """The best first; equal ones in the order of units."""
        pairs = zip(self.units, self.results, strict=True)
        return sorted(pairs, key=lambda one: one[1].place)

    def of(self, unit: UUID) -> tuple[Unit, Result] | None:
        """One unit's."""
        return next((one for one in zip(self.units, self.results, strict=True) if one[0].pk == unit), None)

    def rows_url(self, item: Text, unit: Unit) -> str:
        """Where the rows behind a figure stand; "" for an item without an indicator."""
        return rows_url(self.told, self.text, item, unit)


def rows_url(told: Figures, text: Text, item: Text, unit: Unit) -> str:
    """Where the rows behind a figure stand; "" without an indicator that is still declared."""
    code = item["indicator"]
    if not code or code not in registry:
        return ""
    query = {"period": told.period.code, **told.scope(code, whom(text, unit)).to_query()}
    return with_query(link_to("appraisal:indicator_rows", code=code), query | {"reason": "counted"})


def blocks_of(text: Text, result: Result) -> dict[str, Decimal]:
    """Points by block, in order; what the whole total takes stands under ""."""
    found: dict[str, Decimal] = {one["block"]: Decimal(0) for one in text["items"]}
    names = {one["number"]: one["block"] for one in text["items"]}
    for line in result.lines:
        block = names.get(line.number, "")
        found[block] = found.get(block, Decimal(0)) + line.points
    return found


def tried(scheme: AppraisalScheme, text: Text, year: int) -> Trial:
    """The text on a year's rows, as they stand now. The text has no problems."""
    told = Figures(scheme.side, year)
    units = subjects_of(text, scheme.side, year, scheme.owner_unit)
    entries = entries_of(scheme, year)
    readings = with_entries(readings_of(text, units, told), entries)
    last = release_for(scheme, year)
    before: dict[UUID, Result] = {}
    if last is not None and last.text != text:
        earlier = with_entries(readings_of(last.text, units, told), entries)
        before = {one.subject: one for one in scored(last.text, earlier)}  # type: ignore[misc]
    return Trial(year, text, units, readings, scored(text, readings), told, before, bool(entries))


def scored(text: Text, readings: Mapping[UUID, Mapping[int, Reading]]) -> list[Result]:
    """Every unit by the text."""
    return score(rules.scheme_of(text, down_indicators()), readings)


def last_year() -> int:
    """On which a draft is tried without a wish."""
    return clock.today().year - 1
