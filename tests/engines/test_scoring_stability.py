"""How far weights may move before ranks change: exact, and what a linear program finds."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from shanhai.engines.scoring import Item, Kind, Reading, Scheme, score
from shanhai.engines.scoring.stability import firmness, least_movement, one_weight


def test_the_least_move_of_one_weight_is_said_and_brings_both_level() -> None:
    scheme = Scheme([Item(1, Kind.TARGET, D(60)), Item(2, Kind.TARGET, D(40))])
    readings = {
        "a": {1: Reading(D(10), D(10)), 2: Reading(D(5), D(10))},
        "b": {1: Reading(D(7), D(10)), 2: Reading(D(8), D(10))},
    }
    [found] = firmness(scheme, score(scheme, readings))
    assert (found.upper, found.lower, found.lead) == ("a", "b", F(6))
    assert found.one is not None
    assert (found.one.number, found.one.after, found.least) == (1, F(50), F(10))
    moved = Scheme([Item(1, Kind.TARGET, D(50)), Item(2, Kind.TARGET, D(50))])
    assert len({one.total for one in score(moved, readings)}) == 1


def test_who_is_better_in_everything_stays_above_whatever_the_weights() -> None:
    scheme = Scheme([Item(1, Kind.TARGET, D(60)), Item(2, Kind.TARGET, D(40))])
    readings = {
        "a": {1: Reading(D(10), D(10)), 2: Reading(D(9), D(10))},
        "b": {1: Reading(D(7), D(10)), 2: Reading(D(8), D(10))},
    }
    [found] = firmness(scheme, score(scheme, readings))
    assert (found.one, found.least) == (None, None)


SHARES = st.integers(-100, 100).map(lambda n: F(n, 100))
CASES = st.lists(st.tuples(st.integers(1, 50).map(F), SHARES), min_size=2, max_size=7)


@given(CASES)
def test_one_weight_is_where_the_lead_is_nought(pairs: list[tuple[F, F]]) -> None:
    weights, apart = _split(pairs)
    lead = sum(weights[n] * apart[n] for n in weights)
    found = one_weight(weights, apart, lead) if lead > 0 else None
    if found is None:
        return
    whole = sum(weights.values())
    scale = (whole - found.after) / (whole - found.before)
    moved = {n: found.after if n == found.number else weights[n] * scale for n in weights}
    assert sum(moved[n] * apart[n] for n in weights) == 0
    assert sum(moved.values()) == whole


@given(CASES)
def test_the_least_movement_is_what_a_linear_program_finds(pairs: list[tuple[F, F]]) -> None:
    weights, apart = _split(pairs)
    lead = sum(weights[n] * apart[n] for n in weights)
    if lead <= 0:
        return
    mine = least_movement(weights, apart, lead)
    order = list(weights)
    costs = [1.0] * len(order) * 2  # what each item is given, then what is taken
    gains = [float(apart[n]) for n in order]
    solved = linprog(
        costs,
        A_ub=[[*gains, *(-g for g in gains)]],
        b_ub=[-float(lead)],
        A_eq=[[1.0] * len(order) + [-1.0] * len(order)],
        b_eq=[0.0],
        bounds=[(0, None)] * len(order) + [(0, float(weights[n])) for n in order],
    )
    if mine is None:
        assert solved.status == 2 or solved.fun > 1e6
    else:
        assert solved.status == 0
        assert 2 * float(mine) == pytest.approx(solved.fun, abs=1e-6)


def _split(pairs: list[tuple[F, F]]) -> tuple[dict[int, F], dict[int, F]]:
    return {n: w for n, (w, _) in enumerate(pairs)}, {n: d for n, (_, d) in enumerate(pairs)}
