"""Transport over the API: fill a trip, tick passengers off, arrive, hand over, read the list of a batch."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from ..models import TransportBatch, TransportPassenger, TransportTrip
from . import acts, reports


class FillBody(Sent):
    """Whose workers get seats."""

    orders: list[UUID] = Field(default=[], description="岗位需求的编号；空为全部已接受的")


class TickBody(Sent):
    """How a ride stands now."""

    ride: TransportPassenger.Ride = Field(description="boarded、absent、arrived、expected")
    reason: str = Field("", description="没有来的原因，absent 时必填")


class HandOverBody(Sent):
    """Who was handed over, to whom and when."""

    passengers: list[UUID]
    received_by: str = Field(description="用工单位的签收人")
    day: datetime.date | None = Field(None, description="默认今天")


class RefusedTold(Schema):
    """One that was not done, and why."""

    label: str
    said: str


class DoneAnswer(Schema):
    """How many were done; the others with the reason."""

    done: int
    refused: list[RefusedTold]


class ArrivedAnswer(Schema):
    """How many arrived by this request."""

    done: int


class RiderTold(Schema):
    """One line of the list; names of the other side's people are masked, no numbers of persons."""

    id: str
    trip: str
    name: str
    home: str
    employer: str
    post: str
    ride: str


class PassengerList(Schema):
    """A batch in numbers, and who has a seat. Unit: yuan."""

    trips: int
    seats: int
    people: int
    cost: str
    riders: list[RiderTold]


@register_operations(TransportBatch.ledger_key())
def batches(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VIEW)

    @router.get(
        "/{uuid:pk}/people/",
        response=PassengerList,
        auth=may,
        **named(ledger, "people", "输送人员名单"),
    )
    def read_passengers(request: Found, pk: UUID) -> dict[str, Any]:
        account = reports.account_of(request.auth)
        names = RiderTold.model_fields
        return {
            "trips": account.trips,
            "seats": account.seats,
            "people": account.people,
            "cost": f"{account.cost:f}",
            "riders": [
                {name: getattr(one, name) for name in names}
                for one in reports.riders_of(request.auth, actor_of(request))
            ],
        }


@register_operations(TransportTrip.ledger_key())
def trips(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/fill/", response=DoneAnswer, auth=may, **named(ledger, "fill", "安排座位"))
    def fill_trip(request: Found, pk: UUID, body: FillBody) -> dict[str, Any]:
        return _done(acts.fill_trip(pk, orders=body.orders, actor=actor_of(request)))

    @router.post("/{uuid:pk}/arrive/", response=ArrivedAnswer, auth=may, **named(ledger, "arrive", "到达"))
    def arrive_trip(request: Found, pk: UUID) -> dict[str, Any]:
        return {"done": acts.arrive(pk, actor=actor_of(request))}

    @router.post("/{uuid:pk}/handover/", response=DoneAnswer, auth=may, **named(ledger, "handover", "交接"))
    def hand_over_trip(request: Found, pk: UUID, body: HandOverBody) -> dict[str, Any]:
        told = acts.hand_over(
            body.passengers, received_by=body.received_by, day=body.day, actor=actor_of(request)
        )
        return _done(told)


@register_operations(TransportPassenger.ledger_key())
def passengers(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/tick/", response=row, auth=may, **named(ledger, "tick", "点名"))
    def tick_passenger(request: HttpRequest, pk: UUID, body: TickBody) -> dict[str, Any]:
        actor = actor_of(request)
        acts.tick(pk, body.ride, reason=body.reason, actor=actor)
        return read_row(ledger, pk, actor)


def _done(told: acts.Done) -> dict[str, Any]:
    return {"done": told.done, "refused": [{"label": name, "said": why} for name, why in told.refused]}
