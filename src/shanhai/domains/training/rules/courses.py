"""Rules over courses: who passed, who came, who found work in time; certificates."""

import hmac
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .workshops import months_later

#: Months within which work after a course is looked for.
SOON, LATER = 3, 6
#: Months of a curve of work after a course.
CURVE = range(1, 13)
VALID, EXPIRED, REVOKED = "valid", "expired", "revoked"


@dataclass(frozen=True, slots=True)
class Spell:
    """Employment of a person from a day, to a day or still."""

    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """What is known of one trainee. Shape: `scores` of all exams; `spells` of all employment."""

    id: Hashable
    days: int = 0
    scores: tuple[Decimal, ...] = ()
    is_certified: bool = False
    spells: tuple[Spell, ...] = ()

    @property
    def best(self) -> Decimal | None:
        return max(self.scores, default=None)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who were in one or several classes that ended by one day."""

    closes_on: date
    trained: tuple[Trained, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many reached each step. Shape: `soon` and `later` None while the months are not over."""

    enrolled: int
    attended: int
    examined: int
    passed: int
    certified: int
    soon: int | None
    later: int | None


def is_employed_within(spells: Iterable[Spell], closes_on: date, months: int) -> bool:
    """Whether somebody was at work on some day after the course and within so many months of its end."""
    last = months_later(closes_on, months)
    return any(
        one.started_on <= last and (one.ended_on is None or one.ended_on > closes_on) for one in spells
    )


#: The steps of a class in their order.
ENROLLED, ATTENDED, EXAMINED, PASSED, CERTIFIED = "enrolled", "attended", "examined", "passed", "certified"


def reached(one: Trained, step: str, pass_score: Decimal) -> bool:
    """Whether one trainee counts at a step before work: the figure and the rows behind it ask this alone."""
    match step:
        case "attended":
            return one.days > 0
        case "examined":
            return one.best is not None
        case "passed":
            return one.best is not None and one.best >= pass_score
        case "certified":
            return one.is_certified
        case _:
            return True


def employed(cohort: Cohort, months: int, today: date) -> int | None:
    """How many were at work within so many months of the end; None while the months are not over."""
    if months_later(cohort.closes_on, months) > today:
        return None
    return sum(is_employed_within(one.spells, cohort.closes_on, months) for one in cohort.trained)


def curve(cohort: Cohort, today: date) -> tuple[int | None, ...]:
    """How many were at work within one, two … months of the end: it never falls."""
    return tuple(employed(cohort, months, today) for months in CURVE)


def funnel(cohort: Cohort, pass_score: Decimal, today: date) -> Funnel:
    """The steps of one class."""

    def count(step: str) -> int:
        return sum(reached(one, step, pass_score) for one in cohort.trained)

    return Funnel(
        enrolled=count(ENROLLED),
        attended=count(ATTENDED),
        examined=count(EXAMINED),
        passed=count(PASSED),
        certified=count(CERTIFIED),
        soon=employed(cohort, SOON, today),
        later=employed(cohort, LATER, today),
    )


def together(funnels: Sequence[Funnel]) -> Funnel:
    """The steps of several classes; what one of them cannot know yet, all of them cannot."""

    return Funnel(
        enrolled=sum(one.enrolled for one in funnels),
        attended=sum(one.attended for one in funnels),
        examined=sum(one.examined for one in funnels),
        passed=sum(one.passed for one in funnels),
        certified=sum(one.certified for one in funnels),
        soon=added([one.soon for one in funnels]),
        later=added([one.later for one in funnels]),
    )


def added(values: Iterable[int | None]) -> int | None:
    """The sum; what one does not know yet, all do not."""
    known = list(values)
    return None if any(one is None for one in known) else sum(one or 0 for one in known)


def share(part: int | None, whole: int) -> Decimal | None:
    """Per cent with one decimal; None where there is nobody or nobody knows yet."""
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"))


def next_number(code: str, taken: Iterable[str]) -> int:
    """The first running number behind those a class has given: `YC001-0007` → 8."""
    prefix = f"{code}-"
    used = [one.removeprefix(prefix) for one in taken if one.startswith(prefix)]
    return max((int(one) for one in used if one.isdecimal()), default=0) + 1


def is_same_code(one: str, other: str) -> bool:
    """Compared in time that tells nothing; case and spaces as people type them."""
    tidy = "".join(other.split()).upper().replace("-", "")
    return hmac.compare_digest(one.encode(), tidy.encode())


def standing_of(valid_to: date | None, revoked_on: date | None, today: date) -> str:
    """Whether a certificate holds today."""
    if revoked_on is not None:
        return REVOKED
    return EXPIRED if valid_to is not None and valid_to < today else VALID
