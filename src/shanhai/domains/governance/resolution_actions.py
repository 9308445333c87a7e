"""What is done with resolutions: units report, their office closes or refuses."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import create_row, get_row, require, step_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor, reaches_unit
from shanhai.kernel.workflow import RETURN, SUBMIT, VERIFY, State
from shanhai.registers.parties.models import Unit

from .models import Resolution, ResolutionProgress
from .resolution_ledgers import unit_names

PROGRESS = ResolutionProgress.ledger_key()


def reporting_unit(resolution: Resolution, actor: Actor) -> Unit | None:
    """The unit for which the actor may report: the lead, else a supporting one."""
    names = unit_names(resolution.support_units)
    supports = Unit.resolve_references(names) if names else {}
    grants = actor.grants_for(Verb.CREATE, PROGRESS)
    for unit in (resolution.lead_unit, *supports.values()):
        if any(reaches_unit(grant, unit.side, unit.pk, unit.path) for grant in grants):
            found: Unit = unit
            return found
    return None


def report(
    pk: UUID, *, narrative: str, percent: Decimal | None, is_complete: bool, actor: Actor
) -> ResolutionProgress:
    """Write down and report how far a resolution has come.

    Errors: NotVisible; NotAllowed for units that have no part in it; RuleViolated.
    """
    resolution: Resolution = get_row(registry.get(Resolution.ledger_key()), pk, actor=actor)
    unit = reporting_unit(resolution, actor)
    if unit is None:
        raise NotAllowed
    if resolution.state not in REPORTED_STATES:
        raise RuleViolated(_("这项议定事项还没有报出，不能登记进展。"), code="still_draft")
    ledger = registry.get(PROGRESS)
    values: dict[str, Any] = {
        "resolution": resolution,
        "owner_unit": unit,
        "place": unit.place,
        "told_on": clock.today(),
        "narrative": narrative.strip(),
        "percent": percent,
        "is_complete": is_complete,
    }
    with transaction.atomic():
        row: ResolutionProgress = step_row(
            ledger, create_row(ledger, values, actor=actor), SUBMIT, actor=actor
        )
    return row


def decide(pk: UUID, *, accept: bool, reason: str, actor: Actor, row_version: int) -> ResolutionProgress:
    """Close the resolution by a completion that was asked for, or refuse it; both with a reason.

    Errors: RuleViolated without a reason, without evidence, or for what asks for no completion; Conflict;
    NotAllowed; NotVisible.
    """
    ledger = registry.get(PROGRESS)
    row = get_row(ledger, pk, actor=actor, verb=Verb.VERIFY)
    if not row.is_complete or row.state != State.SUBMITTED:
        raise RuleViolated(_("这条进展没有在等销号。"), code="not_claimed")
    if not reason.strip():
        said = _("请写明同意销号或退回的意见。")
        raise RuleViolated(said, code="reason_missing", problems={"reason": [said]})
    if row.row_version != row_version:
        raise Conflict
    if not accept:
        refused: ResolutionProgress = step_row(ledger, row, RETURN, actor=actor, reason=reason.strip()[:500])
        return refused
    papers = EvidenceLink.objects.filter(ledger=ledger.key, row_id=row.pk, removed_at__isnull=True)
    if not papers.exists():
        raise RuleViolated(_("还没有办结材料，不能销号。请牵头单位先上传佐证。"), code="evidence_missing")
    with transaction.atomic():
        locked = ledger.model._default_manager.select_for_update(of=("self",)).get(pk=pk)
        require(actor, Verb.VERIFY, ledger, ledger.rows_with_units().get(pk=pk))
        locked.closing_note = reason.strip()[:500]
        with context.because(reason.strip()[:500]):
            locked.save(update_fields=["closing_note"])
        closed: ResolutionProgress = step_row(ledger, locked, VERIFY, actor=actor)
    return closed
