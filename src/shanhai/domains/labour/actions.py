"""State changes of employment that row life does not cover."""

from datetime import date
from uuid import UUID

from shanhai.kernel.later import record_later
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .matching_acts import leave_with, return_with
from .models import EmploymentSpell, HouseholdMember, PersonCategory
from .standing_rules import Event
from .standings import follow, take_back


def end_spell(pk: UUID, *, ended_on: date | None, actor: Actor, row_version: int) -> EmploymentSpell:
    """Write down when a reported worker left; None takes a mistaken day back. Errors: as `record_later`."""
    ledger = registry.get(EmploymentSpell.ledger_key())
    values = {"ended_on": ended_on}
    before = EmploymentSpell.objects.filter(pk=pk).values_list("ended_on", flat=True).first()
    spell: EmploymentSpell = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason="离岗登记"
    )
    if ended_on is not None:
        follow(spell.person_id, Event.LEFT, ended_on, actor=actor, spell=spell)
        leave_with(spell, ended_on, actor=actor)
    elif before is not None:
        take_back(spell.person_id, before, actor=actor, spell=spell)
        return_with(spell, before, actor=actor)
    return spell


def end_holding(
    model: type[PersonCategory] | type[HouseholdMember],
    pk: UUID,
    *,
    valid_to: date | None,
    actor: Actor,
    row_version: int,
) -> PersonCategory | HouseholdMember:
    """Write down when a person left a category or a household; None takes a mistaken day back.

    Errors: as `record_later`.
    """
    ledger = registry.get(model.ledger_key())
    reason = "退出登记" if model is PersonCategory else "离户登记"
    row: PersonCategory | HouseholdMember = record_later(
        ledger, pk, {"valid_to": valid_to}, actor=actor, row_version=row_version, reason=reason
    )
    return row
