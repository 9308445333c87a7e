"""Seats are never given twice, a tap sent twice is one tap, the hand-over writes the spell once."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shanhai.domains.labour.matching_acts import advance
from shanhai.domains.labour.models import (
    EmploymentSpell,
    Placement,
    TransportBatch,
    TransportPassenger,
    TransportTrip,
    WorkerRegistration,
)
from shanhai.domains.labour.transport import acts, rules
from shanhai.kernel import actions, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT
from worlds import TODAY

from .market import Market

Ride = TransportPassenger.Ride
JSON: dict[str, Any] = {"content_type": "application/json"}
_DAYS = st.dates(date(2021, 1, 1), date(2021, 12, 31))


class Road:
    """A market with a batch; trips and accepted workers are made by the rules."""

    def __init__(self, cast: Any, as_actor: Any) -> None:
        self.market, self.cast, self.as_actor = Market(cast), cast, as_actor
        self.order = self.market.order("A", headcount=9)

    def batch(self, actor: Any) -> TransportBatch:
        return self._made(TransportBatch, self.values(), actor)

    def values(self) -> dict[str, Any]:
        return {
            "code": "SS1",
            "name": "九月输送",
            "leaves_on": TODAY,
            "from_place": self.cast.yongxing,
            "to_place": self.cast.yongxing,
            "sending_organiser": "县人社局",
        }

    def trip(self, actor: Any, batch: Any, code: str = "SS1-1", seats: int = 3, **more: Any) -> TransportTrip:
        values = {
            "batch": batch,
            "code": code,
            "departs_on": TODAY - timedelta(days=1),
            "arrives_on": TODAY,
            "seat_count": seats,
            "escort": "张演示",
        }
        return self._made(TransportTrip, values | more, actor)

    def _made(self, model: Any, values: Any, actor: Any) -> Any:
        ledger = registry.get(model.ledger_key())
        return actions.step_row(ledger, actions.create_row(ledger, values, actor=actor), SUBMIT, actor=actor)

    def accepted(self, actor: Any, *names: str) -> list[Placement]:
        return [self.placed(actor, self.market.worker(name)) for name in names]

    def placed(self, actor: Any, worker: Any) -> Placement:
        """Of a worker who is there already."""
        ledger, standing = registry.get(Placement.ledger_key()), Placement.Standing.ACCEPTED
        row = actions.create_row(ledger, {"person": worker, "order": self.order}, actor=actor)
        return advance(row.pk, standing=standing, actor=actor, row_version=row.row_version)

    def filled(self, actor: Any, *names: str, seats: int = 3) -> TransportTrip:
        self.accepted(actor, *names)
        trip = self.trip(actor, self.batch(actor), seats=seats)
        acts.fill_trip(trip.pk, orders=[], actor=actor)
        return trip


@pytest.fixture
def road(cast: Any, as_actor: Any) -> Road:
    return Road(cast, as_actor)


def riders(trip: TransportTrip) -> list[TransportPassenger]:
    return list(TransportPassenger.objects.filter(trip=trip).order_by("person__name"))


def seat(trip: Any, person: Any, actor: Any) -> Any:
    ledger = registry.get(TransportPassenger.ledger_key())
    return actions.create_row(ledger, {"trip": trip, "person": person}, actor=actor)


@given(one=st.tuples(_DAYS, _DAYS), other=st.tuples(_DAYS, _DAYS))
def test_trips_meet_where_they_share_a_day(one: tuple[date, date], other: tuple[date, date]) -> None:
    mine, yours = rules.Journey(1, "a", *sorted(one)), rules.Journey(2, "b", *sorted(other))
    shared = {
        mine.departs_on + timedelta(days=day) for day in range((mine.arrives_on - mine.departs_on).days + 1)
    }
    assert mine.meets(yours) == any(yours.departs_on <= day <= yours.arrives_on for day in shared)
    assert mine.meets(yours) == yours.meets(mine)
    assert (rules.clash(mine, [yours]) == "b") == mine.meets(yours)
    assert rules.clash(mine, [mine]) == ""


@pytest.mark.parametrize(("ride", "following"), list(product(Ride.values, Ride.values)))
def test_only_a_ride_that_follows_follows(road: Road, as_actor: Any, ride: str, following: str) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲")
        (row,) = riders(trip)
        TransportPassenger.objects.filter(pk=row.pk).update(ride=ride)
        may = ride == following or (rules.may_move(ride, following) and following != Ride.HANDED_OVER)
        if may:
            assert acts.tick(row.pk, following, reason="家里有事", actor=wang).ride == following
        else:
            with pytest.raises(RuleViolated, match="之后不能是"):
                acts.tick(row.pk, following, reason="家里有事", actor=wang)


def test_accepted_workers_get_seats_while_there_are_any(road: Road, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        road.accepted(wang, "甲", "乙", "丙")
        trip = road.trip(wang, road.batch(wang), seats=2)
        told = acts.fill_trip(trip.pk, orders=[road.order.pk], actor=wang)
        assert told.done == 2
        assert "2 个座位已满" in told.refused[0][1]
        assert all(row.placement_id and row.state == "submitted" for row in riders(trip))
        other = road.trip(wang, trip.batch, "SS1-2")
        assert acts.fill_trip(other.pk, orders=[], actor=wang).done == 1
        with pytest.raises(RuleViolated, match="没有已接受而还没有座位的人员"):
            acts.fill_trip(other.pk, orders=[], actor=wang)


def test_one_person_is_not_on_two_trips_at_once(road: Road, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲")
        (row,) = riders(trip)
        other = road.trip(wang, trip.batch, "SS1-2", departs_on=TODAY, arrives_on=TODAY)
        with pytest.raises(RuleViolated) as refused:
            seat(other, row.person, wang)
        assert "已在班次 SS1-1 上" in acts.sentence_of(refused.value)
        later = {"departs_on": TODAY + timedelta(days=3), "arrives_on": TODAY + timedelta(days=4)}
        third = road.trip(wang, trip.batch, "SS1-3", **later)
        seat(third, row.person, wang)
        ledger = registry.get(TransportTrip.ledger_key())
        third.departs_on = TODAY
        with pytest.raises(RuleViolated) as refused:
            actions.validate_row(ledger, third, TransportTrip.objects.get(pk=third.pk))
        assert "同时在两个班次上" in acts.sentence_of(refused.value)
        acts.tick(row.pk, Ride.ABSENT, reason="改坐火车", actor=wang)  # gives the seat back
        seat(other, row.person, wang)


def test_who_rides_without_a_post_is_found_until_placed(road: Road, as_actor: Any, sign_in: Any) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲")
        stray = road.market.worker("乙")
        seat(trip, stray, wang)
    client = sign_in("wang")

    def told() -> list[str]:
        items = client.get("/api/v1/labour/checks/").json()["items"]
        return [one["sentence"] for one in items if one["code"] == "unplaced"]

    (sentence,) = told()
    assert sentence.startswith("坐班次 SS1-1（") and "没有已接受的拟配" in sentence
    assert "没有拟配的" in client.get(f"/labour/transportbatch/{trip.batch_id}/").content.decode()
    with as_actor("wang") as wang:
        road.placed(wang, stray)
    assert told() == []


def test_the_database_gives_no_seat_twice_whoever_writes(road: Road, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲", "乙", seats=2)
        first = riders(trip)[0]
        (other,) = road.accepted(wang, "丙")
    own = {name: getattr(first, name) for name in ("side", "owner_unit", "place", "state")}
    with context.unscoped("example"):
        late = TransportPassenger(trip=trip, person=other.person, **own)
        with pytest.raises(IntegrityError, match="more than there is"), transaction.atomic():
            TransportPassenger.objects.bulk_create([late])
        TransportPassenger.objects.filter(pk=first.pk).update(ride=Ride.ABSENT)
        TransportPassenger.objects.bulk_create([late])
        with pytest.raises(IntegrityError, match="more than there is"), transaction.atomic():
            TransportPassenger.objects.filter(pk=first.pk).update(ride=Ride.BOARDED)


def test_a_trip_cannot_have_fewer_seats_than_people(road: Road, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲", "乙")
        trip.seat_count = 1
        with pytest.raises(RuleViolated) as refused:
            actions.validate_row(
                registry.get(TransportTrip.ledger_key()), trip, TransportTrip.objects.get(pk=trip.pk)
            )
        assert "已有 2 人" in acts.sentence_of(refused.value)


def test_the_hand_over_begins_the_post_and_writes_the_spell_once(road: Road, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲", "乙", "丙")
        first, second, third = riders(trip)
        for row in (first, second):
            acts.tick(row.pk, Ride.BOARDED, actor=wang)
            acts.tick(row.pk, Ride.BOARDED, actor=wang)
        with pytest.raises(RuleViolated, match="为什么没有来"):
            acts.tick(third.pk, Ride.ABSENT, actor=wang)
        assert acts.arrive(trip.pk, actor=wang) == 2
        assert acts.arrive(trip.pk, actor=wang) == 0
        everybody = [row.pk for row in (first, second, third)]
        with pytest.raises(RuleViolated, match="签收人"):
            acts.hand_over(everybody, received_by=" ", actor=wang)
        told = acts.hand_over(everybody, received_by="赵主管", day=TODAY, actor=wang)
        assert (told.done, len(told.refused)) == (2, 1)
        assert "请先登记到达" in told.refused[0][1]
        again = acts.hand_over(everybody[:2], received_by="赵主管", actor=wang)
        assert (again.done, again.refused) == (0, [])
        spells = list(EmploymentSpell.objects.filter(person__in=[first.person_id, second.person_id]))
        assert len(spells) == 2
        assert {(one.channel, one.started_on) for one in spells} == {("organised", TODAY)}
        placement = Placement.objects.get(person=first.person_id)
        assert (placement.match_state, placement.batch) == ("hired", trip.batch)
        assert WorkerRegistration.objects.get(person=first.person_id).status == "employed"
        row = TransportPassenger.objects.get(pk=first.pk)
        assert (row.ride, row.received_by, row.handed_on) == ("handed_over", "赵主管", TODAY)


def test_the_escort_ticks_off_on_the_phone_and_a_tap_sent_twice_is_one(
    road: Road, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲")
        (row,) = riders(trip)
    browser, page = sign_in("wang"), f"/labour/transporttrip/{trip.pk}/ride/"
    assert "上车点名" in browser.get(f"/labour/transporttrip/{trip.pk}/").content.decode()
    tap = f"/labour/transportpassenger/{row.pk}/tick/"
    for _twice in range(2):
        answer = browser.post(tap, {"ride": "boarded"}, follow=True).content.decode()
        assert "已上车 1" in answer
        assert "不能是" not in answer
    answer = browser.post(f"/labour/transporttrip/{trip.pk}/arrive/", follow=True).content.decode()
    assert "交接给用工单位" in answer
    assert "演示电器有限公司" in answer
    sent = {"passengers": [row.pk], "received_by": "赵主管", "day": TODAY.isoformat()}
    for said in ("已交接 1 人", "已经办过"):
        answer = browser.post(f"/labour/transporttrip/{trip.pk}/handover/", sent, follow=True)
        assert said in answer.content.decode()
    assert "已交接 1" in browser.get(page).content.decode()


def test_the_list_is_page_word_and_excel_and_names_no_number(road: Road, as_actor: Any, sign_in: Any) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "甲", "乙")
        number = riders(trip)[0].person.identity_number
    browser, page = sign_in("wang"), f"/labour/transportbatch/{trip.batch_id}/people/"
    shown = browser.get(page).content.decode()
    assert "甲" in shown
    assert str(number) not in shown
    assert browser.get(page, {"format": "docx"}).content[:2] == b"PK"
    sheet = load_workbook(io.BytesIO(browser.get(page, {"format": "xlsx"}).content)).active
    texts = [str(cell.value) for line in sheet for cell in line]
    assert "乙" in texts
    assert not any(str(number) in text for text in texts)
    beside = browser.get(f"/labour/transportbatch/{trip.batch_id}/").content.decode()
    assert "1 班 3 座" in beside


def test_the_other_side_reads_masked_names_and_taps_nothing(road: Road, as_actor: Any, sign_in: Any) -> None:
    with as_actor("wang") as wang:
        trip = road.filled(wang, "李演示")
        (row,) = riders(trip)
    other = sign_in("alice")
    page = f"/labour/transportbatch/{trip.batch_id}/people/"
    shown = other.get(page).content.decode()
    assert "李演示" not in shown
    assert other.get(f"/labour/transporttrip/{trip.pk}/ride/").status_code in {403, 404}
    answer = other.post(f"/labour/transportpassenger/{row.pk}/tick/", {"ride": "boarded"})
    assert answer.status_code in {403, 404}


def test_the_api_does_the_same(road: Road, as_actor: Any, sign_in: Any) -> None:
    with as_actor("wang") as wang:
        road.accepted(wang, "甲")
        batch = road.batch(wang)
        trip = road.trip(wang, batch, cost_sending=Decimal("980.50"), cost_employer=Decimal("19.50"))
    browser, root = sign_in("wang"), "/api/v1/labour"
    answer = browser.post(f"{root}/transporttrip/{trip.pk}/fill/", "{}", **JSON)
    assert answer.json() == {"done": 1, "refused": []}
    told = browser.get(f"{root}/transportbatch/{batch.pk}/people/").json()
    assert (told["people"], told["cost"]) == (1, "1000.00")
    (rider,) = told["riders"]
    tap = f"{root}/transportpassenger/{rider['id']}/tick/"
    assert browser.post(tap, json.dumps({"ride": "arrived"}), **JSON).json()["code"] == "bad_ride"
    assert browser.post(tap, json.dumps({"ride": "boarded"}), **JSON).json()["ride"] == "boarded"
    assert browser.post(f"{root}/transporttrip/{trip.pk}/arrive/", **JSON).json() == {"done": 1}
    body = json.dumps({"passengers": [rider["id"]], "received_by": "赵主管"})
    assert browser.post(f"{root}/transporttrip/{trip.pk}/handover/", body, **JSON).json()["done"] == 1


def test_a_required_reference_that_is_taken_away_is_told_at_its_field(
    road: Road, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("wang") as wang:
        ledger = registry.get(TransportBatch.ledger_key())
        batch = actions.create_row(ledger, road.values(), actor=wang)
    body = json.dumps({"row_version": 1, "to_place": None})
    answer = sign_in("wang").patch(f"/api/v1/labour/transportbatch/{batch.pk}/", body, **JSON)
    assert answer.status_code == 422
    assert "to_place" in answer.content.decode()
