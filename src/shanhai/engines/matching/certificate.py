"""The proof of quality. It asks only for prices and pairs, not for how anybody came by them.

For any prices ≥ 0, no assignment whatever is worth more than

    Σ seats · price  +  Σ over workers of max(0, max over orders of (score − price))

(weak duality). The value of the pairs is added up again from the terms, in other code than the auction's.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .problem import NEVER, WAGE_BITS, Ints, Problem
from .rows import best_worth, pack


class Unlawful(ValueError):
    """A matching that is none: a seat given twice, or a pair that must not be."""


@dataclass(frozen=True)
class Certificate:
    """Unit: scaled points. `bound` is what no matching can exceed."""

    total: int
    bound: int
    matched: int

    @property
    def of_bound(self) -> float:
        """Share of the bound reached, 1 where there was nothing to reach."""
        return self.total / self.bound if self.bound else 1.0


def certify(problem: Problem, given: Ints, prices: Ints) -> Certificate:
    """Errors: Unlawful; ValueError for a price below nothing."""
    n, m = problem.size
    if m and int(prices.min()) < 0:
        raise ValueError("prices must not be negative")
    workers = np.flatnonzero(given >= 0)
    orders = given[workers]
    if (np.bincount(orders, minlength=m) > problem.orders.seats).any():
        raise Unlawful("an order has more workers than seats")
    scores = pair_scores(problem, workers, orders)
    if (scores == NEVER).any():
        raise Unlawful("a worker was given an order that a limit forbids")
    offered = int((prices.astype(np.int64) * problem.orders.seats).sum())
    bound = offered + (int(best_worth(pack(problem), prices)) if n and m else 0)
    return Certificate(int(scores.sum()), bound, len(workers))


def pair_scores(problem: Problem, workers: Any, orders: Any) -> Any:
    """Scores of pairs given as two arrays, NEVER where a limit forbids; the definition, without loops."""
    w, o = problem.workers.at(workers), problem.orders.at(orders)
    half, slope = (array[workers].astype(np.int64) for array in problem.slopes())
    beyond = np.clip(o.wage.astype(np.int64) - w.wage_wish, -half, half)
    middle = np.where(half > 0, problem.wage_points << (WAGE_BITS - 1), problem.wage_points << WAGE_BITS)
    place = problem.places[w.place_class, orders]
    shared = np.bitwise_count(w.skills & o.wanted).astype(np.int64)
    scores = place + ((middle + beyond * slope) >> WAGE_BITS) + shared * o.per_skill + o.base + w.bonus
    forbidden = (w.age < o.age_from) | (w.age > o.age_to) | (place <= NEVER // 2)
    forbidden |= ((o.required & ~w.skills) != 0) | ((w.needs & ~o.offers) != 0)
    if problem.refused is not None and len(problem.refused):
        m = problem.size[1]
        refused = problem.refused[:, 0].astype(np.int64) * m + problem.refused[:, 1]
        forbidden |= np.isin(np.asarray(workers).astype(np.int64) * m + orders, refused)
    return np.where(forbidden, NEVER, scores)
