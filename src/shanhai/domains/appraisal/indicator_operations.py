"""What the chapter adds to the API of the indicators: the two sides, what was amended."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shanhai.kernel.amendments.effect import effect, touched_rows
from shanhai.kernel.history import known
from shanhai.kernel.indicators.asked import Question
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.indicators.reconcile import Match, Pair
from shanhai.kernel.indicators.rows import ledger_rows, own
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.figures import ASKED, about_figure, exact, figure_question, row_named, turned
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .asking import Asking
from .compared import Compared
from .models import SideOpinion
from .reconciling.actions import opine
from .targets import managed_side


class OpinionAnswer(Schema):
    """What a side says of a difference."""

    choice: str = Field(description="ours、theirs、apart")
    reason: str
    opined_at: str


class OpinionBody(Sent):
    """What one's own side says of a difference."""

    mark: str
    choice: SideOpinion.Choice
    reason: str = Field("", description="分别保留必须写明；对方会看到")


class KeyAnswer(Schema):
    """One key, and what each side says of it."""

    match: Match
    key: dict[str, str]
    west: dict[str, str] | None = Field(description="约定共享的字段：名称 → 值；没有则为空")
    east: dict[str, str] | None
    west_id: str | None = Field(description="受援方的行")
    east_id: str | None = Field(description="帮扶方的行")
    differing: list[str] = Field(description="两方不同的字段")
    effect: str = Field(description="这一处使受援方减帮扶方多少，指标的单位")
    mark: str = Field(description="差异标识，提意见时带上；任一方改了比对的值就是另一处")
    is_told: bool = Field(description="双方都看得到；否则是本方未共享，不参加核对")
    opinions: dict[str, OpinionAnswer] = Field(description="west、east 最近的意见")


class SidesAnswer(Schema):
    """Both figures, and how the rows behind them match."""

    part: str = Field(description="只比两地都填报的部分时，这一部分的名称")
    west: str | None = Field(description="受援方的数；读不到则为空")
    east: str | None = Field(description="帮扶方的数；读不到则为空")
    difference: str | None = Field(description="受援方减帮扶方")
    is_matched: bool = Field(description="是否逐条比对：台账由两方填报，且约定了对账字段")
    counts: dict[str, int] = Field(description="only_east、only_west、different、same 各多少")
    standing: str = Field(description="open、apart、reconciled；不比对则为空")
    open: int = Field(description="双方都看得到、还没有核对的差异")
    apart: int = Field(description="双方写明理由分别保留的差异")
    match: str = Field(description="items 是哪一类")
    items: list[KeyAnswer]
    next: str | None


class Which(Schema):
    """Which keys."""

    match: str = Field("", description="only_east、only_west、different、same；不写为第一类有差别的")
    after: str = Field("", description="取自 next")
    part: str = Field("", description="all 为不限于两地都填报的部分")


class AmendedRow(Schema):
    """One row that counts otherwise since it was amended."""

    ledger: str
    id: str
    text: str
    before: str
    after: str


class AmendedAnswer(Schema):
    """What amendments of locked rows made of a figure."""

    difference: str | None
    rows: int = Field(description="因更正而不同的行数")
    items: list[AmendedRow] = Field(description="其中可以打开的，最多 200 行")


@register_routes("/indicators/")
def further_figures() -> Router:
    router = Router(tags=["indicators"])
    sides = called("indicator_sides", "两地对账", auth=about_figure(), **ASKED)
    amended = called("indicator_amended", "指标里的更正", auth=about_figure(), **ASKED)

    @router.get("/{code}/sides/", response=SidesAnswer, **sides)
    @known.shows_past
    def read_sides(request: Found, code: str, asked: Query[Which]) -> dict[str, Any]:
        asking = _asking(request)
        found = Compared(asking, match=asked.match, after=asked.after, is_whole=asked.part == "all")
        return _compared(request, found)

    @router.get("/{code}/amended/", response=AmendedAnswer, **amended)
    def read_amended(request: Found, code: str) -> dict[str, Any]:
        return _amended(request.auth, actor_of(request))

    said = called("side_opinion", "两地差异的核对意见", auth=Door(_opining), **ASKED)

    @router.post("/{code}/sides/opinions/", response={201: OpinionAnswer}, **said)
    def say_opinion(request: Found, code: str, body: OpinionBody, part: str = "") -> Status[dict[str, Any]]:
        found = Compared(_asking(request), is_whole=part == "all")
        return Status(201, opinion_json(opine(found, **body.dict(), actor=actor_of(request))))

    return router


def _opining(request: HttpRequest, actor: Actor) -> Question:
    managed_side(actor)
    return figure_question(request, actor)


def _asking(request: Found) -> Asking:
    asked: Question = request.auth
    return Asking(asked.indicator, asked.scope, asked.period, actor_of(request))


def _compared(request: HttpRequest, found: Compared) -> dict[str, Any]:
    matched = found.is_matched
    values = {side: figure.value if figure else None for side, figure in found.figures.items()}
    following = found.following if matched else ""
    return {
        "part": found.part.name if found.part else "",
        "west": exact(values[Side.WEST]),
        "east": exact(values[Side.EAST]),
        "difference": exact(found.difference),
        "is_matched": matched,
        "standing": found.standing.settled_how if matched else "",
        "open": found.standing.open if matched else 0,
        "apart": found.standing.apart if matched else 0,
        "counts": {str(one): number for one, number in found.counts.items()} if matched else {},
        "match": found.match.value if matched else "",
        "items": [_pair(found, one) for one in found.pairs] if matched else [],
        "next": turned(request, match=found.match.value, after=following) if following else None,
    }


def _pair(found: Compared, pair: Pair) -> dict[str, Any]:
    shown = found.shown(pair)
    rows = {"west": found.rows.get(pair.west_id), "east": found.rows.get(pair.east_id)}
    is_different = pair.match is Match.DIFFERENT
    return {
        "match": pair.match,
        "key": {str(one.label): found.text(one, shown) for one in found.keys},
        **{
            side: {str(one.label): found.text(one, row) for one in found.fields} if row is not None else None
            for side, row in rows.items()
        },
        **{f"{side}_id": str(row.pk) if row is not None else None for side, row in rows.items()},
        "effect": exact(pair.effect),
        "mark": pair.mark,
        "is_told": pair.is_told,
        "opinions": {
            str(side): opinion_json(one) for side, one in found.standing.opinions.get(pair.mark, {}).items()
        },
        "differing": [str(found.fields[n].label) for n in pair.differing] if is_different else [],
    }


def opinion_json(one: SideOpinion) -> dict[str, Any]:
    """As the API says it."""
    return {"choice": one.choice, "reason": one.reason, "opined_at": one.opined_at.isoformat()}


def _amended(asked: Question, actor: Actor) -> dict[str, Any]:
    made = effect(asked.indicator, asked.scope, asked.period)
    if made is None:
        return {"difference": None, "rows": 0, "items": []}
    version = own(asked.indicator, asked.period)
    touched = touched_rows(asked.indicator, asked.scope, asked.period)
    rows = ledger_rows(version.model, [one.row_id for one in touched])
    return {
        "difference": exact(made.delta),
        "rows": made.rows,
        "items": [
            {
                **row_named(rows[one.row_id], actor),
                "before": display(version, one.before),
                "after": display(version, one.after),
            }
            for one in touched
        ],
    }
