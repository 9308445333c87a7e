"""State changes of claims: found among the entitled, approved with their amount, refused, objected to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row, validate_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.joint import signers
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Sharing
from shanhai.kernel.workflow import State

from . import lookup, rules
from .claim_rules import JUDGING, Step, after
from .entitled import Entitled, entitled_of, owed_of, place_of
from .late_claims import late
from .models import CLOSED, Claim, ClaimAnswer, Policy, Standing
from .numbering import numbered

LETTERS = "SL"


@dataclass(frozen=True)
class Approved:
    """What approving many came to: claims approved, and number and reason of each left."""

    claims: Sequence[Claim]
    left: Sequence[tuple[str, str]]


def claim_found(pk: UUID, *, period_code: str, digest: str, actor: Actor) -> list[Claim]:
    """免申即享: a submitted claim for everyone entitled who has none yet, with its amount and reasons.

    Errors: Conflict when the list is another than `digest` names; RuleViolated; NotAllowed; NotVisible.
    """
    ledger = registry.get(Claim.ledger_key())
    policy: Policy = get_row(registry.get(Policy.ledger_key()), pk, actor=actor)
    grants = [one for one in actor.grants_for(Verb.CREATE, ledger.key) if one.side == policy.side]
    if not grants:
        raise NotAllowed
    owed = owed_of(policy, period_code)
    if owed.digest != digest:
        raise Conflict(_("名单在您查看之后变了，请看过新名单再生成。"))
    if not owed.lines:
        raise RuleViolated(_("这一期没有应享未领的。"), code="not_entitled")
    Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    today = clock.today()
    last = lookup.last_number(Claim, LETTERS, policy.side)
    claims = [
        Claim(
            side=policy.side,
            owner_unit_id=grants[0].unit_id,
            place=place_of(line.subject),
            sharing=Sharing.PRIVATE,
            state=State.SUBMITTED,
            submitted_at=clock.now(),
            submitted_by=actor.key,
            number=numbered(LETTERS, today.year, last + running),
            policy=policy,
            person=line.subject if rules.is_of_people(policy.recipients) else None,
            firm=None if rules.is_of_people(policy.recipients) else line.subject,
            benefit_period=owed.period.code,
            applied_on=today,
            origin=Claim.Origin.FOUND,
            amount=line.amount,
            subject_index=lookup.index_of(line.subject),
            benefit_kind=policy.benefit_kind,
        )
        for running, line in enumerate(owed.lines, 1)
    ]
    with context.because(_("免申即享：%(policy)s") % {"policy": policy.name}), constraint_sentences():
        Claim.objects.bulk_create(claims)
        ClaimAnswer.objects.bulk_create(_answers(zip(claims, owed.lines, strict=True), actor))
    return claims


def approve_claim(pk: UUID, *, actor: Actor, row_version: int) -> Claim:
    """复审: the claim goes on with the amount the release in force gives by the rows as they stand now.

    Errors: RuleViolated where it is not entitled, not reviewed, or reviewed by the same person; Conflict.
    """
    claim = _locked(pk, Step.APPROVE, actor, row_version)
    found = entitled_of(claim.policy, claim.benefit_period, claim.subject.pk)
    return _approved(claim, found.lines.get(claim.subject.pk), found, actor)


def approve_claims(pk: UUID, *, period_code: str, actor: Actor) -> Approved:
    """复审 of all claims of a policy and period that have passed first review, each judged by itself."""
    policy: Policy = get_row(registry.get(Policy.ledger_key()), pk, actor=actor)
    if not actor.allows(Verb.VERIFY, Claim.ledger_key()):
        raise NotAllowed
    waiting = Claim.objects.filter(
        policy=policy, benefit_period=period_code, standing=Standing.PENDING, state=State.VERIFIED
    )
    rows = list(waiting.order_by("number").values_list("pk", "number", "row_version"))
    found = entitled_of(policy, period_code)
    approved, left = [], []
    for key, number, version in rows:
        try:
            claim = _locked(key, Step.APPROVE, actor, version)
            if late(claim) is not None:
                raise RuleViolated(_("逾期申领，请打开看过逾期理由再复审。"), code="bad_claim_step")
            approved.append(_approved(claim, found.lines.get(claim.subject.pk), found, actor))
        except (Conflict, NotAllowed, RuleViolated) as refused:
            left.append((number, str(refused)))
    return Approved(approved, left)


def _approved(claim: Claim, line: Any, found: Entitled, actor: Actor) -> Claim:
    if claim.state != State.VERIFIED:
        raise RuleViolated(_("还没有初审，不能复审。"), code="bad_claim_step")
    if actor.key in signers(claim):
        raise RuleViolated(_("提交人和初审人不能复审同一笔申领，请由他人复审。"), code="four_eyes")
    if line is None or line.amount <= 0:
        told = {"who": str(claim), "policy": claim.policy.name, "period": claim.benefit_period}
        raise RuleViolated(
            _("按现有记录，%(who)s在 %(period)s 不能享受“%(policy)s”，请核对或不予。") % told,
            code="not_entitled",
        )
    index = lookup.index_of(claim.subject)
    lookup.hold([index])
    kind, period = claim.policy.benefit_kind, Period.parse(claim.benefit_period)
    if lookup.claimed_elsewhere(kind, period, [index], but_policy=claim.policy_id):
        raise RuleViolated(_("这一享受期的同类补贴已在别处申领，两地合并只发一次。"), code="claimed_already")
    claim.amount, claim.subject_index, claim.benefit_kind = line.amount, index, kind
    claim.approved_by, claim.approved_on = actor.key, clock.today()
    claim.place = claim.place or place_of(claim.subject)
    moved = move(claim, Step.APPROVE, reason=str(_("复审通过")))
    ClaimAnswer.objects.bulk_create(_answers([(claim, line)], actor))
    return moved


def decide_claim(pk: UUID, *, step: Step, reason: str, actor: Actor, row_version: int) -> Claim:
    """Refuse, withdraw, take an objection or answer it, take up again what was refused.

    Errors: RuleViolated for a step that does not fit or has no reason; Conflict; NotAllowed; NotVisible.
    """
    claim = _locked(pk, step, actor, row_version)
    if not reason.strip():
        raise RuleViolated(_("请写明理由。"), code="reason_missing")
    if claim.state not in {State.SUBMITTED, State.VERIFIED}:
        raise RuleViolated(_("这笔申领还没有提交，请直接修改或作废。"), code="bad_claim_step")
    claim.decision_note = reason.strip()[:200]
    if step is Step.REOPEN:  # as if nobody had decided yet
        same = {name: getattr(claim, name) for name in ("policy", "benefit_period", "person", "firm")}
        if Claim.objects.live().filter(**same).exclude(standing__in=CLOSED).exists():
            raise RuleViolated(_("同一人或单位在这项政策的这一享受期已有一笔申领。"), code="claimed_already")
        claim.amount, claim.approved_by, claim.approved_on, claim.notice = None, "", None, None
    return move(claim, step, reason=reason.strip())


def move(claim: Claim, step: Step, *, reason: str) -> Claim:
    """One step of a locked claim. Errors: RuleViolated where it does not fit."""
    target = after(claim.standing, step)
    if target is None:
        raise RuleViolated(
            _("申领 %(number)s 现在是“%(now)s”，不能这样办理。")
            % {"number": claim.number, "now": Standing(claim.standing).label},
            code="bad_claim_step",
        )
    claim.standing = target
    claim.row_version += 1
    with context.because(reason), constraint_sentences():
        claim.save()
    return claim


def _locked(pk: UUID, step: Step, actor: Actor, row_version: int) -> Claim:
    verb = Verb.VERIFY if step in JUDGING else Verb.EDIT
    ledger = registry.get(Claim.ledger_key())
    get_row(ledger, pk, actor=actor, verb=verb)
    rows = Claim.objects.select_related("policy", "person", "firm", "owner_unit", "place")
    claim: Claim = rows.select_for_update(of=("self",)).get(pk=pk)
    if claim.row_version != row_version:
        raise Conflict
    if step is Step.APPROVE:
        validate_row(ledger, claim, claim)
    return claim


def _answers(pairs: Iterable[tuple[Claim, Any]], actor: Actor) -> list[ClaimAnswer]:
    return [
        ClaimAnswer(
            claim=claim,
            release=line.release,
            amount=line.amount,
            sentence=line.sentence,
            reasons=line.reasons,
            computed_at=clock.now(),
            computed_by=actor.key,
        )
        for claim, line in pairs
    ]
