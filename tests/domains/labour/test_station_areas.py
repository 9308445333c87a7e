"""What is to be done goes to the station that is nearest to whom it is about, and to who is on duty there."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from shanhai.domains.benefits.models import Policy, PolicyPush, PushRecipient
from shanhai.domains.benefits.push_reports import Wanted, groups_of, recipients
from shanhai.domains.labour.models import ServiceStation, StationStaff, WorkerRegistration
from shanhai.domains.labour.stations.areas import Post, own_posts, post_of, posts, within
from shanhai.kernel import context
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person

CASELOAD = "/labour/caseload/"


def a_post(key: str, path: str, side: str = "west", *staff: str) -> Post:
    return Post(key, key, side, path, staff)


def test_the_nearest_station_of_the_side_at_or_above_a_place_looks_after_it() -> None:
    known = [
        a_post("县", "gz.mt"),
        a_post("镇", "gz.mt.yx"),
        a_post("同镇", "gz.mt.yx"),
        a_post("东", "gd", "east"),
    ]
    told = {
        path: (found.key if (found := post_of(path, "west", known)) else None)
        for path in ("gz.mt", "gz.mt.hj", "gz.mt.yx", "gz.mt.yx.cun", "gz.mt.yxx", "gz", "gd.dm")
    }
    assert told == {
        "gz.mt": "县", "gz.mt.hj": "县", "gz.mt.yx": "镇", "gz.mt.yx.cun": "镇", "gz.mt.yxx": "县",
        "gz": None, "gd.dm": None,
    }  # fmt: skip


@pytest.fixture
def county(cast: Any, as_actor: Any) -> SimpleNamespace:
    """A station of the county and one of a town, where bob is on duty; a worker of each."""
    own = {"side": "west", "owner_unit": cast.mt_labour, "state": "verified"}
    with as_actor("bob") as bob, context.unscoped("stations"):
        made = {}
        for code, place in (("X", cast.meitan), ("Z", cast.yongxing)):
            made[code] = ServiceStation.objects.create(
                code=code, name=f"演示站{code}", opened_on=date(2021, 3, 1), place=place, **own
            )
        duty = {"started_on": date(2021, 3, 1), **own}
        StationStaff.objects.create(station=made["Z"], name=bob.name, **duty)
        StationStaff.objects.create(station=made["X"], name="演示员", **duty)
        StationStaff.objects.create(station=made["X"], name=bob.name, ended_on=date(2021, 5, 1), **duty)
        people = []
        for serial, place in enumerate((cast.meitan, cast.yongxing, None), 1):
            number = demo_identity(area=328, born_on=date(1990, 1, 1), serial=serial)
            person = Person.objects.create(name=f"演示{serial}", identity_number=number, place=place, **own)
            WorkerRegistration.objects.create(
                person=person, status="employed", registered_on=date(2021, 1, 4), place=place, **own
            )
            people.append(person)
    return SimpleNamespace(own=own, stations=made, people=people)


def test_the_list_of_the_day_is_that_of_ones_own_station(county: Any, client_of: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        known = posts(bob.sides)
        assert [one.name for one in own_posts(bob, known)] == ["演示站Z"]
        for post, names in zip(known, (["演示1"], ["演示2"]), strict=True):
            rows = Person.objects.filter(within(post, known, "place")).order_by("name")
            assert [one.name for one in rows] == names
    browser = client_of("bob")
    names = [f"<strong>演示{number}</strong>" for number in (1, 2, 3)]

    def shown(query: str) -> list[bool]:
        page = browser.get(CASELOAD + query).content.decode()
        return [name in page for name in names]

    x, z = (county.stations[code].pk for code in "XZ")
    assert shown("") == shown(f"?station={z}") == [False, True, False]
    assert shown(f"?station={x}") == [True, False, False]
    assert shown("?station=all") == [True, True, True]
    numbers = {
        code: browser.get(f"/api/v1{CASELOAD}?station={code}").json()["number"] for code in (x, "all", "")
    }
    assert numbers == {x: 1, "all": 3, "": 1}
    assert browser.get(f"{CASELOAD}?station=nothing").status_code == 404
    assert browser.get(f"/api/v1{CASELOAD}?station=nothing").status_code == 404
    with context.unscoped("closed"):
        ServiceStation.objects.filter(code="Z").update(closed_on=date(2021, 9, 1))
    assert shown("") == [True, True, True] and shown(f"?station={x}") == [True, True, False]


def test_who_is_to_be_told_of_a_policy_goes_to_the_staff_of_the_station(
    county: Any, client_of: Any, as_actor: Any
) -> None:
    with context.unscoped("a push"):
        policy = Policy.objects.create(
            code="T1", name="稳岗补助", period_kind="month", legal_basis="演示", **county.own
        )
        push = PolicyPush.objects.create(
            number="P1", policy=policy, benefit_period="2021-08", tell_by=date(2021, 9, 30), **county.own
        )
        for number, person in enumerate(county.people):
            whose = {**county.own, "state": "draft", "place": person.place}
            PushRecipient.objects.create(push=push, person=person, number=f"P1-{number}", **whose)
    with as_actor("bob") as bob:
        groups = groups_of(recipients(Wanted()), "station", Wanted())
        labels = ["", "演示站X（演示员）", f"演示站Z（{bob.name}）"]
        assert [(one.label, one.every) for one in groups] == [(label, 1) for label in labels]
        for group in groups:
            assert len(recipients(group.wanted)) == group.every
    browser = client_of("bob")
    home = browser.get("/").content.decode()
    assert "演示站Z · 共 1 个" in home and f"station={county.stations['Z'].pk}" in home
    page = browser.get(f"/benefits/pushes/recipients/?station={county.stations['X'].pk}").content.decode()
    assert "演示站X（演示员）" in page and "演示2" not in page
    assert "没有服务站" in browser.get("/benefits/pushes/?by=station").content.decode()
    told = browser.get("/api/v1/benefits/pushes/recipients/?station=none").json()["items"]
    assert [(one["name"], one["station"]) for one in told] == [("演示3", "")]
