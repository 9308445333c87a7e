"""How firm a rank is: how far weights may move before two neighbours change places. Exact, in fractions.

With the shares of points fixed, points are linear in the weights. Items that are not proportional to a weight
(deduction, bonus, veto, floor) stay as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from .model import WEIGHTED, Result, Scheme


@dataclass(frozen=True, slots=True)
class OneWeight:
    """The item whose weight, moved alone from one value to another, brings both level.

    Shape: the other weights are scaled so that the sum stays.
    """

    number: int
    before: Fraction
    after: Fraction

    @property
    def move(self) -> Fraction:
        return abs(self.after - self.before)


@dataclass(frozen=True, slots=True)
class Firmness:
    """Of two neighbours: the lead of the upper, and the least that brings both level.

    Shape: `one` is None where no single weight can; `least` is half the sum of all movements (what is taken
    equals what is given), None where no weights can.
    """

    upper: object
    lower: object
    lead: Fraction
    one: OneWeight | None
    least: Fraction | None


def firmness(scheme: Scheme, results: Sequence[Result]) -> list[Firmness]:
    """Each pair of neighbours, from the top; equal ones are level already."""
    weights = {
        one.number: Fraction(one.weight) for one in scheme.items if one.kind in WEIGHTED and one.weight
    }
    ranked = sorted(results, key=lambda one: one.place)
    return [_pair(weights, *pair) for pair in pairwise(ranked)]


def _pair(weights: Mapping[int, Fraction], upper: Result, lower: Result) -> Firmness:
    lead = Fraction(upper.total - lower.total)
    apart = {
        number: (_points(upper, number) - _points(lower, number)) / weight
        for number, weight in weights.items()
    }
    if not lead:
        return Firmness(upper.subject, lower.subject, lead, None, Fraction(0))
    return Firmness(
        upper.subject,
        lower.subject,
        lead,
        one_weight(weights, apart, lead),
        least_movement(weights, apart, lead),
    )


def _points(result: Result, number: int) -> Fraction:
    return Fraction(result.by_number[number].points if number in result.by_number else Decimal(0))


def one_weight(
    weights: Mapping[int, Fraction], apart: Mapping[int, Fraction], lead: Fraction
) -> OneWeight | None:
    """The least move of one weight that brings the lead to nought.

    Shape: `apart` is by how much the upper leads for each point of weight.
    """
    whole, scaled = sum(weights.values()), sum(weights[n] * apart[n] for n in weights)
    found = []
    for number, weight in weights.items():
        rest = whole - weight
        if not rest:
            continue
        others = (scaled - weight * apart[number]) / rest
        slope = apart[number] - others
        if slope:
            after = weight - lead / slope
            if 0 <= after <= whole:
                found.append(OneWeight(number, weight, after))
    return min(found, key=lambda one: (one.move, one.number), default=None)


def least_movement(
    weights: Mapping[int, Fraction], apart: Mapping[int, Fraction], lead: Fraction
) -> Fraction | None:
    """Points of weight to be carried from items to items, no weight below nought, until the lead is nought.

    All is given to the item where the upper leads least, and taken first from where it leads most: each
    point carried brings most, and what is best for one point is best for all (the program is a knapsack).
    """
    if not weights:
        return None
    taker = min(apart, key=lambda number: (apart[number], number))
    carried, left = Fraction(0), lead
    for number in sorted(apart, key=lambda one: (-apart[one], one)):
        gain = apart[number] - apart[taker]
        if not gain:
            break
        step = min(weights[number], left / gain)
        carried, left = carried + step, left - step * gain
        if not left:
            return carried
    return None
