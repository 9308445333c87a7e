"""Targets of indicators over the API."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .models import IndicatorTarget
from .targets import TargetForm, get_target, managed_side, reading_side, save_target, targets_of

_WHOM = "空为全方；单位和地区只能给一个"


class TargetAnswer(Schema):
    """What an indicator should reach in a year."""

    id: str
    code: str
    year: int
    unit: dict[str, str] | None = Field(description="id、text；空为全方")
    place: dict[str, str] | None = Field(description="id、text；空为不分地区")
    value: str = Field(description="指标的单位，十进制")
    source: str = Field(description="依据")


class TargetNew(Sent):
    """A target to set."""

    code: str = Field(description="指标的代码")
    year: int
    unit: UUID | None = Field(None, description=_WHOM)
    place: UUID | None = Field(None, description=_WHOM)
    value: Decimal
    source: str = Field(description="依据")


class TargetChange(Sent):
    """What changes of a target, and why."""

    code: str = Field("", description="指标的代码")
    year: int | None = None
    unit: UUID | None = Field(None, description=_WHOM)
    place: UUID | None = Field(None, description=_WHOM)
    value: Decimal | None = None
    source: str = Field("", description="依据")
    reason: str = Field(description="修改的理由，记入历史")


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    reading_side(actor)
    return actor


def _setting(request: HttpRequest, actor: Actor) -> Actor:
    managed_side(actor)
    return actor


def _set(request: HttpRequest, actor: Actor) -> IndicatorTarget:
    return get_target(argument(request, "pk"), managed_side(actor))


@register_routes("/targets/")
def targets_router() -> Router:
    router = Router(tags=["targets"])
    answer = TargetAnswer

    @router.get("/", response=list[TargetAnswer], auth=Door(_reading), **called("targets", "指标目标"))
    def list_targets(request: HttpRequest) -> list[dict[str, Any]]:
        return [_told(one) for one in targets_of(reading_side(actor_of(request)))]

    @router.post("/", response={201: answer}, auth=Door(_setting), **called("target_create", "新增指标目标"))
    def create_target(request: HttpRequest, body: TargetNew) -> Status[dict[str, Any]]:
        form = TargetForm(body.dict(), side=managed_side(actor_of(request)))
        return Status(201, _told(save_target(form)))

    @router.patch("/{uuid:pk}/", response=answer, auth=Door(_set), **called("target_change", "修改指标目标"))
    def change_target(request: Found, pk: UUID, body: TargetChange) -> dict[str, Any]:
        target: IndicatorTarget = request.auth
        now = {name: getattr(target, name) for name in ("code", "year", "value", "source")}
        now |= {"unit": target.unit_id, "place": target.place_id}
        form = TargetForm({**now, **body.dict(exclude_unset=True)}, instance=target, side=Side(target.side))
        return _told(save_target(form))

    return router


def _told(one: IndicatorTarget) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "code": one.code,
        "year": one.year,
        "unit": {"id": str(one.unit_id), "text": str(one.unit)} if one.unit_id else None,
        "place": {"id": str(one.place_id), "text": str(one.place)} if one.place_id else None,
        "value": f"{one.value:f}",
        "source": one.source,
    }
