"""Every candidate has one status; pages walk all of them once; rows open only within the reader's scope."""

from decimal import Decimal
from typing import Any

import pytest

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.indicators.declare import DistinctLast
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import Cursor, counted_ids, own, row_page, statuses, visible
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State

WEST = IndicatorScope(Side.WEST)
Q3 = Period.parse("2021Q3")


@pytest.fixture
def rows(toys: Any) -> Any:
    for number in range(7):
        workshop = toys.workshop(f"W{number}", place=toys.cast.yongxing if number % 2 else toys.cast.fuxing)
        toys.output(workshop, "2021-07", number)
        toys.output(workshop, "2021-08", 10 + number, state=State.VERIFIED if number % 3 else State.RETURNED)
    return toys


def walk(code: str, reason: str | None, *, backward: bool = False) -> list[Any]:
    """All rows, page by page; `backward` goes on to the last page and returns."""
    found, cursor = [], None
    while True:
        page = row_page(code, WEST, Q3, reason=reason, after=cursor, size=3)
        found += page.rows
        if page.following is None:
            break
        cursor = page.following
    if not backward:
        return found
    returned = list(page.rows)
    while page.previous is not None:
        page = row_page(code, WEST, Q3, reason=reason, before=page.previous, size=3)
        returned = [*page.rows, *returned]
    return returned


@pytest.mark.parametrize("code", ["TOY-1", "TOY-2", "TOY-3", "TOY-4", "TOY-6"])
def test_rows_of_each_status_are_as_many_as_the_figure_says_and_add_up_to_it(rows: Any, code: str) -> None:
    with context.unscoped("test"):
        figure, everything = value(code, WEST, Q3), walk(code, None)
        by_reason: dict[str, int] = {}
        for one in everything:
            by_reason[one.reason] = by_reason.get(one.reason, 0) + 1
        assert by_reason.pop("", 0) == figure.counted
        assert by_reason == figure.excluded
        assert sum((one.amount for one in everything), Decimal(0)) == figure.value
        assert len({one.row.pk for one in everything}) == len(everything) == figure.candidates


def test_pages_lead_back_the_way_they_came(rows: Any) -> None:
    with context.unscoped("test"):
        forward, backward = walk("TOY-1", None), walk("TOY-1", None, backward=True)
    assert [one.row.pk for one in forward] == [one.row.pk for one in backward]


def test_a_reason_lists_its_rows_alone(rows: Any) -> None:
    with context.unscoped("test"):
        counted, unverified = walk("TOY-1", ""), walk("TOY-1", "unverified")
        assert [one.row.pk for one in counted] == counted_ids("TOY-1", WEST, Q3)
    assert {one.row.state for one in unverified} == {State.RETURNED}
    assert {one.reason for one in unverified} == {"unverified"}


def test_a_page_takes_as_many_queries_however_long_it_is(rows: Any, queries: Any) -> None:
    with context.unscoped("test"):
        with queries() as short:
            row_page("TOY-1", WEST, Q3, size=2)
        with queries() as long:
            row_page("TOY-1", WEST, Q3, size=50)
    # Whether anything may be kept, what was written since, the candidates, their rows.
    assert len(short) == len(long) <= 4


def test_a_ratio_opens_to_its_numerator(rows: Any) -> None:
    with context.unscoped("test"):
        assert [one.row.pk for one in walk("TOY-5", "")] == [one.row.pk for one in walk("TOY-2", "")]
    assert own("TOY-5", Q3).code == "TOY-2"


def test_a_reporter_opens_the_rows_of_the_own_unit_and_is_told_the_number_of_all(
    rows: Any, as_actor: Any
) -> None:
    private = {"owner_unit": rows.cast.mt_yongxing, "sharing": Sharing.PRIVATE}
    rows.output(rows.workshop("P"), "2021-08", 30, **private)
    with as_actor("bob"):
        assert value("TOY-1", WEST, Q3).counted == visible("TOY-1", WEST, Q3)[""] + 1
        assert all(one.row.owner_unit_id != rows.cast.mt_yongxing.pk for one in walk("TOY-1", None))
    with as_actor("wang"):
        assert value("TOY-1", WEST, Q3).counted == visible("TOY-1", WEST, Q3)[""]


def test_the_other_side_opens_shared_rows_only(rows: Any, as_actor: Any) -> None:
    hidden = rows.output(rows.workshop("P"), "2021-08", 30, sharing=Sharing.PRIVATE)
    with as_actor("carol"):
        shown = walk("TOY-1", None)
    assert hidden.pk not in {one.row.pk for one in shown}
    assert {one.row.state for one in shown} <= {State.SUBMITTED, State.VERIFIED}


def test_a_row_knows_which_indicators_count_it(rows: Any, as_actor: Any) -> None:
    workshop = rows.workshop("S", is_certified=False)
    output = rows.output(workshop, "2021-08", 3)
    periods = dict.fromkeys(("TOY-1", "TOY-2", "TOY-3"), Q3)
    with as_actor("wang"):
        found = {indicator.code: reason for indicator, reason in statuses(output, periods)}
    assert found == {"TOY-1": "uncertified", "TOY-2": "", "TOY-3": ""}


def test_what_a_row_is_told_is_what_the_rows_of_the_figure_say(rows: Any, as_actor: Any) -> None:
    """It is read without all the others; of an object that counts once, its other rows decide too."""
    workshop, other = rows.workshop("S"), rows.workshop("T")
    made = [rows.output(workshop, f"2021-0{month}", month) for month in (7, 8, 9)]
    made += [rows.output(other, "2021-08", 5, state=State.SUBMITTED), rows.output(other, "2021-05", 4)]
    codes = [one.code for one in registry.of_source(made[0]._meta.label_lower)]
    assert any(isinstance(registry.get(code, Q3).measure, DistinctLast) for code in codes)
    with as_actor("wang"):
        for row in made:
            told = {one.code: reason for one, reason in statuses(row, dict.fromkeys(codes, Q3))}
            listed = {code: one.reason for code in codes for one in walk(code, None) if one.row.pk == row.pk}
            assert told == listed, row


def test_cursors_and_reasons_nobody_gave_out_are_not_visible(cast: Any) -> None:
    with pytest.raises(NotVisible):
        Cursor.parse("1.not-an-id")
    with context.unscoped("test"), pytest.raises(NotVisible):
        row_page("TOY-1", WEST, Q3, reason="invented")
    assert Cursor.parse("") is None
