"""Sums over windows are those a loop over rows and windows gives."""

from collections import defaultdict
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.stretches import (
    LOT,
    Index,
    Stretches,
    added,
    bits,
    numbered,
    once,
    rolled_up,
    storeys,
    sums,
    sums_of_bits,
)

CELLS, WINDOWS = 4, [3, 4, 7, 9, 20, 21, 22]
#: Object, cell, since, until, weight.
rows = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, CELLS - 1),
        st.integers(0, 25),
        st.integers(0, 25),
        st.integers(-9, 9),
    ),
    max_size=30,
)


def arrays(drawn: list[tuple[int, ...]]) -> tuple[Any, Stretches, Any, Any]:
    things, cells, since, until, weights = (
        np.array(one, np.int64)
        for one in (zip(*sorted(drawn, key=lambda row: row[0]), strict=True) if drawn else [()] * 5)
    )
    return things, Stretches(since, until).among(np.array(WINDOWS)), cells, weights


def by_hand(drawn: list[tuple[int, ...]], *, is_once: bool) -> list[list[int]]:
    found = [[0] * len(WINDOWS) for _ in range(CELLS)]
    for number, window in enumerate(WINDOWS):
        seen = set()
        for thing, cell, since, until, weight in sorted(drawn, key=lambda row: row[0]):
            if since <= window < until and not (is_once and thing in seen):
                seen.add(thing)
                found[cell][number] += weight
    return found


@given(rows)
def test_rows_are_summed_in_the_windows_of_their_stretch(drawn: Any) -> None:
    _things, positions, cells, weights = arrays(drawn)
    shape = CELLS, len(WINDOWS)
    assert sums(positions, cells, weights, shape).tolist() == by_hand(drawn, is_once=False)
    assert sums_of_bits(bits(positions), cells, weights, shape).tolist() == by_hand(drawn, is_once=False)


@given(rows)
def test_an_object_counts_once_at_the_first_of_its_rows_that_lies_in_the_window(drawn: Any) -> None:
    things, positions, cells, weights = arrays(drawn)
    is_first = np.concatenate([[True], things[1:] != things[:-1]])[: len(things)].astype(np.bool_)
    won = once(bits(positions), is_first)
    assert sums_of_bits(won, cells, weights, (CELLS, len(WINDOWS))).tolist() == by_hand(drawn, is_once=True)


def test_a_stretch_may_fill_a_whole_lot_of_windows() -> None:
    whole = Stretches(np.array([0, 5, LOT]), np.array([LOT, 5, LOT]))
    assert bits(whole).tolist() == [2**LOT - 1, 0, 0]


def test_sums_beyond_a_word_are_exact() -> None:
    most = 2**62 + 1
    positions, cells = Stretches(np.zeros(3, np.int64), np.ones(3, np.int64)), np.zeros(3, np.int64)
    weights = np.full(3, most)
    assert sums(positions, cells, weights, (1, 1)).tolist() == [[3 * most]]
    assert sums_of_bits(bits(positions), cells, weights, (1, 1)).tolist() == [[3 * most]]


def test_a_node_has_the_values_of_all_below_it() -> None:
    values = np.array([[1, 0], [2, 0], [4, 1], [8, 0]])
    parent = np.array([-1, 0, 1, -1])
    assert rolled_up(values, parent, storeys(parent)).tolist() == [[7, 1], [6, 1], [4, 1], [8, 0]]


@given(st.lists(st.binary(min_size=16, max_size=16)), st.lists(st.binary(min_size=16, max_size=16)))
def test_equal_keys_have_equal_numbers_and_no_others(one: list[bytes], other: list[bytes]) -> None:
    other = [*other, *one[:2]]
    lots = [np.array(lot, "V16") for lot in (one, other)]
    found = defaultdict(set)
    for keys, numbers in zip((one, other), numbered(*lots), strict=True):
        for key, number in zip(keys, numbers.tolist(), strict=True):
            found[key].add(number)
    assert all(len(numbers) == 1 for numbers in found.values())
    assert sorted(number for (number,) in found.values()) == list(range(len(found)))


@given(st.lists(st.sampled_from([bytes(16), b"a" * 16, b"b" * 8 + b"a" * 8, b"a" * 8 + b"b" * 8])))
def test_an_index_finds_all_rows_of_some_keys(column: list[bytes]) -> None:
    wanted = [b"a" * 16, b"b" * 8 + b"a" * 8]
    found = Index(np.array(column, "V16")).rows_of(np.array(wanted, "V16"))
    assert found.tolist() == [number for number, key in enumerate(column) if key in wanted]


@given(rows)
def test_a_few_rows_are_added_to_sums_and_taken_out_again(drawn: Any) -> None:
    _things, positions, cells, weights = arrays(drawn)
    windows, none = bits(positions), np.zeros((CELLS, LOT), np.int64)
    once_added = added(none, windows, cells, weights)
    assert once_added[:, : len(WINDOWS)].tolist() == by_hand(drawn, is_once=False)
    assert not added(once_added, windows, cells, -weights).any()
