"""The monthly report over the API: its numbers, and the keys of the rows behind one of them."""

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

from .items import BY_CODE, COLUMNS
from .pages import asked_cell
from .papers import said
from .report import asked_report, monthly, require_reader


class MonthlyItem(Schema):
    """A line of the report."""

    code: str
    heading: str
    label: str
    parts_of: str = Field(description="是哪一项的组成部分；空为不是")


class MonthlyLine(Schema):
    """Numbers of one place, or of all."""

    id: str = Field(description="地区编号；空为合计，none 为户籍未填")
    name: str
    numbers: dict[str, dict[str, int | None]] = Field(description="项目 → 列 → 人数；空为没有规定，不能算")


class MonthlyAnswer(Schema):
    """The report of a month. Columns: this, last, year_ago, year."""

    side: str
    month: str
    note: str
    items: list[MonthlyItem]
    lines: list[MonthlyLine]


class MonthlyQuery(Schema):
    """Whose report, and of which month."""

    side: str = Field("", description="east 或 west；空为本方")
    month: str = Field("", description="2021-08；空为上月")
    place: str = Field("", description="户籍地编号；空为全部")


class CellQuery(MonthlyQuery):
    """Which of its numbers."""

    item: str = Field(description="项目代码")
    column: str = Field("", description="this、last、year_ago 或 year")
    line: str = Field("", description="地区编号；空为合计")


class CellAnswer(Schema):
    """The rows a number counts."""

    ledger: str
    number: int
    ids: list[UUID]


def _read(request: HttpRequest, actor: Actor) -> Actor:
    require_reader(actor)
    return actor


@register_routes("/labour/")
def routes() -> Router:
    router = Router(tags=["labour"])

    @router.get("/monthly/", response=MonthlyAnswer,
                **called("labour_monthly", "务工就业月报", auth=Door(_read)))  # fmt: skip
    def read_monthly(request: HttpRequest, asked: Query[MonthlyQuery]) -> dict[str, Any]:
        actor = actor_of(request)
        found = monthly(asked_report(actor, asked.dict()), actor)
        lines = [("", "合计"), *((one.key, one.name) for one in found.lines)]
        return {
            "side": found.asked.side.value,
            "month": found.asked.month.code,
            "note": said(found),
            "items": [
                {"code": one.code, "heading": str(one.heading), "label": str(one.label),
                 "parts_of": one.parts_of}
                for one in found.shown()
            ],
            "lines": [
                {
                    "id": key,
                    "name": name,
                    "numbers": {
                        one.code: {code: found.number(one.code, code, key) for code, _label in COLUMNS}
                        for one in found.shown()
                    },
                }
                for key, name in lines
            ],
        }  # fmt: skip

    @router.get("/monthly/rows/", response=CellAnswer,
                **called("labour_monthly_rows", "月报数字背后的行", auth=Door(_read)))  # fmt: skip
    def read_monthly_rows(request: HttpRequest, asked: Query[CellQuery]) -> dict[str, Any]:
        actor = actor_of(request)
        item, column, line = asked_cell(asked.dict())
        ids = monthly(asked_report(actor, asked.dict()), actor).keys(item, column, line)
        return {"ledger": BY_CODE[item].ledger, "number": len(ids), "ids": ids}

    return router
