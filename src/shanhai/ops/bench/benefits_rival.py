"""The same policies as variables of openfisca-core, in a process of its own (AGPL: nothing else imports it).

As its users write them: a variable a policy for the state, one for the amount, the months summed once. What
is unknown stands in a flag beside the variable, since it has no third value.
"""

import time
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from shanhai.engines.eligibility import Operator, Policy, Reading, State
from shanhai.engines.eligibility.rules import ResolvedTest, resolve

from . import benefits

PERSON = build_entity(key="person", plural="persons", label="person", is_person=True)
_QUARTER = "2021-07"
#: Variables that hold without a period are asked of the quarter, like the policies.
_PLAIN = ("age", "category", "destination", "days", "proof", "insured", "public_post", "paid")
_FLAGS = {"proof", "insured", "public_post", "paid"}


def with_openfisca(path: str) -> str:
    simulation = simulation_of(benefits.load(path))
    began = time.perf_counter()
    states = [simulation.calculate(f"{policy.code}_state", _QUARTER) for policy in benefits.POLICIES]
    amounts = [simulation.calculate(policy.code, _QUARTER) for policy in benefits.POLICIES]
    seconds = time.perf_counter() - began
    given = [amount[state == State.ENTITLED] for state, amount in zip(states, amounts, strict=True)]
    return benefits.told(states, given, seconds)


def simulation_of(arrays: dict[str, Any]) -> Any:
    """The system with the rules, and the persons put in."""
    system = TaxBenefitSystem([PERSON])
    for name in (*_PLAIN, "income", "income_known", "in_post"):
        is_flag = name in _FLAGS | {"income_known", "in_post"}
        system.add_variable(_variable(name, bool if is_flag else int))
    system.add_variable(_variable("months", int, _months))
    for policy in benefits.POLICIES:
        system.add_variable(_variable(f"{policy.code}_state", int, _state_of(policy)))
        system.add_variable(_variable(policy.code, int, _amount_of(policy)))
    simulation = SimulationBuilder().build_default_simulation(system, count=len(arrays["age"]))
    for name in (*_PLAIN, "income", "income_known"):
        simulation.set_input(name, _QUARTER, arrays[name])
    for month in range(1, 10):
        simulation.set_input("in_post", f"2021-{month:02}", arrays[f"in_post-2021-{month:02}"])
    return simulation


def _variable(name: str, kind: type, formula: Any = None) -> Any:
    said = {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), said | ({"formula": formula} if formula else {}))


def _months(persons: Any, period: Any) -> Any:
    months = [persons("in_post", f"2021-{month:02}") for month in range(1, 10)]
    return sum(one.astype(np.int32) for one in months)


def _name(reading: Reading) -> str:
    return "months" if reading.in_year else reading.fact.name


def _state_of(policy: Policy) -> Any:
    rule = resolve(policy, benefits.ASKED)

    def formula(persons: Any, period: Any) -> Any:
        passes, possible = np.bool_(True), np.bool_(True)
        for (test,) in rule.conditions:
            value = persons(_name(test.reading), period)
            one = _compared(test, value)
            passes = passes & one
            possible = possible & (one | _comes(test, value))
        if policy.amount.by is not None:
            passes = passes & persons("income_known", period)
        return np.where(passes, State.ENTITLED, np.where(possible, State.NOT_YET, State.NOT))

    return formula


def _compared(test: ResolvedTest, value: Any) -> Any:
    match test.operator:
        case Operator.AT_LEAST:
            return value >= test.needed
        case Operator.AT_MOST:
            return value <= test.needed
        case Operator.ONE_OF:
            return np.isin(value, test.needed)
        case Operator.IS_NOT:
            return ~value
        case _:
            return value


def _comes(test: ResolvedTest, value: Any) -> Any:
    """Whether time may still bring it about."""
    if test.room is None:
        return True
    return value + test.room >= test.needed if test.room and isinstance(test.needed, int) else False


def _amount_of(policy: Policy) -> Any:
    rule = resolve(policy, benefits.ASKED)

    def formula(persons: Any, period: Any) -> Any:
        amount: Any = rule.steps[-1][1]
        if policy.amount.by is not None:
            value = persons(_name(policy.amount.by), period)
            for threshold, given, _source in reversed(rule.steps[:-1]):
                amount = np.where(value >= threshold, given, amount)
        if policy.amount.times is not None:
            number = persons(_name(policy.amount.times), period)
            amount = amount * (number if rule.most is None else np.minimum(number, rule.most))
        return amount * (persons(f"{policy.code}_state", period) == State.ENTITLED)

    return formula
