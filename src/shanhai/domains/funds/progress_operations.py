"""Progress over the API: work against money, photos of a site, a milestone done."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_ledger, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of

from . import progress_actions
from .models import Milestone, Project
from .progress_pages import pace_paper
from .progress_reports import Pace, paces, shots_of
from .step_reports import reported_projects


class PaceAnswer(Schema):
    """A project's work and money. Amounts in yuan, shares in per cent."""

    id: UUID
    code: str
    name: str
    stage: str
    budget: Decimal
    paid: Decimal
    paid_share: Decimal
    work: Decimal = Field(description="形象进度：节点权重合计 100% 的按已完成节点，其余按填报")
    planned: Decimal | None
    gap: Decimal = Field(description="资金超前的百分点")
    late: int = Field(description="逾期节点数")


class ShotAnswer(Schema):
    """A photo of a site and why it does not fit."""

    id: UUID
    name: str
    shot_at: datetime | None
    latitude: Decimal | None
    longitude: Decimal | None
    problems: list[str]


class PaceFileAsked(Schema):
    """In which form."""

    format: Literal["xlsx", "docx"] = "xlsx"


class FinishBody(Sent):
    """The day a milestone was done."""

    row_version: int
    done_on: date


@register_operations(Project.ledger_key())
def pacing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_list, may_export = on_ledger(ledger, Verb.VIEW), on_ledger(ledger, Verb.EXPORT)
    told = named(ledger, "paces", "形象进度与财务进度")

    @router.get("/paces/", response=list[PaceAnswer], auth=may_list, **told)
    def read_paces(request: HttpRequest) -> list[dict[str, Any]]:
        return [_told(one) for one in paces(reported_projects())]

    told = named(ledger, "paces_file", "形象进度与财务进度的 Excel、Word")

    @router.get("/paces/file/", auth=may_export, **told)
    def read_paces_file(request: HttpRequest, asked: Query[PaceFileAsked]) -> HttpResponse:
        return file_of(pace_paper(actor_of(request)), asked.format)

    told = named(ledger, "photos", "现场照片的时间、位置和提醒")

    @router.get("/{uuid:pk}/photos/", response=list[ShotAnswer], auth=on_row(ledger, Verb.VIEW), **told)
    def read_photos(request: Found, pk: UUID) -> list[dict[str, Any]]:
        return [
            {
                "id": one.link.pk,
                "name": one.link.name,
                "shot_at": one.link.file.shot_at,
                "latitude": one.link.file.latitude,
                "longitude": one.link.file.longitude,
                "problems": list(one.problems),
            }
            for one in shots_of(request.auth)
        ]


@register_operations(Milestone.ledger_key())
def finishing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/finish/", response=row, auth=may, **named(ledger, "finish", "登记节点完成"))
    def finish_milestone(request: Found, pk: UUID, body: FinishBody) -> dict[str, Any]:
        actor = actor_of(request)
        progress_actions.finish_milestone(pk, actor=actor, **body.dict())
        return read_row(ledger, pk, actor)


def _told(one: Pace) -> dict[str, Any]:
    project = one.project
    return {
        "id": project.pk,
        "code": project.code,
        "name": project.name,
        "stage": project.stage,
        "budget": project.budget,
        "paid": one.paid,
        "paid_share": one.paid_share,
        "work": one.work,
        "planned": one.planned,
        "gap": one.gap,
        "late": one.late,
    }
