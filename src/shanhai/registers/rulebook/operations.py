"""The book of rules over the API: read, change, decide."""

import datetime
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.dated import DatedRule
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.api.paging import CURSOR, newest_first
from shanhai.kernel.surfaces.views import actor_of

from . import changing
from .book import Rule, book, may_change_some, reader, rule_of
from .models import RuleChange


class RuleRow(Schema):
    """One rule with its days and its source."""

    id: str
    values: dict[str, str] = Field(description="字段 → 内容")
    valid_from: str
    valid_to: str | None
    source: str


class RuleKind(Schema):
    """One kind of rule and all its rows."""

    rule: str = Field(description="规定的代码，如 labour.threshold")
    title: str
    chapter: str
    key: list[str] = Field(description="同一天同样的只有一条的字段")
    said: list[str] = Field(description="规定的内容")
    rows: list[RuleRow]


class RuleChangeAnswer(Schema):
    """One change and what became of it."""

    id: str
    rule: str
    kind: str = Field(description="set 启用，end 停用")
    values: dict[str, str]
    valid_from: str
    valid_to: str | None
    source: str
    reason: str
    state: str = Field(description="waiting、approved、refused、withdrawn")
    decision: str
    row: str | None = Field(description="批准后写入的记录")


class RuleChangePage(Schema):
    """A page of changes, newest first."""

    items: list[RuleChangeAnswer]
    next: str | None
    previous: str | None


class RuleChangeNew(Sent):
    """A change to ask for."""

    rule: str
    kind: Literal["set", "end"] = "set"
    values: dict[str, str] = Field(default_factory=dict, description="字段 → 内容；停用只写 key 的字段")
    valid_from: datetime.date = Field(description="停用的，为没有它的第一天")
    valid_to: datetime.date | None = None
    source: str = Field(max_length=200)
    reason: str = Field(max_length=200)


class RuleDecision(Sent):
    """What a second person says, or the one who asked."""

    what: Literal["approve", "refuse", "withdraw"]
    reason: str = ""


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    return reader(request)


def _changing(request: HttpRequest, actor: Actor) -> Actor:
    if not may_change_some(reader(request)):
        raise NotAllowed
    return actor


def _one(request: HttpRequest, actor: Actor) -> RuleChange:
    reader(request)
    return changing.get(UUID(str(argument(request, "pk"))))


def _decidable(request: HttpRequest, actor: Actor) -> RuleChange:
    found = _one(request, actor)
    if found.requester_id != actor.user_id and not rule_of(found.rule).sides(actor):
        raise NotAllowed
    return found


def _kind_told(kind: Rule) -> dict[str, Any]:
    return {
        "rule": kind.label,
        "title": kind.title,
        "chapter": kind.chapter,
        "key": kind.key,
        "said": kind.said,
        "rows": [_row_told(kind, row) for row in kind.model.objects.all()],
    }


def _row_told(kind: Rule, row: DatedRule) -> dict[str, Any]:
    return {"id": str(row.pk), "values": kind.texts(row), **_days(row), "source": row.source}


def _days(row: Any) -> dict[str, str | None]:
    ends = row.valid_to.isoformat() if row.valid_to else None
    return {"valid_from": row.valid_from.isoformat(), "valid_to": ends}


def _told(change: RuleChange) -> dict[str, Any]:
    names = ("rule", "kind", "values", "source", "reason", "state", "decision")
    row = str(change.row) if change.row else None
    told = {name: getattr(change, name) for name in names}
    return told | {"id": str(change.pk), "row": row, **_days(change)}


def _all(found: Sequence[RuleChange]) -> list[dict[str, Any]]:
    return [_told(one) for one in found]


@register_routes("/rulebook/")
def routes() -> Router:
    router = Router(tags=["rulebook"])
    reading, one = Door(_reading), Door(_one)

    told = called("rules", "规定与数值：全部", auth=reading)

    @router.get("/", response=list[RuleKind], **told)
    def list_rules_in_book(request: HttpRequest) -> list[dict[str, Any]]:
        return [_kind_told(kind) for kind in book()]

    told = called("rule_changes", "规定的变更", auth=reading)

    @router.get("/changes/", response=RuleChangePage, openapi_extra=CURSOR, **told)
    def list_rule_changes(request: HttpRequest) -> dict[str, Any]:
        return newest_first(request, changing.visible(), _all, "cursor:rule_changes")

    told = called("rule_change_ask", "提出规定的变更", auth=Door(_changing))

    @router.post("/changes/", response={201: RuleChangeAnswer}, **told)
    def ask_rule_change(request: HttpRequest, body: RuleChangeNew) -> Status[dict[str, Any]]:
        asked = body.model_dump(exclude={"rule", "kind", "values"})
        kind = rule_of(body.rule)
        made = changing.ask(kind, body.kind, body.values, actor=actor_of(request), **asked)
        return Status(201, _told(made))

    told = called("rule_change", "一份变更", auth=one)

    @router.get("/changes/{uuid:pk}/", response=RuleChangeAnswer, **told)
    def read_rule_change(request: Found, pk: UUID) -> dict[str, Any]:
        return _told(request.auth)

    words = "批准、不批准（不能是提出人）或撤回（只能是提出人）"
    told = called("rule_change_decide", words, auth=Door(_decidable))

    @router.post("/changes/{uuid:pk}/decide/", response=RuleChangeAnswer, **told)
    def decide_rule_change(request: Found, pk: UUID, body: RuleDecision) -> dict[str, Any]:
        actor = actor_of(request)
        if body.what == "withdraw":
            return _told(changing.withdraw(request.auth, actor=actor))
        is_approved = body.what == "approve"
        return _told(changing.decide(request.auth, approve=is_approved, reason=body.reason, actor=actor))

    return router
