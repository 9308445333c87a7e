"""What holds a step of row life back besides the row itself: asked for many rows at once (ADR 0058)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .ledger import Ledger
from .rows import LedgerModel
from .workflow import Transition

#: Sentences by key of the row, for those rows alone that must not take the step this way.
#: Shape: queries do not grow with the rows.
type Gate = Callable[[Ledger[Any], Sequence[LedgerModel], Transition], Mapping[Any, str]]

_gates: list[Gate] = []


def register_gate(gate: Gate) -> Gate:
    """Decorator."""
    _gates.append(gate)
    return gate


def held_back(ledger: Ledger[Any], rows: Sequence[LedgerModel], transition: Transition) -> dict[Any, str]:
    """Key of a row → why it does not take the step."""
    found: dict[Any, str] = {}
    for gate in _gates:
        found |= gate(ledger, rows, transition)
    return found
