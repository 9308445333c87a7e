"""What would change a run: for a worker without a post, and for an order with empty seats.

Shape: one thing is changed at a time, and all others stay as the run left them.
"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from shanhai.engines.matching import (
    Matching,
    Orders,
    Problem,
    Workers,
    limits,
    order_variants,
    worker_variants,
)

from .matching_problem import NEEDS, Market

#: Wage rises that are tried for an order. Unit: per cent.
RISES = (10, 20)
#: Years by which an order's oldest age is raised.
YEARS = 5
#: Changes told of one worker or order, best first.
_MOST = 3

type Change = list[Any]


def of_workers(market: Market, problem: Problem, found: Matching) -> list[list[Any]]:
    """[person, orders possible but taken, [[what, which, order, scaled points]]] of each unmatched worker."""
    left = [int(at) for at in np.flatnonzero(found.given < 0)]
    asked: list[tuple[int, str, str]] = []
    rows: list[tuple[Any, ...]] = []
    names = market.skills()
    for at in left:
        for what, which, row in _of_one(problem, at, names):
            asked.append((at, what, which))
            rows.append(row)
    told: dict[int, list[Change]] = {at: [] for at in left}
    if rows:
        variants = Workers(*_columns(rows, problem.workers))
        for (at, what, which), (order, net) in zip(
            asked, worker_variants(problem, variants, found.prices), strict=True
        ):
            if order >= 0 and net > 0:
                told[at].append([what, which, str(market.orders[order].pk), net])
    return [
        [
            str(market.seekers[at].key),
            _possible(problem, at),
            sorted(changes, key=lambda one: -one[3])[:_MOST],
        ]
        for at, changes in told.items()
    ]


def _columns(rows: Sequence[tuple[Any, ...]], like: Any) -> list[Any]:
    """Rows as arrays of the types of `like`."""
    arrays = cast(tuple[Any, ...], like)
    return [
        np.array(column, array.dtype) for column, array in zip(zip(*rows, strict=True), arrays, strict=True)
    ]


def _most(change: Change) -> int:
    return -int(change[-1])


def _named(arrays: Workers | Orders) -> Any:
    return zip(arrays._fields, cast(tuple[Any, ...], arrays), strict=True)


def _possible(problem: Problem, worker: int) -> int:
    return sum(not limits(problem, worker, order) for order in range(problem.size[1]))


def _of_one(problem: Problem, at: int, names: dict[str, int]) -> list[tuple[str, str, tuple[Any, ...]]]:
    w = problem.workers
    now = {name: int(array[at]) for name, array in _named(w)}
    found: list[tuple[str, str, dict[str, int]]] = []
    if now["wage_wish"]:
        found.append(("wage", "", {"wage_wish": 0}))
    if now["place_class"] % 2 == 0:
        found.append(("others", "", {"place_class": now["place_class"] + 1}))
    found += [
        ("need", need, {"needs": now["needs"] & ~(1 << bit)})
        for bit, need in enumerate(NEEDS)
        if now["needs"] & (1 << bit)
    ]
    required = int(np.bitwise_or.reduce(problem.orders.required)) if problem.size[1] else 0
    found += [
        ("skill", name, {"skills": now["skills"] | bit})
        for name, bit in names.items()
        if required & bit and not now["skills"] & bit
    ]
    return [(what, which, tuple((now | change).values())) for what, which, change in found]


def of_orders(market: Market, problem: Problem, found: Matching) -> list[list[Any]]:
    """[order, empty seats, [[what, which, workers who would come]]] of each order with empty seats."""
    given = found.given[found.given >= 0]
    free = problem.orders.seats - np.bincount(given, minlength=problem.size[1]).astype(np.int32)
    names = market.skills()
    return [
        [str(market.orders[at].pk), int(free[at]), _of_order(problem, found, at, names)]
        for at in map(int, np.flatnonzero(free > 0))
    ]


def _of_order(problem: Problem, found: Matching, at: int, names: dict[str, int]) -> list[Change]:
    o = problem.orders
    now = {name: int(array[at]) for name, array in _named(o)}
    tried: list[tuple[str, str, dict[str, int]]] = [("same", "", {})]
    tried += [("raise", str(rise), {"wage": now["wage"] * (100 + rise) // 100}) for rise in RISES]
    tried += [
        ("offer", need, {"offers": now["offers"] | (1 << bit)})
        for bit, need in enumerate(NEEDS)
        if not now["offers"] & (1 << bit)
    ]
    tried.append(("older", str(YEARS), {"age_to": now["age_to"] + YEARS}))
    tried += [
        ("without", name, {"required": now["required"] & ~bit})
        for name, bit in names.items()
        if now["required"] & bit
    ]
    rows = [tuple((now | change).values()) for _what, _which, change in tried]
    variants = Orders(*_columns(rows, o))
    places = np.repeat(problem.places[:, at : at + 1], len(tried), axis=1)
    numbers = order_variants(problem, variants, places, found)
    before = numbers[0]
    better: list[Change] = [
        [what, which, number]
        for (what, which, _change), number in zip(tried[1:], numbers[1:], strict=True)
        if number > before
    ]
    return sorted(better, key=_most)[:_MOST]
