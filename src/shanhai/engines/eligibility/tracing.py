"""One person and one policy: why, clause by clause, and the nearest change that would entitle.

Written apart from `everyone`, over plain numbers, so that each is the test of the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, product

from shanhai.engines.values import Period

from .facts import Mend, Population, Reading
from .rules import Condition, Dated, Operator, Policy, Resolved, ResolvedTest, State, resolve

type Values = Mapping[Reading, int | None]

#: Ways to mend several conditions that are tried; more than any policy has.
_MOST_WAYS = 4096
#: What is asked of a person first: a paper, then an act, then patience.
_EASE = {Mend.FILE: 0, Mend.ACT: 1, Mend.TIME: 2, Mend.FIXED: 3}


@dataclass(frozen=True, slots=True)
class Reason:
    """One test as it came out. `value` None: unknown. `dated`: the value held against it and its source."""

    reading: Reading
    operator: Operator
    state: State
    value: int | None
    needed: int | tuple[int, ...]
    dated: Dated | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition as it came out."""

    condition: Condition
    state: State
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A reading that must become another. `before` None: it must be filed. `mend`: by what it can."""

    reading: Reading
    before: int | None
    after: int
    mend: Mend


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer for one. Unit of `amount`: fen.

    Shape: `amount_source` is the step applied, with `by` and `times` as read; `changes` together entitle,
    and no part of them does; empty when entitled already, None when nothing a person can do would.
    """

    policy: Policy
    period: Period
    state: State
    amount: int
    clauses: tuple[Clause, ...]
    amount_source: Dated | None
    by: int | None
    times: int | None
    changes: tuple[Change, ...] | None


def trace(policy: Policy, population: Population, period: Period, index: int) -> Trace:
    """The answer of one policy for one person. Errors: NotInForce."""
    rule = resolve(policy, period)
    values = {reading: population.value_of(reading, period, index) for reading in policy.readings()}
    clauses = tuple(_clause(rule, place, values) for place in range(len(rule.conditions)))
    state = min((clause.state for clause in clauses), default=State.NOT)
    needs = [one for one in (policy.amount.by, policy.amount.times) if one is not None]
    if any(values[one] is None for one in needs):
        state = min(state, State.NOT_YET)
    amount, source = _amount(rule, values) if state is State.ENTITLED else (0, None)
    changes = () if state is State.ENTITLED else _nearest(rule, values)
    return Trace(
        policy=policy,
        period=period,
        state=state,
        amount=amount,
        clauses=clauses,
        amount_source=source,
        by=values[policy.amount.by] if policy.amount.by else None,
        times=values[policy.amount.times] if policy.amount.times else None,
        changes=changes,
    )


def _clause(rule: Resolved, place: int, values: Values) -> Clause:
    reasons = tuple(
        Reason(
            test.reading,
            test.operator,
            _judged(test, values[test.reading]),
            values[test.reading],
            test.needed,
            test.dated,
        )
        for test in rule.conditions[place]
    )
    return Clause(rule.policy.conditions[place], max(one.state for one in reasons), reasons)


def _judged(test: ResolvedTest, value: int | None) -> State:
    if value is None:
        return State.NOT_YET
    if _passes(test, value):
        return State.ENTITLED
    if isinstance(test.needed, tuple) or test.operator is not Operator.AT_LEAST:
        return State.NOT
    is_ahead = test.room is None or value + test.room >= test.needed
    return State.NOT_YET if is_ahead else State.NOT


def _passes(test: ResolvedTest, value: int) -> bool:
    if isinstance(test.needed, tuple):
        return value in test.needed
    match test.operator:
        case Operator.AT_LEAST:
            return value >= test.needed
        case Operator.AT_MOST:
            return value <= test.needed
        case Operator.LESS:
            return value < test.needed
        case Operator.IS_NOT:
            return value == 0
        case _:
            return value != 0


def _amount(rule: Resolved, values: Values) -> tuple[int, Dated]:
    by, times = rule.policy.amount.by, rule.policy.amount.times
    position = values[by] if by else None
    reached = (
        (given, source)
        for threshold, given, source in rule.steps
        if threshold is None or (position is not None and position >= threshold)
    )
    amount, source = next(reached)
    if times is not None:
        number = values[times] or 0
        amount *= number if rule.most is None else min(number, rule.most)
    return amount, source


def _nearest(rule: Resolved, values: Values) -> tuple[Change, ...] | None:
    """The fewest and easiest changes after which every condition passes."""
    needs = [list(_ways(tests, values)) for tests in rule.conditions if not _any_passes(tests, values)]
    for reading in (rule.policy.amount.by, rule.policy.amount.times):
        if reading is not None and values[reading] is None:
            needs.append([Change(reading, None, 0, Mend.FILE)])
    found = [
        changes
        for ways in islice(product(*needs), _MOST_WAYS)
        if (changes := _merged(ways)) and _entitles(rule, values, changes)
    ]
    minimal = [one for one in found if not _has_enough(rule, values, one)]
    return min(minimal, key=_effort, default=None)


def _any_passes(tests: tuple[ResolvedTest, ...], values: Values) -> bool:
    return any(_judged(test, values[test.reading]) is State.ENTITLED for test in tests)


def _ways(tests: tuple[ResolvedTest, ...], values: Values) -> Iterator[Change]:
    for test in tests:
        value, mend = values[test.reading], test.reading.fact.mend
        if value is None:
            yield Change(test.reading, None, _aim(test), Mend.FILE)
        elif mend is Mend.TIME and _judged(test, value) is not State.NOT_YET:
            continue  # no time is left, or time leads away
        elif mend is not Mend.FIXED:
            yield Change(test.reading, value, _aim(test), mend)


def _aim(test: ResolvedTest) -> int:
    if isinstance(test.needed, tuple):
        return test.needed[0]
    match test.operator:
        case Operator.LESS:
            return test.needed - 1
        case Operator.IS_NOT:
            return 0
        case _:
            return test.needed


def _merged(ways: tuple[Change, ...]) -> tuple[Change, ...]:
    """One change per reading: of several aims the furthest up; whether it serves all is tried."""
    by_reading: dict[Reading, Change] = {}
    for way in ways:
        known = by_reading.get(way.reading)
        if known is None or way.after > known.after:
            by_reading[way.reading] = way
    return tuple(by_reading.values())


def _entitles(rule: Resolved, values: Values, changes: tuple[Change, ...]) -> bool:
    changed = {**values, **{one.reading: one.after for one in changes}}
    needs = (rule.policy.amount.by, rule.policy.amount.times)
    return all(_any_passes(tests, changed) for tests in rule.conditions) and all(
        one is None or changed[one] is not None for one in needs
    )


def _has_enough(rule: Resolved, values: Values, changes: tuple[Change, ...]) -> bool:
    """Whether fewer of them would do."""
    parts = (part for size in range(len(changes)) for part in combinations(changes, size))
    return any(_entitles(rule, values, part) for part in parts)


def _effort(changes: tuple[Change, ...]) -> tuple[int, int, int]:
    months = sum(one.after - (one.before or 0) for one in changes if one.mend is Mend.TIME)
    return len(changes), sum(_EASE[one.mend] for one in changes), months
