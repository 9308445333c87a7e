"""Matching over the API: begin a run, read runs, decide on placements, why a pair scores what it scores."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument, on_ledger, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.api.work import JobAnswer, job_json
from shanhai.kernel.surfaces.views import actor_of

from . import matching_acts as acts
from . import matching_reports as reports
from . import matching_rules as rules
from . import matching_run as running
from . import matching_wording as wording
from . import own
from .matching_problem import points
from .models import MatchRun, Placement


class RunAnswer(Schema):
    """A run in numbers. Unit: points, per cent."""

    id: str
    run_at: datetime.datetime
    workers: int
    orders: int
    seats: int
    matched: int
    fixed: int = Field(description="人工已定、保留不动的对数")
    forbidden: int = Field(description="拒绝过、不再拟配的对数")
    total: Decimal = Field(description="拟配总分")
    bound: Decimal = Field(description="任何配法都不超过的总分")
    of_bound: Decimal = Field(description="达到上界的百分比，向下取整")
    regret: Decimal = Field(description="与全部重新配相比，人工决定少得的分")
    is_nightly: bool = Field(description="是否每夜自动运行")
    cause: str = Field(description="起因：人工，或每夜自动时什么有变化")
    proof: str


class TermTold(Schema):
    """One reason for points."""

    label: str
    points: Decimal


class PairTold(Schema):
    """A pair that the run proposed or kept."""

    person: str
    order: str
    placement: str | None
    standing: str
    points: Decimal
    terms: list[TermTold]


class UnmatchedTold(Schema):
    """A worker without an order, and what would change it."""

    person: str
    said: str


class EmptyTold(Schema):
    """An order with empty seats, and what would bring workers."""

    order: str
    seats: int
    said: str


class FairTold(Schema):
    """How one group of workers fared."""

    split: str
    member: str
    workers: int
    matched: int
    share: Decimal | None
    points: Decimal


class RunDetail(RunAnswer):
    """A run with its pairs, who was left and why, how groups fared; of people whom the caller sees."""

    weights: dict[str, Decimal]
    left_out: dict[str, int]
    overridden: Decimal | None = Field(description="人工改变率，百分比")
    pairs: list[PairTold]
    unmatched: list[UnmatchedTold]
    empty: list[EmptyTold]
    fairness: list[FairTold]


class LineTold(Schema):
    """A term of a pair, or a placement that was not decided on, with what is said of it."""

    label: str
    said: str


class WhyAnswer(Schema):
    """Points of a pair term by term, and the limits it breaks."""

    total: str
    lines: list[LineTold]
    limits: list[str]


class AdvanceBody(Sent):
    """What becomes of a placement."""

    row_version: int
    standing: Placement.Standing = Field(description="accepted、refused、hired、left")
    day: datetime.date | None = Field(None, description="到岗或离开的日期；空为今天")
    reason: str = Field("", description="拒绝原因")


class OwnAnswerBody(Sent):
    """A worker's own word on a post that was offered."""

    row_version: int
    standing: str = Field(description="accepted 或 refused")
    reason: str = Field("", description="拒绝原因")


class OwnAnswer(Schema):
    """How the placement stands now."""

    id: str
    match_state: str
    row_version: int


class DecideBody(Sent):
    """What becomes of many."""

    ids: list[UUID]
    standing: Placement.Standing = Field(description="accepted 或 refused")
    reason: str = Field("", description="拒绝原因")


class DecideAnswer(Schema):
    """How many were done; the others with the reason."""

    done: int
    refused: list[LineTold]


def _run(request: HttpRequest, actor: Actor) -> MatchRun:
    return reports.run_of(argument(request, "run"), actor)


def _own(request: HttpRequest, actor: Actor) -> Placement:
    """Reasons are of the worker's own side. Errors: NotVisible."""
    found: Placement = get_row(registry.get(Placement.ledger_key()), argument(request, "pk"), actor=actor)
    if found.side not in actor.sides:
        raise NotVisible
    return found


def _offered(request: HttpRequest, actor: Actor) -> Placement:
    return own.own_placement(argument(request, "pk"), actor)


@register_operations(Placement.ledger_key())
def own_operations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    told = named(ledger, "answer", "本人答复推荐的岗位")

    @router.post("/{uuid:pk}/answer/", response=OwnAnswer, auth=Door(_offered), **told)
    def answer_placement(request: Found, pk: UUID, body: OwnAnswerBody) -> dict[str, Any]:
        done = own.answer_placement(pk, actor=actor_of(request), **body.model_dump())
        return {"id": str(done.pk), "match_state": done.match_state, "row_version": done.row_version}


