"""All months and all places in one pass say what a statement for each of them says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.compile import candidates
from shanhai.kernel.indicators.declare import DistinctLast, Exclusion, Indicator, Requirement
from shanhai.kernel.indicators.figures import breakdowns
from shanhai.kernel.indicators.onepass.places import Ask, by_place
from shanhai.kernel.indicators.onepass.terms import term_of, why_not
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Sharing, Side, is_below
from shanhai.kernel.workflow import State
from shanhai.registers.places.models import Place
from toys.models import Output, Workshop

MONTHS = ("2020-12", "2021-01", "2021-06", "2021-08", "2021-09", "2021Q3", "2021", "")
PERIODS = [Period.parse(code) for code in ("2020-12", "2021-06", "2021-09", "2021Q3", "2021", "2022-01")]

outputs = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from(MONTHS)),
    st.tuples(
        st.integers(0, 150),
        st.sampled_from([State.VERIFIED, State.VERIFIED, State.SUBMITTED, State.VOIDED]),
        st.sampled_from(Sharing),
        st.sampled_from(["yongxing", "fuxing", "meitan", None]),
    ),
    max_size=14,
)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def workshops(toys: Any, cast: Any) -> list[Workshop]:
    return [
        toys.workshop("A", opened_on=date(2020, 12, 31)),
        toys.workshop("B", kind="home", place=cast.fuxing, workers=3),
        toys.workshop("C", is_certified=False, opened_on=None),
        toys.workshop("D", kind="farm", sharing=Sharing.PRIVATE, opened_on=date(2021, 8, 1)),
    ]


def asks() -> list[Ask]:
    codes = [one.code for one in registry if one.source.startswith("toys.")]
    return [(registry.get(code, period), period) for code in codes for period in PERIODS]


def place_by_place(asked: list[Ask], places: list[Any]) -> dict[Ask, dict[Any, Decimal]]:
    """The split by place of a statement for each period, added up the tree by hand."""
    found: dict[Ask, dict[Any, Decimal]] = {}
    for indicator, period in asked:
        (one,) = breakdowns(indicator, IndicatorScope(Side.WEST), [period], ["place"])
        values = {member.code: member.value or Decimal(0) for member in one.splits["place"]}
        sums = dict.fromkeys((place.pk for place in places), Decimal(0))
        for place, low in product(places, places):
            if is_below(low.path, place.path):
                sums[place.pk] += values.get(str(low.pk), Decimal(0))
        found[indicator, period] = {key: value for key, value in sums.items() if value}
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=outputs, reader=st.sampled_from(["", "wang", "carol"]))
def test_every_place_and_month_has_the_value_a_statement_of_its_own_gives(
    workshops: list[Workshop], cast: Any, drawn: dict[Any, Any], reader: str
) -> None:
    with context.unscoped("test"), undone():
        Output.objects.bulk_create(
            Output(
                workshop=workshops[number],
                side=Side.WEST,
                period=month,
                pieces=pieces,
                amount=Decimal(pieces),
                state=state,
                sharing=sharing,
                place=getattr(cast, place) if place else None,
                owner_unit=cast.mt_labour,
            )
            for (number, month), (pieces, state, sharing, place) in drawn.items()
        )
        places = list(Place.objects.all())
        with context.acting(cast.actor(reader)) if reader else context.unscoped("test"):
            found = by_place(asks(), Side.WEST)
            assert len(found) > len(asks()) / 2
            assert found == place_by_place(list(found), places)


def test_one_statement_for_each_indicator_whatever_the_periods(workshops: Any, queries: Any) -> None:
    with context.unscoped("test"), queries() as captured:
        found = by_place([ask for ask in asks() if ask[0].code == "TOY-1"], Side.WEST)
    assert len(found) == len(PERIODS)
    assert len([one for one in captured if "string_agg" in one["sql"]]) == 1


def test_what_cannot_be_read_so_says_why_and_what_may_not_be_told_is_left_out(cast: Any) -> None:
    assert {one.code: why_not(one) for one in registry if not one.is_ratio and term_of(one) is None} == {
        "OBL-1A": "counts no ledger rows",
        "OBL-1B": "counts no ledger rows",
        "LAB-2A": "has a time attribution that is no stretch of months",
        "LAB-2B": "has a time attribution that is no stretch of months",
        "ORG-2": "lies in no unit or place",
    }
    with context.acting(cast.actor("eve")):
        assert by_place(asks(), Side.WEST) == {}
        with pytest.raises(NotAllowed):
            place_by_place(asks()[:1], [])


def test_more_months_than_one_word_has_bits_are_read_in_lots(toys: Any, workshops: Any, cast: Any) -> None:
    toys.output(workshops[0], "2016-02", 20)
    toys.output(workshops[0], "2021-08", 30)
    toys.output(workshops[1], "2021-08", 30)
    months = [Period(PeriodKind.MONTH, 2016 + n // 12, n % 12 + 1) for n in range(70)]
    asked = [(registry.get(code, month), month) for code in ("TOY-2", "TOY-6", "TOY-1") for month in months]
    with context.unscoped("test"):
        assert by_place(asked, Side.WEST) == place_by_place(asked, list(Place.objects.all()))


TALLIES = registry.get("TOY-6").derived


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"exclusions": (Exclusion("x", "x", Q(months=2, kind="farm")),)},
            "mixes derived values with 'kind'",
        ),
        (
            {"exclusions": (Exclusion("x", "x", Q(months=F("workers"))),)},
            "mixes derived values with 'months'",
        ),
        ({"exclusions": (Exclusion("x", "x", Q(months__in=[2])),)}, "asks more of 'months__in'"),
        (
            {"exclusions": (Exclusion("x", "x", Q(months="2")),)},
            "compares 'months' with what is no whole number",
        ),
        ({"exclusions": (Exclusion("x", "x", Q(months=2) ^ Q(months=3)),)}, "one or the other"),
        ({"where": Q(months=2)}, "chooses its rows by derived values"),
        (
            {"measure": DistinctLast("place", ("-name",)), "derived": {}, "exclusions": ()},
            "orders by '-name'",
        ),
        (
            {"measure": DistinctLast("kind", ("-opened_on",)), "derived": {}, "exclusions": ()},
            "counts 'kind'",
        ),
    ],
)
def test_what_arrays_cannot_decide_is_left_to_a_statement_for_each_window(changes: Any, why: str) -> None:
    assert why in why_not(replace(registry.get("TOY-6"), **changes))


@pytest.mark.parametrize(
    "reason",
    [
        Exclusion("x", "x", ~Q(months__gt=1) | Q(months=3)),
        Requirement("x", "x", Q(months__lte=2, months__gte=1)),
        Requirement("x", "x", ~Q(months__lt=F("more"))),
    ],
)
def test_conditions_on_derived_values_hold_as_in_the_database(
    toys: Any, workshops: Any, cast: Any, reason: Any
) -> None:
    for month in range(1, 5):
        for workshop in workshops[: month % 4]:
            toys.output(workshop, f"2021-{month:02}", 20)
    tally = TALLIES["months"]
    indicator = replace(
        registry.get("TOY-6"),
        derived={"months": tally, "more": replace(tally, where=Q(pieces__gt=50))},
        exclusions=(reason,),
    )
    assert why_not(indicator) == ""
    asked = [(indicator, Period(PeriodKind.MONTH, 2021, number)) for number in range(1, 7)]
    with context.unscoped("test"):
        found = by_place(asked, Side.WEST)
        for (_, period), values in found.items():
            counted = counted_in(indicator, period)
            assert {key: values[key] for key in counted} == counted
    assert any(found.values())


def counted_in(indicator: Indicator, period: Period) -> dict[Any, int]:
    """Rows counted in each place, as the statement of one window has them."""
    sql, parameters = candidates(indicator, IndicatorScope(Side.WEST), period, splits=["place"])
    with connection.cursor() as cursor:
        counted = f"SELECT d_place, count(*) FROM ({sql}) c WHERE reason IS NULL GROUP BY 1"  # noqa: S608
        cursor.execute(counted, parameters)
        return {UUID(place): rows for place, rows in cursor.fetchall()}
