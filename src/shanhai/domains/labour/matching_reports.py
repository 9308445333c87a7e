"""What pages and the API tell of runs: within the reader's scope, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from shanhai.engines import matching as engine
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Person

from . import matching_lookup as lookup
from . import matching_rules as rules
from . import matching_wording as wording
from .matching_problem import Market, Seeker, points, problem_of
from .models import JobOrder, JobWish, MatchRun, Placement, WorkerRegistration

_Standing = Placement.Standing


def require_reader(actor: Actor) -> None:
    """Errors: NotVisible for who reads no placements."""
    if not actor.allows(Verb.VIEW, Placement.ledger_key()):
        raise NotVisible


def runs(actor: Actor) -> Any:
    """Runs of the reader's own sides, newest first. Errors: NotVisible."""
    require_reader(actor)
    return MatchRun.objects.filter(side__in=sorted(actor.sides)).order_by("-id")


def run_of(pk: UUID, actor: Actor) -> MatchRun:
    """Errors: NotVisible."""
    found: MatchRun | None = runs(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Overrides:
    """What people made of proposals. `share`: of what was decided, how much they decided otherwise."""

    accepted: int
    refused: int
    by_hand: int

    @property
    def share(self) -> Decimal | None:
        return rules.share(self.refused + self.by_hand, self.accepted + self.refused + self.by_hand)


def overrides(side: str) -> Overrides:
    """Of placements of a side that the reader sees."""
    taken = Q(match_state__in=[_Standing.ACCEPTED, _Standing.HIRED, _Standing.LEFT])
    found = (
        Placement.objects.live()
        .filter(side=side)
        .aggregate(
            accepted=Count("pk", filter=taken & Q(is_by_hand=False)),
            refused=Count("pk", filter=Q(match_state=_Standing.REFUSED)),
            by_hand=Count("pk", filter=taken & Q(is_by_hand=True)),
        )
    )
    return Overrides(**found)


@dataclass(frozen=True)
class Told:
    """A run with the names its keys stand for, as far as the reader may know them."""

    run: MatchRun
    people: Mapping[str, Person]
    orders: Mapping[str, JobOrder]
    placements: Mapping[tuple[str, str], Placement] = field(default_factory=dict)

    def order_name(self, key: str) -> str:
        order = self.orders.get(key)
        return f"{order.code} {order.post}" if order else ""

    def unmatched(self) -> list[tuple[Person, str]]:
        """Workers without an order, and what would change it; those the reader sees."""
        found = []
        for key, possible, changes in self.run.unmatched:
            person = self.people.get(key)
            if person is None:
                continue
            said = [
                wording.worker_change(what, which, self.order_name(order))
                for what, which, order, _p in changes
            ]
            found.append((person, "；".join(said) or wording.worker_reason(possible)))
        return found

    def empty(self) -> list[tuple[JobOrder, int, str]]:
        """Orders with empty seats, and what would bring workers."""
        found = []
        for key, seats, changes in self.run.empty:
            order = self.orders.get(key)
            if order is not None:
                said = "；".join(wording.order_change(*change) for change in changes)
                found.append((order, seats, said))
        return sorted(found, key=lambda one: -one[1])

    def pairs(self) -> list[tuple[Person, JobOrder, Placement | None, Sequence[int]]]:
        """Pairs of the run, best first."""
        found = [
            (self.people[who], self.orders[what], self.placements.get((who, what)), terms)
            for who, what, terms in self.run.pairs
            if who in self.people and what in self.orders
        ]
        return sorted(found, key=lambda one: (-sum(one[3]), one[1].code, str(one[0].pk)))


def told(run: MatchRun) -> Told:
    """Names by four queries."""
    keys = {who for who, _order, _terms in run.pairs} | {who for who, _possible, _changes in run.unmatched}
    people = Person.objects.filter(pk__in=keys).select_related("place")
    orders = JobOrder.objects.select_related("employer").filter(pk__in=_orders_of(run))
    rows = Placement.objects.live().filter(side=run.side, person__in=keys)
    return Told(
        run,
        {str(one.pk): one for one in people},
        {str(one.pk): one for one in orders},
        {(str(one.person_id), str(one.order_id)): one for one in rows},
    )


def _orders_of(run: MatchRun) -> set[str]:
    named = {order for _who, order, _terms in run.pairs} | {order for order, _seats, _changes in run.empty}
    return named | {order for _who, _p, changes in run.unmatched for _w, _i, order, _n in changes}


@dataclass(frozen=True)
class Why:
    """One pair: points term by term, and the limits it breaks."""

    lines: Sequence[tuple[str, str]]
    total: str
    limits: Sequence[str]


def why(placement: Placement) -> Why | None:
    """Of the last run that had the pair, else computed of today's rows; None where the worker has no wish."""
    who, what = str(placement.person_id), str(placement.order_id)
    last = MatchRun.objects.filter(side=placement.side).order_by("-id").first()
    for person, order, terms in last.pairs if last else ():
        if (person, order) == (who, what):
            return Why(wording.term_lines(terms), wording.number(placement_points(terms)), ())
    return _why_now(placement)


def placement_points(terms: Sequence[int]) -> Decimal:
    return points(sum(terms))


def _why_now(placement: Placement) -> Why | None:
    person = placement.person
    wishes = JobWish.objects.live().filter(person=person).order_by("-valid_from")
    wish = wishes.select_related("person").first()
    if wish is None or person.born_on is None:
        return None
    day = clock.today()
    status = WorkerRegistration.objects.live().filter(person=person).values_list("status", flat=True).first()
    seeker = Seeker(
        wish, rules.age_on(person.born_on, day), "", status == WorkerRegistration.Status.UNEMPLOYED
    )
    try:
        weights = lookup.weights_on(placement.side, day)
    except RuleViolated:
        return None
    market = Market(day, [seeker], [placement.order], weights, lookup.least_age(day), {})
    problem = problem_of(market)
    found = engine.terms(problem, 0, 0)
    parts = [max(0, found.place), found.skills, found.wage, found.order, found.worker]
    broken = wording.limit_sentences(engine.limits(problem, 0, 0), market.skills())
    return Why(wording.term_lines(parts), wording.number(placement_points(parts)), broken)
