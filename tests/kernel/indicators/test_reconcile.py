"""Both sides' rows are matched by key; differences show the declared fields; private rows stay private."""

from datetime import date
from typing import Any

import pytest

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.reconcile import Match, cursor_of, is_reconciled, pairs, tally
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State

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
