"""All months and all places in one pass say what a statement for each of them says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed
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
    assert len([one for one in captured if one["sql"].startswith("WITH")]) == 1


def test_what_cannot_be_read_so_says_why_and_what_may_not_be_told_is_left_out(cast: Any) -> None:
    assert {one.code: why_not(one) for one in registry if not one.is_ratio and term_of(one) is None} == {
        "OBL-1A": "counts no ledger rows",
        "OBL-1B": "counts no ledger rows",
    }
    with context.acting(cast.actor("eve")):
        assert by_place(asks(), Side.WEST) == {}
        with pytest.raises(NotAllowed):
            place_by_place(asks()[:1], [])