@register_operations(Placement.ledger_key())
def running_operations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_run, may_read = on_ledger(ledger, Verb.MANAGE), on_ledger(ledger, Verb.VIEW)

    @router.post("/match/", response={202: JobAnswer}, auth=may_run, **named(ledger, "match", "运行匹配"))
    def match_workers(request: HttpRequest) -> Status[dict[str, Any]]:
        return Status(202, job_json(running.start(actor_of(request))))

    @router.get("/runs/", response=list[RunAnswer], auth=may_read, **named(ledger, "runs", "匹配运行"))
    def list_runs(request: HttpRequest) -> list[dict[str, Any]]:
        return [_told(one) for one in reports.runs(actor_of(request))[:60]]

    @router.get(
        "/runs/{uuid:run}/", response=RunDetail, auth=Door(_run), **named(ledger, "run", "一次匹配运行")
    )
    def read_run(request: Found, run: UUID) -> dict[str, Any]:
        return _detail(request.auth)


@register_operations(Placement.ledger_key())
def deciding(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may, may_many = on_row(ledger, Verb.EDIT), on_ledger(ledger, Verb.EDIT)

    @router.get(
        "/{uuid:pk}/why/",
        response=WhyAnswer,
        auth=Door(_own),
        **named(ledger, "why", "为什么这样配"),
    )
    def explain_placement(request: Found, pk: UUID) -> dict[str, Any]:
        found = reports.why(request.auth)
        if found is None:
            return {"total": "", "lines": [], "limits": []}
        return {"total": found.total, "lines": _lines(found.lines), "limits": found.limits}

    @router.post("/{uuid:pk}/advance/", response=row, auth=may, **named(ledger, "advance", "办理拟配"))
    def advance_placement(request: Found, pk: UUID, body: AdvanceBody) -> dict[str, Any]:
        actor = actor_of(request)
        acts.advance(pk, actor=actor, **body.model_dump())
        return read_row(ledger, pk, actor)

    @router.post(
        "/decide/", response=DecideAnswer, auth=may_many, **named(ledger, "decide", "成批接受或拒绝")
    )
    def decide_placements(request: HttpRequest, body: DecideBody) -> dict[str, Any]:
        told = acts.decide_many(body.ids, standing=body.standing, actor=actor_of(request), reason=body.reason)
        return {"done": told.done, "refused": _lines(told.refused)}


def _lines(pairs: Any) -> list[dict[str, str]]:
    return [{"label": label, "said": said} for label, said in pairs]


def _told(run: MatchRun) -> dict[str, Any]:
    names = ("run_at", "workers", "orders", "seats", "matched", "fixed", "forbidden", "bound")
    return {name: getattr(run, name) for name in names} | {
        "id": str(run.pk),
        "total": run.total_score,
        "of_bound": run.of_bound,
        "regret": run.regret,
        "proof": wording.proof(run),
        "is_nightly": run.is_nightly,
        "cause": wording.cause(run),
    }


def _detail(run: MatchRun) -> dict[str, Any]:
    told = reports.told(run)
    return _told(run) | {
        "weights": run.weights,
        "left_out": run.left_out,
        "overridden": reports.overrides(run.side).share,
        "pairs": [_pair(*one) for one in told.pairs()],
        "unmatched": [{"person": str(person.pk), "said": said} for person, said in told.unmatched()],
        "empty": [
            {"order": str(order.pk), "seats": seats, "said": said} for order, seats, said in told.empty()
        ],
        "fairness": [
            {
                "split": split,
                "member": code,
                "workers": workers,
                "matched": matched,
                "share": rules.share(matched, workers),
                "points": mean,
            }
            for split, code, workers, matched, mean in run.fairness
        ],
    }


def _pair(person: Any, order: Any, placement: Placement | None, terms: Any) -> dict[str, Any]:
    labels = map(str, wording.TERMS)
    return {
        "person": str(person.pk),
        "order": str(order.pk),
        "placement": str(placement.pk) if placement else None,
        "standing": placement.match_state if placement else "",
        "points": points(sum(terms)),
        "terms": [
            {"label": label, "points": points(value)} for label, value in zip(labels, terms, strict=True)
        ],
    }
