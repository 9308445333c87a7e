"""The demonstration of transport: a batch of the past with its checks, and one that leaves today."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel import actions
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.workflow import SUBMIT, State
from shanhai.registers.seeding import Filed, Seeding, morning

from ..matching_acts import advance
from ..models import (
    Destination,
    JobOrder,
    Placement,
    RetentionCheck,
    TransportBatch,
    TransportPassenger,
    TransportTrip,
    WorkerRegistration,
)
from . import acts, retention_acts

_Standing = Placement.Standing
_Ride = TransportPassenger.Ride
#: So many days ago the batch of the past left: its workers were asked after one month, some after three.
AGO = 100
_PEOPLE = 6


def seed(ctx: Seeding) -> None:
    """Both batches; nothing where the demonstration has nobody who could ride."""
    coordinator = ctx.actors["mt_coordinator", "coordinator"]
    left_on = ctx.today - timedelta(days=AGO)
    order = _order(ctx, left_on)
    ctx.file([Filed(order, order.valid_from, State.VERIFIED)])
    _past(ctx, coordinator, order, left_on)
    _coming(ctx, coordinator)


def _order(ctx: Seeding, left_on: date) -> JobOrder:
    unit = ctx.units["dm_labour"]
    bodies = ctx.bodies[Side.EAST].values()
    employers = [body for body in bodies if body.place and body.place.side == Side.EAST]
    return JobOrder(
        side=unit.side,
        owner_unit=unit,
        place=employers[0].place,
        code="GWDM901",
        employer=employers[0],
        post="装配工",
        headcount=_PEOPLE,
        wage=Decimal(5000),
        destination=Destination.PAIRED_CITY,
        workplace=employers[0].address,
        has_lodging=True,
        valid_from=left_on - timedelta(days=20),
        open_until=left_on + timedelta(days=30),
    )


def _past(ctx: Seeding, actor: Actor, order: JobOrder, left_on: date) -> None:
    with ctx.acting(actor, morning(left_on - timedelta(days=6))):
        placed = Placement.objects.live().values("person")
        rows = WorkerRegistration.objects.reported().filter(
            side=Side.WEST, status=WorkerRegistration.Status.WAITING, registered_on__lt=left_on
        )
        chosen = rows.exclude(person__in=placed).select_related("person", "owner_unit", "place")
        ledger = registry.get(Placement.ledger_key())
        for one in chosen.order_by("-person__pinyin", "pk")[:_PEOPLE]:
            values = {"person": one.person, "order": order, "owner_unit": one.owner_unit, "place": one.place}
            row = actions.create_row(ledger, values, actor=actor)
            advance(row.pk, standing=_Standing.ACCEPTED, actor=actor, row_version=row.row_version)
        if not Placement.objects.filter(order=order).exists():
            return
    with ctx.acting(actor, morning(left_on - timedelta(days=3))):
        trip = _trip(ctx, actor, "SS901", "首批点对点输送", left_on, 45)
        acts.fill_trip(trip.pk, orders=[order.pk], actor=actor)
        people = list(
            TransportPassenger.objects.filter(trip=trip).order_by("pk").values_list("pk", flat=True)
        )
    with ctx.acting(actor, morning(left_on)):
        for pk in people[1:]:
            acts.tick(pk, _Ride.BOARDED, actor=actor)
        acts.tick(people[0], _Ride.ABSENT, actor=actor, reason="家里有事，改下一批")
    with ctx.acting(actor, morning(left_on + timedelta(days=1))):
        acts.arrive(trip.pk, actor=actor)
        acts.hand_over(people[1:], received_by="演示签收人", actor=actor)
    _answers(ctx, actor, order, left_on)


def _answers(ctx: Seeding, actor: Actor, order: JobOrder, left_on: date) -> None:
    """After a month three are there and one is gone; after three months one has been asked so far."""
    asked = left_on + timedelta(days=34)
    for number in range(5):
        day = asked + timedelta(days=number) if number < 4 else ctx.today - timedelta(days=2)  # noqa: PLR2004
        with ctx.acting(actor, morning(day)):
            months = 1 if number < 4 else 3  # noqa: PLR2004
            rows = RetentionCheck.objects.filter(placement__order=order, after_months=months)
            open_rows = rows.filter(outcome=RetentionCheck.Outcome.DUE, due_on__lte=day)
            check = open_rows.order_by("pk").first()
            if check is None:
                continue
            values: dict[str, Any] = {"checked_on": day, "wage": Decimal(5100 + 100 * number)}
            outcome: str = RetentionCheck.Outcome.STAYED
            if number == 3:  # noqa: PLR2004
                outcome = RetentionCheck.Outcome.LEFT
                values = {"checked_on": day, "left_on": left_on + timedelta(days=21), "reason": "family"}
            retention_acts.answer(check.pk, outcome, values, actor=actor, row_version=check.row_version)


def _coming(ctx: Seeding, actor: Actor) -> None:
    """Who was accepted for posts on the coast leaves today."""
    with ctx.acting(actor, morning(ctx.today - timedelta(days=1)) + timedelta(hours=3)):
        rows = Placement.objects.live().filter(match_state=_Standing.ACCEPTED, order__side=Side.EAST)
        orders = list(rows.order_by("order").values_list("order", flat=True).distinct())
        trip = _trip(ctx, actor, "SS902", "第二批点对点输送", ctx.today, 49)
        if orders:
            acts.fill_trip(trip.pk, orders=orders, actor=actor)


def _trip(ctx: Seeding, actor: Actor, code: str, name: str, day: date, seats: int) -> TransportTrip:
    """A reported batch with one coach."""
    batch = {
        "code": code,
        "name": name,
        "leaves_on": day,
        "from_place": ctx.units["mt_labour"].place,
        "to_place": ctx.units["dm_labour"].place,
        "sending_organiser": ctx.units["mt_labour"].name,
        "receiving_organiser": ctx.units["dm_labour"].name,
    }
    trip = {
        "code": f"{code}-1",
        "vehicle": "演示专车",
        "departs_on": day,
        "arrives_on": day + timedelta(days=1),
        "seat_count": seats,
        "escort": "演示带队人员",
        "cost_sending": Decimal("9800.00"),
        "cost_employer": Decimal("3200.00"),
    }
    whose = {"owner_unit": ctx.units["mt_labour"], "place": ctx.units["mt_labour"].place}
    made = _filed(TransportBatch, {**batch, **whose}, actor)
    found: TransportTrip = _filed(TransportTrip, {**trip, **whose, "batch": made}, actor)
    return found


def _filed(model: Any, values: dict[str, Any], actor: Actor) -> Any:
    ledger = registry.get(model.ledger_key())
    return actions.step_row(ledger, actions.create_row(ledger, values, actor=actor), SUBMIT, actor=actor)
