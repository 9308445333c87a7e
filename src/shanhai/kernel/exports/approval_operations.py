"""Exports with sensitive values over the API: asked for at a ledger, decided and followed here."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.api.paging import CURSOR, newest_first
from shanhai.kernel.surfaces.views import actor_of

from . import approval
from .approval_pages import exporter
from .models import PlainExport


class PlainExportAnswer(Schema):
    """One request and what became of it."""

    id: str
    code: str = Field(description="文件里写明的编号")
    ledger: str
    form: str
    fields: str = Field(description="敏感字段")
    filters: str
    rows: int
    reason: str
    state: str = Field(description="waiting、approved、refused")
    decision: str
    expires_at: str | None = Field(description="下载截止")
    job: str | None = Field(description="批准后做文件的后台任务，只有申请人能下载")


class PlainExportPage(Schema):
    """A page of requests, newest first."""

    items: list[PlainExportAnswer]
    next: str | None
    previous: str | None


class DecisionBody(Sent):
    """What a second person says."""

    approve: bool = Field(description="批准；不批准须写理由")
    reason: str = ""


def plain_export_json(found: PlainExport) -> dict[str, Any]:
    names = ("code", "ledger", "form", "fields", "filters", "rows", "reason", "state", "decision")
    return {name: getattr(found, name) for name in names} | {
        "id": str(found.pk),
        "expires_at": found.expires_at.isoformat() if found.expires_at else None,
        "job": str(found.job_id) if found.job_id else None,
    }


def _exporting(request: HttpRequest, actor: Actor) -> Actor:
    return exporter(request)


def _one(request: HttpRequest, actor: Actor) -> PlainExport:
    return approval.get(UUID(str(argument(request, "pk"))), exporter(request))


def _decidable(request: HttpRequest, actor: Actor) -> PlainExport:
    """One that waits for somebody else is not his to decide who asked."""
    found = _one(request, actor)
    if found.state == PlainExport.State.WAITING and not approval.may_decide(found, actor):
        raise NotAllowed
    return found


def _all(found: Sequence[PlainExport]) -> list[dict[str, Any]]:
    return [plain_export_json(one) for one in found]


@register_routes("/plain-exports/")
def routes() -> Router:
    router = Router(tags=["exports"])
    one = Door(_one)

    told = called("plain_exports", "含敏感信息原文的导出申请", auth=Door(_exporting))

    @router.get("/", response=PlainExportPage, openapi_extra=CURSOR, **told)
    def list_plain_exports(request: HttpRequest) -> dict[str, Any]:
        return newest_first(request, approval.visible(actor_of(request)), _all, "cursor:plain_exports")

    told = called("plain_export", "一份申请", auth=one)

    @router.get("/{uuid:pk}/", response=PlainExportAnswer, **told)
    def read_plain_export(request: Found, pk: UUID) -> dict[str, Any]:
        return plain_export_json(request.auth)

    told = called("plain_export_decide", "批准或不批准（不能是申请人）", auth=Door(_decidable))

    @router.post("/{uuid:pk}/decide/", response=PlainExportAnswer, **told)
    def decide_plain_export(request: Found, pk: UUID, body: DecisionBody) -> dict[str, Any]:
        actor = actor_of(request)
        return plain_export_json(
            approval.decide(request.auth, approve=body.approve, reason=body.reason, actor=actor)
        )

    return router
