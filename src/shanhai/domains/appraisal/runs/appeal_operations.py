"""Appeals over the API: filed with a paper, read, decided."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import FORM, Door, Found, argument
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from ..models import AppraisalAppeal
from . import appeals
from .rights import seen_run


class AppealAnswer(Schema):
    """An appeal."""

    id: UUID
    unit: UUID = Field(description="单位的 id")
    number: int = Field(description="考核项序号")
    reason: str
    paper: str = Field(description="佐证文件名")
    state: str = Field(description="waiting、upheld、refused")
    points: str | None = Field(description="裁定分数")
    decision: str


class AppealDecision(Sent):
    """What becomes of it."""

    upheld: bool
    points: str = Field("", description="支持时给多少分")
    decision: str = Field(description="裁定意见")


def _appealed(request: HttpRequest, actor: Actor) -> Any:
    return appeals.appealing_unit(argument(request, "pk"), argument(request, "unit"), actor)


def _decided(request: HttpRequest, actor: Actor) -> AppraisalAppeal:
    return appeals.decided_appeal(argument(request, "pk"), argument(request, "appeal"), actor)


def add_appeals(router: Router) -> None:
    """Below the runs."""
    listed, filed = called("appraisal_appeals", "一次考核的申诉"), called("appraisal_appeal", "提出申诉")
    decided = called("appraisal_appeal_decide", "裁定申诉")
    seen = Door(lambda request, actor: seen_run(argument(request, "pk"), actor))

    @router.get("/{uuid:pk}/appeals/", response=list[AppealAnswer], auth=seen, **listed)
    def list_appeals(request: Found, pk: UUID) -> list[dict[str, Any]]:
        actor, run = actor_of(request), request.auth
        rows = AppraisalAppeal.objects.filter(run=run).select_related("unit")
        return [_told(one) for one in rows if appeals.sees_appeals(run, one.unit, actor)]

    door, path = Door(_appealed, takes=FORM), "/{uuid:pk}/units/{uuid:unit}/appeals/"

    @router.post(path, response={201: AppealAnswer}, auth=door, **filed)
    def lodge_appeal(
        request: Found, pk: UUID, unit: UUID, file: File[UploadedFile], number: Form[int], reason: Form[str]
    ) -> Status[dict[str, Any]]:
        made = appeals.file_appeal(
            pk,
            unit,
            number=number,
            reason=reason,
            name=str(file.name),
            content=file.read(),
            actor=actor_of(request),
        )
        return Status(201, _told(made))

    one = "/{uuid:pk}/appeals/{uuid:appeal}/decision/"

    @router.post(one, response=AppealAnswer, auth=Door(_decided), **decided)
    def rule_on_appeal(request: Found, pk: UUID, appeal: UUID, body: AppealDecision) -> dict[str, Any]:
        return _told(appeals.decide_appeal(pk, appeal, **body.dict(), actor=actor_of(request)))


def _told(one: AppraisalAppeal) -> dict[str, Any]:
    return {
        "id": one.pk,
        "unit": one.unit_id,
        "number": one.item_number,
        "reason": one.reason,
        "paper": one.file_name,
        "state": one.state,
        "points": None if one.points is None else f"{one.points:f}",
        "decision": one.decision,
    }
