"""Checks over the API: answer one, what is due, who stayed."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from ..models import RetentionCheck
from . import retention_acts
from . import retention_pages as pages
from . import retention_reports as reports


class AnswerBody(Sent):
    """What was heard. Unit: yuan a month."""

    row_version: int
    outcome: str = Field(description="stayed、changed、left；没有联系上为 unreached")
    checked_on: datetime.date | None = Field(None, description="默认今天")
    wage: Decimal | None = None
    left_on: datetime.date | None = Field(None, description="changed、left 时必填")
    reason: str = Field("", description="changed、left 时必填：" + "、".join(RetentionCheck.Reason.values))
    new_employer: str = Field("", description="changed 时必填")
    note: str = ""


class StayedTold(Schema):
    """How one group fared some months on. Unit: per cent."""

    key: str = Field(description="批次或用工单位的编号；空为没有随批次输送的")
    name: str
    months: int
    asked_for: int = Field(description="应回访")
    stayed: int
    changed: int
    left: int
    open: int = Field(description="待回访")
    rate: Decimal | None = Field(description="稳岗率，向下取整；没有回访到的不算在岗")


class RetentionAnswer(Schema):
    """Who stayed, by batch and by employer."""

    batches: list[StayedTold]
    employers: list[StayedTold]


@register_operations(RetentionCheck.ledger_key())
def checks(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/answer/", response=row, auth=may, **named(ledger, "answer", "记稳岗回访"))
    def answer_check(request: Found, pk: UUID, body: AnswerBody) -> dict[str, Any]:
        actor, values = actor_of(request), body.model_dump(exclude={"row_version", "outcome"})
        retention_acts.answer(pk, body.outcome, values, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    if not pages.reads(actor):
        raise NotVisible
    return actor


@register_routes("/labour/retention/")
def routes() -> Router:
    router = Router(tags=["labour"])

    @router.get("/", response=RetentionAnswer, **called("retention", "稳岗率", auth=Door(_reading)))
    def read_retention(request: HttpRequest) -> dict[str, Any]:
        return {
            "batches": [_told(one) for one in reports.retention_lines("batch")],
            "employers": [_told(one) for one in reports.retention_lines("employer")],
        }

    return router


def _told(line: reports.Line) -> dict[str, Any]:
    kept = line.kept
    names = ("asked_for", "stayed", "changed", "left", "open", "rate")
    shown = {name: getattr(kept, name) for name in names}
    return {"key": line.key, "name": pages.name_of(line), "months": line.months, **shown}
