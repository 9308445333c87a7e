"""What is done on the way: seats are filled, people board and arrive, the employer signs for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, create_row, get_row, require, step_row, validate_row
from shanhai.kernel.errors import NotVisible, RuleViolated, ShanhaiError
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import SUBMIT, State

from ..matching_acts import advance
from ..models import Placement, TransportPassenger, TransportTrip
from . import lookup, rules

_Ride = TransportPassenger.Ride
_Standing = Placement.Standing
#: Passengers done with in one request.
MOST = 500


@dataclass
class Done:
    """What came of many: how many were done, and why others were not."""

    done: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def waiting_placements(trip: TransportTrip) -> Any:
    """Accepted placements of the trip's side whose worker has no seat on a trip yet, by employer."""
    seated = TransportPassenger.objects.live().filter(ride__in=rules.SEATED).exclude(handed_on__isnull=False)
    rows = Placement.objects.live().filter(side=trip.side, match_state=_Standing.ACCEPTED)
    wanted = rows.exclude(person__in=seated.values("person")).select_related(
        "person", "order__employer", "owner_unit", "place"
    )
    return wanted.order_by("order__employer__name", "order__code", "decided_on", "pk")


def fill_trip(pk: UUID, *, orders: Sequence[UUID], actor: Actor) -> Done:
    """Give seats to everybody with an accepted placement of these orders; without orders, of all.

    Shape: as long as there are seats, in the order of `waiting_placements`; who gets none is told. A second
    request finds them seated. Errors: NotVisible; NotAllowed; RuleViolated where there is nobody.
    """
    trip: TransportTrip = get_row(registry.get(TransportTrip.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    lookup.hold(f"trip {trip.pk}")
    rows = waiting_placements(trip)
    found = list(rows.filter(order__in=orders) if orders else rows)
    if not found:
        raise RuleViolated(_("没有已接受而还没有座位的人员。"), code="nobody_waits")
    ledger, told = registry.get(TransportPassenger.ledger_key()), Done()
    for placement in found[:MOST]:
        values = {
            "trip": trip,
            "person": placement.person,
            "placement": placement,
            "owner_unit": placement.owner_unit,
            "place": placement.place,
        }
        try:
            with transaction.atomic():
                step_row(ledger, create_row(ledger, values, actor=actor), SUBMIT, actor=actor)
            told.done += 1
        except ShanhaiError as refused:
            told.refused.append((str(placement.person), sentence_of(refused)))
    return told


def sentence_of(refused: ShanhaiError) -> str:
    """What is wrong, from the fields where it stands there."""
    problems = getattr(refused, "problems", None) or {}
    said = [str(sentence) for sentences in problems.values() for sentence in sentences]
    return "".join(said) or str(refused)


def tick(pk: UUID, ride: str, *, actor: Actor, reason: str = "") -> TransportPassenger:
    """How the ride of one passenger stands now. Told twice, nothing changes the second time.

    Errors: RuleViolated for what cannot follow, a full trip, or being absent without a reason; NotAllowed;
    NotVisible.
    """
    row = _held([pk], actor)[0]
    if row.ride == ride:
        return row
    if ride not in _Ride.values or ride == _Ride.HANDED_OVER or not rules.may_move(row.ride, ride):
        following = _Ride(ride).label if ride in _Ride.values else ride
        told = {"now": row.get_ride_display(), "next": following}
        raise RuleViolated(_("“%(now)s”之后不能是“%(next)s”。") % told, code="bad_ride")
    if ride == _Ride.ABSENT and not reason.strip():
        raise RuleViolated(_("请写明为什么没有来。"), code="reason_missing")
    now = clock.now()
    values: dict[str, Any] = {"ride": ride}
    match ride:
        case _Ride.EXPECTED:
            values |= {"boarded_at": None, "arrived_at": None, "absence": ""}
        case _Ride.ABSENT:
            values |= {"absence": reason.strip()[:120]}
        case _Ride.BOARDED:
            values |= {"boarded_at": row.boarded_at or now, "arrived_at": None, "absence": ""}
        case _Ride.ARRIVED:
            values |= {"arrived_at": now}
    return _kept(row, values, actor, str(_Ride(ride).label))


def arrive(pk: UUID, *, actor: Actor) -> int:
    """Everybody on board of the trip has arrived; how many. Errors: NotVisible; NotAllowed."""
    trip = get_row(registry.get(TransportTrip.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    riding = TransportPassenger.objects.live().filter(trip=trip, ride=_Ride.BOARDED)
    rows = _held(list(riding.values_list("pk", flat=True)), actor)
    now = clock.now()
    for row in rows:
        _kept(row, {"ride": _Ride.ARRIVED, "arrived_at": now}, actor, str(_Ride.ARRIVED.label))
    return len(rows)


def hand_over(passengers: Sequence[UUID], *, received_by: str, day: date | None = None, actor: Actor) -> Done:
    """The employer signs for these: their placement is begun, which writes the spell once.

    Shape: who is handed over already stays as it is and is not counted. `day`: today without.
    Errors: RuleViolated for nobody, no name, or a day that cannot be; NotAllowed; NotVisible.
    """
    if not 0 < len(passengers) <= MOST:
        raise RuleViolated(_("请选择 1 到 %(most)s 人。") % {"most": MOST}, code="bad_ride")
    if not received_by.strip():
        raise RuleViolated(_("请填写用工单位的签收人。"), code="reason_missing")
    day = day or clock.today()
    told = Done()
    for row in _held(passengers, actor):
        if row.ride == _Ride.HANDED_OVER:
            continue
        try:
            with transaction.atomic():
                _hand_over(row, day, received_by.strip()[:40], actor)
            told.done += 1
        except ShanhaiError as refused:
            told.refused.append((str(row.person), sentence_of(refused)))
    return told


def _hand_over(row: TransportPassenger, day: date, received_by: str, actor: Actor) -> None:
    if row.ride != _Ride.ARRIVED:
        told = _("“%(now)s”的人员还不能交接，请先登记到达。")
        raise RuleViolated(told % {"now": row.get_ride_display()}, code="bad_ride")
    if not row.trip.departs_on <= day <= clock.today():
        raise RuleViolated(_("交接日期不能早于发车日期，也不能晚于今天。"), code="bad_date")
    placement = row.placement or placement_of(row.person_id)
    if placement is not None and placement.match_state == _Standing.ACCEPTED:
        placement = advance(
            placement.pk,
            standing=_Standing.HIRED,
            day=day,
            batch=row.trip.batch,
            actor=actor,
            row_version=placement.row_version,
        )
    values = {
        "ride": _Ride.HANDED_OVER,
        "handed_on": day,
        "received_by": received_by,
        "placement": placement,
    }
    _kept(row, values, actor, str(_Ride.HANDED_OVER.label))


def placement_of(person: UUID) -> Placement | None:
    """The post somebody has accepted or begun."""
    rows = Placement.objects.live().filter(person=person)
    found: Placement | None = rows.filter(match_state__in=[_Standing.ACCEPTED, _Standing.HIRED]).first()
    return found


def _held(pks: Sequence[UUID], actor: Actor) -> list[TransportPassenger]:
    """Rows locked, in the order of their keys. Errors: NotVisible; NotAllowed; RuleViolated for voided."""
    ledger = registry.get(TransportPassenger.ledger_key())
    rows = TransportPassenger.objects.select_related("owner_unit", "place", "person", "trip__batch")
    found = list(rows.filter(pk__in=set(pks)).order_by("pk"))
    if len(found) != len(set(pks)):
        raise NotVisible
    for row in found:
        require(actor, Verb.EDIT, ledger, row)
        if row.state == State.VOIDED:
            raise RuleViolated(_("已作废的记录不能再办理。"), code="bad_ride")
    locked = rows.filter(pk__in=set(pks)).select_for_update(of=("self",)).order_by("pk")
    return list(locked)


def _kept(row: TransportPassenger, values: dict[str, Any], actor: Actor, reason: str) -> TransportPassenger:
    """Written, and reported if it was not."""
    ledger = registry.get(TransportPassenger.ledger_key())
    previous = TransportPassenger.objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    if row.placement_id is None:
        row.placement = placement_of(row.person_id)
    validate_row(ledger, row, previous)
    row.row_version += 1
    with context.because(reason), constraint_sentences():
        row.save()
    if row.state in SUBMIT.sources:
        row = step_row(ledger, row, SUBMIT, actor=actor)
    return row
