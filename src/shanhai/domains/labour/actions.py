"""State changes of employment that row life does not cover."""

from datetime import date
from uuid import UUID

from shanhai.kernel.later import record_later
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .models import EmploymentSpell


def end_spell(pk: UUID, *, ended_on: date | None, actor: Actor, row_version: int) -> EmploymentSpell:
    """Write down when a reported worker left; None takes a mistaken day back. Errors: as `record_later`."""
    ledger = registry.get(EmploymentSpell.ledger_key())
    values = {"ended_on": ended_on}
    spell: EmploymentSpell = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason="离岗登记"
    )
    return spell
