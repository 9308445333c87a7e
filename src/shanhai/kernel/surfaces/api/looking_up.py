"""What a reference may point at, as the boxes of the forms find it: units, places, rows of ledgers."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.surfaces.lookup import find_rows
from shanhai.kernel.surfaces.views import actor_of

from .naming import called


class Offered(Schema):
    """One row that may be named."""

    id: str
    text: str
    note: str = Field(description="上级，或填报单位、编号")


class Sought(Schema):
    """Beginning of a name, its pinyin initials or a code."""

    q: str = Field("", max_length=80, description="名称、拼音首字母或代码")


def lookup_router() -> Router:
    """Below `/lookup/`."""
    router = Router(tags=["lookup"])
    found = called(
        "lookup", "可引用的记录：单位 parties.unit、地区 places.place，或台账", description="最多 20 条。"
    )

    @router.get("/{key}/", response=list[Offered], **found)
    def look_up(request: HttpRequest, key: str, sought: Query[Sought]) -> list[dict[str, Any]]:
        rows = find_rows(key, sought.q, actor_of(request))
        return [{"id": row["value"], "text": row["text"], "note": row["note"]} for row in rows]

    return router
