"""What each unit still lacks before it is scored, item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanhai.engines.scoring import Kind
from shanhai.kernel.scope import Sharing
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Unit

from ..models import AppraisalEntry, AppraisalRun
from ..schemes import wording
from ..schemes.entries import with_papers
from ..schemes.readings import Figures, whom
from .computing import units_of
from .rules import UNCOUNTED, Entered, entered

type Text = Mapping[str, Any]

#: A paper does not undo these: nobody is asked for one.
_UNASKED = frozenset({Kind.DEDUCTION, Kind.VETO})


@dataclass(frozen=True)
class Asked:
    """One item of one unit. `entry`: its self-report, if there is one."""

    item: Text
    stands: Entered
    entry: AppraisalEntry | None


@dataclass(frozen=True)
class Checked:
    """One unit with everything that is asked of it."""

    unit: Unit
    items: Sequence[Asked]

    def having(self, *stands: Entered) -> list[Asked]:
        return [one for one in self.items if one.stands in stands]

    @property
    def uncounted(self) -> list[Asked]:
        return self.having(*UNCOUNTED)


def asked_items(text: Text) -> list[Text]:
    """Items that a unit says something of."""
    return [one for one in text["items"] if Kind(one["kind"]) not in _UNASKED]


def checked(run: AppraisalRun, only: Unit | None = None) -> list[Checked]:
    """Every unit of the run, in order; three queries, however many."""
    units = [only] if only else units_of(run)
    rows = AppraisalEntry.objects.filter(
        scheme=run.scheme, period=str(run.year), owner_unit__in=units
    ).exclude(state=State.VOIDED)
    entries = list(rows)
    papers = with_papers(entries)
    by_key = {(one.owner_unit_id, one.item_number): one for one in entries}
    items = asked_items(run.release.text)
    return [Checked(unit, [_asked(one, unit.pk, by_key, papers) for one in items]) for unit in units]


def _asked(
    item: Text, unit: UUID, entries: Mapping[tuple[UUID, int], AppraisalEntry], papers: frozenset[UUID]
) -> Asked:
    entry = entries.get((unit, item["number"]))
    stands = entered(
        entry.state if entry else "",
        has_paper=entry is not None and entry.pk in papers,
        needs_paper=item["evidence"],
        needs_word=not item["indicator"],
    )
    return Asked(item, stands, entry)


def waiting(run: AppraisalRun) -> int:
    """Self-reports that were submitted and nobody decided on."""
    rows = AppraisalEntry.objects.filter(scheme=run.scheme, period=str(run.year), state=State.SUBMITTED)
    return int(rows.filter(owner_unit__in=run.subjects).count())


def drafted_entries(run: AppraisalRun) -> list[AppraisalEntry]:
    """A draft for each unit and item that has none yet, with what the ledgers say of it."""
    text, told = run.release.text, Figures(run.side, run.year)
    rows = AppraisalEntry.objects.filter(scheme=run.scheme, period=str(run.year))
    known = set(rows.values_list("owner_unit", "item_number"))
    return [
        AppraisalEntry(
            side=run.side,
            owner_unit=unit,
            place=unit.place,
            period=str(run.year),
            sharing=Sharing.PRIVATE,
            scheme=run.scheme,
            item_number=item["number"],
            narrative=_from_ledgers(item, text, unit, told),
        )
        for unit in units_of(run)
        for item in asked_items(text)
        if (unit.pk, item["number"]) not in known
    ]


def _from_ledgers(item: Text, text: Text, unit: Unit, told: Figures) -> str:
    """What the ledgers say today, for the unit to write on."""
    if not item["indicator"]:
        return ""
    of = whom(text, unit)
    figure, target = told.figure(item["indicator"], of), told.target(item["indicator"], of)
    if figure is None:
        return ""
    measure = wording.unit_of(item)
    said = f"台账数 {wording.number(figure)} {measure}".rstrip()
    return f"{said}，目标 {wording.number(target)} {measure}。" if target is not None else f"{said}。"
