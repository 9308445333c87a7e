"""From rows to the problem the engine solves: who takes part, what a pair is worth, what stands already."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from shanhai.engines.matching import NEVER, SCALE, Orders, Problem, Workers
from shanhai.kernel.errors import RuleViolated
from shanhai.registers.parties.models import Person

from . import matching_rules as rules
from .models import JobOrder, JobWish, MatchWeight, Shift

#: What workers cannot do without, and orders offer; the last two say whom a post may take.
NEEDS = ("board", "lodging", "couple_room", "school", "day")
_OF_WISH = ("needs_board", "needs_lodging", "needs_couple_room", "needs_school", "no_night")
MEN, WOMEN = 1 << len(NEEDS), 2 << len(NEEDS)
#: Who may be taken; of unknown sex only what takes both.
_OF_SEX: Mapping[str, int] = {Person.Sex.MALE: MEN, Person.Sex.FEMALE: WOMEN}
_MOST_SKILLS, _OLDEST = 63, 120
_Term = MatchWeight.Term

type Weights = Mapping[str, Decimal]


@dataclass(frozen=True)
class Seeker:
    """A worker who takes part: the wish with its person, and what only the register knows."""

    wish: JobWish
    age: int
    town: str
    is_unemployed: bool

    @property
    def key(self) -> UUID:
        return self.wish.person_id


@dataclass(frozen=True)
class Market:
    """Both sides of a run, and what people decided.

    Shape: `taken` are seats by order, by whomever, but those of `fixed`, which the engine takes off itself.
    """

    day: date
    seekers: Sequence[Seeker]
    orders: Sequence[JobOrder]
    weights: Weights
    least_age: int
    taken: Mapping[UUID, int]
    fixed: Sequence[tuple[UUID, UUID]] = ()
    refused: Sequence[tuple[UUID, UUID]] = ()
    #: Why others with a wish do not take part: reason → number.
    left_out: Mapping[str, int] | None = None

    @property
    def worker_at(self) -> dict[UUID, int]:
        return {one.key: at for at, one in enumerate(self.seekers)}

    @property
    def order_at(self) -> dict[UUID, int]:
        return {one.pk: at for at, one in enumerate(self.orders)}

    def pairs(self, pairs: Sequence[tuple[UUID, UUID]]) -> Any:
        """As the engine numbers them; of whoever does not take part nothing."""
        workers, orders = self.worker_at, self.order_at
        found = [(workers[who], orders[what]) for who, what in pairs if who in workers and what in orders]
        return np.array(found, np.int32).reshape(-1, 2)

    def skills(self) -> dict[str, int]:
        """Name of each skill that an order speaks of → its bit. Errors: RuleViolated beyond what fits."""
        names = sorted(
            {name for one in self.orders for text in (one.required_skills, one.wanted_skills)
             for name in rules.split_names(text)}
        )  # fmt: skip
        if len(names) > _MOST_SKILLS:
            told = {"most": _MOST_SKILLS, "number": len(names)}
            raise RuleViolated(
                _("一次匹配最多用 %(most)s 种技能，岗位里写了 %(number)s 种，请合并相近的。") % told,
                code="not_matchable",
            )
        return {name: 1 << at for at, name in enumerate(names)}


def scaled(weights: Weights, term: str) -> int:
    return int(weights.get(term, Decimal(0)) * SCALE)


def points(value: int) -> Decimal:
    """Scaled points as they are told. Shape: exact, the scale is a power of two."""
    return (Decimal(int(value)) / SCALE).quantize(Decimal("0.0001"))


def problem_of(market: Market, *, is_free: bool = False) -> Problem:
    """The arrays; `is_free` leaves out what people refused. Errors: RuleViolated."""
    bits = market.skills()
    place_classes, rows = _places(market)
    return Problem(
        _workers(market, bits, place_classes),
        _orders(market, bits),
        rows,
        wage_points=scaled(market.weights, _Term.WAGE),
        refused=None if is_free else market.pairs(market.refused),
    )


def _mask(text: str, bits: Mapping[str, int]) -> int:
    return sum(bits.get(name, 0) for name in rules.split_names(text))


def needs_of(wish: JobWish) -> int:
    found = sum(1 << at for at, name in enumerate(_OF_WISH) if getattr(wish, name))
    return found | _OF_SEX.get(wish.person.sex, MEN | WOMEN)


def offers_of(order: JobOrder) -> int:
    has = (order.has_board, order.has_lodging, order.has_couple_room, order.has_school)
    found = sum(1 << at for at, one in enumerate(has) if one)
    found |= (1 << NEEDS.index("day")) if order.shift == Shift.DAY else 0
    return found | _OF_SEX.get(order.required_sex, MEN | WOMEN)


def _bonus(one: Seeker, weights: Weights) -> int:
    person = one.wish.person
    terms = {
        _Term.MONITORED: person.category == Person.Category.MONITORED,
        _Term.OUT_OF_POVERTY: person.category == Person.Category.OUT_OF_POVERTY,
        _Term.RELOCATED: person.is_relocated,
        _Term.UNEMPLOYED: one.is_unemployed,
    }
    return sum(scaled(weights, term) for term, holds in terms.items() if holds)


def _workers(market: Market, bits: Mapping[str, int], classes: Sequence[int]) -> Workers:
    wishes = [one.wish for one in market.seekers]
    return Workers(
        age=np.array([one.age for one in market.seekers], np.int32),
        skills=np.array([_mask(one.own_skills, bits) for one in wishes], np.int64),
        needs=np.array([needs_of(one) for one in wishes], np.int32),
        wage_wish=np.array([int(one.wished_wage or 0) for one in wishes], np.int32),
        place_class=np.array(classes, np.int32),
        bonus=np.array([_bonus(one, market.weights) for one in market.seekers], np.int32),
    )


def _orders(market: Market, bits: Mapping[str, int]) -> Orders:
    orders, weights = market.orders, market.weights
    urgent = scaled(weights, _Term.URGENT)
    return Orders(
        seats=np.array([max(0, one.headcount - market.taken.get(one.pk, 0)) for one in orders], np.int32),
        age_from=np.array([one.age_from or market.least_age for one in orders], np.int32),
        age_to=np.array([one.age_to or _OLDEST for one in orders], np.int32),
        required=np.array([_mask(one.required_skills, bits) for one in orders], np.int64),
        wanted=np.array([_mask(one.wanted_skills, bits) for one in orders], np.int64),
        per_skill=np.full(len(orders), scaled(weights, _Term.SKILL), np.int32),
        offers=np.array([offers_of(one) for one in orders], np.int32),
        wage=np.array([int(one.wage) for one in orders], np.int32),
        base=np.array([urgent if one.is_urgent else 0 for one in orders], np.int32),
    )


def _places(market: Market) -> tuple[list[int], Any]:
    """Class of each worker's wish, and the points of each class at each order.

    Shape: the last class of a wish that takes other places is that of the same wish that does: what would
    change for a worker who took them too is asked by it.
    """
    wishes = [(one.wish.first_destination, one.wish.second_destination) for one in market.seekers]
    kinds = sorted(set(wishes))
    at = {kind: 2 * number for number, kind in enumerate(kinds)}
    found = np.zeros((max(1, 2 * len(kinds)), len(market.orders)), np.int32)
    for kind in kinds:
        for others in (False, True):
            found[at[kind] + others] = [
                place_points(market.weights, *kind, one.destination, accepts_others=others)
                for one in market.orders
            ]
    classes = [
        at[kind] + int(one.wish.accepts_others) for kind, one in zip(wishes, market.seekers, strict=True)
    ]
    return classes, found


def place_points(weights: Weights, first: str, second: str, destination: str, *, accepts_others: bool) -> int:
    """Scaled points of an order's destination for a wish; NEVER where it was not asked for."""
    if destination == first:
        return scaled(weights, _Term.FIRST)
    if second and destination == second:
        return scaled(weights, _Term.SECOND)
    return scaled(weights, _Term.OTHER) if accepts_others else NEVER


def groups_of(market: Market) -> dict[str, list[str]]:
    """Members of the fairness report, by worker: codes of choices, names of towns, first ages of bands."""
    people = [one.wish.person for one in market.seekers]
    return {
        "town": [one.town for one in market.seekers],
        "sex": [person.sex for person in people],
        "age": [str(rules.age_band(one.age)) for one in market.seekers],
        "category": [person.category for person in people],
    }


LEFT_OUT = ("unregistered", "employed", "unavailable", "no_birth", "placed", "over_seats")


def tally(reasons: Sequence[str]) -> dict[str, int]:
    return {reason: number for reason, number in sorted(Counter(reasons).items()) if number}
