"""Both sides' rows are matched by key; differences show the declared fields; private rows stay private."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.reconcile import (
    Match,
    cursor_of,
    is_reconciled,
    pair_of,
    pairs,
    tallies,
    tally,
)
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from toys.models import Output

Q3 = Period.parse("2021Q3")


@pytest.fixture
def both(toys: Any) -> Any:
    """A: equal; B: other pieces; C, D: one side only; E: private in the west; F: unverified there."""
    for code in "ABCDEF":
        east = toys.workshop(code, side=Side.EAST) if code != "D" else None
        west = toys.workshop(code) if code != "C" else None
        if east:
            toys.output(east, "2021-08", 20)
        if west:
            extra = {"sharing": Sharing.PRIVATE} if code == "E" else {}
            extra |= {"state": State.SUBMITTED} if code == "F" else {}
            toys.output(west, "2021-08", 21 if code == "B" else 20, **extra)
    return toys


def test_keys_stand_equal_different_or_on_one_side(both: Any) -> None:
    with context.unscoped("test"):
        counts = tally("TOY-1", Q3)
        different = pairs("TOY-1", Q3, Match.DIFFERENT)
    assert counts == {Match.ONLY_EAST: 2, Match.ONLY_WEST: 1, Match.DIFFERENT: 1, Match.SAME: 2}
    assert [(pair.key, pair.west[1], pair.east[1]) for pair in different] == [(("B", "2021-08"), "21", "20")]
    assert different[0].differing == [0, 1]


def test_a_private_row_of_the_other_side_counts_as_missing_there(both: Any, as_actor: Any) -> None:
    with as_actor("carol"):
        counts = tally("TOY-1", Q3)
        missing = [pair.key[0] for pair in pairs("TOY-1", Q3, Match.ONLY_EAST)]
    assert counts[Match.SAME] == 1
    assert missing == ["C", "E", "F"]


def test_pairs_are_listed_page_by_page(both: Any) -> None:
    with context.unscoped("test"):
        first = pairs("TOY-1", Q3, Match.SAME, size=1)
        second = pairs("TOY-1", Q3, Match.SAME, size=1, after=cursor_of(first[0]))
        third = pairs("TOY-1", Q3, Match.SAME, size=1, after=cursor_of(second[0]))
    assert [pair.key[0] for pair in (*first, *second, *third)] == ["A", "E"]


@pytest.mark.parametrize("code", ["TOY-1", "TOY-2", "TOY-3"])
@given(data=st.data())
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_difference_of_both_figures_is_the_sum_over_all_pairs(
    toys: Any, as_actor: Any, code: str, data: st.DataObject
) -> None:
    with transaction.atomic():
        for key in "ABC":
            for side in data.draw(st.sets(st.sampled_from(list(Side)))):
                shop = toys.workshop(key, side=side)
                sharing = data.draw(st.sampled_from([Sharing.SHARED, Sharing.PRIVATE]))
                toys.output(shop, "2021-08", data.draw(st.integers(1, 50)), sharing=sharing)
        for who in ("carol", "wang"):
            with as_actor(who):
                figures = {side: value(code, IndicatorScope(side), Q3).value or 0 for side in Side}
                found = tallies(code, Q3)
                listed = [pair for match in Match for pair in pairs(code, Q3, match)]
            gap = figures[Side.WEST] - figures[Side.EAST]
            assert sum(one.effect for one in found.values()) == gap == sum(one.effect for one in listed)
            assert sum(one.pairs for one in found.values()) == len(listed)
        transaction.set_rollback(True)


def test_a_mark_is_of_what_is_compared_and_private_rows_are_not_for_deciding(both: Any) -> None:
    with context.unscoped("test"):
        (pair,) = pairs("TOY-1", Q3, Match.DIFFERENT)
        found = tallies("TOY-1", Q3, apart=[pair.mark])
        assert (found[Match.DIFFERENT].open, found[Match.DIFFERENT].apart) == (0, 1)
        assert sum(one.untold for one in found.values()) == 1
        assert pair_of("TOY-1", Q3, pair.mark) == pair and pair.effect == 1
        Output.objects.filter(pk=pair.west_id).update(pieces=22)
        assert pair_of("TOY-1", Q3, pair.mark) is None


def test_only_ledgers_with_a_key_are_reconciled(cast: Any) -> None:
    assert is_reconciled("TOY-1", Q3)
    assert not is_reconciled("TOY-4", Q3)


def test_a_sealed_key_is_matched_by_its_blind_index(toys: Any, monkeypatch: Any) -> None:
    from shanhai.kernel.registry import registry
    from shanhai.registers.parties.identity import demo_identity

    ledger = registry.get("toys.workshop")
    monkeypatch.setattr(type(ledger), "reconcile_key", ("keeper_identity",))
    monkeypatch.setattr(type(ledger), "reconcile_fields", ("workers",))
    identity = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
    toys.workshop("A", keeper_identity=identity, workers=5)
    toys.workshop("Z", side=Side.EAST, keeper_identity=identity, workers=6)
    with context.unscoped("test"):
        assert tally("TOY-4", Q3)[Match.DIFFERENT] == 1
