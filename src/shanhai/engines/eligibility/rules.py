"""What a policy says: dated parameters, conditions over facts, an amount."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from shanhai.engines.values import Period, PeriodKind

from .facts import Fact, Reading


class State(IntEnum):
    """Three values in order: all of several is the least, any of them the greatest."""

    NOT = 0
    NOT_YET = 1
    ENTITLED = 2


class NotInForce(LookupError):
    """A parameter has no value on the day asked for, so the policy says nothing of that period."""

    def __init__(self, parameter: str, day: date) -> None:
        super().__init__(f"{parameter} has no value on {day}")
        self.parameter, self.day = parameter, day


@dataclass(frozen=True, slots=True)
class Dated:
    """A value of a parameter, the days it holds (`until` included), and where it is written.

    Unit: fen for money; a list of choices for a test by choice.
    """

    value: int | tuple[str, ...]
    since: date
    until: date | None = None
    clause: str = ""
    document: str = ""

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or a list of a policy through time."""

    code: str
    dated: tuple[Dated, ...]

    def at(self, day: date) -> Dated:
        """The latest that holds. Errors: NotInForce."""
        holding = [one for one in self.dated if one.holds(day)]
        if not holding:
            raise NotInForce(self.code, day)
        return max(holding, key=lambda one: one.since)


class Operator(StrEnum):
    """How a reading is held against a value."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    LESS = "less"
    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison. Shape: `parameter` is what it is compared with, none for a flag."""

    __test__ = False  # no test case

    reading: Reading
    operator: Operator
    parameter: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause: any of its tests is enough."""

    tests: tuple[Test, ...]
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """An amount from a threshold of `Amount.by` on. Shape: the last step of an amount has none."""

    amount: Parameter
    at_least: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """The first step whose threshold is reached, times a reading, of which at most so many count."""

    steps: tuple[Step, ...]
    by: Reading | None = None
    times: Reading | None = None
    most: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """All conditions must hold. `period` is how long the entitlement is for."""

    code: str
    period: PeriodKind
    conditions: tuple[Condition, ...]
    amount: Amount

    def readings(self) -> tuple[Reading, ...]:
        """What it asks, each once, in order."""
        asked = [test.reading for condition in self.conditions for test in condition.tests]
        asked += [one for one in (self.amount.by, self.amount.times) if one]
        return tuple(dict.fromkeys(asked))


@dataclass(frozen=True, slots=True)
class ResolvedTest:
    """A test with the value in force. `room`: by how much time may still raise the reading; None: any."""

    reading: Reading
    operator: Operator
    needed: int | tuple[int, ...]
    room: int | None
    dated: Dated | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A policy with the values in force on the last day of a period."""

    policy: Policy
    period: Period
    conditions: tuple[tuple[ResolvedTest, ...], ...]
    #: Threshold, amount and source of each step, in the order of the policy.
    steps: tuple[tuple[int | None, int, Dated], ...]
    most: int | None


def resolve(policy: Policy, period: Period) -> Resolved:
    """Errors: NotInForce."""
    conditions = tuple(
        tuple(_resolved(test, period) for test in condition.tests) for condition in policy.conditions
    )
    steps = tuple(_steps(policy.amount, period.end))
    most = policy.amount.most
    return Resolved(policy, period, conditions, steps, _number(most.at(period.end)) if most else None)


def _resolved(test: Test, period: Period) -> ResolvedTest:
    dated = test.parameter.at(period.end) if test.parameter else None
    room = test.reading.room(period) if test.operator is Operator.AT_LEAST else 0
    return ResolvedTest(test.reading, test.operator, _needed(test.reading.fact, dated), room, dated)


def _needed(fact: Fact, dated: Dated | None) -> int | tuple[int, ...]:
    if dated is None:
        return 1
    if isinstance(dated.value, tuple):
        return tuple(fact.code_of(choice) for choice in dated.value)
    return dated.value


def _steps(amount: Amount, day: date) -> Iterator[tuple[int | None, int, Dated]]:
    for step in amount.steps:
        threshold = _number(step.at_least.at(day)) if step.at_least else None
        dated = step.amount.at(day)
        yield threshold, _number(dated), dated


def _number(dated: Dated) -> int:
    if isinstance(dated.value, tuple):
        raise TypeError("an amount is a number")
    return dated.value
