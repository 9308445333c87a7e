"""What amendments made of figures: told as a difference, by an independent computation too."""

from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.indicators.conftest import Toys
from kernel.surfaces.reading import words
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.amendments.deciding import accept
from shanhai.kernel.amendments.effect import effect, touched_rows
from shanhai.kernel.amendments.proposing import propose_values, propose_voiding
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.models import Amendment
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from toys.models import Output

WEST = IndicatorScope(Side.WEST)
Q3 = Period.parse("2021Q3")
serial = count()
FIGURES = ("TOY-1", "TOY-2", "TOY-3", "TOY-4")


@pytest.fixture
def toys(cast: Any) -> Toys:
    return Toys(cast)


def amend(cast: Any, row: Any, **values: Any) -> None:
    """Bob proposes, Vera verifies; without values the row is voided."""
    ledger = registry.get(row.ledger_key())
    with context.acting(cast.actor("bob")) as current:
        told = {"reason": "抄错了", "actor": current.actor}
        row = type(row).objects.get(pk=row.pk)
        if values:
            amendment = propose_values(ledger, row, values, row_version=row.row_version, **told)
        else:
            amendment = propose_voiding(ledger, row, row_version=row.row_version, **told)
    with context.acting(cast.actor("vera")) as current:
        accept(amendment, ledger, row, actor=current.actor)


def figures() -> dict[str, Decimal]:
    with context.unscoped("figures"):
        return {code: value(code, WEST, Q3).value or Decimal(0) for code in FIGURES}


def effects(**options: Any) -> dict[str, Any]:
    with context.unscoped("effects"):
        return {code: effect(code, WEST, Q3, **options) for code in FIGURES}


def test_a_figure_nothing_touched_says_nothing_and_costs_one_query(toys: Toys, queries: Any) -> None:
    toys.output(toys.workshop("A"), "2021-08", 20)
    with context.unscoped("effects"), queries() as captured:
        assert effect("TOY-1", WEST, Q3) is None
    assert len(captured) == 1


def test_the_difference_and_its_rows_are_told(toys: Toys, cast: Any) -> None:
    workshop = toys.workshop("A")
    row, other = toys.output(workshop, "2021-08", 20), toys.output(workshop, "2021-07", 10)
    amend(cast, row, pieces=32)
    amend(cast, other)
    found = effects()["TOY-1"]
    assert (found.delta, found.rows) == (Decimal(2), 2)
    with context.unscoped("rows"):
        rows = {one.row_id: (one.before, one.after) for one in touched_rows("TOY-1", WEST, Q3)}
    assert rows == {row.pk: (20, 32), other.pk: (10, 0)}
    assert effects(since=clock.now())["TOY-1"] is None
    with context.unscoped("other scopes"):
        assert effect("TOY-1", IndicatorScope(Side.EAST), Q3) is None
        assert effect("TOY-1", WEST, Period.parse("2020Q4")) is None


def test_amending_what_a_row_refers_to_touches_its_figures_too(toys: Toys, cast: Any) -> None:
    workshop = toys.workshop("A")
    row = toys.output(workshop, "2021-08", 20)
    amend(cast, workshop, is_certified=False)
    found = effects()["TOY-1"]
    assert (found.delta, found.rows) == (Decimal(-20), 1)
    with context.unscoped("rows"):
        assert [one.row_id for one in touched_rows("TOY-1", WEST, Q3)] == [row.pk]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    amended=st.lists(
        st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 200))), min_size=1, max_size=5
    )
)
def test_the_difference_is_what_the_figures_changed_by(toys: Toys, cast: Any, amended: Any) -> None:
    with context.unscoped("anew"):
        Amendment.objects.all().delete()
        Output.objects.all().delete()
    known = [toys.workshop(f"H{next(serial)}") for _one in range(2)]
    rows = [
        toys.output(known[0], "2021-07", 20),
        toys.output(known[0], "2021-08", 30),
        toys.output(known[1], "2021-08", 40),
        toys.output(known[1], "2021-06", 4),
    ]
    before = figures()
    voided = set()
    for number, pieces in amended:
        with context.unscoped("look"):
            current = Output.objects.get(pk=rows[number].pk)
        if number in voided or pieces == current.pieces:
            continue
        if pieces is None:
            voided.add(number)
            amend(cast, current)
        else:
            amend(cast, current, pieces=pieces)
    after = figures()
    for code, found in effects().items():
        assert (found.delta if found else 0) == after[code] - before[code], code


def test_the_pages_of_the_indicator_tell_and_open_the_rows(toys: Toys, cast: Any, client_of: Any) -> None:
    row = toys.output(toys.workshop("A"), "2021-08", 20)
    client = client_of("bob")
    page = "/appraisal/indicators/TOY-1/"
    query = {"period": "2021Q3", "side": "west"}
    assert "含更正" not in words(client.get(page, query))
    amend(cast, row, pieces=32)
    assert "含更正 +12 件（1 行）" in words(client.get(page, query))
    shown = words(client.get(f"{page}amended/", query))
    assert "抄错了" in shown and "20 → 32" in shown
    later = {**query, "since": clock.now().isoformat()}
    assert "没有更正" in words(client.get(f"{page}amended/", later))
    assert client.get(f"{page}amended/", {**query, "since": "昨天"}).status_code == 404
