"""Matching workers to job orders by an auction on the dense graph, none of whose scores is ever stored.

Workers bid for the order worth most to them at present prices (forward auction, one heap of bids per order).
Prices to begin with come from a sample of the workers, lowered a little; an order that still has empty seats
at a price lowers it until workers come (reverse auction). At the end every worker is within `step` of the
best it could have at these prices, and an order with an empty seat costs nothing, hence

    total ≥ optimum − step · workers matched

whatever the sample was; how near it truly came is proved with every run (`certificate`).
"""

from dataclasses import dataclass

import numpy as np

from .auction import forward, reverse
from .certificate import Certificate, certify
from .problem import SCALE, Ints, Problem
from .rows import Packed, pack, score_column

#: Scores of so many pairs are cheap enough to be settled to the last scaled point.
_SMALL = 2_000_000
#: From so many workers on, prices are first asked of a sample: every eighth.
_SAMPLED, _EVERY = 4_000, 8
#: The prices of a sample are lowered by this share of the most a pair can score.
_LOWERED = 12
#: Orders a worker keeps in mind; a list is made anew when its second best is no longer sure.
_LIST, _LONG_LIST, _MANY_ORDERS = 16, 32, 2_000
#: The price of an order without seats: beyond every score.
_BARRED = np.int32(1 << 28)


@dataclass(frozen=True)
class Matching:
    """Shape: `given` is the order of each worker, -1 for none. Unit: `prices` scaled points per seat."""

    given: Ints
    prices: Ints
    certificate: Certificate


def solve(
    problem: Problem, *, fixed: Ints | None = None, prices: Ints | None = None, step: int | None = None
) -> Matching:
    """The matching of greatest total score, within what its certificate says.

    `fixed`: pairs (worker, order) that stand, one per worker, possible or not; the rest is optimised around
    them. `prices`: those of an earlier run, to begin with. Deterministic. Errors: ValueError where an order
    has more fixed workers than seats.
    """
    n, m = problem.size
    step = step or (1 if n * m <= _SMALL else SCALE)
    left, seats = _left_by(problem, fixed)
    rest = _of_workers(problem, left, seats)
    given = np.full(n, -1, np.int32)
    if n and m and len(left) and seats.any():
        price, chosen = _auction(rest, step, prices)
    else:
        price, chosen = np.where(seats > 0, 0, _BARRED).astype(np.int32), np.full(len(left), -1, np.int32)
    given[left] = chosen
    proof = certify(rest, chosen, price)
    if fixed is not None and len(fixed):
        given[fixed[:, 0]] = fixed[:, 1]
    return Matching(given, price, proof)


def _left_by(problem: Problem, fixed: Ints | None) -> tuple[Ints, Ints]:
    """Workers and seats that remain."""
    n, m = problem.size
    seats = problem.orders.seats.astype(np.int32)
    if fixed is None or not len(fixed):
        return np.arange(n, dtype=np.int32), seats
    seats = seats - np.bincount(fixed[:, 1], minlength=m).astype(np.int32)
    if (seats < 0).any():
        raise ValueError("an order has more fixed workers than seats")
    free = np.ones(n, np.bool_)
    free[fixed[:, 0]] = False
    return np.flatnonzero(free).astype(np.int32), seats


def _of_workers(problem: Problem, kept: Ints, seats: Ints) -> Problem:
    """The problem of some of its workers, with other seats."""
    n, _ = problem.size
    refused = problem.refused
    if refused is not None and len(kept) < n:
        number = np.full(n, -1, np.int32)
        number[kept] = np.arange(len(kept), dtype=np.int32)
        refused = np.column_stack((number[refused[:, 0]], refused[:, 1])).astype(np.int32)
        refused = refused[refused[:, 0] >= 0]
    orders = problem.orders._replace(seats=seats)
    return Problem(problem.workers.at(kept), orders, problem.places, problem.wage_points, refused)


def _auction(problem: Problem, step: int, before: Ints | None) -> tuple[Ints, Ints]:
    n, m = problem.size
    seats, packed = problem.orders.seats, pack(problem)
    price = np.zeros(m, np.int32)
    if before is not None:
        price = _lowered(problem, before)
    elif n >= _SAMPLED:
        price = _lowered(problem, _sampled_prices(problem, step))
    chosen, worth = _bid(packed, seats, price, step)
    at, refused = _refused_by_order(problem)
    free = seats - np.bincount(chosen[chosen >= 0], minlength=m).astype(np.int32)
    reverse(packed, price, np.int32(step), chosen, worth, free, at, refused)
    return price, chosen


def _bid(packed: Packed, seats: Ints, price: Ints, step: int) -> tuple[Ints, Ints]:
    """All workers bid from these prices, which rise."""
    n, m = len(packed.skills), len(seats)
    price[seats == 0] = _BARRED
    chosen, worth = np.full(n, -1, np.int32), np.zeros(n, np.int32)
    waiting = np.arange(n, dtype=np.int32)[::-1].copy()
    length = _LONG_LIST if m >= _MANY_ORDERS else _LIST
    forward(packed, seats, price, np.int32(step), chosen, worth, waiting, length)
    return chosen, worth


def _lowered(problem: Problem, price: Ints) -> Ints:
    margin = problem.most_points() // _LOWERED
    return np.where(price == _BARRED, 0, np.maximum(0, price - margin)).astype(np.int32)


def _sampled_prices(problem: Problem, step: int) -> Ints:
    """What seats cost when every eighth worker bids for every eighth seat."""
    n, m = problem.size
    shares = np.round(np.cumsum(problem.orders.seats.astype(np.int64)) / _EVERY)
    seats = np.diff(np.concatenate(([0], shares))).astype(np.int32)
    sample = _of_workers(problem, np.arange(0, n, _EVERY, dtype=np.int32), seats)
    packed, price = pack(sample), np.zeros(m, np.int32)
    chosen, worth = _bid(packed, seats, price, 2 * step)
    has = np.where(chosen >= 0, worth - price[chosen], 0)
    column = np.empty(len(chosen), np.int32)
    for order in np.flatnonzero(seats == 0):
        score_column(packed, order, column)
        price[order] = max(0, int((column - has).max()))
    return price


def _refused_by_order(problem: Problem) -> tuple[Ints, Ints]:
    m = problem.size[1]
    pairs = problem.refused
    if pairs is None or not len(pairs):
        return np.zeros(m + 1, np.int64), np.zeros(0, np.int32)
    pairs = pairs[np.argsort(pairs[:, 1], kind="stable")]
    counts = np.bincount(pairs[:, 1], minlength=m)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64), pairs[:, 0].astype(np.int32)
