"""The auction against solvers that share nothing with it, and its promises on any problem."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from shanhai.engines.matching import (
    NEVER,
    SCALE,
    Problem,
    Unlawful,
    certify,
    limits,
    pair_scores,
    solve,
    terms,
)
from shanhai.ops.bench.match import best_first, flow_optimum, highs_optimum, slots_optimum, turn_by_turn
from shanhai.ops.bench.match_rows import county

from .cases import crowded

SIZES = ((1, 1), (1, 5), (7, 1), (12, 9), (40, 12), (60, 25), (25, 60))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("n", "m"), SIZES)
def test_the_total_is_the_optimum_of_three_other_solvers(seed: int, n: int, m: int) -> None:
    problem = crowded(seed, n, m)
    found = solve(problem)
    best = flow_optimum(problem)
    assert best - found.certificate.matched <= found.certificate.total <= best <= found.certificate.bound
    assert slots_optimum(problem) == highs_optimum(problem) == best


def test_of_many_workers_it_comes_within_a_ten_thousandth_and_proves_it() -> None:
    problem = county(6000, 60)
    found = solve(problem)
    best = flow_optimum(problem)
    assert found.certificate.total >= 0.9999 * best
    assert found.certificate.of_bound >= 0.9998
    assert best <= found.certificate.bound
    assert found.certificate.total > best_first(problem)["total"] > turn_by_turn(problem)["total"]


@settings(max_examples=60, deadline=None)
@examples(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 20), st.integers(1, 40))
def test_every_matching_is_lawful_and_within_a_step_of_what_it_proves(
    seed: int, n: int, m: int, step: int
) -> None:
    problem = crowded(seed, n, m)
    found = solve(problem, step=step)
    again = certify(problem, found.given, found.prices)
    assert again == found.certificate
    assert again.bound - again.total <= step * n
    for worker in np.flatnonzero(found.given >= 0):
        assert not limits(problem, worker, found.given[worker])


@settings(max_examples=30, deadline=None)
@examples(st.integers(0, 10**6))
def test_terms_and_limits_of_a_pair_explain_its_score(seed: int) -> None:
    problem = crowded(seed, 8, 8)
    workers, orders = np.divmod(np.arange(64), 8)
    for i, j, score in zip(workers, orders, pair_scores(problem, workers, orders), strict=True):
        broken = limits(problem, i, j)
        assert bool(broken) == (score == NEVER)
        assert broken or terms(problem, i, j).total == score


def test_accepted_pairs_stand_and_the_rest_is_optimised_around_them() -> None:
    problem = crowded(3, 40, 12)
    free = solve(problem)
    taken = np.flatnonzero(free.given >= 0)[:3]
    fixed = np.column_stack((taken, free.given[taken][::-1])).astype(np.int32)
    found = solve(problem, fixed=fixed)
    assert (found.given[taken] == fixed[:, 1]).all()
    seats = problem.orders.seats - np.bincount(fixed[:, 1], minlength=12)
    rest = Problem(
        problem.workers, problem.orders._replace(seats=seats.astype(np.int32)), problem.places, 100 * SCALE,
        np.vstack((problem.refused, [(i, j) for i in taken for j in range(12)])).astype(np.int32),
    )  # fmt: skip
    best = flow_optimum(rest)
    assert best - found.certificate.matched <= found.certificate.total <= best


def test_a_refused_pair_does_not_come_back() -> None:
    problem = crowded(5, 40, 12)
    found = solve(problem)
    pairs = [(i, found.given[i]) for i in np.flatnonzero(found.given >= 0)]
    refused = np.vstack((problem.refused, pairs)).astype(np.int32)
    again = solve(replace(problem, refused=refused))
    assert not any(again.given[i] == j for i, j in pairs)


def test_yesterdays_prices_lead_to_as_good_a_matching_and_the_same_question_to_the_same_answer() -> None:
    problem = county(5000, 40)
    first, second = solve(problem), solve(problem)
    assert (first.given == second.given).all()
    assert (first.prices == second.prices).all()
    warm = solve(problem, prices=first.prices)
    assert warm.certificate.total >= 0.9999 * first.certificate.total


def test_more_seats_than_workers_leave_no_price_behind() -> None:
    problem = crowded(11, 20, 40, seats=9)
    found = solve(problem)
    filled = np.bincount(found.given[found.given >= 0], minlength=40)
    assert (found.prices[filled < problem.orders.seats] == 0).all()


def test_what_is_no_matching_is_refused() -> None:
    problem = crowded(1, 6, 4)
    closed = np.array([0, 0, 0, 0], np.int32)
    empty = replace(problem, orders=problem.orders._replace(seats=closed))
    assert solve(empty).certificate.matched == 0
    with pytest.raises(Unlawful):
        certify(empty, np.zeros(6, np.int32), closed)
    with pytest.raises(ValueError, match="more fixed workers"):
        solve(empty, fixed=np.array([[0, 0]], np.int32))
    with pytest.raises(ValueError, match="one length"):
        replace(problem, workers=problem.workers.at([0, 1])._replace(age=np.zeros(1, np.int32)))
