"""Sums that stay in a process are, after whatever is written, those read anew."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.onepass.kept import Keeper
from shanhai.kernel.indicators.onepass.places import by_place
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop

MONTHS = ("2020-12", "2021-01", "2021-06", "2021Q3", "2021", "")
PERIODS = [Period.parse(code) for code in ("2020-12", "2021-06", "2021-09", "2021Q3", "2022-01")]
TABLES = "toys_output, toys_workshop, accounts_user, parties_unit, places_place, kernel_history"

numbers = st.integers(0, 3)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("file"),
            numbers,
            st.sampled_from(MONTHS),
            st.integers(0, 150),
            st.sampled_from(["v", "v", "s"]),
        ),
        st.tuples(
            st.just("file many"),
            st.lists(st.tuples(numbers, st.sampled_from(MONTHS)), max_size=5, unique=True),
        ),
        st.tuples(
            st.just("change"), numbers, st.integers(0, 150), st.sampled_from(State), st.sampled_from(Sharing)
        ),
        st.tuples(st.just("point elsewhere"), numbers, numbers),
        st.tuples(st.just("date anew"), numbers, st.sampled_from(MONTHS)),
        st.tuples(st.just("delete"), numbers),
        st.tuples(
            st.just("workshop"),
            numbers,
            st.sampled_from(["kind", "is_certified", "place", "opened_on", "state"]),
        ),
        st.tuples(st.just("place"), st.booleans()),
        st.tuples(st.just("undone"), numbers, st.sampled_from(MONTHS)),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that undoes other tests, for nothing is kept of rows not yet committed."""
    with django_db_blocker.unblock():
        yield
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {TABLES} CASCADE")
        connections.close_all()


class Floor:
    """Four workshops, and what the steps do to them."""

    def __init__(self, cast: Any, toys: Any) -> None:
        self.cast, self.toys = cast, toys
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE toys_output, toys_workshop CASCADE")
        self.workshops = [
            toys.workshop("A", opened_on=date(2020, 12, 31)),
            toys.workshop("B", kind="home", place=cast.fuxing, workers=3),
            toys.workshop("C", is_certified=False, opened_on=None),
            toys.workshop("D", kind="farm", sharing=Sharing.PRIVATE, opened_on=date(2021, 8, 1)),
        ]

    def do(self, what: str, *how: Any) -> None:
        with suppress(IntegrityError), context.unscoped("test"), transaction.atomic():
            getattr(self, what.replace(" ", "_"))(*how)

    def _new(self, number: int, month: str, pieces: int = 20, state: str = "v") -> Output:
        return Output(
            workshop=self.workshops[number],
            side=Side.WEST,
            period=month,
            pieces=pieces,
            amount=pieces,
            state=State.VERIFIED if state == "v" else State.SUBMITTED,
            sharing=Sharing.SHARED,
            place=self.cast.fuxing if pieces % 2 else self.cast.yongxing,
            owner_unit=self.cast.mt_labour,
        )

    def file(self, *how: Any) -> None:
        self._new(*how).save()

    def file_many(self, cells: Any) -> None:
        Output._base_manager.bulk_create([self._new(*cell) for cell in cells])

    def _rows(self, number: int) -> Any:
        return Output._base_manager.filter(workshop=self.workshops[number])

    def change(self, number: int, pieces: int, state: str, sharing: str) -> None:
        self._rows(number).update(pieces=pieces, state=state, sharing=sharing)

    def point_elsewhere(self, number: int, other: int) -> None:
        self._rows(number).update(workshop=self.workshops[other])

    def date_anew(self, number: int, month: str) -> None:
        self._rows(number).update(period=month)

    def delete(self, number: int) -> None:
        self._rows(number)._raw_delete("default")

    def workshop(self, number: int, name: str) -> None:
        values = {
            "kind": "farm",
            "is_certified": False,
            "place": self.cast.fuxing,
            "opened_on": date(2021, 6, 30),
            "state": State.VOIDED,
        }
        Workshop._base_manager.filter(pk=self.workshops[number].pk).update(**{name: values[name]})

    def place(self, is_below: bool) -> None:
        self.cast.fuxing.parent = self.cast.yongxing if is_below else self.cast.meitan
        self.cast.fuxing.save()

    def undone(self, number: int, month: str) -> None:
        self.file(number, month)
        found = by_place(asks(), Side.WEST, self.keeper)
        assert found == by_place(asks(), Side.WEST, Keeper())
        transaction.set_rollback(True)

    keeper: Keeper


