"""The compiled query against a slow reading of the declaration in Python, on rows nobody thought of."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.figures import breakdown
from shanhai.kernel.indicators.rows import row_page
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from toys.models import Output

MONTHS = ("2020-12", "2021-01", "2021-06", "2021-08", "2021-09", "2021-10")
WEST = IndicatorScope(Side.WEST)

outputs = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from(MONTHS)),
    st.tuples(st.integers(0, 150), st.sampled_from(State), st.booleans(), st.booleans()),
    max_size=14,
)


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is gone afterwards: every example begins with the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def status_of_toy_1(row: Any, period: Period) -> str:
    """TOY-1 read from its declaration, one row at a time."""
    if row.state == State.VOIDED:
        return "voided"
    if row.period not in period.year_to_date():
        return "outside_period"
    if row.workshop.kind == "farm":
        return "not_applicable"
    if not row.workshop.is_certified:
        return "uncertified"
    if row.pieces < 5:
        return "tiny"
    return "" if row.state == State.VERIFIED else "unverified"


def statuses_of_toy_2(rows: list[Any], period: Period) -> dict[Any, str]:
    """TOY-2: of the countable rows of a workshop the one of the latest month counts."""
    found: dict[Any, str] = {}
    best: dict[Any, Any] = {}
    for row in rows:
        if row.state == State.VOIDED:
            found[row.pk] = "voided"
        elif row.period not in period.year_to_date():
            found[row.pk] = "outside_period"
        elif row.state != State.VERIFIED:
            found[row.pk] = "unverified"
        elif row.workshop_id not in best or best[row.workshop_id].period < row.period:
            best[row.workshop_id] = row
    winners = {row.pk for row in best.values()}
    return {row.pk: found.get(row.pk, "" if row.pk in winners else "duplicate") for row in rows}


def size_of(row: Any) -> str:
    return "big" if row.pieces >= 100 else "mid" if row.pieces >= 10 else "other"


@pytest.fixture
def workshops(toys: Any) -> list[Any]:
    return [
        toys.workshop("A"),
        toys.workshop("B", kind="home"),
        toys.workshop("C", is_certified=False),
        toys.workshop("D", kind="farm"),
    ]


def make(workshops: list[Any], drawn: dict[Any, Any], cast: Any) -> list[Any]:
    rows = []
    for (number, month), (pieces, state, is_fuxing, is_town) in drawn.items():
        workshop = workshops[number]
        rows.append(
            Output(
                workshop=workshop,
                side=Side.WEST,
                period=month,
                pieces=pieces,
                amount=Decimal(pieces),
                state=state,
                place=cast.fuxing if is_fuxing else cast.yongxing,
                owner_unit=cast.mt_yongxing if is_town else cast.mt_labour,
            )
        )
    Output.objects.bulk_create(rows)
    return rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=outputs, code=st.sampled_from(["2021Q3", "2021", "2021Q1"]))
def test_every_row_has_the_status_the_declaration_gives_it(
    workshops: list[Any], cast: Any, drawn: dict[Any, Any], code: str
) -> None:
    period = Period.parse(code)
    with context.unscoped("test"), undone():
        rows = make(workshops, drawn, cast)
        expected = {
            "TOY-1": {row.pk: status_of_toy_1(row, period) for row in rows},
            "TOY-2": statuses_of_toy_2(rows, period),
        }
        for indicator, statuses in expected.items():
            page = row_page(indicator, WEST, period, size=100)
            assert {one.row.pk: one.reason for one in page.rows} == statuses


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=outputs)
def test_splits_sum_to_the_total_and_the_ratio_is_its_parts(
    workshops: list[Any], cast: Any, drawn: dict[Any, Any]
) -> None:
    period = Period.parse("2021Q3")
    with context.unscoped("test"), undone():
        rows = make(workshops, drawn, cast)
        found = breakdown("TOY-1", WEST, period, ["kind", "size", "place", "unit"])
        counted = [row for row in rows if status_of_toy_1(row, period) == ""]
        assert found.figure.value == sum(row.pieces for row in counted)
        for members in found.splits.values():
            assert sum(one.value or 0 for one in members) == found.figure.value
            assert sum(one.counted for one in members) == found.figure.counted
        sizes = {one.code: one.value for one in found.splits["size"]}
        assert sizes == {
            size: sum(row.pieces for row in counted if size_of(row) == size) for size in map(size_of, counted)
        }
        ratio = breakdown("TOY-5", WEST, period).figure
        top, bottom = (part.value for part in ratio.parts)
        assert ratio.value == (top / bottom * 100 if bottom else None)
        statuses = statuses_of_toy_2(rows, period)
        last = [row for row in rows if statuses[row.pk] == ""]
        places = {
            one.code: one.counted for one in breakdown("TOY-2", WEST, period, ["place"]).splits["place"]
        }
        assert places == {
            str(place): sum(row.place_id == place for row in last) for place in {row.place_id for row in last}
        }
