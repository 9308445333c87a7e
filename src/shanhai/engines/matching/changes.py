"""What would change a matching for one worker or one order: at present prices, nobody else asked.

A worker is matched when some order is worth more to it than its price; an order finds workers when it is
worth more to them, by its price, than what they have. Both are asked of variants: the same worker or order
with one thing changed.
"""

import numpy as np

from .certificate import pair_scores
from .problem import Ints, Orders, Problem, Workers
from .rows import pack, score_column, score_row
from .solve import Matching


def worker_variants(problem: Problem, variants: Workers, prices: Ints) -> list[tuple[int, int]]:
    """For each variant of a worker: the order worth most to it, and how much beyond its price (scaled)."""
    _, m = problem.size
    packed = pack(Problem(variants, problem.orders, problem.places, problem.wage_points))
    row, found = np.empty(m, np.int32), []
    closed = problem.orders.seats == 0
    for at in range(len(variants.age)):
        score_row(packed, at, row)
        net = np.where(closed, np.iinfo(np.int32).min, row - prices)
        best = int(net.argmax()) if m else -1
        found.append((best, int(net[best]) if m else 0))
    return found


def order_variants(problem: Problem, variants: Orders, places: Ints, matching: Matching) -> list[int]:
    """For each variant of an order without a price: to how many workers it is worth more than what they have.

    Shape: `places` has a column for each variant.
    """
    packed = pack(Problem(problem.workers, variants, places, problem.wage_points))
    n, _ = problem.size
    has = _worth_now(problem, matching)
    column, found = np.empty(n, np.int32), []
    for at in range(len(variants.seats)):
        score_column(packed, at, column)
        found.append(int((column > has).sum()))
    return found


def _worth_now(problem: Problem, matching: Matching) -> Ints:
    """What each worker has beyond the price of its seat."""
    has = np.zeros(len(matching.given), np.int32)
    at = np.flatnonzero(matching.given >= 0)
    orders = matching.given[at]
    has[at] = np.maximum(0, pair_scores(problem, at, orders) - matching.prices[orders])
    return has
