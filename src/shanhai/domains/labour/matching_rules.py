"""Rules over orders, wishes and weights: values in, sentences or values out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_BETWEEN = re.compile(r"[、,，;；\n]+")


def split_names(text: str) -> tuple[str, ...]:
    """`叉车证、电工` → both, each once, in the order written."""
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def unknown_names(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names that the list of skills does not have."""
    names = set(known)
    return tuple(name for name in split_names(text) if name not in names)


def age_on(born_on: date, day: date) -> int:
    """Full years of life."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True, slots=True)
class Dated[T]:
    """A value that holds from a day to a day, by the code of its row."""

    code: str
    term: str
    value: T
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


def in_force[T](rows: Iterable[Dated[T]], day: date) -> tuple[dict[str, T], list[tuple[str, str]]]:
    """What holds of each term on a day, the latest first; and pairs of codes that contradict each other."""
    found: dict[str, Dated[T]] = {}
    doubtful: dict[str, tuple[str, str]] = {}
    for row in sorted((one for one in rows if one.holds_on(day)), key=lambda one: (one.valid_from, one.code)):
        before = found.get(row.term)
        if before is not None and before.valid_from == row.valid_from and before.value != row.value:
            doubtful[row.term] = (before.code, row.code)
        else:
            doubtful.pop(row.term, None)
        found[row.term] = row
    return {term: row.value for term, row in found.items()}, sorted(doubtful.values())


def share(part: int, whole: int) -> Decimal | None:
    """Per cent with one decimal; None of nothing."""
    return None if not whole else (Decimal(100 * part) / whole).quantize(Decimal("0.1"))


#: Groups of ages of the fairness report: the first age of each.
AGE_BANDS = (0, 30, 40, 50)


def age_band(age: int) -> int:
    """The first age of the band an age lies in."""
    return max(first for first in AGE_BANDS if first <= age)


@dataclass(frozen=True, slots=True)
class Standing:
    """One group of workers in a run. Unit: `points` per matched worker."""

    split: str
    member: str
    workers: int
    matched: int
    points: Decimal


def fairness(groups: Mapping[str, Sequence[str]], points: Sequence[Decimal | None]) -> list[Standing]:
    """How each group fared; the workers of a split sum to all workers, and so do the matched.

    Shape: `groups` names each worker's member per split; `points` is None for who found nothing.
    """
    found = []
    for split, members in groups.items():
        for member in sorted(set(members)):
            own = [point for name, point in zip(members, points, strict=True) if name == member]
            got = [point for point in own if point is not None]
            mean = (sum(got, Decimal(0)) / len(got)).quantize(Decimal("0.1")) if got else Decimal(0)
            found.append(Standing(split, member, len(own), len(got), mean))
    return found
