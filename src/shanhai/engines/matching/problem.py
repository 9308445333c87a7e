"""What is to be matched: workers, job orders, and what a pair is worth. Plain arrays, checked once.

A pair is possible when the worker's age is within the order's limits, holds every skill the order requires,
and the order offers everything the worker cannot do without (board, a room for two, no night work; which sex
the law lets a post ask for is one of these marks as well), and the place is not excluded for that worker.
A possible pair scores the sum of its terms, each a whole number of points scaled by SCALE:

    place + skills wanted + wage against wish + what the order adds + what the worker adds
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

#: One point of a declared weight in the whole numbers the engine counts in.
SCALE = 16
#: The score of a pair that must not be; below every price.
NEVER = -(1 << 28)
#: Points one pair may have at most: sums of prices and scores stay within 31 bits.
MOST_POINTS = 1_000_000
#: Binary places of the slope of the wage term.
WAGE_BITS = 10

type Ints = NDArray[np.int32]
type Masks = NDArray[np.int64]


class Workers(NamedTuple):
    """One entry per worker. Unit: `age` years; `wage_wish` yuan a month, 0 for none; `bonus` scaled points.

    Shape: `skills` is a set of up to 63 bits; `needs` of up to 31; `place_class` a row of `Problem.places`.
    """

    age: Ints
    skills: Masks
    needs: Ints
    wage_wish: Ints
    place_class: Ints
    bonus: Ints

    def at(self, kept: Any) -> "Workers":
        """Some of them."""
        return Workers(*(array[kept] for array in cast(tuple[Any, ...], self)))


class Orders(NamedTuple):
    """One entry per job order. Unit: `wage` yuan a month; `base` and `per_skill` scaled points.

    Shape: `per_skill` is paid for each bit that `wanted` and the worker's skills share.
    """

    seats: Ints
    age_from: Ints
    age_to: Ints
    required: Masks
    wanted: Masks
    per_skill: Ints
    offers: Ints
    wage: Ints
    base: Ints

    def at(self, kept: Any) -> "Orders":
        """Some of them."""
        return Orders(*(array[kept] for array in cast(tuple[Any, ...], self)))


@dataclass(frozen=True)
class Problem:
    """Workers and orders, and the points of each class of places at each order (NEVER excludes).

    `wage_points`: scaled points of the wage term at most: half of them where the wage is what was wished,
    none at half the wish, all from one and a half on. `refused`: pairs (worker, order) that must not be.
    Errors: ValueError where arrays do not fit together or a pair could score more than MOST_POINTS.
    """

    workers: Workers
    orders: Orders
    places: Ints
    wage_points: int = 0
    refused: Ints | None = None

    def __post_init__(self) -> None:
        n, m = len(self.workers.age), len(self.orders.seats)
        if any(len(one) != n for one in self.workers) or any(len(one) != m for one in self.orders):
            raise ValueError("every array of workers, and every array of orders, must be of one length")
        if self.places.ndim != 2 or self.places.shape[1] != m:  # noqa: PLR2004 -- classes by orders
            raise ValueError("places must have one column for each order")
        if n and not 0 <= int(self.workers.place_class.min()) <= int(self.workers.place_class.max()) < len(
            self.places
        ):
            raise ValueError("a worker's place class is no row of places")
        if m and int(self.orders.seats.min()) < 0:
            raise ValueError("an order cannot have fewer than no seats")
        if self.most_points() > MOST_POINTS:
            raise ValueError(f"a pair may score {MOST_POINTS} scaled points at most")

    def most_points(self) -> int:
        """No pair can score more than this."""
        if not len(self.workers.age) or not len(self.orders.seats):
            return 0
        skills = np.bitwise_count(self.orders.wanted).astype(np.int64) * self.orders.per_skill
        parts = (self.places.max(), skills.max(), self.orders.base.max(), self.workers.bonus.max())
        return sum(max(0, int(part)) for part in parts) + self.wage_points

    @property
    def size(self) -> tuple[int, int]:
        return len(self.workers.age), len(self.orders.seats)

    def slopes(self) -> tuple[Ints, Ints]:
        """Half of each worker's wish, and points per yuan beyond it times 2**WAGE_BITS; 0, 0 for no wish."""
        half = self.workers.wage_wish // 2
        slope = np.zeros_like(half)
        np.floor_divide(self.wage_points << WAGE_BITS, 2 * half, out=slope, where=half > 0)
        return half.astype(np.int32), slope.astype(np.int32)

    def refused_by_worker(self) -> tuple[Masks, Ints]:
        """Offsets by worker and the orders refused for each, as rows of a sparse matrix."""
        n, _ = self.size
        if self.refused is None or not len(self.refused):
            return np.zeros(n + 1, np.int64), np.zeros(0, np.int32)
        pairs = self.refused[np.lexsort((self.refused[:, 1], self.refused[:, 0]))]
        counts = np.bincount(pairs[:, 0], minlength=n)
        return np.concatenate(([0], np.cumsum(counts))).astype(np.int64), pairs[:, 1].astype(np.int32)


@dataclass(frozen=True)
class Terms:
    """Why a pair scores what it scores. Unit: scaled points."""

    place: int
    skills: int
    wage: int
    order: int
    worker: int

    @property
    def total(self) -> int:
        return self.place + self.skills + self.wage + self.order + self.worker


@dataclass(frozen=True)
class Limits:
    """Which hard limits a pair breaks; falsy when none. Shape: `skills`, `needs` are the bits missing."""

    too_young: bool
    too_old: bool
    skills: int
    needs: int
    place: bool
    refused: bool

    def __bool__(self) -> bool:
        return any((self.too_young, self.too_old, self.skills, self.needs, self.place, self.refused))

    @property
    def count(self) -> int:
        return sum(
            map(bool, (self.too_young, self.too_old, self.skills, self.needs, self.place, self.refused))
        )


def terms(problem: Problem, worker: int, order: int) -> Terms:
    """The terms of one pair in plain arithmetic, whether or not the pair is possible."""
    w, o = problem.workers, problem.orders
    half = int(w.wage_wish[worker]) // 2
    wage = problem.wage_points
    if half:
        slope = (problem.wage_points << WAGE_BITS) // (2 * half)
        beyond = min(max(int(o.wage[order]) - int(w.wage_wish[worker]), -half), half)
        wage = ((problem.wage_points << (WAGE_BITS - 1)) + beyond * slope) >> WAGE_BITS
    place = int(problem.places[w.place_class[worker], order])
    shared = (int(w.skills[worker]) & int(o.wanted[order])).bit_count()
    return Terms(
        place=max(place, 0) if place <= NEVER // 2 else place,
        skills=shared * int(o.per_skill[order]),
        wage=wage,
        order=int(o.base[order]),
        worker=int(w.bonus[worker]),
    )


def limits(problem: Problem, worker: int, order: int) -> Limits:
    """Which limits forbid this pair."""
    w, o = problem.workers, problem.orders
    age, pairs = int(w.age[worker]), problem.refused
    return Limits(
        too_young=age < int(o.age_from[order]),
        too_old=age > int(o.age_to[order]),
        skills=int(o.required[order]) & ~int(w.skills[worker]),
        needs=int(w.needs[worker]) & ~int(o.offers[order]),
        place=int(problem.places[w.place_class[worker], order]) <= NEVER // 2,
        refused=pairs is not None and bool(((pairs[:, 0] == worker) & (pairs[:, 1] == order)).any()),
    )
