"""Demonstration claims 演示: some applied for and went through both reviews, the others are still owed."""

from datetime import date
from typing import Any

from shanhai.kernel.actions import step_row
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import VERIFY, State
from shanhai.registers.seeding import Filed, Seeding, morning

from .claim_actions import approve_claims, decide_claim
from .claim_rules import Step
from .entitled import owed_of
from .models import Claim, Policy
from .numbering import numbered
from .payment_seed import seed_payments

PERIOD = "2021-08"
#: How many applied; how many of them passed first review, and second.
APPLIED, REVIEWED = 60, 48
APPLIED_ON, REVIEWED_ON, APPROVED_ON = date(2021, 9, 3), date(2021, 9, 6), date(2021, 9, 7)


def seed_claims(ctx: Seeding, policy: Policy) -> None:
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(APPLIED_ON)):
        lines = owed_of(policy, PERIOD).lines[: ctx.count(APPLIED, 12)]
    unit = ctx.units["mt_labour"]
    claims = [
        Claim(
            side=Side.WEST,
            owner_unit=unit,
            place=line.subject.place,
            sharing=Sharing.PRIVATE,
            number=numbered("SL", 2021, running),
            policy=policy,
            person=line.subject,
            benefit_period=PERIOD,
            applied_on=APPLIED_ON,
        )
        for running, line in enumerate(lines, 1)
    ]
    ctx.file(Filed(claim, APPLIED_ON, State.SUBMITTED) for claim in claims)
    _review(ctx, claims[: ctx.count(REVIEWED, 10)])
    with ctx.acting(manager, morning(APPROVED_ON)):
        approve_claims(policy.pk, period_code=PERIOD, actor=manager)
        _refuse_last(manager)
    seed_payments(ctx, policy, PERIOD)


def _review(ctx: Seeding, claims: list[Claim]) -> None:
    ledger = registry.get(Claim.ledger_key())
    verifier = ctx.verifier(Side.WEST)
    with ctx.acting(verifier, morning(REVIEWED_ON)):
        for claim in claims:
            row = Claim.objects.get(pk=claim.pk)
            step_row(ledger, row, ledger.life.by_name[VERIFY.name], actor=verifier)


def _refuse_last(manager: Any) -> None:
    row = Claim.objects.filter(standing="approved").order_by("-number").first()
    if row is not None:
        reason = "演示：本人已在外县领取同类补贴"
        decide_claim(row.pk, step=Step.REFUSE, reason=reason, actor=manager, row_version=row.row_version)
