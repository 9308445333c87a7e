"""Demonstration claims 演示: some applied for and went through both reviews, the others are still owed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.kernel.actions import step_row
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import VERIFY, State
from shanhai.registers.seeding import Filed, Seeding, morning

from .claim_actions import approve_claims, decide_claim
from .claim_rules import Step
from .entitled import owed_of, place_of
from .models import Audience, Claim, Policy
from .numbering import numbered
from .payment_seed import OF_FIRMS, OF_PEOPLE, seed_claw_back, seed_holidays, seed_payments

PERIOD, FIRMS_PERIOD = "2021-08", "2021"
#: How many applied; how many of them passed first review, and second.
APPLIED, REVIEWED, FIRMS = 60, 48, 5
APPLIED_ON, REVIEWED_ON, APPROVED_ON = date(2021, 9, 3), date(2021, 9, 6), date(2021, 9, 7)


def seed_claims(ctx: Seeding, of_people: Policy, of_firms: Policy) -> None:
    """People by the month, firms by the year: reviewed twice, shown, paid; of each one is to give back."""
    seed_holidays(ctx)
    people = _Way(PERIOD, APPLIED_ON, REVIEWED_ON, APPROVED_ON)
    number = _through(ctx, of_people, people, ctx.count(APPLIED, 12), ctx.count(REVIEWED, 10))
    with ctx.acting(ctx.actors["mt_coordinator", "coordinator"], morning(APPROVED_ON)):
        _refuse_last(ctx.actors["mt_coordinator", "coordinator"])
    seed_payments(ctx, of_people, PERIOD, OF_PEOPLE)
    seed_claw_back(ctx, of_people, Decimal(200), "演示：回访得知当月已返乡")
    firms = _Way(FIRMS_PERIOD, date(2021, 9, 6), date(2021, 9, 7), date(2021, 9, 8), number)
    _through(ctx, of_firms, firms, FIRMS, FIRMS)
    _apply_late(ctx, of_people, number + FIRMS + 1)
    seed_payments(ctx, of_firms, FIRMS_PERIOD, OF_FIRMS)
    seed_claw_back(ctx, of_firms, Decimal(5000), "演示：核查发现一人已离岗，多计一人")


@dataclass(frozen=True)
class _Way:
    """A period, and when what happened; numbers go on after `last`."""

    period: str
    applied: date
    reviewed: date
    approved: date
    last: int = 0


def _through(ctx: Seeding, policy: Policy, way: _Way, applied: int, reviewed: int) -> int:
    """So many apply, so many of them pass both reviews; the last number given."""
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(way.applied)):
        lines = owed_of(policy, way.period).lines[:applied]
    claims = [
        _claim(ctx, policy, line.subject, way.period, way.applied, running)
        for running, line in enumerate(lines, way.last + 1)
    ]
    ctx.file(Filed(claim, way.applied, State.SUBMITTED) for claim in claims)
    _review(ctx, claims[:reviewed], way.reviewed)
    with ctx.acting(manager, morning(way.approved)):
        approve_claims(policy.pk, period_code=way.period, actor=manager)
    return way.last + len(claims)


def _claim(ctx: Seeding, policy: Policy, subject: Any, period: str, day: date, running: int) -> Claim:
    return Claim(
        side=Side.WEST,
        owner_unit=ctx.units["mt_labour"],
        place=place_of(subject),
        sharing=Sharing.PRIVATE,
        number=numbered("SL", 2021, running),
        policy=policy,
        person=subject if policy.recipients == Audience.WORKER else None,
        firm=None if policy.recipients == Audience.WORKER else subject,
        benefit_period=period,
        applied_on=day,
    )


def _apply_late(ctx: Seeding, policy: Policy, running: int) -> None:
    """One asks for June after its last day, with a reason that waits to be judged."""
    day = date(2021, 9, 10)
    with ctx.acting(ctx.actors["mt_coordinator", "coordinator"], morning(day)):
        lines = owed_of(policy, "2021-06").lines[:1]
    rows = [_claim(ctx, policy, one.subject, "2021-06", day, running) for one in lines]
    for row in rows:
        row.late_reason = "演示：住院两个月，家属代办"
    ctx.file(Filed(row, day, State.SUBMITTED) for row in rows)
    _review(ctx, rows, date(2021, 9, 13))


def _review(ctx: Seeding, claims: list[Claim], reviewed_on: date) -> None:
    ledger = registry.get(Claim.ledger_key())
    verifier = ctx.verifier(Side.WEST)
    with ctx.acting(verifier, morning(reviewed_on)):
        for claim in claims:
            row = Claim.objects.get(pk=claim.pk)
            step_row(ledger, row, ledger.life.by_name[VERIFY.name], actor=verifier)


def _refuse_last(manager: Any) -> None:
    row = Claim.objects.filter(standing="approved").order_by("-number").first()
    if row is not None:
        reason = "演示：本人已在外县领取同类补贴"
        decide_claim(row.pk, step=Step.REFUSE, reason=reason, actor=manager, row_version=row.row_version)
