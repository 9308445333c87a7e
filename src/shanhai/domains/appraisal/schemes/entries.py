"""What units reported of items, as readings: verified entries, whether papers are there; an early check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from shanhai.engines.scoring import Item, Kind, Line, Reading
from shanhai.engines.scoring.scoring import line_of
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.workflow import State

from ..models import AppraisalEntry, AppraisalScheme
from . import rules
from .readings import Figures, whom
from .texts import down_indicators, items_of, release_for, told_of

type Text = Mapping[str, Any]


def told_item(entry: AppraisalEntry) -> Text | None:
    """The item an entry is about: of the release for its year, else of the draft."""
    if not entry.period[:4].isdigit():
        return None
    found: Mapping[int, Text] | None = getattr(entry, "asked_items", None)
    known = found if found is not None else items_told(entry.scheme, int(entry.period[:4]))
    return known.get(entry.item_number)


def items_told(scheme: AppraisalScheme, year: int) -> dict[int, Text]:
    """Items by number: of the release for a year, else of the draft."""
    release = release_for(scheme, year)
    items = release.text["items"] if release else [told_of(one) for one in items_of(scheme)]
    return {one["number"]: one for one in items}


def put_items(entries: Sequence[AppraisalEntry]) -> None:
    """Give many entries their schemes' items at once."""
    known: dict[tuple[UUID, str], dict[int, Text]] = {}
    for one in entries:
        year = one.period[:4]
        if one.scheme_id and year.isdigit():
            if (one.scheme_id, year) not in known:
                known[one.scheme_id, year] = items_told(one.scheme, int(year))
            one.asked_items = known[one.scheme_id, year]  # type: ignore[attr-defined]


def with_papers(entries: list[AppraisalEntry]) -> frozenset[UUID]:
    """Keys of those that carry a paper."""
    rows = EvidenceLink.objects.for_rows(AppraisalEntry.ledger_key(), [one.pk for one in entries])
    return frozenset(rows.values_list("row_id", flat=True))


def entries_of(scheme: AppraisalScheme, year: int) -> list[AppraisalEntry]:
    """Verified entries of a year, as far as the reader sees them."""
    rows = AppraisalEntry.objects.filter(scheme=scheme, period=str(year), state=State.VERIFIED)
    return list(rows.order_by("owner_unit", "item_number"))


def with_entries(
    readings: Mapping[UUID, Mapping[int, Reading]], entries: list[AppraisalEntry]
) -> dict[UUID, dict[int, Reading]]:
    """Readings with what units reported. Without any entry nothing changes: papers are taken as there."""
    if not entries:
        return {unit: dict(given) for unit, given in readings.items()}
    return joined(readings, entries, with_papers(entries))


def joined(
    readings: Mapping[UUID, Mapping[int, Reading]], entries: list[AppraisalEntry], papers: frozenset[UUID]
) -> dict[UUID, dict[int, Reading]]:
    """The same where self-reports are asked for: without an entry there is no paper. `papers`: keys."""
    by_key = {(one.owner_unit_id, one.item_number): one for one in entries}
    return {
        unit: {
            number: _joined(reading, by_key.get((unit, number)), papers) for number, reading in given.items()
        }
        for unit, given in readings.items()
    }


def _joined(reading: Reading, entry: AppraisalEntry | None, papers: frozenset[UUID]) -> Reading:
    if entry is None:
        return replace(reading, has_evidence=False)
    figure = reading.figure if entry.reported is None else entry.reported
    return replace(reading, figure=figure, grade=entry.grade, has_evidence=entry.pk in papers)


@dataclass(frozen=True)
class Early:
    """What an entry would be worth now, before it is submitted. `lacks_paper`: it would not count."""

    item: Text
    line: Line | None
    lacks_paper: bool
    figure: Decimal | None


def early_check(entry: AppraisalEntry) -> Early | None:
    """The item as it stands now; the points of a rank depend on the others and are left open."""
    told = told_item(entry)
    if told is None:
        return None
    year = int(entry.period[:4])
    release = release_for(entry.scheme, year)
    text: Text = release.text if release else {"level": entry.scheme.level}
    figures, of = Figures(entry.side, year), whom(text, entry.owner_unit)
    item: Item = rules.item_of(told, down_indicators())
    code = told["indicator"]
    figure = figures.figure(code, of) if code else entry.reported
    has_paper = bool(with_papers([entry]))
    reading = Reading(figure, figures.target(code, of) if code else None, has_paper, entry.grade)
    line = None if item.kind is Kind.RANK else line_of(item, reading)
    return Early(told, line, item.needs_evidence and not has_paper, figure)
