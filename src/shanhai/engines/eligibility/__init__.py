"""Who is entitled to what, why, and what would change it: policies as dated rules over facts.

Guarantee: `everyone` and `trace` give the same state and the same amount for every person; a change named by
`trace` entitles when it is made, and no part of it does. Amounts are int64 fen, computed without floats.
Thresholds, amounts and lists are values of dated parameters; nothing of a policy stands in this package.

A state is the least of its conditions, a condition the greatest of its tests (three-valued logic): what is
unknown, or comes with time alone, is «not yet».
"""

from .everyone import Answers, everyone
from .facts import Column, Fact, Kind, Mend, Population, Reading
from .rules import (
    Amount,
    Condition,
    Dated,
    NotInForce,
    Operator,
    Parameter,
    Policy,
    State,
    Step,
    Test,
)
from .tracing import Change, Reason, Trace, trace

__all__ = [
    "Amount",
    "Answers",
    "Change",
    "Column",
    "Condition",
    "Dated",
    "Fact",
    "Kind",
    "Mend",
    "NotInForce",
    "Operator",
    "Parameter",
    "Policy",
    "Population",
    "Reading",
    "Reason",
    "State",
    "Step",
    "Test",
    "Trace",
    "everyone",
    "trace",
]
