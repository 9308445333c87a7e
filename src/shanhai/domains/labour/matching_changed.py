"""What changed since the last run: a digest of each part that a run looks at."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from shanhai.engines.matching import Problem

from .matching_problem import Market

#: What a run looks at.
PARTS = ("workers", "orders", "decisions", "weights")


def fingerprint(market: Market, problem: Problem) -> dict[str, str]:
    """A digest of each part a run looks at: equal digests, equal result.

    Shape: a birthday changes nothing until it takes the worker over a limit of some order.
    """
    workers, orders = problem.workers, problem.orders
    limits = np.unique(np.concatenate([orders.age_from, orders.age_to.astype(np.int64) + 1]))
    ages = np.searchsorted(limits, workers.age, side="right")
    own = [ages if name == "age" else array for name, array in _arrays(workers)]
    return {
        "workers": _digest([one.key for one in market.seekers], own),
        "orders": _digest(
            [one.pk for one in market.orders], [*(array for _name, array in _arrays(orders)), problem.places]
        ),
        "decisions": _digest([sorted(market.fixed, key=str), sorted(market.refused, key=str)], []),
        "weights": _digest([sorted(market.weights.items()), market.least_age], []),
    }


def _arrays(columns: Any) -> Sequence[tuple[str, Any]]:
    return list(zip(columns._fields, cast(tuple[Any, ...], columns), strict=True))


def _digest(keys: Sequence[Any], arrays: Sequence[Any]) -> str:
    found = hashlib.sha256(repr([str(one) for one in keys]).encode())
    for array in arrays:
        found.update(repr((array.shape, str(array.dtype))).encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()[:16]


def causes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Which parts differ; all where there was no run that kept them."""
    return [part for part in PARTS if before.get(part) != now[part]]
