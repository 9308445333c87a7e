"""A county's workers and a coast's job orders, made from a seed: everyone wants the same good posts."""

import numpy as np

from shanhai.engines.matching import SCALE, Orders, Problem, Workers

_SKILLS, _CLASSES = 48, 60
#: Points at most of skills, wage and place.
_OF_SKILLS, _OF_WAGE, _OF_PLACE = 400, 250, 250


def county(workers: int, orders: int, seed: int = 20210924) -> Problem:
    """Nine seats for ten workers; a few posts ask for a skill, an age or somebody without a family along."""
    r = np.random.default_rng(seed)
    whole = np.int32
    wanted = _some(r, orders, 4)
    seats = np.maximum(1, r.integers(1, 71, orders) * (workers / orders) / 40).astype(whole)
    return Problem(
        Workers(
            r.integers(17, 60, workers).astype(whole),
            _some(r, workers, 6),
            (r.random(workers) < 0.1).astype(whole),  # noqa: PLR2004 -- a room for two
            r.integers(3000, 8000, workers).astype(whole),
            r.integers(0, _CLASSES, workers).astype(whole),
            (r.integers(0, 3, workers) * 20 * SCALE).astype(whole),
        ),
        Orders(
            seats,
            r.integers(16, 19, orders).astype(whole),
            r.integers(45, 61, orders).astype(whole),
            np.where(r.random(orders) < 0.1, _some(r, orders, 1), 0),  # noqa: PLR2004 -- asks for a certificate
            wanted,
            (_OF_SKILLS * SCALE // np.bitwise_count(wanted).astype(whole)).astype(whole),
            (r.random(orders) < 0.8).astype(whole),  # noqa: PLR2004 -- offers it
            r.integers(3000, 8000, orders).astype(whole),
            np.zeros(orders, whole),
        ),
        (r.random((_CLASSES, orders)) * _OF_PLACE * SCALE).astype(whole),
        _OF_WAGE * SCALE,
    )


def _some(r: np.random.Generator, count: int, skills: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Sets of up to so many skills."""
    found = np.zeros(count, np.int64)
    for _ in range(skills):
        found |= np.int64(1) << r.integers(0, _SKILLS, count)
    return found
