"""Sums that stay in a process are, after whatever is written, those read anew."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committing import committing
from kernel.amendments.test_effect import amend
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.onepass.kept import Keeper
from shanhai.kernel.indicators.onepass.places import by_place
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.walls.told import EVERYTHING, SETTING
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop

MONTHS = ("2020-12", "2021-01", "2021-06", "2021Q3", "2021", "")
#: Every month of two years, quarters and the years: also such as lie in different lots.
PERIODS = [
    Period.parse(code)
    for year in (2020, 2021)
    for code in (*(f"{year}-{month:02}" for month in range(1, 13)), f"{year}Q2", f"{year}Q3", f"{year}")
]
PERIODS += [Period.parse(code) for code in ("2015-12", "2022-01")]

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
        st.tuples(st.just("begin"), numbers, st.integers(0, 150)),
        st.tuples(st.just("end"), st.booleans()),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that undoes other tests, for nothing is kept of rows not yet committed."""
    with committing(django_db_blocker, "toys_output", "toys_workshop"):
        yield


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

    #: A writer whose transaction lasts, and keys it will not touch again.
    slow: Any = None

    def begin(self, number: int, pieces: int, state: str = "verified") -> None:
        """Another connection writes a row and does not commit yet."""
        if self.slow is None:
            self.slow = connections["default"].copy()
            self.slow.set_autocommit(False)
            with self.slow.cursor() as cursor:
                cursor.execute("SELECT set_config('shanhai.actor', 'test', true)")
                cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, EVERYTHING])
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
        with suppress(OperationalError), self.slow.cursor() as cursor:
            cursor.execute("SAVEPOINT one")
            cursor.execute(
                "UPDATE toys_output SET pieces = %s, state = %s WHERE workshop_id = %s",
                [pieces, state, self.workshops[number].pk],
            )

    def end(self, is_committed: bool) -> None:
        if self.slow is not None:
            self.slow.commit() if is_committed else self.slow.rollback()
            self.slow.close()
            self.slow = None

    def do(self, what: str, *how: Any) -> None:
        # What a slow transaction has locked is left alone.
        locked = suppress(IntegrityError, OperationalError)
        with locked, context.unscoped("test"), transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{50 if self.slow else 10_000}ms'")
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
def floor(cast: Any, toys: Any) -> Iterator[Floor]:
    found = Floor(cast, toys)
    found.keeper = Keeper()
    yield found
    found.end(False)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=steps, readers=st.tuples(st.sampled_from(["", "carol"]), st.sampled_from(["", "carol"])))
def test_after_any_writes_what_is_kept_equals_what_is_read_anew(
    floor: Floor, cast: Any, toys: Any, drawn: Any, readers: Any
) -> None:
    cast.fuxing.parent = cast.meitan
    floor.__init__(cast, toys)  # type: ignore[misc]  # the tables are emptied under the same keeper
    for step in (*drawn, ("end", True)):
        same(floor, readers)
        floor.do(*step)
    same(floor, readers)


def same(floor: Floor, readers: Any) -> None:
    """Of both sides, for one who is told all of a side and one who is told what is open of it."""
    for side, reader in zip((Side.WEST, Side.EAST), readers, strict=True):
        with context.acting(floor.cast.actor(reader)) if reader else context.unscoped("test"):
            assert by_place(asks(), side, floor.keeper) == by_place(asks(), side, Keeper())


def one(floor: Floor, code: str = "TOY-2") -> Any:
    period = Period.parse("2021-09")
    with context.unscoped("test"):
        (values,) = by_place([(registry.get(code, period), period)], Side.WEST, floor.keeper).values()
    return values.get(floor.cast.yongxing.pk, 0)


def test_after_one_row_two_statements_read_only_what_it_touches(floor: Floor, queries: Any) -> None:
    for month in ("2021-01", "2021-06"):
        floor.do("file", 0, month)
        one(floor)  # both statements are planned from here on
    floor.do("file", 2, "2021-06")
    with queries() as captured:
        values = one(floor)
    written, read = asked_of_server(captured)
    assert values == 2
    assert str(floor.workshops[2].pk) in read
    assert str(floor.workshops[0].pk) not in read
    with queries() as captured:
        assert one(floor) == values
    assert [sql.split()[:2] for sql in asked_of_server(captured)] == [written.split()[:2]]


def asked_of_server(captured: Any) -> list[str]:
    """All but what a context does around them."""
    around = ("BEGIN", "COMMIT", "SELECT set_config(")
    return [one["sql"] for one in captured if not one["sql"].startswith(around)]


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
    floor.begin(0, 40, "voided")
    floor.do("file", 2, "2021-06")
    assert one(floor) == 2
    floor.end(True)
    assert one(floor) == 1


def test_what_has_not_been_asked_for_of_late_makes_room(floor: Floor, queries: Any) -> None:
    floor.do("file", 0, "2021-06")
    floor.keeper = Keeper(most_bytes=1)
    for _ in range(2):
        with queries() as captured:
            assert one(floor) == 1
        assert any("string_agg" in statement["sql"] for statement in captured)


def test_amended_rows_count_as_amended(floor: Floor) -> None:
    for number in (0, 1):
        floor.do("file", number, "2021-08")
    for values in ({"pieces": 91}, {}):  # amended; voided
        for row in Output._base_manager.all():
            same(floor, ("", "carol"))
            amend(floor.cast, row, **values)
            same(floor, ("", "carol"))
    assert one(floor) == 0
