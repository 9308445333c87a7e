"""The vectorised answer, the trace of one, and openfisca-core, over the same rules and people."""

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.engines.eligibility import (
    Amount,
    Column,
    Condition,
    Dated,
    Fact,
    Kind,
    Mend,
    NotInForce,
    Operator,
    Parameter,
    Policy,
    Population,
    Reading,
    State,
    Step,
    Test,
    everyone,
    trace,
)
from shanhai.engines.values import Period, PeriodKind
from shanhai.ops.bench import benefits

AUGUST = Period.parse("2021-08")
DAY = date(2021, 1, 1)
NUMBER = Fact("number", Kind.COUNT, mend=Mend.ACT)
GROWING = Fact("growing", Kind.COUNT, mend=Mend.TIME)
FIXED = Fact("fixed", Kind.FLAG)
PAPER = Fact("paper", Kind.FLAG, mend=Mend.FILE)
CHOICE = Fact("choice", Kind.CHOICE, mend=Mend.ACT, choices=("a", "b", "c"))
MONTHLY = Fact("monthly", Kind.FLAG, PeriodKind.MONTH, Mend.TIME)
YEARLY = Fact("yearly", Kind.MONEY, PeriodKind.YEAR)


def number(value, *, since=DAY, until=None):
    return Parameter("p", (Dated(value, since, until, "第一条", "演示"),))


READINGS = (Reading(NUMBER), Reading(GROWING), Reading(MONTHLY, in_year=True), Reading(YEARLY, lag=1))
COMPARED = st.builds(
    lambda reading, operator, value: Test(reading, operator, number(value)),
    st.sampled_from(READINGS),
    st.sampled_from((Operator.AT_LEAST, Operator.AT_MOST, Operator.LESS)),
    st.integers(0, 12),
)
FLAGGED = st.builds(
    Test, st.sampled_from((Reading(FIXED), Reading(PAPER))), st.sampled_from((Operator.IS, Operator.IS_NOT))
)
CHOSEN = st.builds(
    lambda wanted: Test(Reading(CHOICE), Operator.ONE_OF, number(tuple(wanted))),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True),
)
CONDITIONS = st.lists(
    st.builds(
        lambda tests: Condition(tuple(tests)), st.lists(COMPARED | FLAGGED | CHOSEN, min_size=1, max_size=2)
    ),
    min_size=1,
    max_size=4,
)
AMOUNTS = st.builds(
    lambda low, high, by, times, most: Amount(
        (Step(number(low), number(6)), Step(number(high))) if by else (Step(number(low)),),
        by,
        times,
        number(most) if times else None,
    ),
    st.integers(0, 10**7),
    st.integers(0, 10**7),
    st.none() | st.just(READINGS[3]),
    st.none() | st.sampled_from(READINGS[:3]),
    st.integers(0, 8),
)
POLICIES = st.builds(
    lambda conditions, amount: Policy("x", PeriodKind.MONTH, tuple(conditions), amount), CONDITIONS, AMOUNTS
)


def people(seed, size=16):
    chance = np.random.default_rng(seed)

    def column(most):
        return Column(chance.integers(0, most + 1, size), chance.random(size) < 0.8)

    columns = {
        ("number", ""): column(12),
        ("growing", ""): column(12),
        ("fixed", ""): column(1),
        ("paper", ""): column(1),
        ("choice", ""): column(2),
        ("yearly", "2020"): column(12),
        **{("monthly", f"2021-{month:02}"): column(1) for month in range(1, 9) if chance.random() < 0.9},
    }
    return Population(size, columns)


@settings(max_examples=120, deadline=None)
@given(POLICIES, st.integers(0, 10**6))
def test_the_trace_of_each_equals_the_answer_of_all(policy, seed):
    found = everyone([policy, policy], population := people(seed), AUGUST)
    amounts = dict(zip(found.entitled("x").tolist(), found.amounts[1].tolist(), strict=True))
    for index in range(population.size):
        one = trace(policy, population, AUGUST, index)
        assert (one.state, one.amount) == (found.states[1, index], amounts.get(index, 0))
        assert one.amount >= 0
        if one.state is State.ENTITLED:
            assert one.changes == ()


