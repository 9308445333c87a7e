"""Checks over workers a reader looks after. A fixed number of queries, then the rules."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Greatest

from shanhai.engines.findings import Finding
from shanhai.kernel import clock
from shanhai.registers.parties.models import Person
from shanhai.web.checks import Found, Named

from . import person_rules as rules
from .categories import as_registered, categories_on
from .models import (
    EmploymentSpell,
    FollowUpVisit,
    Placement,
    Threshold,
    TransportPassenger,
    WorkerRegistration,
)
from .models.matching import OCCUPYING
from .transport.rules import SEATED

_Outcome = FollowUpVisit.Outcome


def person_findings(sides: Sequence[str], units: dict[Any, str]) -> list[Found]:
    """Everything that looks wrong about workers of these sides. `units`: names by key."""
    today = clock.today()
    return [
        *_told(WorkerRegistration, _about_registrations(sides, today), units),
        *_told(EmploymentSpell, _two_years(sides, today), units),
        *_told(Person, _categories(sides, today), units),
        *_told(TransportPassenger, _unplaced(sides), units),
    ]


def _told(model: Any, findings: Iterator[Finding], units: dict[Any, str]) -> list[Found]:
    found = list(findings)
    name = "name" if model is Person else "person__name"
    keys = {one.rows[0] for one in found}
    rows = model.objects.filter(pk__in=keys).values_list("id", "owner_unit_id", name) if keys else ()
    known: dict[Any, Any] = {key: (unit, text, key) for key, unit, text in rows}
    return [
        Found(
            code=one.code,
            sentence=one.sentence,
            row=Named(model.ledger_key(), known[key][2], known[key][1]),
            unit_id=str(known[key][0]),
            unit=units[known[key][0]],
        )
        for one in found
        if (key := one.rows[0]) in known
    ]


def _about_registrations(sides: Sequence[str], today: date) -> Iterator[Finding]:
    rows = WorkerRegistration.objects.live().filter(side__in=sides).order_by("id")
    line = Threshold.objects.in_force(today).filter(code=Threshold.Code.CONTACT_DAYS).first()
    if line is not None:
        # Greatest leaves out what is null; a visit that reached somebody writes the day into the register.
        heard = rows.annotate(heard_on=Greatest("registered_on", "last_contact_on"))
        waiting = heard.exclude(status=WorkerRegistration.Status.UNAVAILABLE).values_list("id", "heard_on")
        yield from rules.not_heard((rules.Heard(*one) for one in waiting), today, int(line.value))
    visits = FollowUpVisit.objects.live().filter(
        side__in=sides, outcome__in=(_Outcome.REACHED, _Outcome.WRONG_NUMBER)
    )
    told = visits.order_by("registration", "visited_on", "id")
    yield from rules.unreachable(
        rules.Attempt(key, day, outcome == _Outcome.WRONG_NUMBER, outcome == _Outcome.REACHED)
        for key, day, outcome in told.values_list("registration_id", "visited_on", "outcome")
    )


def _two_years(sides: Sequence[str], today: date) -> Iterator[Finding]:
    first = date(today.year, 1, 1)
    months = Q(monthly_facts__is_in_post=True, monthly_facts__period__gte=f"{today.year}-01")
    spells = (
        EmploymentSpell.objects.reported()
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first), side__in=sides, started_on__lt=first)
        .annotate(months=Count("monthly_facts", filter=months & ~Q(monthly_facts__state="voided")))
        .filter(months=0)
        .order_by("id")
    )
    kept = spells.values_list("id", "started_on", "ended_on", "months")
    yield from rules.counted_twice((rules.Kept(*one) for one in kept), today)


def _unplaced(sides: Sequence[str]) -> Iterator[Finding]:
    """Riders without a placement of their trip, nor any that holds a seat of an order."""
    placed = Placement.objects.live().filter(match_state__in=OCCUPYING, person=OuterRef("person"))
    rows = TransportPassenger.objects.live().filter(side__in=sides, ride__in=SEATED, placement=None)
    found = rows.exclude(Exists(placed)).order_by("trip__departs_on", "id")
    yield from rules.unplaced(
        rules.Riding(*one) for one in found.values_list("id", "trip__code", "trip__departs_on")
    )


def _categories(sides: Sequence[str], today: date) -> Iterator[Finding]:
    held = categories_on(today)
    told = Q(pk__in=held) | ~Q(category=Person.Category.ORDINARY)
    rows = Person.objects.live().filter(told, side__in=sides).order_by("id")
    people = rows.values_list("id", F("category"))
    labels = {code: str(label) for code, label in Person.Category.choices}
    yield from rules.differing_categories(
        ((key, category, as_registered(held.get(key, ()))) for key, category in people), labels
    )
