"""Complaints and suggestions over the API: how they stand, and what is done with them."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.check_operations import register_checks

from .models import OutsideMatter, PublicComplaint
from .outside_actions import handle
from .outside_pages import CHECKS, asked, may_read
from .outside_reports import satisfaction_of

register_checks("governance", CHECKS, "outside")


class OutsideQuery(Schema):
    """Which ones; all without any."""

    kind: str = Field("", description="complaint、report、request、media、deputy、proposal")
    stands: str = Field("", description="overdue、waiting、answered、closed")


class OutsideTold(Schema):
    """One from outside as it stands today; nobody's name is in it."""

    id: UUID
    ledger: str
    number: str
    kind: str
    subject: str
    unit: str
    received_on: datetime.date
    due_on: datetime.date | None = Field(description="空为受理当天没有规定期限")
    stands: str
    answered_on: datetime.date | None
    satisfaction: str
    times_reopened: int


class HandleBody(Sent):
    """One act."""

    row_version: int
    act: str = Field(description="answer（承办单位）、close、reopen（统筹部门）")
    text: str = Field("", description="答复内容、办结意见或重新办理的原因，必填")
    satisfaction: str = Field("", description="satisfied、mostly、unsatisfied；建议提案办结时必填")


def _reads(request: HttpRequest, actor: Actor) -> Actor:
    if not may_read(actor):
        raise NotVisible
    return actor


@register_routes("/governance/")
def routes() -> Router:
    router = Router(tags=["governance"])

    @router.get("/outside/", response=list[OutsideTold],
                **called("governance_outside", "投诉举报和监督建议办理情况", auth=Door(_reads)))  # fmt: skip
    def list_outside(request: HttpRequest, query: Query[OutsideQuery]) -> list[dict[str, Any]]:
        return [
            {
                "id": one.row.pk,
                "ledger": one.row.ledger_key(),
                "number": one.row.number,
                "kind": one.row.term_code,
                "subject": one.row.subject,
                "unit": str(one.row.owner_unit),
                "received_on": one.row.received_on,
                "due_on": one.matter.due_on,
                "stands": one.stands,
                "answered_on": one.row.answered_on,
                "satisfaction": satisfaction_of(one.row),
                "times_reopened": one.row.times_reopened,
            }
            for one in asked(actor_of(request), query.dict())
        ]

    return router


@register_operations(PublicComplaint.ledger_key())
def complaints(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VIEW)

    @router.post("/{uuid:pk}/handle/", response=row, auth=may, **named(ledger, "handle", "办理投诉举报"))
    def handle_complaint(request: Found, pk: UUID, body: HandleBody) -> dict[str, Any]:
        return _handled(ledger, request, pk, body)


@register_operations(OutsideMatter.ledger_key())
def matters(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VIEW)

    @router.post("/{uuid:pk}/handle/", response=row, auth=may, **named(ledger, "handle", "办理监督建议"))
    def handle_matter(request: Found, pk: UUID, body: HandleBody) -> dict[str, Any]:
        return _handled(ledger, request, pk, body)


def _handled(ledger: Ledger[Any], request: HttpRequest, pk: UUID, body: HandleBody) -> dict[str, Any]:
    actor, sent = actor_of(request), body.dict()
    handle(ledger, pk, sent.pop("act"), **sent, actor=actor)
    return read_row(ledger, pk, actor)
