"""The builder of duties, and rows of the ledger that is owed by the month."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kernel.periods.building import Duties
from shanhai.engines.values import Period
from shanhai.kernel import actions, clock, context
from shanhai.kernel.registry import registry
from toys.models import Output


@pytest.fixture
def duties(cast: Any) -> Duties:
    return Duties(cast)


@pytest.fixture
def output(cast: Any) -> Callable[..., Output]:
    """`output("2021-08", state="verified")`: alice's row of a month, filed and judged while it was open."""

    def made(period: str, state: str = "draft", by: str = "alice", amount: str = "10") -> Output:
        ledger = registry.get("toys.output")
        with clock.at(Period.parse(period).end):
            with context.acting(cast.actor(by)) as current:
                workshops = registry.get("toys.workshop")
                number = workshops.model.objects.count()
                named = {"code": f"{by}{number}", "name": "车间"}
                workshop = actions.create_row(workshops, named, actor=current.actor)
                values = {"workshop": workshop, "period": period, "amount": Decimal(amount)}
                row = actions.create_row(ledger, values, actor=current.actor)
            return advance(cast, row, state, by)

    return made


def advance(cast: Any, row: Output, state: str, by: str = "alice") -> Any:
    """Take a draft to `state` as the cast would; evidence is asked of no toy here."""
    from kernel.surfaces.test_steps import attach

    verifier = "carol" if row.side == "east" else "wang"
    steps = {
        "draft": [],
        "submitted": [("submit", by)],
        "verified": [("submit", by), ("verify", verifier)],
        "returned": [("submit", by), ("return", verifier)],
        "voided": [("void", by)],
    }
    if state == "verified":
        attach(row)
    ledger = registry.get(row.ledger_key())
    for step, who in steps[state]:
        with context.acting(cast.actor(who)) as current:
            taken = ledger.life.by_name[step]
            row = actions.step_row(ledger, row, taken, actor=current.actor, reason="请核对")
    return row
