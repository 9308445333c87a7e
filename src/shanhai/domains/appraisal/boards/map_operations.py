"""The map and the findings of all chapters over the API."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.history import known
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of
from shanhai.registers.places.layout import placed, tiles

from . import alarm_pages, alarms, layers, map_pages
from .alarms import Narrowed
from .layers import MapAsked
from .map_papers import map_paper


class MapQuery(Schema):
    """Which layer, whose rows, which period."""

    layer: str = Field("", description="指标的代码，或 alarms；空为第一个能看的")
    side: str = Field("", description="填报方 east 或 west；空为本方")
    period: str = Field("", description="报告期，如 2021Q3；空为本季度")


class MapFileQuery(MapQuery):
    """The same as a file."""

    format: Literal["xlsx", "docx"] = "xlsx"


class TownTold(Schema):
    """A town on the map."""

    code: str
    name: str
    county: str
    column: int = Field(description="示意图上的列，从 0 起")
    row: int = Field(description="示意图上的行，从 0 起")
    value: str | None = Field(description="空为这一方不填报")
    pair: int | None = Field(description="结对的编号，相同的结对；空为没有")
    partner: str = Field(description="结对的镇（街道）")


class MapAnswer(Schema):
    """A layer: values of towns and of what lies in none add up to the total."""

    layer: str
    name: str
    unit: str
    side: str
    period: str
    total: str
    elsewhere: str | None = Field(description="没有分到镇村的")
    towns: list[TownTold]


class AlarmQuery(Schema):
    """Which alarms; all without any."""

    level: str = Field("", description="red、yellow")
    chapter: str = Field("", description="类别，如 funds")
    code: str = Field("", description="预警事项，如 funds.overpaid")
    unit: str = Field("", description="填报单位的编号")
    place: str = Field("", description="地区的编号，含下级；none 为未分到镇村")


class AlarmFileQuery(AlarmQuery):
    """The same as a file."""

    format: Literal["xlsx", "docx"] = "xlsx"


class AlarmTold(Schema):
    """A finding with its severity."""

    level: str
    chapter: str
    code: str
    label: str
    sentence: str
    ledger: str
    row: str = Field(description="记录的编号；空为该台账里缺的记录")
    text: str
    unit: str
    place: str


def _maps(request: HttpRequest, actor: Actor) -> Actor:
    if not map_pages.may_open(actor):
        raise NotAllowed
    return actor


def _alarms(request: HttpRequest, actor: Actor) -> Actor:
    alarm_pages.require(actor)
    return actor


def _alarm_files(request: HttpRequest, actor: Actor) -> Actor:
    alarm_pages.require(actor)
    if not alarm_pages.may_export(actor):
        raise NotAllowed
    return actor


@register_routes("/boards/")
def routes() -> Router:
    router = Router(tags=["boards"])
    files = called("boards_alarms_file", "预警的 Excel、Word", auth=Door(_alarm_files))

    @router.get("/map/", response=MapAnswer, **called("boards_map", "一张图", auth=Door(_maps)))
    @known.shows_past
    def read_map(request: HttpRequest, asked: Query[MapQuery]) -> dict[str, Any]:
        return _map(MapAsked.read(actor_of(request), asked.dict()))

    @router.get("/map/file/", **called("boards_map_file", "一张图的 Excel、Word", auth=Door(_maps)))
    @known.shows_past
    def read_map_file(request: HttpRequest, asked: Query[MapFileQuery]) -> HttpResponse:
        actor = actor_of(request)
        what = MapAsked.read(actor, asked.dict())
        if not map_pages.may_export(actor, what):
            raise NotAllowed
        return file_of(map_paper(layers.found(what), actor), asked.format)

    @router.get(
        "/alarms/", response=list[AlarmTold], **called("boards_alarms", "各类预警", auth=Door(_alarms))
    )
    def list_alarms(request: HttpRequest, asked: Query[AlarmQuery]) -> list[dict[str, Any]]:
        found = Narrowed.read(asked.dict()).of(alarms.alarms(actor_of(request)))
        return [_alarm(one) for one in found]

    @router.get("/alarms/file/", **files)
    def read_alarms_file(request: HttpRequest, asked: Query[AlarmFileQuery]) -> HttpResponse:
        actor = actor_of(request)
        found = Narrowed.read(asked.dict()).of(alarms.alarms(actor))
        return file_of(alarm_pages.alarms_paper(found, actor), asked.format)

    return router


def _map(asked: MapAsked) -> dict[str, Any]:
    found = layers.found(asked)
    told = found.shown
    towns = []
    for county, below in found.counties:
        cells = placed([one.code for one in below], tiles())
        for town in below:
            value = told.values.get(str(town.pk))
            column, row = cells[town.code]
            towns.append(
                {
                    "code": town.code,
                    "name": town.name,
                    "county": county.name,
                    "column": column,
                    "row": row,
                    "value": None if value is None else f"{value:f}",
                    "pair": found.pairs[town.code][0] if town.code in found.pairs else None,
                    "partner": found.pairs[town.code][1] if town.code in found.pairs else "",
                }
            )
    elsewhere = told.elsewhere.value if told.elsewhere else None
    return {
        "layer": told.code,
        "name": told.name,
        "unit": told.unit,
        "side": asked.side.value,
        "period": asked.period.code,
        "total": told.total,
        "elsewhere": None if elsewhere is None else f"{elsewhere:f}",
        "towns": towns,
    }


def _alarm(one: alarms.Alarm) -> dict[str, Any]:
    return {
        "level": one.level.value,
        "chapter": one.chapter,
        "code": one.code,
        "label": one.label,
        "sentence": one.found.sentence,
        "ledger": one.found.row.ledger,
        "row": str(one.found.row.id or ""),
        "text": one.found.row.text,
        "unit": one.found.unit,
        "place": str(one.place or ""),
    }
