"""Matching problems with every sort of limit, made from a seed."""

import numpy as np

from shanhai.engines.matching import NEVER, SCALE, Orders, Problem, Workers


def crowded(seed: int, n: int, m: int, seats: int = 3) -> Problem:
    """Most pairs are forbidden by something."""
    r = np.random.default_rng(seed)
    whole = np.int32
    places = r.integers(-20, 200, (4, m)) * SCALE
    places[r.random((4, m)) < 0.2] = NEVER
    workers = Workers(
        r.integers(16, 62, n).astype(whole),
        r.integers(0, 16, n).astype(np.int64),
        r.integers(0, 4, n).astype(whole),
        (r.integers(0, 8, n) * 1000).astype(whole),
        r.integers(0, 4, n).astype(whole),
        (r.integers(0, 3, n) * 10 * SCALE).astype(whole),
    )
    orders = Orders(
        r.integers(0, seats + 1, m).astype(whole),
        r.integers(16, 25, m).astype(whole),
        r.integers(35, 62, m).astype(whole),
        (r.integers(0, 16, m) & r.integers(0, 16, m)).astype(np.int64),
        r.integers(0, 16, m).astype(np.int64),
        np.full(m, 40 * SCALE, whole),
        r.integers(0, 4, m).astype(whole),
        (r.integers(2, 9, m) * 1000).astype(whole),
        (r.integers(0, 3, m) * 5 * SCALE).astype(whole),
    )
    refused = np.column_stack((r.integers(0, n, n // 3), r.integers(0, m, n // 3))).astype(whole)
    return Problem(workers, orders, places.astype(whole), 100 * SCALE, refused)
