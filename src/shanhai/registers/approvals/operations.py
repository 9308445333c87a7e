"""Approvals over the API: what waits, one case, acting."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.engines.approval import Course, Kind, Seat, Step, Where
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from . import cases
from .acts import Asked, act, case_of
from .hands import Hands, hands_of
from .models import StandIn
from .pages import ledger_named, signer
from .standing_in import Named, concerning, end_stand_in, name_stand_in, own_stand_in


class ApprovalStep(Schema):
    """One step; seats are unit and role, `<key of the unit>|<code of the role>`."""

    title: str
    mode: str = Field(description="all 会签，any 或签")
    seats: list[str]
    signed: list[str]


class ApprovalCase(Schema):
    """Where a row under a chain stands."""

    ledger: str
    row: str
    submitted_at: str
    at: int | None = Field(description="第几步，从 0 起；结束后为空")
    ending: str | None = Field(description="approved、returned；办理中为空")
    is_urged: bool
    waiting: list[str]
    yours: list[str] = Field(description="轮到您签的席位，含您代签的")
    steps: list[ApprovalStep]
    broken: str = Field(description="审批链读不懂时说明原因，否则为空")


class ApprovalsWaiting(Schema):
    """Cases in which it is the caller's turn, and those the caller filed."""

    waiting: list[ApprovalCase]
    filed: list[ApprovalCase]


class ApprovalActBody(Sent):
    """What to do."""

    what: Literal["agree", "return", "add", "transfer", "urge"]
    opinion: str = Field(default="", max_length=200, description="退回必填")
    to: int = Field(default=-1, ge=-1, le=100, description="退到第几步，从 0 起；-1 为填报人")
    unit: UUID | None = Field(default=None, description="加签、转办给哪个单位")
    role: str = Field(default="", max_length=32, description="加签、转办给哪个角色")
    where: Literal["beside", "before", "after"] = "before"


class StandInTold(Schema):
    """Who signs in whose place, on which days; keys of accounts."""

    id: str
    absent: str
    stands_in: str
    valid_from: date
    valid_to: date
    reason: str


class StandInBody(Sent):
    """Whom the caller asks to sign while away."""

    stands_in: UUID
    valid_from: date
    valid_to: date
    reason: str = Field(min_length=2, max_length=120, description="离岗原因")


def _stand_in(one: StandIn) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "absent": one.absent,
        "stands_in": one.stands_in,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "reason": one.absence_reason,
    }


def _told(case: cases.Case, course: Course | None, yours: list[Seat]) -> dict[str, Any]:
    return {
        "ledger": case.ledger.key,
        "row": str(case.row.pk),
        "submitted_at": case.since.isoformat(),
        "at": course.at if course and not course.ending else None,
        "ending": course.ending if course else None,
        "is_urged": bool(course and course.is_urged),
        "waiting": list(course.waiting) if course else [],
        "yours": yours,
        "steps": [_step(step) for step in course.steps] if course else [],
        "broken": case.broken,
    }


def _standing(case: cases.Case, hands: Hands) -> dict[str, Any]:
    return _told(case, None if case.broken else case.course, list(case.seats_of(hands)))


def _step(step: Step) -> dict[str, Any]:
    return {
        "title": step.title,
        "mode": step.mode.value,
        "seats": list(step.seats),
        "signed": sorted(step.signed),
    }


def _signing(request: HttpRequest, actor: Actor) -> Actor:
    return signer(request)


def _own_stand_in(request: HttpRequest, actor: Actor) -> StandIn:
    return own_stand_in(argument(request, "pk"), signer(request))


def _one(request: HttpRequest, actor: Actor) -> cases.Case:
    signer(request)
    return case_of(ledger_named(argument(request, "ledger")), argument(request, "pk"), actor)


@register_routes("/approvals/")
def routes() -> Router:
    router = Router(tags=["approvals"])
    one = Door(_one)

    told = called("approvals", "待我审批的，和我报的", auth=Door(_signing))

    @router.get("/", response=ApprovalsWaiting, **told)
    def list_approvals(request: HttpRequest) -> dict[str, Any]:
        actor = actor_of(request)
        hands = hands_of(actor)
        return {
            "waiting": [_standing(case, hands) for case in cases.waiting_for(actor)],
            "filed": [_standing(case, hands) for case in cases.filed_by(actor)],
        }

    told = called("stand_ins", "代签：谁代我，我代谁", auth=Door(_signing))

    @router.get("/standing_in/", response=list[StandInTold], **told)
    def list_stand_ins(request: HttpRequest) -> list[dict[str, Any]]:
        return [_stand_in(one) for one in concerning(actor_of(request))[:50]]

    told = called("stand_in_named", "请人代签", auth=Door(_signing))

    @router.post("/standing_in/", response={201: StandInTold}, **told)
    def name_a_stand_in(request: HttpRequest, body: StandInBody) -> Status[dict[str, Any]]:
        named = Named(str(body.stands_in), body.valid_from, body.valid_to, body.reason)
        return Status(201, _stand_in(name_stand_in(named, actor=actor_of(request))))

    told = called("stand_in_ended", "结束代签", auth=Door(_own_stand_in))

    @router.delete("/standing_in/{uuid:pk}/", response={204: None}, **told)
    def end_a_stand_in(request: Found, pk: UUID) -> Status[None]:
        end_stand_in(request.auth)
        return Status(204, None)

    told = called("approval", "一条记录的审批", auth=one)

    @router.get("/{ledger}/{uuid:pk}/", response=ApprovalCase, **told)
    def read_approval(request: Found, ledger: str, pk: UUID) -> dict[str, Any]:
        return _standing(request.auth, hands_of(actor_of(request)))

    told = called("approval_act", "同意、退回、加签、转办、催办", auth=one)

    @router.post("/{ledger}/{uuid:pk}/act/", response=ApprovalCase, **told)
    def act_on_approval(request: Found, ledger: str, pk: UUID, body: ApprovalActBody) -> dict[str, Any]:
        actor, case = actor_of(request), request.auth
        asked = Asked(Kind(body.what), body.opinion, body.to, body.unit, body.role, Where(body.where))
        return _told(case, act(registry.get(ledger), pk, asked, actor=actor), [])

    return router
