"""What a chapter's `seed(ctx)` works with: people, units and places, and rows filed as in real life."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Protocol

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL

from shanhai.kernel import clock, context
from shanhai.kernel.bulk import columns_of, insert_columns
from shanhai.kernel.models import JointLedgerModel, LedgerModel
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.places.models import Place


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


class Turn(Protocol):
    """Puts the next actor, moment and reason in force, for a block."""

    def __call__(self, actor: Actor, moment: datetime, reason: str = "") -> AbstractContextManager[None]: ...


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
        with clock.at(moment), context.acting(actor, reason=reason, request_id=_request(moment)):
            yield

    @contextmanager
    def acting_in_turn(self) -> Iterator[Turn]:
        """As `acting`, for many one after the other; a fourth of the statements."""
        with context.acting_in_turn("演示数据") as become:

            @contextmanager
            def turn(actor: Actor, moment: datetime, reason: str = "") -> Iterator[None]:
                with clock.at(moment):
                    become(actor, reason=reason, request_id=_request(moment))
                    yield

            yield turn

    def file(self, filed: Iterable[Filed]) -> None:
        """Enter rows as their units would, day by day; then verify or return them as the verifier would."""
        entries = sorted(filed, key=lambda one: (one.entered_on, one.row.owner_unit.code))
        with self.acting_in_turn() as turn:
            for (day, code), group in groupby(
                entries, key=lambda one: (one.entered_on, one.row.owner_unit.code)
            ):
                self._enter(turn, self.units[code], morning(day), list(group))
            self._decide(turn, entries)

    def _enter(self, turn: Turn, unit: Unit, moment: datetime, entries: Sequence[Filed]) -> None:
        actor = self.reporter(unit)
        for one in entries:
            is_draft = one.state in {State.DRAFT, State.VOIDED}
            one.row.state = State.DRAFT if is_draft else State.SUBMITTED
            if not is_draft:
                one.row.submitted_at, one.row.submitted_by = moment, actor.key
        with turn(actor, moment):
            _insert([one.row for one in entries])

    def _decide(self, turn: Turn, entries: Sequence[Filed]) -> None:
        decided = [one for one in entries if one.state in {State.VERIFIED, State.AWAITING, State.RETURNED}]

        def key(one: Filed) -> tuple[date, str, str, str]:
            return one.verified_on or one.entered_on + timedelta(days=6), one.row.side, one.state, one.reason

        for (day, side, state, reason), group in groupby(sorted(decided, key=key), key=key):
            rows = [one.row for one in group]
            moment, verifier = morning(min(day, self.today)) + timedelta(hours=6), self.verifier(Side(side))
            changes: dict[str, Any] = {"state": state}
            changes |= {"return_reason": reason} if state == State.RETURNED else {"verified_at": moment}
            is_joint = isinstance(rows[0], JointLedgerModel) and state != State.RETURNED
            if is_joint:
                changes |= {"state": State.AWAITING, "verified_by": verifier.key}
            with turn(verifier, moment, reason):
                _step(rows, changes)
            if is_joint and state == State.VERIFIED:
                self._confirm(turn, rows, Side(side).other, moment + timedelta(days=2))

    def _confirm(self, turn: Turn, rows: Sequence[LedgerModel], side: Side, moment: datetime) -> None:
        """Joint rows count when the other side has confirmed them."""
        confirmer = self.verifier(side)
        signed = {"state": State.VERIFIED, "confirmed_at": moment, "confirmed_by": confirmer.key}
        with turn(confirmer, moment):
            _step(rows, signed)

    def change(self, rows: Sequence[LedgerModel], fields: Sequence[str], day: date, reason: str) -> None:
        """Write later knowledge into rows of one unit that are already there."""
        with self.acting(self.reporter(rows[0].owner_unit), morning(day), reason):
            _update(rows, {name: [getattr(row, name) for row in rows] for name in fields})

    def attach(
        self, row: LedgerModel, evidence_class: str, name: str, lines: Sequence[str], day: date
    ) -> None:
        """A paper for the row, made when all chapters are done."""
        self.papers.append(Paper(row, evidence_class, name, tuple(lines), day))


def _step(rows: Sequence[LedgerModel], changes: Mapping[str, Any]) -> None:
    # One parameter for all keys: a thousand of them would each be quoted on their own.
    keys = RawSQL("SELECT unnest(%s::uuid[])", [f"{{{','.join(str(row.pk) for row in rows)}}}"])
    chosen = type(rows[0])._base_manager.filter(pk__in=keys)
    if chosen.update(**changes, row_version=F("row_version") + 1) != len(rows):
        raise LookupError(f"{rows[0]._meta.label}: not all rows of the demonstration are there")


def _request(moment: datetime) -> str:
    return f"seed-{moment:%Y%m%d%H%M}"


def _insert(rows: Sequence[LedgerModel]) -> None:
    """New rows of one ledger, written as `save` would write them; 70,000 of them, hence together."""
    model = type(rows[0])
    insert_columns(model, columns_of(model, rows, add=True))


def _update(rows: Sequence[LedgerModel], values: Mapping[str, Sequence[Any]]) -> None:
    """New values of some fields, row by row in the order of `rows`; what else is stored stays."""
    meta = type(rows[0])._meta
    fields: list[Any] = [meta.pk, *(meta.get_field(name) for name in values)]
    given = [[row.pk for row in rows], *values.values()]
    names = [f'"{field.column}"' for field in fields]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    changes = ", ".join(f"{name} = new.{name}" for name in names[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{meta.db_table}" AS old SET {changes}, row_version = old.row_version + 1'  # noqa: S608
            f" FROM unnest({arrays}) AS new ({', '.join(names)}) WHERE old.{names[0]} = new.{names[0]}",
            [
                [field.get_db_prep_save(value, connection) for value in column]
                for field, column in zip(fields, given, strict=True)
            ],
        )
        if cursor.rowcount != len(rows):  # a wall lets nothing through without a word
            raise LookupError(f"{meta.label}: not all rows of the demonstration are there")


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 12), clock.CHINA)
