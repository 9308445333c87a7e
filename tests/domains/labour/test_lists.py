"""Who is out of work on a day and why; signs that somebody loses it, which go when they work again."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Docx
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shanhai.domains.labour.lists import signs as rules
from shanhai.domains.labour.lists.asking import Asked, asked_list
from shanhai.domains.labour.lists.unemployed import unemployed
from shanhai.domains.labour.lists.warnings import warnings
from shanhai.domains.labour.models import (
    EmploymentSpell,
    FollowUpVisit,
    JobOrder,
    MonthlyFact,
    PersonCategory,
    Placement,
    ReturnHome,
    Threshold,
    WorkerRegistration,
    WorkerTrouble,
)
from shanhai.kernel import context
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person
from worlds import TODAY

LINES = rules.Lines(30, 30, 2, 1, 3, 30, 30)
UNEMPLOYED, WARNINGS = "/labour/unemployed/", "/labour/warnings/"
_DAYS = st.dates(date(2021, 1, 1), date(2021, 12, 31))
_WORK = st.builds(
    lambda who, employer, first, length: rules.Work(
        who, employer, employer, first, None if length is None else first + timedelta(days=length)
    ),
    st.sampled_from("abcd"), st.sampled_from("xy"), _DAYS, st.none() | st.integers(0, 120),
)  # fmt: skip


class People:
    """Registered workers of Meitan, and what happens to them."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.serial = cast, iter(range(1, 200))
        self.own = {
            "side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED,
        }  # fmt: skip

    def worker(self, status: str = "waiting", born_on: date = date(1990, 1, 1)) -> WorkerRegistration:
        number = next(self.serial)
        with context.unscoped("people"):
            person = Person.objects.create(
                name=f"演示清单{number}", born_on=born_on,
                identity_number=demo_identity(area=328, born_on=born_on, serial=number), **self.own,
            )  # fmt: skip
            return WorkerRegistration.objects.create(
                person=person, status=status, registered_on=date(2021, 1, 5), **self.own
            )

    def left(self, row: WorkerRegistration, days: int | None, name: str = "演示厂", **more: Any) -> Any:
        """A spell that ended so many days ago, or runs."""
        ended = None if days is None else TODAY - timedelta(days=days)
        with context.unscoped("work"):
            return EmploymentSpell.objects.create(
                person=row.person, post="装配工", destination="paired_city", started_on=date(2021, 1, 10),
                ended_on=ended, **{"employer_name": name, **more}, **self.own,
            )  # fmt: skip

    def add(self, model: Any, **values: Any) -> Any:
        with context.unscoped("more"):
            return model.objects.create(**values, **self.own)


@pytest.fixture
def people(cast: Any) -> People:
    return People(cast)


@pytest.fixture
def seen(as_actor: Any) -> Callable[..., list[tuple[str, str, str]]]:
    """Signs as (name, code, level)."""

    def told(**asked: str) -> list[tuple[str, str, str]]:
        with as_actor("wang") as actor:
            found = warnings(asked_list(actor, {}), **asked)
            return [(one.registration.person.name, one.code, one.level.value) for one in found]

    return told


@given(spells=st.lists(_WORK, max_size=12), day=_DAYS)
def test_who_works_on_the_day_has_no_sign_of_being_out_of_work(spells: list[rules.Work], day: date) -> None:
    busy = rules.at_work(spells, day)
    told = [*rules.idle(spells, {}, day, LINES), *rules.clusters(spells, day, LINES)]
    assert not busy & {one.who for one in told}
    for one in rules.idle(spells, {}, day, LINES):
        assert one.number == (day - one.since).days >= 30
        assert (one.level == rules.Level.RED) == (one.number >= 60)
        assert not any(w.who == one.who and w.ended_on and one.since < w.ended_on < day for w in spells)


@pytest.mark.parametrize(
    ("paid", "number"),
    [([True, True], 0), ([True, False], 0), ([True, False, False], 2), ([False] * 4, 4), ([False, True], 0)],
)
def test_wages_that_stopped_are_counted_from_the_last_month_back(paid: list[bool], number: int) -> None:
    found = list(rules.unpaid({"a": paid}, {}, TODAY, LINES))
    assert [one.number for one in found] == ([number] if number else [])
    assert not found or (found[0].level == "red") == (number >= 4)


def test_no_rule_gives_no_sign() -> None:
    spells = [rules.Work("a", "x", "x", date(2021, 1, 1), date(2021, 1, 2))]
    nothing = rules.Lines()
    assert not [
        *rules.idle(spells, {}, TODAY, nothing),
        *rules.home({"a": date(2021, 1, 1)}, set(), TODAY, nothing),
        *rules.unpaid({"a": [False] * 9}, {}, TODAY, nothing),
        *rules.troubles([("a", date(2021, 1, 1))], TODAY, nothing),
        *rules.clusters(spells, TODAY, nothing),
        *rules.orders_ended(spells, {"x": date(2021, 1, 1)}, TODAY, nothing),
    ]


