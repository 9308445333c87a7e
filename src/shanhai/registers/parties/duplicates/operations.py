"""Duplicate persons over the API: the queue, looking for them, deciding, merging, taking a merge back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from . import deciding, finding, reading
from .models import DuplicatePair, PersonMerge
from .pages import manager


class PersonTold(Schema):
    """Who one of a pair is; the number is masked."""

    id: str
    text: str
    identity_number: str
    row_version: int


class PairAnswer(Schema):
    """Two rows that may be one person."""

    id: str
    first: PersonTold
    second: PersonTold
    probability: float
    is_twin_like: bool
    levels: dict[str, str] = Field(description="比对项 → 相符程度的代码")
    why: str
    decision: str
    reason: str


class PairsAnswer(Schema):
    """Pairs of one decision, most probable first."""

    total: int
    items: list[PairAnswer]


class PairsAsked(Schema):
    """Which pairs."""

    decision: str = Field("open", description="open、later、same、different、gone")
    offset: int = Field(0, ge=0)


class DecisionBody(Sent):
    """What somebody decided without merging."""

    decision: str = Field(description="different 不是同一人、later 以后再定、open 重新待定")
    reason: str = ""


class MergeBody(Sent):
    """Which row stays, and what it takes of the other."""

    winner: UUID
    take: list[str] = Field([], description="取另一位的值的字段：name、category、is_relocated、phone、place")
    row_versions: dict[str, int] = Field({}, description="人员编号 → 看到的行版本")
    reason: str


class ReasonBody(Sent):
    """Why."""

    reason: str


class MergeAnswer(Schema):
    """What a merge did."""

    id: str
    pair: str
    winner: str
    loser: str
    moved: int = Field(description="改指的记录数")
    voided: int = Field(description="作废的记录数，含并入的人员")
    is_undone: bool


class JobStarted(Schema):
    """A job in the background, see /jobs/."""

    job: str


_PAGE = 100


def _manages(request: HttpRequest, actor: Actor) -> Actor:
    return manager(request)


@register_routes("/parties/")
def routes() -> Router:
    router, door = Router(tags=["parties"]), Door(_manages)

    @router.get("/duplicates/", response=PairsAnswer, **_called("duplicates", _("重复人员"), door))
    def list_pairs(request: HttpRequest, asked: Query[PairsAsked]) -> dict[str, Any]:
        found = reading.pairs(actor_of(request)).filter(decision=asked.decision)
        return {
            "total": found.count(),
            "items": [_pair(one) for one in found[asked.offset : asked.offset + _PAGE]],
        }

    @router.post("/duplicates/find/", response=JobStarted, **_called("find", _("查找疑似重复人员"), door))
    def find_pairs(request: HttpRequest) -> dict[str, str]:
        return {"job": str(finding.start(actor_of(request)).pk)}

    @router.post("/duplicates/{uuid:pk}/decide/", response=PairAnswer, **_called("decide", _("决定"), door))
    def decide_pair(request: Found, pk: UUID, body: DecisionBody) -> dict[str, Any]:
        return _pair(deciding.decide(pk, body.decision, reason=body.reason, actor=actor_of(request)))

    @router.post("/duplicates/{uuid:pk}/merge/", response=MergeAnswer, **_called("merge", _("合并"), door))
    def merge_pair(request: Found, pk: UUID, body: MergeBody) -> dict[str, Any]:
        return _merge(
            deciding.merge(
                pk,
                body.winner,
                take=body.take,
                versions=body.row_versions or None,
                reason=body.reason,
                actor=actor_of(request),
            )
        )

    @router.post(
        "/duplicates/merges/{uuid:pk}/undo/", response=MergeAnswer, **_called("unmerge", _("撤销合并"), door)
    )
    def undo_merge(request: Found, pk: UUID, body: ReasonBody) -> dict[str, Any]:
        return _merge(deciding.unmerge(pk, reason=body.reason, actor=actor_of(request)))

    return router


def _called(what: str, label: Any, door: Door) -> dict[str, Any]:
    return called(f"parties_duplicates_{what}", str(label), auth=door)


def _pair(pair: DuplicatePair) -> dict[str, Any]:
    return {
        "id": str(pair.pk),
        "first": _person(pair.first),
        "second": _person(pair.second),
        "probability": float(pair.probability),
        "is_twin_like": pair.is_twin_like,
        "levels": pair.levels,
        "why": reading.why(pair),
        "decision": pair.decision,
        "reason": pair.reason,
    }


def _person(person: Any) -> dict[str, Any]:
    return {
        "id": str(person.pk),
        "text": str(person),
        "identity_number": str(person.identity_number),
        "row_version": person.row_version,
    }


def _merge(done: PersonMerge) -> dict[str, Any]:
    return {
        "id": str(done.pk),
        "pair": str(done.pair_id),
        "winner": str(done.winner_id),
        "loser": str(done.loser_id),
        "moved": sum(len(one["rows"]) for one in done.moves),
        "voided": len(done.voided),
        "is_undone": done.undone_at is not None,
    }
