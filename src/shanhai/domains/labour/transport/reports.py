"""What pages, files and the API tell of a batch: trips, seats, costs, and the list of passengers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import text_of
from shanhai.kernel.surfaces.fields import resolve

from ..models import TransportBatch, TransportPassenger, TransportTrip
from . import rules
from .ledgers import PAYERS

_Ride = TransportPassenger.Ride


@dataclass(frozen=True)
class Rider:
    """One line of the list of passengers, as the reader may read it: people of the other side are masked."""

    id: str
    trip: str
    name: str
    home: str
    employer: str
    post: str
    ride: str


@dataclass(frozen=True)
class Account:
    """A batch in numbers. Unit: `costs` in yuan, by payer."""

    trips: int
    seats: int
    rides: Counter[str]
    unplaced: int
    costs: dict[str, Decimal]

    @property
    def people(self) -> int:
        """Everybody who has a seat."""
        return sum(self.rides[one] for one in rules.SEATED)

    @property
    def cost(self) -> Decimal:
        return sum(self.costs.values(), Decimal(0))


def account_of(batch: TransportBatch) -> Account:
    """Of the trips and passengers the reader sees."""
    trips = list(TransportTrip.objects.live().filter(batch=batch))
    told = list(TransportPassenger.objects.live().filter(trip__in=trips).values_list("ride", "placement"))
    return Account(
        trips=len(trips),
        seats=sum(one.seat_count for one in trips),
        rides=Counter(ride for ride, _placed in told),
        unplaced=sum(ride in rules.SEATED and placed is None for ride, placed in told),
        costs={name: sum((getattr(one, name) or Decimal(0) for one in trips), Decimal(0)) for name in PAYERS},
    )


def passengers_of(trip: TransportTrip) -> Any:
    """Passengers of a trip by employer and name, with `employer_name`."""
    rows = TransportPassenger.objects.live().filter(trip=trip)
    return _told(rows).order_by("employer_name", "person__pinyin", "pk")


def _told(rows: Any) -> Any:
    named = rows.annotate(employer_name=Coalesce(F("placement__order__employer__name"), Value("")))
    return named.select_related("trip", "person", "placement__order__employer", "owner_unit")


def riders_of(batch: TransportBatch, actor: Actor) -> Sequence[Rider]:
    """Who has a seat in the batch, trip by trip."""
    rows = TransportPassenger.objects.live().filter(trip__batch=batch, ride__in=rules.SEATED)
    ledger = resolve(registry.get(TransportPassenger.ledger_key()))
    person, home = ledger.column("person"), ledger.column("person__place")
    found = []
    ordered = _told(rows).select_related("person__place")
    for row in ordered.order_by("trip__code", "employer_name", "person__pinyin", "pk"):
        order = row.placement.order if row.placement else None
        found.append(
            Rider(
                id=str(row.pk),
                trip=row.trip.code,
                name=text_of(person, row, actor) if person else "",
                home=text_of(home, row, actor) if home else "",
                employer=row.employer_name,
                post=order.post if order else "",
                ride=str(row.get_ride_display()),
            )
        )
    return found
