"""The answer of many policies for many persons at once, block by block so that a block stays in the cache."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shanhai.engines.values import Period

from .facts import Column, Population
from .rules import NotInForce, Operator, Policy, Resolved, ResolvedTest, State, resolve

#: Temporaries of so many stay in the cache, and below what the allocator asks the system for anew.
_BLOCK = 1 << 14

_NOTHING = np.empty(0, np.int64)

type Flags = NDArray[np.bool_]
#: Who passes, and who passes or may come to pass; one array where nobody may.
type Verdict = tuple[Flags, Flags]


@dataclass(frozen=True, eq=False)
class Answers:
    """By policy and person, in the order given.

    Shape: `amounts` of a policy are of those entitled by it, in their order (memory of a page nobody writes
    is never asked for), and to be read only: one number may stand for all. Unit: fen.
    """

    codes: tuple[str, ...]
    states: NDArray[np.int8]
    amounts: tuple[NDArray[np.int64], ...]
    #: Policies that have no value on that day, and the parameter that lacks: nobody is entitled by them.
    silent: dict[str, NotInForce]

    def entitled(self, code: str) -> NDArray[np.int64]:
        """Places of who is entitled by a policy."""
        return np.flatnonzero(self.states[self.codes.index(code)] == State.ENTITLED)


def everyone(policies: Sequence[Policy], population: Population, period: Period) -> Answers:
    """What every policy gives everybody in a period."""
    states = np.zeros((len(policies), population.size), np.int8)
    amounts = [_NOTHING for _ in policies]
    given = [0] * len(policies)
    silent: dict[str, NotInForce] = {}
    tests: list[_Asked] = []
    rules: list[tuple[int, _Rule]] = []
    for place, policy in enumerate(policies):
        try:
            rule = _Rule(resolve(policy, period), population, tests)
        except NotInForce as lacking:
            silent[policy.code] = lacking
            continue
        rules.append((place, rule))
        amounts[place] = rule.room_for(population.size)
    for start in range(0, population.size, _BLOCK):
        rows = slice(start, start + _BLOCK)
        verdicts = [one.judged(rows) for one in tests]
        for place, rule in rules:
            free = amounts[place][given[place] :]
            given[place] += rule.answer(rows, verdicts, states[place, rows], free)
    shown = tuple(one[:number] for one, number in zip(amounts, given, strict=True))
    return Answers(tuple(policy.code for policy in policies), states, shown, silent)


@dataclass(frozen=True)
class _Asked:
    """A test with the column it reads; several policies that make it make it once."""

    test: ResolvedTest
    column: Column

    def judged(self, rows: slice) -> Verdict:
        test, values = self.test, self.column.values[rows]
        passes = _COMPARED[test.operator](values, test.needed)
        possible = passes
        if test.room is None:
            possible = np.ones_like(passes)
        elif test.room and isinstance(test.needed, int):
            possible = values >= test.needed - test.room
        known = _part(self.column.known, rows)
        return (passes, possible) if known is None else (passes & known, possible | ~known)


class _Rule:
    """A policy over the columns of a population. Shape: `tests` gains those no policy before it makes."""

    def __init__(self, rule: Resolved, population: Population, tests: list[_Asked]) -> None:
        self._steps, self._most = rule.steps, rule.most
        by, times = rule.policy.amount.by, rule.policy.amount.times
        self._by = population.read(by, rule.period) if by else None
        self._times = population.read(times, rule.period) if times else None
        self._is_flat = by is None and times is None
        self._conditions = [
            [_place(_Asked(test, population.read(test.reading, rule.period)), tests) for test in condition]
            for condition in rule.conditions
        ]

    def room_for(self, size: int) -> NDArray[np.int64]:
        """Where amounts go. Shape: where everybody gets the same, one number seen `size` times."""
        if self._is_flat:
            return np.broadcast_to(np.int64(self._steps[-1][1]), size)
        return np.empty(size, np.int64)

    def answer(
        self, rows: slice, verdicts: Sequence[Verdict], states: NDArray[np.int8], free: NDArray[np.int64]
    ) -> int:
        """How many are entitled. Writes the state of each, and what those get at the front of `free`."""
        passes, possible = _least(_greatest(verdicts, places) for places in self._conditions)
        for column in (self._by, self._times):
            if column is not None and column.known is not None:
                passes = passes & column.known[rows]
        np.add(passes.view(np.int8), possible.view(np.int8), out=states)
        if self._is_flat:
            return int(np.count_nonzero(passes))
        entitled = np.flatnonzero(passes)
        free[: len(entitled)] = self._amounts(rows, entitled)
        return len(entitled)

    def _amounts(self, rows: slice, entitled: NDArray[np.intp]) -> NDArray[np.int64] | int:
        """What each of those gets."""
        amount: NDArray[np.int64] | int = self._steps[-1][1]
        if self._by is not None:
            values = self._by.values[rows][entitled]
            for threshold, given, _source in reversed(self._steps[:-1]):
                amount = np.where(values >= threshold, np.int64(given), amount)
        if self._times is not None:
            number = self._times.values[rows][entitled].astype(np.int64)
            amount = amount * (number if self._most is None else np.minimum(number, self._most))
        return amount


def _place(asked: _Asked, tests: list[_Asked]) -> int:
    """Where among the tests it stands; a new one comes last. The source of a value makes no difference."""
    key = _compares(asked.test)
    for place, one in enumerate(tests):
        if _compares(one.test) == key:
            return place
    tests.append(asked)
    return len(tests) - 1


def _compares(test: ResolvedTest) -> tuple[Any, ...]:
    return test.reading, test.operator, test.needed, test.room


def _greatest(verdicts: Sequence[Verdict], places: Sequence[int]) -> Verdict:
    """Any of several."""
    passes, possible = verdicts[places[0]]
    for place in places[1:]:
        passes, possible = passes | verdicts[place][0], possible | verdicts[place][1]
    return passes, possible


def _least(verdicts: Iterable[Verdict]) -> Verdict:
    """All of several. Errors: ValueError for a policy without a condition."""
    found: Verdict | None = None
    for passes, possible in verdicts:
        if found is None:
            found = passes, possible
            continue
        both = found[0] & passes
        is_same = found[0] is found[1] and passes is possible
        found = both, both if is_same else found[1] & possible
    if found is None:
        raise ValueError("a policy has at least one condition")
    return found


def _part(known: Flags | None, rows: slice) -> Flags | None:
    return None if known is None else known[rows]


def _one_of(values: NDArray[Any], wanted: Any) -> Flags:
    found: Flags = values == wanted[0]
    for one in wanted[1:]:
        found |= values == one
    return found


_COMPARED: dict[Operator, Callable[[NDArray[Any], Any], Flags]] = {
    Operator.AT_LEAST: lambda values, needed: values >= needed,
    Operator.AT_MOST: lambda values, needed: values <= needed,
    Operator.LESS: lambda values, needed: values < needed,
    Operator.IS: lambda values, _needed: values != 0,
    Operator.IS_NOT: lambda values, _needed: values == 0,
    Operator.ONE_OF: _one_of,
}
