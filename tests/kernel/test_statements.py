"""Statements kept in the process: each reader's own, fresh answers always, nothing kept that may change."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.kernel import clock, context, statements
from shanhai.kernel.errors import ScopeMissing
from shanhai.kernel.history import known
from toys.models import Workshop


@pytest.fixture
def make(cast: Any) -> Callable[..., None]:
    """`make("bob", code="W1")`: a workshop of that person's unit, private to it."""

    def made(by: str, **values: Any) -> None:
        actor = cast.actor(by)
        home = actor.home
        with context.acting(actor):
            Workshop.objects.create(side=home.side, owner_unit_id=home.unit_id, name="车间", **values)

    return made


def codes(key: str = "workshops") -> list[str]:
    return sorted(row.code for row in statements.rows_of(key, lambda _given: Workshop.objects.all()))


def test_one_question_is_answered_to_each_reader_by_their_own_rights(make: Any, cast: Any) -> None:
    make("alice", code="东")
    make("bob", code="西")
    for _again in range(2):
        with context.acting(cast.actor("alice")):
            assert codes() == ["东"]
        with context.acting(cast.actor("bob")):
            assert codes() == ["西"]
        with context.unscoped("test"):
            assert codes() == ["东", "西"]


def test_a_kept_statement_asks_again_each_time(make: Any, cast: Any, queries: Any) -> None:
    with context.acting(cast.actor("alice")):
        assert codes() == []
    make("alice", code="新", workers=3)
    with context.acting(cast.actor("alice")), queries() as captured:
        assert codes() == ["新"]
        assert statements.counted("sum", Workshop.objects.all, summed={"sum": F("workers")}) == (1, 3)
        assert statements.counted("sum", Workshop.objects.none, up_to=5) == (0,)
    assert len([one for one in captured if "toys_workshop" in one["sql"]]) == 2


def test_without_a_reader_nothing_is_answered(cast: Any) -> None:
    with context.acting(cast.actor("alice")):
        codes()
    with pytest.raises(ScopeMissing):
        codes()


@pytest.mark.usefixtures("cast")
def test_nothing_is_kept_whose_writing_asked_the_database() -> None:
    written: list[int] = []

    def write() -> int:
        written.append(len(written))
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return len(written)

    with context.unscoped("test"):
        assert [statements.kept("asks", write), statements.kept("asks", write)] == [1, 2]


def test_the_past_is_written_anew(make: Any, cast: Any) -> None:
    make("alice", code="东")
    tomorrow = datetime.now(clock.CHINA).date() + timedelta(1)
    with clock.at(tomorrow), context.acting(cast.actor("alice")):
        with known.as_known_on(clock.today()):
            assert statements.kept("day", lambda: "past") == "past"
        assert statements.kept("day", lambda: "present") == "present"


def test_what_can_fit_no_row_is_asked_of_nobody(cast: Any, queries: Any) -> None:
    with context.acting(cast.actor("alice")), queries() as captured:
        assert statements.rows_of("none", lambda _given: Workshop.objects.filter(pk__in=[])) == []
    assert "toys_workshop" not in str(captured.captured_queries)


VALUES = st.fixed_dictionaries(
    {
        "workers": st.integers(0, 9) | st.none(),
        "opened_on": st.dates(date(2021, 1, 1), date(2021, 1, 3)) | st.none(),
        "cost": st.decimals(0, 3, places=2) | st.none(),
        "code": st.sampled_from(["W1", "W2", "\ue0000\ue000"]),
        "is_certified": st.booleans(),
        "submitted_at": st.sampled_from([datetime(2021, 1, day, tzinfo=clock.CHINA) for day in (1, 2)]),
        "pk": st.sampled_from([UUID(int=1), UUID(int=2**127)]),
    }
)


@given(wanted=VALUES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_stand_in_a_kept_statement_as_in_one_of_their_own(
    cast: Any, queries: Any, wanted: dict[str, Any]
) -> None:
    names, values = tuple(wanted), tuple(wanted.values())

    def asked(given_values: tuple[Any, ...]) -> Any:
        either = Q()
        for name, value in zip(names, given_values, strict=True):
            either |= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        return Workshop.objects.filter(either)

    with context.acting(cast.actor("alice")):
        with queries() as plain:
            list(asked(values))
        with queries() as kept:
            statements.rows_of("values", asked, values)
    assert kept[0]["sql"] == plain[0]["sql"]


def test_a_value_written_otherwise_than_given_is_written_each_time(make: Any, cast: Any) -> None:
    make("alice", code="东", cost=Decimal(3))

    def asked(given_values: tuple[Any, ...]) -> Any:
        return Workshop.objects.filter(code__contains=given_values[0])

    with context.acting(cast.actor("alice")):
        for text, found in (("东", ["东"]), ("西", []), ("东", ["东"])):
            assert [row.code for row in statements.rows_of("contains", asked, (text,))] == found
