"""Seats taken and days under way, by whomever: counted round the scope, numbers and codes leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from shanhai.kernel import context

from ..models import TransportPassenger
from . import rules


def hold(*names: str) -> None:
    """Until the transaction ends nobody else decides on what these names stand for."""
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 47))", [name])


def seats_taken(trips: Iterable[UUID], *, but: Sequence[UUID] = ()) -> dict[UUID, int]:
    """Seats of each trip that somebody has; the passengers `but` aside."""
    with context.unscoped("班次座位"):
        rows = TransportPassenger.objects.live().filter(trip__in=list(trips), ride__in=rules.SEATED)
        counted = rows.exclude(pk__in=but).order_by().values("trip").annotate(found=Count("pk"))
        return {one["trip"]: one["found"] for one in counted}


def journeys(people: Iterable[UUID], *, but_trip: UUID | None = None) -> dict[UUID, list[rules.Journey]]:
    """Seats of each person on trips."""
    found: dict[UUID, list[rules.Journey]] = {}
    with context.unscoped("同时在两个班次"):
        rows = TransportPassenger.objects.live().filter(person__in=list(people), ride__in=rules.SEATED)
        if but_trip is not None:
            rows = rows.exclude(trip=but_trip)
        for pk, person, code, first, last in rows.values_list(
            "pk", "person", "trip__code", "trip__departs_on", "trip__arrives_on"
        ):
            found.setdefault(person, []).append(rules.Journey(pk, code, first, last))
    return found


@dataclass
class Seating:
    """Seats and journeys as they are with what was judged before in the same file. Held until the end."""

    taken: dict[UUID, int]
    known: dict[UUID, list[rules.Journey]]
    seated: set[UUID] = field(default_factory=set)

    def refuse(self, row: TransportPassenger) -> str:
        """Why there is no seat; "" where there is one."""
        if rules.seats_left(row.trip.seat_count, self.taken.get(row.trip_id, 0)):
            return ""
        told = {"trip": row.trip.code, "seats": row.trip.seat_count}
        return _("班次 %(trip)s 的 %(seats)s 个座位已满，请换一个班次。") % told

    def clash(self, person: UUID, journey: rules.Journey) -> str:
        return rules.clash(journey, self.known.get(person, ()))

    def take(self, row: TransportPassenger, journey: rules.Journey) -> None:
        if row.pk in self.seated:
            return
        self.seated.add(row.pk)
        self.taken[row.trip_id] = self.taken.get(row.trip_id, 0) + 1
        self.known.setdefault(row.person_id, []).append(journey)


def seating(rows: Sequence[Any]) -> Seating:
    """Of the trips and people of these passengers, who are themselves not counted."""
    trips, people = {row.trip_id for row in rows}, {row.person_id for row in rows}
    hold(*(f"trip {one}" for one in trips), *(f"rider {one}" for one in people))
    own = [row.pk for row in rows]
    riding = {
        person: [one for one in found if one.id not in own] for person, found in journeys(people).items()
    }
    return Seating(seats_taken(trips, but=own), riding)
