"""What looks odd in submitted figures: hints for a person to look, never a refusal. All bounds are given."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Odd(StrEnum):
    """What is odd."""

    #: The same as the period before, although it has digits enough not to be by chance.
    COPIED = "copied"
    #: So many times what it was, or so small a part of it.
    JUMP = "jump"
    #: Ends in noughts, where the others of the same item do not.
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a figure is odd; from a dated rule."""

    #: Significant digits from which an unchanged figure is odd.
    copied_digits: int
    #: Times the figure before.
    jump_times: Decimal
    #: ... where it also moves by at least so much.
    jump_least: Decimal
    #: Noughts at the end from which a figure is round.
    round_noughts: int


@dataclass(frozen=True, slots=True)
class Hint:
    """One odd figure."""

    key: Hashable
    odd: Odd
    figure: Decimal
    before: Decimal | None = None


def digits_of(value: Decimal) -> int:
    """Significant digits, noughts at the end left out."""
    return len(value.normalize().as_tuple().digits) if value else 0


def noughts_of(value: Decimal) -> int:
    """Noughts at the end of a whole number; 0 for others."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return exponent if isinstance(exponent, int) and exponent > 0 else 0


def hints(
    now: Mapping[Hashable, Decimal | None], before: Mapping[Hashable, Decimal | None], bounds: Bounds
) -> list[Hint]:
    """Odd figures of one item among units, this period against the one before."""
    known = {key: value for key, value in now.items() if value is not None}
    rounds = [key for key, value in known.items() if noughts_of(value) >= bounds.round_noughts]
    #: Where most are round the item is counted so.
    is_odd_round = 2 * len(rounds) <= len(known)
    found: list[Hint] = []
    for key, value in known.items():
        found.extend(_against(key, value, before.get(key), bounds))
        if is_odd_round and key in rounds:
            found.append(Hint(key, Odd.ROUND, value))
    return found


def _against(key: Hashable, value: Decimal, earlier: Decimal | None, bounds: Bounds) -> Iterator[Hint]:
    if earlier is None:
        return
    if value == earlier and digits_of(value) >= bounds.copied_digits:
        yield Hint(key, Odd.COPIED, value, earlier)
    moved = abs(value - earlier)
    is_far = value > earlier * bounds.jump_times or value * bounds.jump_times < earlier
    if earlier > 0 and moved >= bounds.jump_least and is_far:
        yield Hint(key, Odd.JUMP, value, earlier)


@dataclass(frozen=True, slots=True)
class Measured:
    """How good hints are on cases of which is known what is odd."""

    found: int
    right: int
    seeded: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.seeded if self.seeded else 1.0


def measured(found: Sequence[Hint], seeded: Mapping[Hashable, Odd]) -> Measured:
    """Hints against what was put in."""
    told = {(one.key, one.odd) for one in found}
    return Measured(len(told), sum((key, odd) in told for key, odd in seeded.items()), len(seeded))
