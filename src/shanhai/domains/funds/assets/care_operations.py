"""Care for assets over the API: write an inspection, end a contract early, what is due to be looked at."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
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

from ..models import Asset, AssetInspection, AssetLease
from . import caring
from .care_lookup import due_inspections
from .care_pages import inspects


class InspectionBody(Sent):
    """What an asset was found like. The photo is uploaded as evidence of the row that is answered."""

    condition: AssetInspection.Condition = Field(
        description=f"巡查结果：{'、'.join(AssetInspection.Condition.values)}"
    )
    inspected_on: datetime.date | None = Field(None, description="默认今天")
    note: str = ""


class InspectionMade(Schema):
    """The row that was made, submitted."""

    id: UUID
    state: str


class LeaseEndBody(Sent):
    """A contract ends before its time."""

    row_version: int
    ended_on: datetime.date
    reason: str


class DueInspection(Schema):
    """An asset that is to be looked at."""

    asset: UUID
    code: str
    name: str
    place: str
    due_on: datetime.date
    inspected_on: datetime.date | None


@register_operations(Asset.ledger_key())
def inspecting(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)
    told = named(ledger, "inspect", "记资产巡查")

    @router.post("/{uuid:pk}/inspect/", response=InspectionMade, auth=may, **told)
    def inspect_asset(request: Found, pk: UUID, body: InspectionBody) -> dict[str, Any]:
        made = caring.inspect(
            pk,
            condition=body.condition,
            note=body.note,
            inspected_on=body.inspected_on,
            actor=actor_of(request),
        )
        return {"id": made.pk, "state": made.state}


@register_operations(AssetLease.ledger_key())
def ending(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/end/", response=row, auth=may, **named(ledger, "end", "提前终止经营合同"))
    def end_lease(request: Found, pk: UUID, body: LeaseEndBody) -> dict[str, Any]:
        actor = actor_of(request)
        caring.end_lease(
            pk, ended_on=body.ended_on, reason=body.reason, actor=actor, row_version=body.row_version
        )
        return read_row(ledger, pk, actor)


def _making(request: HttpRequest, actor: Actor) -> Actor:
    if not inspects(actor):
        raise NotAllowed
    return actor


@register_routes("/funds/assets/rounds/")
def routes() -> Router:
    router = Router(tags=["funds"])

    @router.get("/", response=list[DueInspection],
                **called("funds_asset_rounds", "到期要巡查的资产", auth=Door(_making)))  # fmt: skip
    def list_rounds(request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                "asset": one.asset.pk,
                "code": one.asset.code,
                "name": one.asset.name,
                "place": str(one.asset.place or ""),
                "due_on": one.due_on,
                "inspected_on": one.inspected_on,
            }
            for one in due_inspections(actor_of(request))
        ]

    return router