def test_an_employer_that_ended_its_orders_warns_those_still_at_work() -> None:
    spells = [
        rules.Work("a", "x", "甲厂", date(2021, 1, 1), None),
        rules.Work("b", "x", "甲厂", date(2021, 1, 1), date(2021, 2, 1)),
        rules.Work("c", "y", "乙厂", date(2021, 1, 1), None),
    ]
    last = {"x": TODAY - timedelta(days=10), "y": TODAY - timedelta(days=31)}
    assert [one.who for one in rules.orders_ended(spells, last, TODAY, LINES)] == ["a"]


def test_the_list_has_whoever_is_at_no_work_and_says_why(people: People, as_actor: Any) -> None:
    never, gone, home, busy = (people.worker() for _number in range(4))
    people.worker(born_on=date(2010, 1, 1))
    people.worker(born_on=date(1950, 1, 1))
    people.left(gone, 40)
    people.left(home, 40)
    people.left(busy, None)
    people.add(ReturnHome, registration=home, returned_on=TODAY - timedelta(days=20), reason="family")
    people.add(
        PersonCategory, person=gone.person, category="unstable", valid_from=date(2021, 1, 1), basis="演示名单"
    )
    body = people.add(Body, name="演示电器厂", credit_code=demo_credit_code(81))
    order = people.add(
        JobOrder, code="D1", employer=body, post="质检员", headcount=3, wage=Decimal(5000),
        valid_from=date(2021, 6, 1), open_until=date(2021, 12, 1),
    )  # fmt: skip
    people.add(
        Placement, person=gone.person, order=order, match_state="refused", proposed_on=date(2021, 8, 1)
    )
    with as_actor("wang") as actor:
        asked = asked_list(actor, {})
        found = {one.registration.pk: one for one in unemployed(asked)}
        assert set(found) == {never.pk, gone.pk, home.pk}
        assert (found[gone.pk].days, found[gone.pk].why) == (40, "离开演示厂")
        assert (found[gone.pk].offered, found[gone.pk].last_offer) == (1, "质检员 已拒绝")
        assert (found[home.pk].why, found[never.pk].days) == ("返乡：照顾家庭", None)
        assert [one.registration.pk for one in unemployed(asked, category="ex_poor")] == [gone.pk]
        assert unemployed(asked, category="disabled") == []
        before = Asked(Side.WEST, TODAY - timedelta(days=41))
        assert {one.registration.pk for one in unemployed(before)} == {never.pk}


def test_signs_come_by_the_dated_lines_and_go_with_new_work(people: People, seen: Any) -> None:
    gone, long_gone, fresh = people.worker(), people.worker(), people.worker()
    for row, days in ((gone, 40), (long_gone, 90), (fresh, 10)):
        people.left(row, days, name=f"厂{days}")
    assert seen() == [
        (long_gone.person.name, "idle", "red"),
        (gone.person.name, "idle", "yellow"),
    ]
    with context.unscoped("again at work"):
        EmploymentSpell.objects.create(
            person=long_gone.person, employer_name="新厂", post="装配工", destination="county",
            started_on=TODAY - timedelta(days=3), **people.own,
        )  # fmt: skip
    assert seen() == [(gone.person.name, "idle", "yellow")]
    with context.unscoped("a stricter line"):
        Threshold.objects.filter(code="warn_idle_days").update(value=10)
    assert {name for name, _code, _level in seen()} == {gone.person.name, fresh.person.name}


def test_coming_home_unpaid_months_and_late_troubles_are_signs(people: People, seen: Any) -> None:
    home, unpaid, troubled = (
        people.worker("returned_home"),
        people.worker("employed"),
        people.worker("employed"),
    )
    people.left(home, 45)
    people.add(ReturnHome, registration=home, returned_on=TODAY - timedelta(days=44), reason="dismissed")
    spell = people.left(unpaid, None)
    for month, wage in (("2021-06", 4000), ("2021-07", None), ("2021-08", None)):
        people.add(MonthlyFact, spell=spell, period=month, is_in_post=True, wage=wage)
    people.left(troubled, None)
    people.add(
        WorkerTrouble, registration=troubled, kind="wages", complaint="拖欠", stage="handling",
        received_on=TODAY - timedelta(days=60), due_on=TODAY - timedelta(days=5),
    )  # fmt: skip
    assert set(seen()) == {
        (home.person.name, "home", "yellow"),
        (unpaid.person.name, "unpaid", "yellow"),
        (troubled.person.name, "trouble", "red"),
    }
    assert seen(code="home") == [(home.person.name, "home", "yellow")]


