"""Both lists over the API; numbers of people masked as on pages."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .asking import asked_list, require_reader
from .pages import seeking, warned


class ListQuery(Schema):
    """Whose people, on which day."""

    side: str = Field("", description="east 或 west，只能是本方；空为本方")
    day: str = Field("", description="2021-09-24；空为今天")
    place: str = Field("", description="户籍地编号")
    unit: str = Field("", description="负责单位编号")


class SeekingQuery(ListQuery):
    """Which of those out of work."""

    category: str = Field("", description="认定类别，或 ex_poor")
    status: str = ""


class WarnedQuery(ListQuery):
    """Which signs."""

    code: str = Field("", description="信号的代码")
    level: str = Field("", description="red 或 yellow")
    handled: str = Field("", description="yes 或 no")


class SeekingAnswer(Schema):
    """One person out of work."""

    registration: UUID
    name: str
    identity_number: str
    status: str
    wish: str
    categories: list[str]
    age: int | None
    left_on: datetime.date | None
    days: int | None = Field(description="未就业天数；从没有务工记录的为空")
    reason: str
    offered: int
    last_offer: str
    last_contact_on: datetime.date | None
    unit: str


class WarnedAnswer(Schema):
    """One sign."""

    registration: UUID
    name: str
    identity_number: str
    code: str
    level: str
    since: datetime.date
    sentence: str
    handled_on: datetime.date | None
    unit: str


def _read(request: HttpRequest, actor: Actor) -> Actor:
    require_reader(actor)
    return actor


def _whose(row: Any) -> dict[str, Any]:
    return {
        "registration": row.pk,
        "name": str(row.person.name),
        "identity_number": str(row.person.identity_number),
        "unit": str(row.owner_unit),
    }


@register_routes("/labour/")
def routes() -> Router:
    router = Router(tags=["labour"])

    @router.get("/unemployed/", response=list[SeekingAnswer],
                **called("labour_unemployed", "未就业清单", auth=Door(_read)))  # fmt: skip
    def list_unemployed(request: HttpRequest, asked: Query[SeekingQuery]) -> list[dict[str, Any]]:
        found = seeking(asked_list(actor_of(request), asked.dict()), asked.dict())
        return [
            {
                **_whose(one.registration),
                "status": one.registration.status,
                "wish": one.registration.wish,
                "categories": list(one.categories),
                "age": one.age,
                "left_on": one.left_on,
                "days": one.days,
                "reason": one.why,
                "offered": one.offered,
                "last_offer": one.last_offer,
                "last_contact_on": one.registration.last_contact_on,
            }
            for one in found
        ]

    @router.get("/warnings/", response=list[WarnedAnswer],
                **called("labour_warnings", "失业返乡预警", auth=Door(_read)))  # fmt: skip
    def list_warnings(request: HttpRequest, asked: Query[WarnedQuery]) -> list[dict[str, Any]]:
        found = warned(asked_list(actor_of(request), asked.dict()), asked.dict())
        return [
            {
                **_whose(one.registration),
                "code": one.code,
                "level": one.level.value,
                "since": one.since,
                "sentence": one.sentence,
                "handled_on": one.handled_on,
            }
            for one in found
        ]

    return router
