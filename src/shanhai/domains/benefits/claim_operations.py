"""What claims add to the API: who is owed, their claims, reviews and steps, and the way of a period."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import covers
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from . import claim_actions
from .claim_pages import step_named
from .claim_rules import BY_HAND
from .entitled import digest_of_overpaid, entitled_of, overpaid_of, owed_of
from .late_claims import refused_yet_entitled
from .models import Claim, Policy
from .operations import PeriodAsked, period_of
from .pages import own_policy
from .way import way_of


class OwedLine(Schema):
    """One who is entitled and has no claim."""

    id: UUID
    name: str
    amount: Decimal
    sentence: str


class StationAnswer(Schema):
    """How many claims stand at a station of the way."""

    label: str
    count: int
    total: Decimal | None


class AgainLine(Schema):
    """A claim that was refused, whose subject is entitled by the rows of today."""

    id: UUID
    number: str
    amount: Decimal = Field(description="现可享，元")
    why: str = Field(description="不予的理由")


class PayingAnswer(Schema):
    """A policy and a period from who is entitled to who was paid."""

    period: str
    digest: str = Field(description="应享未领名单的摘要，生成申领时带上")
    owed: list[OwedLine]
    total: Decimal = Field(description="应享未领合计，元")
    overpaid: Decimal = Field(description="已发而按现有记录应追回的，元")
    overpaid_digest: str = Field(description="应追回名单的摘要，登记追回时带上")
    elsewhere: int = Field(description="同类补贴已在别处申领、不再列入的")
    again: list[AgainLine] = Field(description="不予之后现有记录可享的；要办的用 decide 的 reopen 重新受理")
    stations: list[StationAnswer]


class FindBody(Sent):
    """Whose claims are to be made."""

    period: str
    digest: str


class FindAnswer(Schema):
    """The claims made."""

    numbers: list[str]


class ApproveManyBody(Sent):
    """Which period's claims."""

    period: str


class LeftAnswer(Schema):
    """A claim that was not approved, and why."""

    number: str
    why: str


class ApproveManyAnswer(Schema):
    """What approving many came to."""

    approved: list[str]
    left: list[LeftAnswer]


class ApproveClaimBody(Sent):
    """Which version of the claim was looked at."""

    row_version: int


class DecideClaimBody(ApproveClaimBody):
    """A step by hand, and why."""

    step: str = Field(description=f"办理方式：{'、'.join(BY_HAND)}")
    reason: str


def _own(request: HttpRequest, actor: Any) -> Any:
    return own_policy(argument(request, "pk"), actor)


def granting(verb: Verb) -> Door:
    """A policy of the caller's side, for whoever may do `verb` with claims."""

    def decided(request: HttpRequest, actor: Any) -> Any:
        policy = _own(request, actor)
        if not actor.allows(verb, Claim.ledger_key()):
            raise NotAllowed
        return policy

    return Door(decided)


def _either(request: HttpRequest, actor: Any) -> Any:
    """A claim that the caller keeps or judges."""
    ledger = registry.get(Claim.ledger_key())
    claim = get_row(ledger, argument(request, "pk"), actor=actor)
    if not any(covers(actor, verb, ledger.key, claim) for verb in (Verb.EDIT, Verb.VERIFY)):
        raise NotAllowed
    return claim


@register_operations(Policy.ledger_key())
def paying(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    own = Door(_own)

    @router.get("/{uuid:pk}/paying/", response=PayingAnswer, auth=own, **named(ledger, "paying", "发放办理"))
    def read_paying(request: Found, pk: UUID, asked: Query[PeriodAsked]) -> dict[str, Any]:
        policy: Policy = request.auth
        found = entitled_of(policy, period_of(policy, asked.period).code)
        owed = owed_of(policy, found.period.code, found)
        lines = [
            {"id": one.subject.pk, "name": str(one.subject), "amount": one.amount, "sentence": one.sentence}
            for one in owed.lines
        ]
        over = overpaid_of(policy, owed.period.code, found)
        again = [
            {"id": c.pk, "number": c.number, "amount": one.line.amount, "why": c.decision_note}
            for one in refused_yet_entitled(policy, found)
            if (c := one.claim)
        ]
        stations = way_of(policy, owed.period.code)
        return {
            "period": owed.period.code,
            "digest": owed.digest,
            "owed": lines,
            "total": owed.total,
            "overpaid": sum((one.due for one in over), Decimal(0)),
            "overpaid_digest": digest_of_overpaid(over),
            "elsewhere": owed.elsewhere,
            "again": again,
            "stations": [{"label": s.label, "count": s.count, "total": s.total} for s in stations],
        }

    @router.post(
        "/{uuid:pk}/find/",
        response=FindAnswer,
        auth=granting(Verb.CREATE),
        **named(ledger, "find", "免申即享"),
    )
    def find_claims(request: Found, pk: UUID, body: FindBody) -> dict[str, Any]:
        actor = actor_of(request)
        code = period_of(request.auth, body.period).code
        made = claim_actions.claim_found(pk, period_code=code, digest=body.digest, actor=actor)
        return {"numbers": [one.number for one in made]}

    @router.post(
        "/{uuid:pk}/approve/",
        response=ApproveManyAnswer,
        auth=granting(Verb.VERIFY),
        **named(ledger, "approve", "复审"),
    )
    def approve_claims(request: Found, pk: UUID, body: ApproveManyBody) -> dict[str, Any]:
        code = period_of(request.auth, body.period).code
        found = claim_actions.approve_claims(pk, period_code=code, actor=actor_of(request))
        return {
            "approved": [one.number for one in found.claims],
            "left": [{"number": number, "why": why} for number, why in found.left],
        }


@register_operations(Claim.ledger_key())
def deciding(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    judging, either = on_row(ledger, Verb.VERIFY), Door(_either)

    @router.post("/{uuid:pk}/approve/", response=row, auth=judging, **named(ledger, "approve", "复审通过"))
    def approve_claim(request: Found, pk: UUID, body: ApproveClaimBody) -> dict[str, Any]:
        actor = actor_of(request)
        claim_actions.approve_claim(pk, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)

    @router.post("/{uuid:pk}/decide/", response=row, auth=either, **named(ledger, "decide", "申领办理"))
    def decide_claim(request: Found, pk: UUID, body: DecideClaimBody) -> dict[str, Any]:
        actor, step, version = actor_of(request), step_named(body.step), body.row_version
        claim_actions.decide_claim(pk, step=step, reason=body.reason, actor=actor, row_version=version)
        return read_row(ledger, pk, actor)
