"""What a reference may point at, as the boxes of the forms find it: units, places, rows of ledgers."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.surfaces.lookup import find_by_number, find_rows
from shanhai.kernel.surfaces.views import actor_of

from .bodies import Sent
from .naming import called


class Offered(Schema):
    """One row that may be named."""

    id: str
    text: str
    note: str = Field(description="上级，或填报单位、编号")


class NumberSought(Sent):
    """The whole number, and for which field it is asked."""

    ledger: str = Field(max_length=80, description="台账，如 insurance.filing")
    field: str = Field(max_length=64, description="字段，如 person")
    number: str = Field(max_length=40, description="完整的身份证号")


class NumberFound(Schema):
    """One person or nobody; `id` is taken by the field that it was asked for, for an hour."""

    results: list[Offered]
    refusal: str = Field(description="没有查到的原因；查到为空")


class Sought(Schema):
    """Beginning of a name, its pinyin initials or a code."""

    q: str = Field("", max_length=80, description="名称、拼音首字母或代码")


def lookup_router() -> Router:
    """Below `/lookup/`."""
    router = Router(tags=["lookup"])
    found = called(
        "lookup", "可引用的记录：单位 parties.unit、地区 places.place，或台账", description="最多 20 条。"
    )

    by_number = called(
        "lookup_by_number",
        "按完整身份证号查一个人员",
        description="用于医保经办等有规定的单位；一次一人，每次记入敏感信息查阅，按天限次。",
    )

    # Before the address of a ledger, which would take it for the key of one.
    @router.post("/by-number/", response=NumberFound, **by_number)
    def look_up_by_number(request: HttpRequest, sought: NumberSought) -> dict[str, Any]:
        found = find_by_number(sought.ledger, sought.field, sought.number, actor_of(request))
        people = [{"id": one["value"], "text": one["text"], "note": one["note"]} for one in found["results"]]
        return {"results": people, "refusal": found["refusal"]}

    @router.get("/{key}/", response=list[Offered], **found)
    def look_up(request: HttpRequest, key: str, sought: Query[Sought]) -> list[dict[str, Any]]:
        rows = find_rows(key, sought.q, actor_of(request))
        return [{"id": row["value"], "text": row["text"], "note": row["note"]} for row in rows]

    return router
