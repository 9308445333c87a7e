"""Scores of one worker at every order, and of every worker at one order, compiled by numba.

Whole numbers only, so every machine finds the same answer.
"""

from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from .problem import NEVER, WAGE_BITS, Ints, Masks, Problem


class Packed(NamedTuple):
    """A problem as the loops read it: few arrays, because each costs seconds of compilation.

    Shape: `workers` has a row per worker (age, needs, wish, half, slope, middle of the wage term, bonus,
    place class); `orders` a column per order (age from, to, offers, wage, base, per skill), `masks` likewise
    (required, wanted).
    """

    workers: Ints
    skills: Masks
    orders: Ints
    masks: Masks
    places: Ints
    refused_at: Masks
    refused: Ints


def pack(problem: Problem) -> Packed:
    w, o = problem.workers, problem.orders
    half, slope = problem.slopes()
    middle = np.where(half > 0, problem.wage_points << (WAGE_BITS - 1), problem.wage_points << WAGE_BITS)
    workers = (w.age, w.needs, w.wage_wish, half, slope, middle, w.bonus, w.place_class)
    orders = (o.age_from, o.age_to, o.offers, o.wage, o.base, o.per_skill)
    return Packed(
        np.ascontiguousarray(np.column_stack(workers).astype(np.int32)),
        np.ascontiguousarray(w.skills),
        np.vstack(orders).astype(np.int32),
        np.vstack((o.required, o.wanted)),
        np.ascontiguousarray(problem.places),
        *problem.refused_by_worker(),
    )


def _count_bits(_context: Any, number: Any) -> Any:
    """How many bits of a number are set: one instruction instead of twelve."""

    def build(_cgctx: Any, builder: ir.IRBuilder, _signature: Any, arguments: Any) -> Any:
        return builder.trunc(builder.ctpop(arguments[0]), ir.IntType(32))

    return types.int32(types.int64), build


_bits: Any = intrinsic(_count_bits)


@njit(cache=True, nogil=True, boundscheck=False, inline="always")
def _score(w, skills, place, age_from, age_to, offers, wage, base, per_skill, required, wanted):
    """One pair; NEVER where it must not be."""
    beyond = min(max(np.int32(wage - w[2]), np.int32(-w[3])), w[3])
    points = np.int32(np.int32(w[5] + np.int32(beyond * w[4])) >> np.int32(WAGE_BITS))
    value = np.int32(place + points + base + w[6] + np.int32(_bits(skills & wanted) * per_skill))
    bad = (w[0] < age_from) | (w[0] > age_to) | ((required & ~skills) != 0) | (np.int32(w[1] & ~offers) != 0)
    return np.int32(NEVER) if bad else value


@njit(cache=True, nogil=True, boundscheck=False)
def score_row(p, i, out):
    """Scores of worker i at every order."""
    w, skills, o, q = p.workers[i], p.skills[i], p.orders, p.masks
    place = p.places[w[7]]
    one = (w[0], w[1], w[2], w[3], w[4], w[5], w[6])
    for j in range(out.size):
        out[j] = _score(
            one, skills, place[j], o[0, j], o[1, j], o[2, j], o[3, j], o[4, j], o[5, j], q[0, j], q[1, j]
        )  # fmt: skip
    for at in range(p.refused_at[i], p.refused_at[i + 1]):
        out[p.refused[at]] = np.int32(NEVER)


@njit(cache=True, nogil=True, boundscheck=False)
def score_column(p, j, out):
    """Scores of every worker at order j, refusals apart."""
    o, required, wanted = p.orders[:, j], p.masks[0, j], p.masks[1, j]
    for i in range(out.size):
        w = p.workers[i]
        one = (w[0], w[1], w[2], w[3], w[4], w[5], w[6])
        out[i] = _score(
            one, p.skills[i], p.places[w[7], j], o[0], o[1], o[2], o[3], o[4], o[5], required, wanted
        )  # fmt: skip


@njit(cache=True, nogil=True, boundscheck=False)
def best_worth(p, price):
    """Σ over workers of max(0, best score less price): the workers' half of the bound."""
    row = np.empty(price.size, np.int32)
    total = np.int64(0)
    for i in range(p.skills.size):
        score_row(p, i, row)
        most = np.int32(0)
        for j in range(price.size):
            most = max(most, np.int32(row[j] - price[j]))
        total += most
    return total