@settings(max_examples=120, deadline=None)
@given(POLICIES, st.integers(0, 10**6))
def test_the_changes_named_entitle_and_no_part_of_them_does(policy, seed):
    population = people(seed, 6)
    for index in range(population.size):
        changes = trace(policy, population, AUGUST, index).changes
        for leave_out in range(-1, len(changes)) if changes is not None else ():
            made = [one for place, one in enumerate(changes) if place != leave_out]
            state = int(everyone([policy], after(population, index, made), AUGUST).states[0, 0])
            assert (state == State.ENTITLED) is (leave_out < 0)


def after(population, index, changes):
    """The one person, after the changes; a sum of months is made by its months."""
    columns = {
        key: Column(one.values[[index]].copy(), one.known[[index]].copy())
        for key, one in population.columns.items()
    }
    for change in changes:
        if change.reading.in_year:
            for key in [key for key in columns if key[0] == "monthly"]:
                del columns[key]
            columns["monthly", "2021-08"] = Column(np.array([change.after]))
        else:
            code = change.reading.periods(AUGUST)[0]
            columns[change.reading.fact.name, code] = Column(np.array([change.after]))
    return Population(1, columns)


def test_openfisca_gives_the_same_answers(tmp_path, capsys):
    rival = pytest.importorskip("shanhai.ops.bench.benefits_rival", reason="openfisca-core is not installed")
    path = str(benefits.prepare(400, tmp_path))
    ours, theirs = (json.loads(answer(path))["result"] for answer in (benefits.ours, rival.with_openfisca))
    assert ours == theirs
    found = everyone(benefits.POLICIES, benefits.population(benefits.load(path)), benefits.ASKED)
    assert {0, 1, 2} == set(found.states.flat)


def test_a_month_still_to_come_is_not_yet_one_too_many_is_not():
    policy = Policy(
        "stay",
        PeriodKind.MONTH,
        (Condition((Test(Reading(MONTHLY, in_year=True), Operator.AT_LEAST, number(6)),)),),
        Amount((Step(number(100)),)),
    )
    worked = {
        ("monthly", f"2021-{month:02}"): Column(np.array([month <= 2, month == 8, 1]))
        for month in range(1, 9)
    }
    population = Population(3, worked)
    assert everyone([policy], population, AUGUST).states[0].tolist() == [
        State.NOT_YET,
        State.NOT,
        State.ENTITLED,
    ]
    [change] = trace(policy, population, AUGUST, 0).changes
    assert (change.before, change.after, change.mend) == (2, 6, Mend.TIME)
    assert trace(policy, population, AUGUST, 1).changes is None


def test_a_value_holds_for_its_days_and_a_policy_without_one_entitles_nobody():
    dated = Parameter("p", (Dated(3, DAY, date(2021, 6, 30)), Dated(9, date(2021, 7, 1), date(2021, 12, 31))))
    policy = Policy(
        "dated",
        PeriodKind.MONTH,
        (Condition((Test(Reading(NUMBER), Operator.AT_LEAST, dated),)),),
        Amount((Step(number(100)),)),
    )
    population = Population(1, {("number", ""): Column(np.array([5]))})
    assert everyone([policy], population, Period.parse("2021-06")).states[0, 0] == State.ENTITLED
    assert everyone([policy], population, AUGUST).states[0, 0] == State.NOT
    silent = everyone([policy], population, Period.parse("2022-01"))
    assert silent.states[0, 0] == State.NOT
    assert isinstance(silent.silent["dated"], NotInForce)


def test_what_nobody_filed_is_not_yet_and_the_paper_is_what_lacks():
    policy = Policy(
        "paper",
        PeriodKind.MONTH,
        (Condition((Test(Reading(PAPER), Operator.IS),)),),
        Amount((Step(number(100)),)),
    )
    one = trace(policy, Population(1, {}), AUGUST, 0)
    assert one.state is State.NOT_YET
    assert [(change.reading.fact, change.before, change.after) for change in one.changes] == [
        (PAPER, None, 1)
    ]
