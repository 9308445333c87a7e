"""Joint rows: Doumen's labour bureau meets Meitan's."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kernel.periods.building import Duties
from shanhai.kernel import actions, context
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from toys.models import Meeting


@pytest.fixture
def ledger() -> Ledger[Any]:
    return registry.get("toys.meeting")


@pytest.fixture
def duties(cast: Any) -> Duties:
    return Duties(cast)


#: By whom a row of alice's is taken on, and one of bob's.
STEPS = {
    "alice": {"submit": "alice", "verify": "victor", "confirm": "vera", "decline": "vera", "void": "alice"},
    "bob": {"submit": "bob", "verify": "vera", "confirm": "victor", "decline": "victor", "void": "bob"},
}
WAYS = {
    "draft": (),
    "submitted": ("submit",),
    "awaiting": ("submit", "verify"),
    "verified": ("submit", "verify", "confirm"),
    "returned": ("submit", "verify", "decline"),
    "voided": ("void",),
}


@pytest.fixture
def meeting(cast: Any, ledger: Ledger[Any]) -> Callable[..., Meeting]:
    """`meeting("awaiting")`: alice's row of August that names bob's bureau; `by="bob"`: the other way."""

    def made(state: str = "draft", number: str = "联1", by: str = "alice", **values: Any) -> Any:
        given = {
            "number": number,
            "period": "2021-08",
            "held_on": date(2021, 8, 20),
            "attendees": 20,
            "partner_unit": cast.mt_labour if by == "alice" else cast.dm_labour,
            **values,
        }
        with context.acting(cast.actor(by)) as current:
            row = actions.create_row(ledger, given, actor=current.actor)
        for step in WAYS[state]:
            with context.acting(cast.actor(STEPS[by][step])) as current:
                taken = ledger.life.by_name[step]
                row = actions.step_row(ledger, row, taken, actor=current.actor, reason="请核对")
        return row

    return made


@pytest.fixture
def now() -> Callable[[Any], Any]:
    """The row as it is stored."""

    def stored(row: Any) -> Any:
        with context.unscoped("look"):
            return type(row).objects.get(pk=row.pk)

    return stored
