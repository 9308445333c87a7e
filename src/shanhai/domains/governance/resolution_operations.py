"""Resolutions over the API: the list by standing, reporting, closing."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from . import resolution_actions as actions
from .models import Resolution, ResolutionProgress
from .resolution_pages import asked, may_read


class ResolutionQuery(Schema):
    """Which resolutions; all without any."""

    stands: str = Field("", description="overdue、claimed、under_way、not_started、done、revoked")
    light: str = Field("", description="green、yellow、red")
    side: str = Field("", description="牵头方：east 或 west")
    mine: bool = Field(default=False, description="只要本单位牵头或配合的")


class ResolutionTold(Schema):
    """A resolution as it stands today. Unit: per cent."""

    id: UUID
    code: str
    content: str
    meeting: UUID
    lead_unit: str
    support_units: str
    due_on: datetime.date
    stands: str
    light: str
    percent: str
    latest: str


class ReportBody(Sent):
    """How far a unit has come."""

    narrative: str = Field(description="进展情况")
    percent: Decimal | None = Field(None, description="完成进度，0 到 100", ge=0, le=100)
    is_complete: bool = Field(default=False, description="申请销号，只能由牵头单位")


class DecideBody(Sent):
    """Close a resolution, or send the completion back."""

    row_version: int
    accept: bool = Field(description="true 为同意销号，false 为退回")
    reason: str = Field(description="意见，必填")


def _reads(request: HttpRequest, actor: Actor) -> Actor:
    if not may_read(actor):
        raise NotVisible
    return actor


@register_routes("/governance/")
def routes() -> Router:
    router = Router(tags=["governance"])

    @router.get("/resolutions/", response=list[ResolutionTold],
                **called("governance_resolutions", "议定事项清单", auth=Door(_reads)))  # fmt: skip
    def list_resolutions(request: HttpRequest, query: Query[ResolutionQuery]) -> list[dict[str, Any]]:
        words = {**query.dict(), "mine": "1" if query.mine else ""}
        return [
            {
                "id": one.row.pk,
                "code": one.row.code,
                "content": one.row.content,
                "meeting": one.row.meeting_id,
                "lead_unit": str(one.row.lead_unit),
                "support_units": one.row.support_units,
                "due_on": one.row.due_on,
                "stands": one.stands,
                "light": one.light,
                "percent": f"{one.percent:f}",
                "latest": one.latest,
            }
            for one in asked(actor_of(request), words)
        ]

    return router


@register_operations(Resolution.ledger_key())
def reporting(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VIEW)
    made = registry.get(ResolutionProgress.ledger_key())

    @router.post("/{uuid:pk}/report/", response=dict[str, Any], auth=may, **named(ledger, "report", "报进展"))
    def report_resolution(request: Found, pk: UUID, body: ReportBody) -> dict[str, Any]:
        actor = actor_of(request)
        told = actions.report(pk, **body.dict(), actor=actor)
        return {"id": str(told.pk), "ledger": made.key, "state": told.state, "row_version": told.row_version}


@register_operations(ResolutionProgress.ledger_key())
def deciding(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VERIFY)

    @router.post("/{uuid:pk}/decide/", response=row, auth=may, **named(ledger, "decide", "销号或退回"))
    def decide_completion(request: Found, pk: UUID, body: DecideBody) -> dict[str, Any]:
        actor = actor_of(request)
        actions.decide(pk, **body.dict(), actor=actor)
        return read_row(ledger, pk, actor)
