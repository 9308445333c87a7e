"""Values by hand: each measure, each reason, each span, on a few toy rows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.indicators.figures import breakdown, trend, value
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State

WEST = IndicatorScope(Side.WEST)
Q3 = Period.parse("2021Q3")


@pytest.fixture
def rows(toys: Any) -> Any:
    """Two certified factories, one uncertified, one farm; outputs in every status."""
    a, b = toys.workshop("A"), toys.workshop("B", place=toys.cast.fuxing, kind="home")
    loose, farm = toys.workshop("C", is_certified=False), toys.workshop("D", kind="farm")
    toys.output(a, "2021-02", 100)
    toys.output(a, "2021-08", 40)
    toys.output(b, "2021-07", 25)
    toys.output(b, "2021-08", 4)
    toys.output(b, "2021-09", 60, state=State.SUBMITTED)
    toys.output(a, "2020-12", 999)
    toys.output(a, "2021-10", 999)
    toys.output(loose, "2021-08", 50)
    toys.output(farm, "2021-08", 70)
    toys.output(a, "2021-07", 10, state=State.VOIDED)
    return toys


def test_a_sum_counts_verified_rows_of_the_window_and_names_every_other(rows: Any) -> None:
    with context.unscoped("test"):
        figure = value("TOY-1", WEST, Q3)
    assert figure.value == Decimal(165)
    assert figure.counted == 3
    assert figure.excluded == {
        "voided": 1,
        "outside_period": 2,
        "not_applicable": 1,
        "uncertified": 1,
        "tiny": 1,
        "unverified": 1,
    }
    assert figure.display == "165"


def test_each_split_sums_to_the_figure_and_names_its_members(rows: Any) -> None:
    with context.unscoped("test"):
        found = breakdown("TOY-1", WEST, Q3, ["kind", "size", "place", "unit"])
    by = {code: {one.label: one.value for one in members} for code, members in found.splits.items()}
    assert by["kind"] == {"厂房式": 140, "居家式": 25}
    assert by["size"] == {"百件以上": 100, "十件以上": 65}
    assert by["place"] == {"永兴镇": 140, "复兴镇": 25}
    assert by["unit"] == {"县人力资源和社会保障局": 165}


def test_an_object_counts_once_at_its_last_row_of_the_window(rows: Any) -> None:
    with context.unscoped("test"):
        found = breakdown("TOY-2", WEST, Q3, ["size"])
    assert found.figure.value == 4
    assert found.figure.excluded == {"voided": 1, "outside_period": 2, "unverified": 1, "duplicate": 2}
    assert {one.code: one.value for one in found.splits["size"]} == {"mid": 3, "other": 1}


def test_money_stays_exact_and_is_rounded_only_in_print(toys: Any) -> None:
    toys.output(toys.workshop("A"), "2021-08", 1, amount=Decimal("123456.78"))
    with context.unscoped("test"):
        figure = value("TOY-3", WEST, Q3)
    assert figure.value == Decimal("12.345678")
    assert figure.display == "12.35"


def test_a_ratio_is_recomputed_from_its_parts_and_is_nothing_over_nothing(rows: Any) -> None:
    with context.unscoped("test"):
        figure = value("TOY-5", WEST, Q3)
        empty = value("TOY-5", IndicatorScope(Side.EAST), Q3)
    assert [part.value for part in figure.parts] == [4, 4]
    assert figure.value == 100
    assert (empty.value, empty.display) == (None, "—")


def test_the_course_over_periods_starts_anew_each_year_and_takes_no_more_queries_than_one(
    rows: Any, queries: Any
) -> None:
    codes = ("2020Q3", "2020Q4", "2021Q1", "2021Q2", "2021Q3", "2021Q4")
    first, *periods = [Period.parse(code) for code in codes]
    with context.unscoped("test"):
        with queries() as of_one:
            trend("TOY-1", WEST, [first])
        with queries() as of_five:
            figures = trend("TOY-1", WEST, periods)
    assert [figure.value for figure in figures] == [999, 100, 100, 165, 1164]
    assert len(of_five) <= len(of_one)


def test_a_version_defines_the_periods_from_its_first_day(toys: Any) -> None:
    toys.workshop("A", workers=0)
    toys.workshop("B", workers=2)
    with context.unscoped("test"):
        before, after = trend("TOY-7", WEST, [Period.parse("2020Q4"), Period.parse("2021Q1")])
    assert (before.value, after.value) == (1, 2)
    assert before.indicator is registry.versions("TOY-7")[0]


def test_related_rows_are_tallied_within_the_window(rows: Any) -> None:
    with context.unscoped("test"):
        figure = value("TOY-6", WEST, Q3)
    assert figure.value == 2
    assert figure.excluded == {"short": 2}


def test_what_stands_on_the_last_day_leaves_out_what_came_later(toys: Any) -> None:
    toys.workshop("A")
    toys.workshop("B", opened_on=date(2021, 12, 1))
    toys.workshop("C", opened_on=None)
    with context.unscoped("test"):
        figure = value("TOY-4", WEST, Q3)
    assert (figure.value, figure.excluded) == (1, {"outside_period": 2})


def test_a_scope_keeps_the_rows_of_its_unit_place_and_members(rows: Any) -> None:
    cast = rows.cast
    with context.unscoped("test"):
        assert value("TOY-1", IndicatorScope(Side.WEST, place=cast.fuxing.pk), Q3).value == 25
        assert value("TOY-1", IndicatorScope(Side.WEST, place=cast.meitan.pk), Q3).value == 165
        assert value("TOY-1", IndicatorScope(Side.WEST, unit=cast.mt.pk), Q3).value == 165
        assert value("TOY-1", IndicatorScope(Side.WEST, unit=cast.dm.pk), Q3).value == 0
        assert value("TOY-1", WEST.narrowed("size", "big"), Q3).value == 100


def test_what_an_object_did_elsewhere_does_not_make_it_count_twice(toys: Any) -> None:
    workshop = toys.workshop("A")
    toys.output(workshop, "2021-07", 10, place=toys.cast.yongxing)
    toys.output(workshop, "2021-08", 10, place=toys.cast.fuxing)
    with context.unscoped("test"):
        here = value("TOY-2", IndicatorScope(Side.WEST, place=toys.cast.yongxing.pk), Q3)
        there = value("TOY-2", IndicatorScope(Side.WEST, place=toys.cast.fuxing.pk), Q3)
    assert (here.value, here.excluded) == (0, {"duplicate": 1})
    assert there.value == 1


def test_everyone_of_the_side_is_told_its_total(rows: Any, as_actor: Any) -> None:
    for username in ("bob", "vera", "wang"):
        with as_actor(username):
            assert value("TOY-1", WEST, Q3).value == 165


def test_the_other_side_is_told_the_total_of_shared_rows(rows: Any, as_actor: Any) -> None:
    rows.output(rows.workshop("E"), "2021-08", 7, sharing=Sharing.PRIVATE)
    with as_actor("wang"):
        assert value("TOY-1", WEST, Q3).value == 172
    with as_actor("carol"):
        figure = value("TOY-1", WEST, Q3)
    assert figure.value == 165
    assert "voided" not in figure.excluded


def test_who_reads_no_ledger_is_told_nothing(rows: Any, as_actor: Any) -> None:
    for username in ("root", "eve"):
        with as_actor(username), pytest.raises(NotAllowed):
            value("TOY-1", WEST, Q3)


def test_an_unknown_code_is_not_visible(cast: Any) -> None:
    with context.unscoped("test"), pytest.raises(NotVisible):
        value("NO-1", WEST, Q3)


def test_a_scope_survives_the_address(cast: Any) -> None:
    scope = IndicatorScope(Side.EAST, unit=cast.dm.pk, place=cast.doumen.pk, only=(("kind", "home"),))
    assert IndicatorScope.from_query(scope.to_query(), Side.WEST) == scope
    with pytest.raises(NotVisible):
        IndicatorScope.from_query({"unit": "no unit"}, Side.WEST)