def asks() -> list[Any]:
    codes = [one.code for one in registry if one.source.startswith("toys.")]
    return [(registry.get(code, period), period) for code in codes for period in PERIODS]


@pytest.fixture
def floor(cast: Any, toys: Any) -> Floor:
    found = Floor(cast, toys)
    found.keeper = Keeper()
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=steps, reader=st.sampled_from(["", "carol"]))
def test_after_any_writes_what_is_kept_equals_what_is_read_anew(
    floor: Floor, cast: Any, toys: Any, drawn: Any, reader: str
) -> None:
    keeper, cast.fuxing.parent = floor.keeper, cast.meitan
    floor.__init__(cast, toys)  # type: ignore[misc]  # the tables are emptied under the same keeper
    for step in drawn:
        with context.acting(cast.actor(reader)) if reader else context.unscoped("test"):
            found = by_place(asks(), Side.WEST, keeper)
            assert found == by_place(asks(), Side.WEST, Keeper())
        floor.do(*step)
    with context.acting(cast.actor(reader)) if reader else context.unscoped("test"):
        assert by_place(asks(), Side.WEST, keeper) == by_place(asks(), Side.WEST, Keeper())


def one(floor: Floor, code: str = "TOY-2") -> Any:
    period = PERIODS[2]
    with context.unscoped("test"):
        (values,) = by_place([(registry.get(code, period), period)], Side.WEST, floor.keeper).values()
    return values.get(floor.cast.yongxing.pk, 0)


def test_after_one_row_only_what_it_touches_is_read(floor: Floor, queries: Any) -> None:
    floor.do("file", 0, "2021-06")
    assert one(floor) == 1
    floor.do("file", 2, "2021-06")
    with queries() as captured:
        assert one(floor) == 2
    read = [statement["sql"] for statement in captured if "toys_output" in statement["sql"]]
    assert len(read) == 2  # what was written, the rows of its object
    assert all(str(floor.workshops[0].pk) not in statement for statement in read)
    with queries() as captured:
        assert one(floor) == 2
    assert len([statement for statement in captured if "toys_output" in statement["sql"]]) == 1


def test_changes_elsewhere_reach_the_figures_that_read_them(floor: Floor) -> None:
    floor.do("file", 0, "2021-01")
    assert (one(floor, "TOY-6"), one(floor, "TOY-1")) == (0, 20)
    floor.do("file", 0, "2021-06")  # tallied
    assert (one(floor, "TOY-6"), one(floor, "TOY-1")) == (1, 40)
    floor.do("delete", 0)
    assert (one(floor, "TOY-6"), one(floor, "TOY-1")) == (0, 0)
    floor.do("file many", [(0, "2021-01"), (0, "2021-06")])
    assert (one(floor, "TOY-6"), one(floor, "TOY-1")) == (1, 40)
    floor.do("point elsewhere", 0, 2)  # tallied for another, whose outputs do not count
    assert (one(floor, "TOY-6"), one(floor, "TOY-1")) == (0, 0)
    floor.do("point elsewhere", 2, 0)
    floor.do("workshop", 0, "is_certified")  # a row referred to
    assert (one(floor, "TOY-6"), one(floor, "TOY-1")) == (1, 0)
    floor.do("place", True)  # the tree: what lies in Fuxing now lies in Yongxing
    floor.do("workshop", 0, "place")
    assert one(floor, "TOY-6") == 1


def test_a_transaction_that_ends_after_the_reading_is_seen_when_it_has_ended(floor: Floor) -> None:
    floor.do("file", 0, "2021-06")
    elsewhere: Any = connections["default"].copy()
    elsewhere.set_autocommit(False)
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT set_config('shanhai.actor', 'test', true)")
        cursor.execute("UPDATE toys_output SET state = 'voided'")
    floor.do("file", 2, "2021-06")
    assert one(floor) == 2
    elsewhere.commit()
    elsewhere.close()
    assert one(floor) == 1


def test_what_has_not_been_asked_for_of_late_makes_room(floor: Floor, queries: Any) -> None:
    floor.do("file", 0, "2021-06")
    floor.keeper = Keeper(most_bytes=1)
    for _ in range(2):
        with queries() as captured:
            assert one(floor) == 1
        assert any("string_agg" in statement["sql"] for statement in captured)
