"""The search box over the API."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .search import LONGEST, search_everything


class HitAnswer(Schema):
    """One thing found."""

    label: str
    url: str = Field(description="页面的地址")
    note: str


class GroupAnswer(Schema):
    """What was found of one kind."""

    label: str
    url: str = Field(description="全部结果的页面；没有则为空")
    has_more: bool
    hits: list[HitAnswer]


class Sought(Schema):
    """What is looked for."""

    q: str = Field(min_length=1, max_length=LONGEST, description="姓名、名称、编号的一部分，或拼音首字母")


@register_routes("/search/")
def search_router() -> Router:
    router = Router(tags=["search"])

    @router.get("/", response=list[GroupAnswer], auth=Door(), **called("search", "搜索可以查看的一切"))
    def search_all(request: HttpRequest, asked: Query[Sought]) -> list[dict[str, Any]]:
        return [
            {
                "label": str(group.label),
                "url": group.url,
                "has_more": group.has_more,
                "hits": [
                    {"label": str(hit.label), "url": hit.url, "note": str(hit.note)} for hit in group.hits
                ],
            }
            for group in search_everything(actor_of(request), asked.q.strip())
        ]

    return router
