"""What transport contributes to the shell: beside a batch its numbers, beside a trip seats and the way on."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.workflow import State

from ..models import TransportBatch, TransportPassenger, TransportTrip
from ..person_rules import UNPLACED
from . import acts, lookup, operations, pages, reports, rules  # noqa: F401  (importing registers)
from .ledgers import PAYERS

Drawn = dict[str, Any]


@register_panel("labour.batch", order=11)
def batch(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a batch: seats, people, what it cost and who pays; the way to its list."""
    if not isinstance(row, TransportBatch):
        return None
    found = reports.account_of(row)
    people = link(registry.get(TransportPassenger.ledger_key()), "list")
    facts: list[Drawn] = [
        {"label": _("班次和座位"), "text": _("%(trips)s 班 %(seats)s 座") % vars(found)},
        {
            "label": _("人数"),
            "text": str(found.people),
            "url": with_query(people, {"trip__batch": row.pk, "ride": list(rules.SEATED)}),
        },
    ]
    facts += [
        {
            "label": one.label,
            "text": str(found.rides[one]),
            "url": with_query(people, {"trip__batch": row.pk, "ride": one.value}),
        }
        for one in TransportPassenger.Ride
        if found.rides[one]
    ]
    if found.unplaced:
        told = with_query(reverse("labour:checks"), {"code": UNPLACED})
        facts.append({"label": _("没有拟配的"), "text": str(found.unplaced), "url": told})
    trips = with_query(link(registry.get(TransportTrip.ledger_key()), "list"), {"batch": row.pk})
    if found.cost:
        facts.append({"label": _("费用（元）"), "text": f"{found.cost:,}", "url": trips})
    for name in PAYERS:
        if found.costs[name]:
            field: Any = TransportTrip._meta.get_field(name)
            facts.append({"label": str(field.verbose_name), "text": f"{found.costs[name]:,}"})
    ways = [{"label": _("输送人员名单"), "url": reverse("labour:passenger_list", args=[row.pk])}]
    return RailPanel("kernel/facts.html", {"title": _("本批情况"), "facts": facts, "ways": ways, "note": ""})


@register_panel("labour.trip", order=9)
def trip(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a trip of one's own: the way to the roll call."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, TransportTrip) or row.state == State.VOIDED:
        return None
    if not covers(actor, Verb.EDIT, ledger.key, row):
        return None
    taken = lookup.seats_taken([row.pk]).get(row.pk, 0)
    told = {"taken": taken, "left": rules.seats_left(row.seat_count, taken)}
    facts = [{"label": _("座位"), "text": _("已安排 %(taken)s 人，还有 %(left)s 座") % told}]
    ways = (
        [{"label": _("上车点名、到达和交接"), "url": reverse("labour:ride", args=[row.pk])}] if taken else []
    )
    shown = {"title": _("乘车"), "facts": facts, "ways": ways, "note": ""}
    return RailPanel("kernel/facts.html", shown, is_first=True)


@register_panel("labour.filling", order=10)
def filling(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a trip of one's own with free seats: everybody accepted for these orders gets one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, TransportTrip) or row.state == State.VOIDED or row.side not in actor.sides:
        return None
    if not covers(actor, Verb.EDIT, ledger.key, row):
        return None
    if not actor.allows(Verb.CREATE, TransportPassenger.ledger_key()):
        return None
    waiting = acts.waiting_placements(row).order_by("order__employer__name", "order__code")
    orders = waiting.values("order", "order__code", "order__post", "order__employer__name")
    options = [
        {"value": str(one["order"]), "label": _order_label(one), "selected": True}
        for one in orders.annotate(number=Count("pk"))
    ]
    if not options:
        return None
    context = {
        "title": _("从已接受的拟配安排座位"),
        "action": reverse("labour:fill_trip", args=[row.pk]),
        "field": {
            "name": "orders",
            "id": "orders",
            "label": _("岗位"),
            "kind": "multi",
            "options": options,
        },
    }
    return RailPanel("labour/filling.html", context, is_first=True)


def _order_label(one: Drawn) -> str:
    told = {
        "employer": one["order__employer__name"],
        "post": one["order__post"],
        "code": one["order__code"],
        "number": one["number"],
    }
    return _("%(employer)s %(post)s（%(code)s）%(number)s 人") % told
