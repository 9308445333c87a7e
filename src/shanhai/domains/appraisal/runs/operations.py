"""Runs over the API: listed, opened, moved on, read unit by unit, and computed again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Unit

from ..models import AppraisalRun, AppraisalUnitScore, RunStage
from ..models.runs import RUNS
from ..schemes import wording
from ..schemes.operations import LineAnswer, ScoredUnit
from ..schemes.readings import Figures
from ..schemes.reports import rows_url
from . import reports
from .actions import move_run, open_run, unit_of
from .appeal_operations import add_appeals
from .computing import line_of, reading_of
from .entered import checked
from .rights import may_move, moved_run, overseen_run, oversees, reads_runs, seen_run
from .rules import MOVES
from .telling import difference_label


class RunBody(Sent):
    """Which scheme, for which year."""

    scheme: UUID = Field(description="考核方案的 id")
    year: int


class RunMoveBody(Sent):
    """Why."""

    reason: str = Field("", description="退回、重新评分、保留原得分须写理由")


class RunAnswer(Schema):
    """A run."""

    id: UUID
    name: str
    side: str
    year: int
    stage: str = Field(description="open、checked、scored、shown、published、final")
    units: int = Field(description="被考核单位数")
    notice_until: str | None = Field(description="公示截止日期")
    appeal_until: str | None = Field(description="申诉截止日期")


class LackingUnit(Schema):
    """What one unit lacks."""

    unit: str = Field(description="单位的 id")
    name: str
    uncounted: dict[int, str] = Field(description="考核项序号 → missing、waiting 或 no_paper")


class RunWhole(RunAnswer):
    """A run with its units: what they lack before it is scored, their points after."""

    lacking: list[LackingUnit] = Field(description="评分前；只给统管本方的人")
    scored: int | None = Field(description="第几次评分")
    digest: str | None = Field(description="评分文本的摘要")
    scores: list[ScoredUnit]


class RunLine(LineAnswer):
    """One line, and what it rests on."""

    indicator: str = Field(description="指标代码")
    entry: str = Field(description="自评的 id；没有则为空")
    papers: list[str] = Field(description="评分时的佐证文件名")
    before: str | None = Field(description="上一次评分的得分")


class RunUnit(ScoredUnit):
    """One unit's total with its lines."""

    lines: list[RunLine]


class ChangedValue(Schema):
    """One value that is another by now."""

    unit: str = Field(description="单位的 id；空为全部单位")
    number: int = Field(description="考核项序号；0 为总分或指标口径")
    what: str
    label: str
    was: str
    now: str


class RecomputedAnswer(Schema):
    """The rows read again."""

    is_same: bool
    is_kept: bool = Field(description="已决定保留原得分")
    digest: str = Field(description="评分时")
    digest_now: str
    differences: list[ChangedValue]


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    if not reads_runs(actor):
        raise NotAllowed
    return actor


def _opening(request: HttpRequest, actor: Actor) -> Actor:
    if not (reads_runs(actor) and actor.allows(Verb.MANAGE, RUNS)):
        raise NotAllowed
    return actor


def _seen(request: HttpRequest, actor: Actor) -> AppraisalRun:
    return seen_run(argument(request, "pk"), actor)


def _overseen(request: HttpRequest, actor: Actor) -> AppraisalRun:
    return overseen_run(argument(request, "pk"), actor)


def _moved(request: HttpRequest, actor: Actor) -> AppraisalRun:
    run, move = seen_run(argument(request, "pk"), actor), MOVES.get(argument(request, "step"))
    if move is None:
        raise NotVisible
    if not may_move(run, move, actor):
        raise NotAllowed
    return moved_run(run.pk, move, actor)


@register_routes("/appraisal-runs/")
def runs_router() -> Router:
    router = Router(tags=["appraisal-runs"])
    listed, opened = called("appraisal_runs", "年度考核"), called("appraisal_run_open", "发起考核")
    stepped = called("appraisal_run_move", "办理考核的一步：check、score、show、publish 等")

    @router.get("/", response=list[RunAnswer], auth=Door(_reading), **listed)
    def list_appraisals(request: HttpRequest) -> list[dict[str, Any]]:
        return [_told(one) for one in AppraisalRun.objects.visible_to(actor_of(request))]

    @router.post("/", response={201: RunWhole}, auth=Door(_opening), **opened)
    def begin_appraisal(request: HttpRequest, body: RunBody) -> Status[dict[str, Any]]:
        actor = actor_of(request)
        return Status(201, _whole(open_run(body.scheme, year=body.year, actor=actor), actor))

    @router.post("/{uuid:pk}/steps/{step}/", response=RunWhole, auth=Door(_moved), **stepped)
    def step_appraisal(request: Found, pk: UUID, step: str, body: RunMoveBody) -> dict[str, Any]:
        actor = actor_of(request)
        return _whole(move_run(pk, step, body.reason, actor=actor), actor)

    _add_reading(router)
    add_appeals(router)
    return router


