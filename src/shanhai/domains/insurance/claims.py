"""Claims by hand: first and second review by two people, payment as a settlement, or back with a reason."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from . import lookup, rules
from .actions import settle_by_hand
from .models import Filing, ManualClaim, MedicalVisit, Threshold
from .settling import Refusal, Trial, try_settlement

Status = ManualClaim.Status
#: Which status may follow which.
MOVES: dict[str, tuple[ManualClaim.Status, ...]] = {
    Status.LODGED: (Status.FIRST_PASSED, Status.SENT_BACK),
    Status.FIRST_PASSED: (Status.PASSED, Status.SENT_BACK),
    Status.PASSED: (Status.PAID, Status.SENT_BACK),
}
#: What each step is called.
STEPS = {
    Status.FIRST_PASSED: lambda: _("初审通过"),
    Status.PASSED: lambda: _("复审通过"),
    Status.PAID: lambda: _("支付"),
    Status.SENT_BACK: lambda: _("退回申请人"),
}


def as_filed(visit: MedicalVisit) -> lookup.Filed:
    """Whoever did not file went without referral: the share is cut as for the other temporary treatment."""
    return lookup.Filed(Filing.Kind.OTHER, visit.admitted_on)


def try_claim(claim: ManualClaim) -> Trial:
    """What the claim would be paid now, or by which numbers it cannot be. Nothing is written."""
    visit, refusals = claim.visit, []
    last = visit.discharged_on
    if last is None:
        refusals.append(Refusal("501", _("还没有出院，不能申请手工报销。")))
    elif lookup.filed(lookup.index_of(visit.person), visit.admitted_on, last):
        refusals.append(Refusal("502", _("就诊期间有生效的备案，请直接结算，不用手工报销。")))
    months = _most_months(claim)
    if last and months is not None and claim.applied_on > rules.months_later(last, months):
        told = {"months": months, "day": rules.months_later(last, months)}
        refusals.append(Refusal("503", _("出院满 %(months)s 个月（%(day)s）之后不再受理。") % told))
    trial = try_settlement(visit, filed=as_filed(visit))
    kept = (*refusals, *trial.refusals)
    return Trial(visit, trial.parts, kept, trial.insured, trial.filed, None if kept else trial.settled)


def _most_months(claim: ManualClaim) -> int | None:
    """Within how many months a claim must come, by the rule of its day; None: no rule, no limit."""
    rows = Threshold.objects.in_force(claim.applied_on).filter(code=Threshold.Code.MANUAL_MONTHS)
    value = rows.values_list("value", flat=True).first()
    return None if value is None else int(value)


def advance_claim(pk: UUID, *, status: str, actor: Actor, row_version: int, reason: str = "") -> ManualClaim:
    """The next step of a claim. Errors: RuleViolated with a number; Conflict; NotAllowed; NotVisible."""
    ledger = registry.get(ManualClaim.ledger_key())
    claim = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    if status not in MOVES.get(claim.claim_status, ()):
        now = claim.get_claim_status_display()
        raise _refused(Refusal("500", _("现在是“%(now)s”，这一步不能办。") % {"now": now}))
    step = Status(status)
    if step is Status.SENT_BACK and not reason.strip():
        raise RuleViolated(_("请写明退回原因。"), code="reason_missing")
    if step is Status.PASSED and claim.first_reviewer == actor.key:
        raise _refused(Refusal("504", _("初审和复审要由两个人办。")))
    if step in {Status.FIRST_PASSED, Status.PASSED}:
        _require_payable(claim)
    values = {"claim_status": step, **_values(step, actor, reason)}
    told = reason.strip() or STEPS[step]()
    moved: ManualClaim = record_later(ledger, pk, values, actor=actor, row_version=row_version, reason=told)
    if step is Status.PAID:
        _require_payable(claim)
        settle_by_hand(claim.visit_id, as_filed(claim.visit), actor=actor)
    return moved


def _values(step: ManualClaim.Status, actor: Actor, reason: str) -> dict[str, Any]:
    today = clock.today()
    match step:
        case Status.FIRST_PASSED:
            return {"first_reviewer": actor.key, "last_reviewed_on": today}
        case Status.PASSED:
            return {"second_reviewer": actor.key, "last_reviewed_on": today}
        case Status.PAID:
            return {"reimbursed_on": today}
        case _:
            return {"sent_back_because": reason.strip()[:200], "last_reviewed_on": today}


def _require_payable(claim: ManualClaim) -> None:
    refusals = try_claim(claim).refusals
    if refusals:
        raise _refused(*refusals)


def _refused(*refusals: Refusal) -> RuleViolated:
    told = [str(one) for one in refusals]
    return RuleViolated("".join(told), code="bad_manual_claim", problems={"": told})
