"""The leaders' page and the scoreboard over the API."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.asked import asked_scope
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of

from . import board, leader, score_pages
from .board import Board, scoreboard_paper
from .leader import Leader
from .leader_pages import leader_paper
from .score_pages import asked_year


class LeaderQuery(Schema):
    """Which side."""

    side: str = Field("", description="east 或 west；空为本方")


class LeaderFileQuery(LeaderQuery):
    """The same as a file."""

    format: Literal["xlsx", "docx"] = "xlsx"


class GoalTold(Schema):
    """A target of the year."""

    code: str
    name: str
    unit: str
    aim: str
    done: str | None
    rate: str | None = Field(description="完成率，%")
    rank: int | None = Field(description="完成率名次；越少越好的指标不排")


class NumberTold(Schema):
    """A number of the page."""

    code: str
    name: str
    value: str
    unit: str


class LeaderAnswer(Schema):
    """The leaders' page."""

    side: str
    period: str
    goals: list[GoalTold]
    money: list[NumberTold]
    pressing: list[NumberTold] = Field(description="预警、督办、应报；对方的为空")


class ScoreQuery(Schema):
    """Which year, in which order."""

    year: str = Field("", description="空为今年")
    sort: str = Field(
        "rate", description="按哪一列排：unit、due、in_time、rate、late、returned、missing、alarms…"
    )


class ScoreFileQuery(ScoreQuery):
    """The same as a file."""

    format: Literal["xlsx", "docx"] = "xlsx"


class ScoreTold(Schema):
    """A unit on the scoreboard."""

    id: str
    unit: str
    due: int
    in_time: int
    rate: str | None = Field(description="按时报送率，%；没有到期应报为空")
    late: int
    returned: int
    missing: int
    alarms: int
    others: dict[str, int] = Field(description="其他业务的列，如 slips_overdue")


def _leads(request: HttpRequest, actor: Actor) -> Actor:
    if not leader.may_open(actor):
        raise NotAllowed
    return actor


def _takes_leader(request: HttpRequest, actor: Actor) -> Actor:
    if not score_pages.may_export(actor):
        raise NotAllowed
    return _leads(request, actor)


def _scores(request: HttpRequest, actor: Actor) -> Actor:
    score_pages.require(actor)
    return actor


def _takes_scores(request: HttpRequest, actor: Actor) -> Actor:
    score_pages.require(actor)
    if not score_pages.may_export(actor):
        raise NotAllowed
    return actor


@register_routes("/boards/")
def routes() -> Router:
    router = Router(tags=["boards"])
    leader_file = called("boards_leader_file", "领导看板的 Excel、Word", auth=Door(_takes_leader))
    score_file = called("boards_scores_file", "单位记分牌的 Excel、Word", auth=Door(_takes_scores))

    @router.get("/leader/", response=LeaderAnswer, **called("boards_leader", "领导看板", auth=Door(_leads)))
    def read_leader(request: HttpRequest, asked: Query[LeaderQuery]) -> dict[str, Any]:
        actor = actor_of(request)
        return _leader(Leader(actor, asked_scope(actor, asked.dict()).side))

    @router.get("/leader/file/", **leader_file)
    def read_leader_file(request: HttpRequest, asked: Query[LeaderFileQuery]) -> HttpResponse:
        actor = actor_of(request)
        found = Leader(actor, asked_scope(actor, asked.dict()).side)
        return file_of(leader_paper(found), asked.format)

    @router.get(
        "/scores/", response=list[ScoreTold], **called("boards_scores", "单位记分牌", auth=Door(_scores))
    )
    def read_scores(request: HttpRequest, asked: Query[ScoreQuery]) -> list[dict[str, Any]]:
        found = Board(actor_of(request), asked_year(asked.year))
        return [_line(one) for one in board.in_order(found.lines, asked.sort)]

    @router.get("/scores/file/", **score_file)
    def read_scores_file(request: HttpRequest, asked: Query[ScoreFileQuery]) -> HttpResponse:
        found = Board(actor_of(request), asked_year(asked.year))
        return file_of(scoreboard_paper(found, asked.sort), asked.format)

    return router


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _leader(found: Leader) -> dict[str, Any]:
    return {
        "side": found.side.value,
        "period": found.period.code,
        "goals": [
            {
                "code": (indicator := one.standing.figure.indicator).code,
                "name": str(indicator.name),
                "unit": str(indicator.unit),
                "aim": _plain(one.standing.target),
                "done": _plain(one.standing.figure.value),
                "rate": _plain(one.standing.rate),
                "rank": one.rank,
            }
            for one in found.goals
        ],
        **{
            part: [
                {"code": one.code, "name": one.name, "value": one.value.replace(",", ""), "unit": one.unit}
                for one in several
            ]
            for part, several in (("money", found.money), ("pressing", found.pressing))
        },
    }


def _line(one: board.Line) -> dict[str, Any]:
    names = ("due", "in_time", "late", "returned", "missing", "alarms")
    return {
        "id": str(one.unit.pk),
        "unit": str(one.unit),
        "rate": _plain(one.rate),
        "others": dict(one.others),
        **{name: getattr(one, name) for name in names},
    }
