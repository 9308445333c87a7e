"""What a chapter's `seed(ctx)` works with: people, units and places, and rows filed as in real life."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import F

from shanhai.kernel import clock, context
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.places.models import Place

BATCH = 2000


@dataclass(frozen=True)
class Paper:
    """An evidence file still to be made: what it proves, as which class, and what is printed on it."""

    row: LedgerModel
    evidence_class: str
    name: str
    lines: tuple[str, ...]
    attached_on: date


@dataclass(frozen=True)
class Filed:
    """A row with the day it was entered and the state it ends in."""

    row: LedgerModel
    entered_on: date
    state: State = State.VERIFIED
    verified_on: date | None = None
    reason: str = ""


@dataclass
class Seeding:
    """The demonstration under construction; one object passes through every chapter's `seed`.

    Shape: what is random comes from `random(...)`, by name, so that a chapter added later changes nothing.
    """

    today: date
    is_small: bool = False
    units: dict[str, Unit] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    #: Persons of each side, in order; the eastern ones are the same people as some of the western ones.
    people: dict[Side, list[Person]] = field(default_factory=dict)
    #: Bodies of each side by credit code.
    bodies: dict[Side, dict[str, Body]] = field(default_factory=dict)
    #: Who files and who verifies: actors by (unit code, role).
    actors: dict[tuple[str, str], Actor] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    #: (ledger key, unit code, period) left unfiled on purpose.
    unfiled: set[tuple[str, str, str]] = field(default_factory=set)

    def random(self, *names: object) -> random.Random:
        """A stream of its own for each name. Not for secrets."""
        return random.Random("/".join(map(str, ("shanhai", *names))))  # noqa: S311

    def count(self, full: int, least: int = 1) -> int:
        """`full`, or a twentieth of it in the small demonstration."""
        return max(least, full // 20) if self.is_small else full

    @property
    def papers_wanted(self) -> int:
        """How many evidence files the demonstration has at least; chapters fill up what others leave."""
        return self.count(1500)

    def verifier(self, side: Side) -> Actor:
        return self.actors[("dm_coordinator" if side is Side.EAST else "mt_coordinator", "verifier")]

    def reporter(self, unit: Unit) -> Actor:
        return self.actors[(unit.code, "reporter")]

    @contextmanager
    def acting(self, actor: Actor, moment: datetime, reason: str = "") -> Iterator[None]:
        """As `actor` at `moment`, recorded so."""
        with clock.at(moment), context.acting(actor, reason=reason, request_id=f"seed-{moment:%Y%m%d%H%M}"):
            yield

    def file(self, filed: Iterable[Filed]) -> None:
        """Enter rows as their units would, day by day; then verify or return them as the verifier would."""
        entries = sorted(filed, key=lambda one: (one.entered_on, one.row.owner_unit.code))
        for (day, code), group in groupby(entries, key=lambda one: (one.entered_on, one.row.owner_unit.code)):
            self._enter(self.units[code], morning(day), list(group))
        self._decide(entries)

    def _enter(self, unit: Unit, moment: datetime, entries: Sequence[Filed]) -> None:
        actor = self.reporter(unit)
        for one in entries:
            is_draft = one.state in {State.DRAFT, State.VOIDED}
            one.row.state = State.DRAFT if is_draft else State.SUBMITTED
            if not is_draft:
                one.row.submitted_at, one.row.submitted_by = moment, actor.key
        with self.acting(actor, moment):
            type(entries[0].row)._base_manager.bulk_create([one.row for one in entries], batch_size=BATCH)

    def _decide(self, entries: Sequence[Filed]) -> None:
        decided = [one for one in entries if one.state in {State.VERIFIED, State.RETURNED}]

        def key(one: Filed) -> tuple[date, str, str, str]:
            return one.verified_on or one.entered_on + timedelta(days=6), one.row.side, one.state, one.reason

        for (day, side, state, reason), group in groupby(sorted(decided, key=key), key=key):
            rows = [one.row for one in group]
            moment = morning(min(day, self.today)) + timedelta(hours=6)
            changes: dict[str, Any] = {"state": state, "row_version": F("row_version") + 1}
            changes |= {"verified_at": moment} if state == State.VERIFIED else {"return_reason": reason}
            with self.acting(self.verifier(Side(side)), moment, reason):
                ids = [row.pk for row in rows]
                type(rows[0])._base_manager.filter(pk__in=ids).update(**changes)

    def change(self, rows: Sequence[LedgerModel], fields: Sequence[str], day: date, reason: str) -> None:
        """Write later knowledge into rows of one unit that are already there."""
        known = {row.pk: row for row in rows}
        model, actor = type(rows[0]), self.reporter(rows[0].owner_unit)
        with self.acting(actor, morning(day), reason):
            stored = list(model._base_manager.filter(pk__in=known).order_by("pk"))
            for row in stored:
                row.row_version += 1
                for name in fields:
                    setattr(row, name, getattr(known[row.pk], name))
            model._base_manager.bulk_update(stored, [*fields, "row_version"], batch_size=BATCH)

    def attach(
        self, row: LedgerModel, evidence_class: str, name: str, lines: Sequence[str], day: date
    ) -> None:
        """A paper for the row, made when all chapters are done."""
        self.papers.append(Paper(row, evidence_class, name, tuple(lines), day))


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 12), clock.CHINA)
