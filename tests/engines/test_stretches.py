"""Sums over windows are those a loop over rows and windows gives."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.stretches import (
    LOT,
    Stretches,
    bits,
    flags,
    once,
    rolled_up,
    storeys,
    sums,
    sums_of_bits,
    word,
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


@given(rows)
def test_flags_are_the_windows_of_a_row(drawn: Any) -> None:
    _things, positions, _cells, _weights = arrays(drawn)
    found = flags(bits(positions))
    inside = [
        [start <= n < end for n in range(LOT)]
        for start, end in zip(positions.since, positions.until, strict=True)
    ]
    assert found.tolist() == inside


@given(st.integers(-LOT, 2 * LOT), st.integers(-LOT, 2 * LOT))
def test_the_word_of_a_stretch_is_that_of_many(since: int, until: int) -> None:
    within = Stretches(np.array([max(0, min(since, LOT))]), np.array([max(0, min(until, LOT))]))
    assert word(since, until) == (bits(within)[0] if since < until else 0)
