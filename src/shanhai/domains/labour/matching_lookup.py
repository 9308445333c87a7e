"""Who takes part in a run, within the scope of whoever runs it; and seats taken, by whomever.

Seats of an order are taken by workers of several units and both sides, whose rows one of them may not read:
they are counted round the scope, and only the numbers leave this module.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.registers.places.models import Place

from . import matching_rules as rules
from .matching_problem import Market, Seeker, tally
from .models import OCCUPYING, JobOrder, JobWish, MatchWeight, Placement, Threshold, WorkerRegistration

_OUT = {
    WorkerRegistration.Status.EMPLOYED: "employed",
    WorkerRegistration.Status.UNAVAILABLE: "unavailable",
}
_Standing = Placement.Standing


def hold_orders(*orders: UUID) -> None:
    """Until the transaction ends nobody else takes a seat of these orders."""
    with connection.cursor() as cursor:
        for order in sorted(map(str, orders)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 38))", [f"joborder {order}"])


def hold_side(side: str) -> None:
    """Until the transaction ends nobody else matches the side's workers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 38))", [f"matching {side}"])


def seats_taken(orders: Sequence[UUID], *, but: UUID | None = None) -> dict[UUID, int]:
    """Seats of each order that somebody has accepted or begun in; the placement `but` aside."""
    with context.unscoped("岗位名额"):
        rows = Placement.objects.live().filter(order__in=orders, match_state__in=OCCUPYING)
        if but is not None:
            rows = rows.exclude(pk=but)
        counted = rows.order_by().values("order").annotate(found=Count("pk"))
        return {one["order"]: one["found"] for one in counted}


def weights_on(side: str, day: date) -> Mapping[str, Decimal]:
    """Points by term. Errors: RuleViolated where two rows contradict, or there is none."""
    rows = MatchWeight.objects.reported().filter(side=side)
    known = [
        rules.Dated(one.code, one.term, one.weight, one.valid_from, one.valid_to)
        for one in rows.order_by("code")
    ]
    found, doubtful = rules.in_force(known, day)
    if doubtful:
        named = "；".join("、".join(pair) for pair in doubtful)
        sentence = _("匹配权重 %(codes)s 同一天起用而分值不同，请停用一条。") % {"codes": named}
        raise RuleViolated(sentence, code="not_matchable")
    if not found:
        raise RuleViolated(_("本方还没有在用的匹配权重，请先登记并提交。"), code="not_matchable")
    return found


def market_of(side: str) -> Market:
    """Everything a run of the side's workers looks at today. Errors: RuleViolated."""
    day = clock.today()
    weights = weights_on(side, day)
    orders = _orders(day)
    placed = list(
        Placement.objects.live().filter(side=side).values_list("person", "order", "match_state", "is_by_hand")
    )
    out: list[str] = []
    hired = {who for who, _order, standing, _hand in placed if standing == _Standing.HIRED}
    seekers = list(_seekers(side, day, hired, out))
    known, offered = {one.key for one in seekers}, {one.pk for one in orders}
    accepted = [(who, order) for who, order, standing, _hand in placed if standing == _Standing.ACCEPTED]
    inside = [pair for pair in accepted if pair[0] in known and pair[1] in offered]
    gone = {who for who, _order in accepted} - {who for who, _order in inside}
    taken = seats_taken([one.pk for one in orders])
    free = {one.pk: one.headcount - taken.get(one.pk, 0) for one in orders}
    fixed, over = list(inside), set()
    for who, order, standing, by_hand in placed:
        if standing != _Standing.PROPOSED or not by_hand or who not in known or order not in offered:
            continue
        if free[order] > 0 and who not in {worker for worker, _order in fixed}:
            fixed.append((who, order))
            free[order] -= 1
        elif who not in {worker for worker, _order in fixed}:
            over.add(who)
    for _who, order in inside:  # the engine takes the seats of what is fixed off by itself
        taken[order] -= 1
    out += ["placed"] * len(gone & known) + ["over_seats"] * len(over)
    return Market(
        day=day,
        seekers=[one for one in seekers if one.key not in gone | over],
        orders=orders,
        weights=weights,
        least_age=least_age(day),
        taken=taken,
        fixed=fixed,
        refused=[(who, order) for who, order, standing, _hand in placed if standing == _Standing.REFUSED],
        left_out=tally(out),
    )


def _orders(day: date) -> list[JobOrder]:
    rows = JobOrder.objects.reported().filter(valid_from__lte=day, open_until__gte=day)
    return list(rows.select_related("employer").order_by("code", "pk"))


def least_age(day: date) -> int:
    rows = Threshold.objects.in_force(day).filter(code=Threshold.Code.LEAST_AGE)
    value = rows.values_list("value", flat=True).first()
    return int(value or 0)


def _seekers(side: str, day: date, hired: set[UUID], out: list[str]) -> Iterator[Seeker]:
    """Workers with a wish in force, the latest of each; `out` hears why others are not among them."""
    rows = JobWish.objects.reported().filter(side=side, valid_from__lte=day, valid_to__gte=day)
    wishes = {
        wish.person_id: wish
        for wish in rows.select_related("person__place", "owner_unit").order_by("valid_from", "pk")
    }
    registered = WorkerRegistration.objects.live().filter(side=side, person__in=list(wishes))
    status = dict(registered.values_list("person", "status"))
    towns = {
        place.path: place.short_name for place in Place.objects.filter(side=side, level=Place.Level.TOWN)
    }
    for who, wish in sorted(wishes.items(), key=lambda one: str(one[0])):
        if who in hired:
            out.append("placed")
        elif who not in status:
            out.append("unregistered")
        elif status[who] in _OUT:
            out.append(_OUT[status[who]])
        elif wish.person.born_on is None:
            out.append("no_birth")
        else:
            age = rules.age_on(wish.person.born_on, day)
            is_unemployed = status[who] == WorkerRegistration.Status.UNEMPLOYED
            yield Seeker(wish, age, _town(wish.person.place, towns), is_unemployed)


def _town(place: Place | None, towns: dict[str, str]) -> str:
    """The town of a village, or of the town itself; "" where the household is elsewhere."""
    path = place.path if place else ""
    while path and path not in towns:
        path = path.rpartition(".")[0]
    return towns.get(path, "")