def _add_reading(router: Router) -> None:
    whole, unit_told = called("appraisal_run", "一次考核"), called("appraisal_run_unit", "一个单位的得分")
    again = called("appraisal_run_recomputed", "按现有台账重算")

    @router.get("/{uuid:pk}/", response=RunWhole, auth=Door(_seen), **whole)
    def read_appraisal(request: Found, pk: UUID) -> dict[str, Any]:
        return _whole(request.auth, actor_of(request))

    @router.get("/{uuid:pk}/units/{uuid:unit}/", response=RunUnit, auth=Door(_seen), **unit_told)
    def read_appraised(request: Found, pk: UUID, unit: UUID) -> dict[str, Any]:
        run = request.auth
        own = unit_of(run, unit)
        scored = reports.scored_of(reports.scorings_of(run), unit)
        if scored is None:
            raise NotVisible
        score, before = scored.scores[0], scored.before.get(unit)
        is_ours = run.side in actor_of(request).sides
        return _scored(run, score) | {"lines": _lines(run, own, score, before, is_ours=is_ours)}

    @router.get("/{uuid:pk}/recomputed/", response=RecomputedAnswer, auth=Door(_overseen), **again)
    def recompute_appraisal(request: Found, pk: UUID) -> dict[str, Any]:
        found = reports.recomputed(request.auth)
        if found is None:
            raise NotVisible
        changed = [
            {
                "unit": one.unit,
                "number": one.number,
                "what": one.what,
                "label": difference_label(one),
                "was": one.was,
                "now": one.now,
            }
            for one in found.differences
        ]
        told = {"is_same": found.is_same, "is_kept": found.is_kept, "digest": found.last.digest}
        return told | {"digest_now": found.fresh.digest, "differences": changed}


def _told(run: AppraisalRun) -> dict[str, Any]:
    return {
        "id": run.pk,
        "name": run.name,
        "side": run.side,
        "year": run.year,
        "stage": run.stage,
        "units": len(run.subjects),
        "notice_until": run.notice_until.isoformat() if run.notice_until else None,
        "appeal_until": run.appeal_until.isoformat() if run.appeal_until else None,
    }


def _whole(run: AppraisalRun, actor: Actor) -> dict[str, Any]:
    scored = reports.scored_of(reports.scorings_of(run))
    is_open = run.stage in {RunStage.OPEN, RunStage.CHECKED} and oversees(run, actor)
    lacking = [
        {
            "unit": str(one.unit.pk),
            "name": one.unit.name,
            "uncounted": {asked.item["number"]: asked.stands.value for asked in one.uncounted},
        }
        for one in (checked(run) if is_open else [])
    ]
    return _told(run) | {
        "lacking": lacking,
        "scored": scored.scoring.number if scored else None,
        "digest": scored.scoring.digest if scored else None,
        "scores": [_scored(run, one) for one in scored.scores] if scored else [],
    }


def _scored(run: AppraisalRun, score: AppraisalUnitScore) -> dict[str, Any]:
    return {
        "unit": str(score.unit_id),
        "name": score.unit.name,
        "place": score.place_number,
        "total": f"{score.total:f}",
        "grade": score.grade if run.stage == RunStage.FINAL else "",
    }


def _lines(
    run: AppraisalRun,
    unit: Unit,
    score: AppraisalUnitScore,
    before: AppraisalUnitScore | None,
    *,
    is_ours: bool,
) -> list[dict[str, Any]]:
    text, figures = run.release.text, Figures(run.side, run.year)
    items = {one["number"]: one for one in text["items"]}
    earlier = {one["number"]: one["points"] for one in before.told["lines"]} if before else {}
    found = []
    for kept in score.told["lines"]:
        line, item = line_of(kept), items.get(kept["number"])
        told = score.told["readings"].get(str(line.number))
        reading = reading_of(told) if told else None
        found.append(
            {
                "number": line.number,
                "name": item["name"] if item else "",
                "figure": f"{reading.figure:f}" if reading and reading.figure is not None else None,
                "points": f"{line.points:f}",
                "standing": line.standing.value,
                "explained": wording.explained(line, item),
                "rows": rows_url(figures, text, item, unit) if item else "",
                "indicator": item["indicator"] if item else "",
                "entry": told["entry"] if told and is_ours else "",
                "papers": [name for name, _digest in told["papers"]] if told and is_ours else [],
                "before": earlier.get(line.number),
            }
        )
    return found
