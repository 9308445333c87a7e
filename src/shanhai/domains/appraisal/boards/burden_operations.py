"""Burden over the API."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of

from .burden import Burden, Month, may_open, times
from .burden_pages import burden_paper
from .score_pages import asked_year


class BurdenQuery(Schema):
    """Which year; this one without."""

    year: str = ""


class BurdenFileQuery(BurdenQuery):
    """The same as a file."""

    format: Literal["xlsx", "docx"] = "xlsx"


class BurdenFactsQuery(BurdenQuery):
    """Which kind of fact."""

    kind: str = Field(description="kinds 里的 code")


class BurdenMonth(Schema):
    """A month, or the year as a whole."""

    month: str
    entries: int = Field(description="录入的值")
    again: int = Field(description="其中别处已有的")
    times: str | None = Field(description="每个事实平均录入次数")
    filled: int = Field(description="通报里由系统填的数")
    by_hand: int
    share: str | None = Field(description="系统填报率，%")
    minutes: int | None = Field(description="期末到通报的分钟，中位数")


class BurdenKind(Schema):
    """A kind of fact that stands in several ledgers."""

    code: str
    label: str
    ledgers: list[str]
    entries: int
    again: int
    times: str | None


class BurdenBulletin(Schema):
    """An issued bulletin."""

    id: str
    title: str
    filled: int
    by_hand: int
    minutes: int
    drafting: int = Field(description="起草到签发的分钟")


class BurdenAnswer(Schema):
    """Burden of the own side in a year."""

    side: str
    year: int
    goals: dict[str, str]
    whole: BurdenMonth
    months: list[BurdenMonth]
    kinds: list[BurdenKind]
    bulletins: list[BurdenBulletin]


class BurdenFact(Schema):
    """A fact typed more than once: whose, and since when in each ledger."""

    subject: str
    moments: dict[str, str]


def _coordinates(request: HttpRequest, actor: Actor) -> Actor:
    if not may_open(actor):
        raise NotVisible
    return actor


@register_routes("/boards/")
def routes() -> Router:
    router = Router(tags=["boards"])
    door = Door(_coordinates)

    @router.get("/burden/", response=BurdenAnswer, **called("boards_burden", "减负统计", auth=door))
    def read_burden(request: HttpRequest, asked: Query[BurdenQuery]) -> dict[str, Any]:
        return _told(Burden(actor_of(request), asked_year(asked.year)))

    @router.get("/burden/file/", **called("boards_burden_file", "减负统计的 Excel、Word", auth=door))
    def read_burden_file(request: HttpRequest, asked: Query[BurdenFileQuery]) -> HttpResponse:
        return file_of(burden_paper(Burden(actor_of(request), asked_year(asked.year))), asked.format)

    @router.get(
        "/burden/facts/",
        response=list[BurdenFact],
        **called("boards_burden_facts", "录入不止一次的事实", auth=door),
    )
    def list_burden_facts(request: HttpRequest, asked: Query[BurdenFactsQuery]) -> list[dict[str, Any]]:
        found = Burden(actor_of(request), asked_year(asked.year)).repeat(asked.kind)
        return [
            {
                "subject": str(one.subject),
                "moments": {key: at.isoformat() for key, at in one.moments.items()},
            }
            for one in found.facts
        ]

    return router


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _month(one: Month) -> dict[str, Any]:
    plain = ("entries", "again", "filled", "by_hand", "minutes")
    return {
        "month": one.code,
        "times": _plain(one.times),
        "share": _plain(one.share),
        **{name: getattr(one, name) for name in plain},
    }


def _told(found: Burden) -> dict[str, Any]:
    return {
        "side": found.side.value,
        "year": found.year,
        "goals": {code: f"{value:f}" for code, value in found.goals.items()},
        "whole": {**_month(found.whole), "month": str(found.year)},
        "months": [_month(one) for one in found.months],
        "kinds": [
            {
                "code": one.kind.code,
                "label": one.kind.label,
                "ledgers": [source.ledger.key for source in one.kind.sources],
                "entries": one.entries,
                "again": one.again,
                "times": _plain(times(one.entries, one.again)),
            }
            for one in found.repeats
        ],
        "bulletins": [
            {
                "id": str(one.bulletin.pk),
                "title": one.bulletin.title,
                "filled": one.filled,
                "by_hand": one.by_hand,
                "minutes": one.minutes,
                "drafting": one.drafting,
            }
            for one in found.issued
        ],
    }
