"""Toy rows of both sides, and a look at pages as their reader sees them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.kernel import actions, context
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_identity
from toys.models import Output, Workshop


@pytest.fixture
def ledger() -> Ledger[Any]:
    return registry.get("toys.workshop")


@pytest.fixture
def make(cast: Any, ledger: Ledger[Any]) -> Callable[..., Workshop]:
    """`make("W1", by="bob", kind="home")`: a workshop filed by that person."""

    def made(code: str, by: str = "alice", state: str = "draft", **values: Any) -> Workshop:
        with context.acting(cast.actor(by)) as current:
            given = {"code": code, "name": f"{code}车间", **values}
            row = actions.create_row(ledger, given, actor=current.actor)
        return advance(cast, ledger, row, state, by)

    return made


def advance(cast: Any, ledger: Ledger[Any], row: Any, state: str, by: str) -> Any:
    """Take a new draft to `state` as the cast would."""
    verifier = "carol" if row.side == "east" else "wang"
    steps = {
        "draft": [],
        "submitted": [("submit", by)],
        "verified": [("submit", by), ("verify", verifier)],
        "returned": [("submit", by), ("return", verifier)],
        "voided": [("void", by)],
    }
    for step, who in steps[state]:
        reason = "请核对" if step in {"return", "void"} else ""
        with context.acting(cast.actor(who)) as current:
            row = actions.step_row(ledger, row, ledger.life.by_name[step], actor=current.actor, reason=reason)
    return row


@pytest.fixture
def make_output(cast: Any) -> Callable[..., Output]:
    def made(workshop: Workshop, period: str, amount: str, by: str = "alice", **values: Any) -> Output:
        given = {"workshop": workshop, "period": period, "amount": Decimal(amount), **values}
        with context.acting(cast.actor(by)) as current:
            return actions.create_row(registry.get("toys.output"), given, actor=current.actor)

    return made


@pytest.fixture
def identity() -> Callable[[int], str]:
    """Identity numbers that nobody bears."""
    return lambda number: demo_identity(area=1, born_on=date(1990, 1, 1), serial=number)
