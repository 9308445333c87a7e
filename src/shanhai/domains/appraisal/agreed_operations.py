"""协议完成情况 over the API."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.check_operations import register_checks

from . import agreed_rules as rules
from .agreed_pages import CHECKS, asked, may_read

register_checks("appraisal", CHECKS, "agreed")


class AgreedQuery(Schema):
    """Of which year."""

    year: str = Field("", description="年份；不写为今年")


class AgreedLine(Schema):
    """An agreed target and what came of it. Unit: the indicator's own, decimals as text."""

    id: UUID
    agreement: str
    code: str
    bearing_side: str = Field(description="承担方：east 或 west")
    value: str
    done: str = Field(description="空为没有可算的数")
    rate: str = Field(description="百分数；空为没有")
    target_difference: str = Field(description="全方目标减协议；空为没有目标，或不是本方承担")
    units_difference: str = Field(description="分到单位合计减协议；空为没有分，或不是本方承担")
    places_difference: str = Field(description="分到地区合计减协议；空为没有分，或不是本方承担")


def _reads(request: HttpRequest, actor: Actor) -> Actor:
    if not may_read(actor):
        raise NotVisible
    return actor


@register_routes("/agreed/")
def routes() -> Router:
    router = Router(tags=["targets"])

    @router.get("/", response=list[AgreedLine], **called("agreed", "协议完成情况表", auth=Door(_reads)))
    def list_agreed(request: HttpRequest, query: Query[AgreedQuery]) -> list[dict[str, Any]]:
        _year, found = asked(actor_of(request), query.dict())
        return [
            {
                "id": one.row.pk,
                "agreement": one.row.agreement.number,
                "code": one.row.code,
                "bearing_side": one.row.bearing_side,
                "value": _text(one.row.value),
                "done": _text(one.done),
                "rate": _text(one.rate),
                "target_difference": _text(one.rolled.own_difference),
                "units_difference": _text(one.rolled.difference(rules.BY_UNIT)),
                "places_difference": _text(one.rolled.difference(rules.BY_PLACE)),
            }
            for one in found
        ]

    return router


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
