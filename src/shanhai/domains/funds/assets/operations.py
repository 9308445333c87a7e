"""Assets over the API: title, standing, the reports as values and as files, findings."""

import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of
from shanhai.web.check_operations import register_checks

from ..models import Asset, AssetStanding
from . import actions
from .checking import CHECKS
from .pages import LEDGER
from .papers import paper_of
from .reports import asked_assets

register_checks("funds", CHECKS, "assets")


class TitleBody(Sent):
    """Title and hand-over of an asset."""

    row_version: int
    certificate_number: str = Field(description="权证编号")
    titled_on: datetime.date = Field(description="确权登记日期")
    transferred_on: datetime.date | None = Field(None, description="资产移交日期")


class StandingBody(Sent):
    """How an asset stands from a day on."""

    row_version: int
    standing: AssetStanding = Field(description=f"资产状态：{'、'.join(AssetStanding.values)}")
    since: datetime.date
    reason: str


class AssetsAsked(Schema):
    """Which assets."""

    day: str = Field("", description="2021-09-24 以前形成的；空为今天")
    place: str = Field("", description="地区代码，含下级")
    asset_class: str = Field("", description="public、operating、household，totals 之外都可用")
    sheet: str = Field("", description="哪份上报总账（报表名称），只用于 totals；空为最近一份")


class AssetFileAsked(AssetsAsked):
    """In which form."""

    format: Literal["xlsx", "docx"] = "xlsx"


class AssetReportAnswer(Schema):
    """A report. Shape: `opens` has for each cell the list or row it was counted from, or nothing."""

    title: str
    note: str
    columns: list[str]
    rows: list[list[Any]]
    opens: list[list[str]]


@register_operations(Asset.ledger_key())
def assets(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/title/", response=row, auth=may, **named(ledger, "title", "确权移交登记"))
    def title_asset(request: Found, pk: UUID, body: TitleBody) -> dict[str, Any]:
        actor = actor_of(request)
        actions.register_title(
            pk,
            certificate_number=body.certificate_number,
            titled_on=body.titled_on,
            transferred_on=body.transferred_on,
            actor=actor,
            row_version=body.row_version,
        )
        return read_row(ledger, pk, actor)

    @router.post("/{uuid:pk}/standing/", response=row, auth=may, **named(ledger, "standing", "登记资产状态"))
    def move_asset(request: Found, pk: UUID, body: StandingBody) -> dict[str, Any]:
        actor = actor_of(request)
        actions.move_asset(
            pk,
            standing=body.standing,
            since=body.since,
            reason=body.reason,
            actor=actor,
            row_version=body.row_version,
        )
        return read_row(ledger, pk, actor)


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    asked_assets(actor, {})
    return actor


def _taking(request: HttpRequest, actor: Actor) -> Actor:
    _reading(request, actor)
    if not actor.allows(Verb.EXPORT, LEDGER):
        raise NotAllowed
    return actor


@register_routes("/funds/assets/reports/")
def routes() -> Router:
    router = Router(tags=["funds"])
    told = called(
        "funds_asset_report",
        "资产报表：totals 资产总账、details 资产明细、rents 租金台账、distributions 收益分配公示、"
        "inspections 巡查情况、disposals 处置台账",
        auth=Door(_reading),
    )

    @router.get("/{report}/", response=AssetReportAnswer, **told)
    def read_asset_report(request: HttpRequest, report: str, asked: Query[AssetsAsked]) -> dict[str, Any]:
        paper = paper_of(report, asked_assets(actor_of(request), asked.dict()))
        table = paper.tables[0]
        return {
            "title": paper.title,
            "note": paper.note,
            "columns": [one.header for one in table.columns],
            "rows": [list(one.cells) for one in table.rows],
            "opens": [list(one.urls) for one in table.rows],
        }

    told = called("funds_asset_report_file", "资产报表的 Excel、Word", auth=Door(_taking))

    @router.get("/{report}/file/", **told)
    def read_asset_report_file(
        request: HttpRequest, report: str, asked: Query[AssetFileAsked]
    ) -> HttpResponse:
        actor = actor_of(request)
        return file_of(paper_of(report, asked_assets(actor, asked.dict())), asked.format)

    return router