def test_an_employer_that_many_left_is_told_of_each_of_them(people: People, seen: Any) -> None:
    with context.unscoped("a line"):
        Threshold.objects.filter(code="warn_cluster").update(value=3)
    rows = [people.worker() for _number in range(3)]
    for row in rows[:2]:
        people.left(row, 12, name="关停厂")
    assert seen(code="cluster") == []
    people.left(rows[2], 8, name="关停厂")
    assert {name for name, _code, _level in seen(code="cluster")} == {row.person.name for row in rows}


def test_a_visit_since_then_is_what_was_done(people: People, as_actor: Any) -> None:
    row = people.worker()
    people.left(row, 40)
    early = people.add(
        FollowUpVisit, registration=row, visited_on=TODAY - timedelta(days=50), outcome="reached", way="phone"
    )
    with as_actor("wang") as actor:
        asked = asked_list(actor, {})
        assert [one.handled_on for one in warnings(asked)] == [None]
        with context.unscoped("a visit"):
            type(early).objects.filter(pk=early.pk).update(visited_on=TODAY - timedelta(days=1))
        assert [one.handled_on for one in warnings(asked, handled="yes")] == [TODAY - timedelta(days=1)]
        assert warnings(asked, handled="no") == []


def test_pages_files_and_interface_tell_the_same_masked(people: People, client_of: Any) -> None:
    row = people.worker()
    people.left(row, 40)
    wang = client_of("wang")
    for address in (UNEMPLOYED, WARNINGS):
        page = wang.get(address).content.decode()
        assert row.person.name in page
        assert f"/labour/workerregistration/{row.pk}/" in page
        book = load_workbook(io.BytesIO(wang.get(address, {"format": "xlsx"}).content))
        line = next(iter(book.worksheets[0].iter_rows(min_row=2, values_only=True)))
        assert line[0] == row.person.name
        assert "********" in line[1]
        word = Docx(io.BytesIO(wang.get(address, {"format": "docx"}).content))
        assert "********" in word.tables[0].rows[1].cells[1].text
        told = wang.get(f"/api/v1{address}").json()
        assert [(one["name"], "********" in one["identity_number"]) for one in told] == [
            (row.person.name, True)
        ]
    page = client_of("bob").get(WARNINGS).content.decode()
    form = client_of("bob").get(f"/labour/followupvisit/new/?registration={row.pk}")
    assert f"/labour/followupvisit/new/?registration={row.pk}" in page
    assert row.person.name in form.content.decode()


@pytest.mark.parametrize("address", [UNEMPLOYED, WARNINGS])
def test_the_other_side_and_wrong_words_get_nothing(people: People, client_of: Any, address: str) -> None:
    row = people.worker()
    people.left(row, 40)
    carol = client_of("carol")
    assert row.person.name not in carol.get(address).content.decode()
    assert carol.get(address, {"side": "west"}).status_code == 404
    assert client_of("eve").get(address).status_code == 404
    wang = client_of("wang")
    assert wang.get(address, {"day": "2021-13-01"}).status_code == 422
    assert wang.get(address, {"day": "2030-01-01"}).status_code == 422
    for name in ("place", "unit", "category" if address == UNEMPLOYED else "code"):
        assert wang.get(address, {name: "x"}).status_code == 404


def test_statements_do_not_grow_with_people(people: People, as_actor: Any) -> None:
    def asked() -> list[int]:
        counts = []
        for found in (unemployed, warnings):
            with as_actor("wang") as actor, CaptureQueriesContext(connection) as counted:
                found(asked_list(actor, {}))
            counts.append(len([one for one in counted if one["sql"].startswith("SELECT")]))
        return counts

    people.left(people.worker(), 40)
    before = asked()
    for _number in range(12):
        people.left(people.worker(), 40)
    assert asked() == before
    assert max(before) <= 12


def test_only_the_own_side_and_days_that_were(people: People, as_actor: Any) -> None:
    with as_actor("wang") as actor:
        with pytest.raises(NotVisible):
            asked_list(actor, {"side": "east"})
        with pytest.raises(RuleViolated):
            asked_list(actor, {"day": "2030-01-01"})
        found = asked_list(actor, {"unit": str(people.cast.mt_yongxing.pk)})
        people.left(people.worker(), 40)
        assert unemployed(found) == []


def test_people_whom_another_unit_looks_after_are_in_its_list_alone(people: People, as_actor: Any) -> None:
    row = people.worker()
    people.left(row, 40)
    with context.unscoped("of a town"):
        WorkerRegistration.objects.update(owner_unit=people.cast.mt_yongxing)
    for who, number in (("wang", 1), ("bob", 0)):
        with as_actor(who) as actor:
            asked = asked_list(actor, {})
            assert WorkerRegistration.objects.filter(pk=row.pk).exists()
            assert (len(unemployed(asked)), len(warnings(asked))) == (number, number)
