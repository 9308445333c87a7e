"""Rows under a chain, and who has a hand in them: shared by the tests of approvals."""

from datetime import UTC, date, datetime
from typing import Any

from shanhai.kernel import context
from shanhai.kernel.registry import registry
from shanhai.registers.approvals.cases import waiting_for
from shanhai.registers.approvals.models import ApprovalChain
from toys.models import Workshop

LEDGER = registry.get("toys.workshop")
LATER = datetime(2021, 9, 25, 8, tzinfo=UTC)
STEPS = "科室审核：或签 本单位·核实\n会签：会签 区财政局·填报、区乡村振兴局·统筹"
DOCUMENT = {"valid_from": date(2020, 1, 1), "source": "演示〔2021〕8号"}


def chain(steps: str = STEPS, **more: Any) -> ApprovalChain:
    made = ApprovalChain(
        **{"side": "east", "ledger": LEDGER.key, "approval_steps": steps, **DOCUMENT, **more}
    )
    with context.unscoped("chain"):
        made.full_clean()
        made.save()
    return made


def state(row: Workshop) -> str:
    return str(Workshop._base_manager.values_list("state", flat=True).get(pk=row.pk))


def turn(cast: Any, *names: str) -> set[str]:
    """Whose turn it is to sign anything."""
    found = set()
    for name in names or cast.PEOPLE:
        with context.acting(cast.actor(name)) as current:
            if waiting_for(current.actor):
                found.add(name)
    return found
