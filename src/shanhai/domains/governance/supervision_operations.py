"""Supervision over the API: give out a slip, act on it, how units did."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from . import supervision_actions as actions
from . import supervision_reports as reports
from .models import SupervisionSlip
from .supervision_pages import asked_year, may_raise, may_read, paper_of, slip_values


class SlipBody(Sent):
    """A slip to give out."""

    unit: UUID = Field(description="督办的单位，本方的")
    cause: str = Field(description="督办事由")
    due_on: datetime.date
    number: str = Field("", description="督办单号；空为下一号")
    origin: str = Field("", description="督办来源，如核查发现的话")
    origin_ledger: str = Field("", description="来源记录的台账")
    origin_row: UUID | None = Field(None, description="来源记录的编号")


class ActBody(Sent):
    """One act with a slip."""

    row_version: int
    act: str = Field(description="receive、reply、close、send_back、escalate、talk")
    text: str = Field("", description="内容；除 receive 外必填")


class EffectQuery(Schema):
    """Which year; this one without."""

    year: str = ""


class EffectTold(Schema):
    """A unit's year."""

    unit: str
    slips: int
    closed: int
    answered: int
    in_time: int
    days: float | None = Field(description="回复天数中位数；没有回复为空")
    sent_back: int
    reds: int
    escalated: int
    talks: int
    must_talk: bool = Field(description="红灯次数到了应约谈")
    score: int


def _raises(request: HttpRequest, actor: Actor) -> Actor:
    if not may_raise(actor):
        raise NotAllowed
    return actor


def _reads(request: HttpRequest, actor: Actor) -> Actor:
    if not may_read(actor):
        raise NotVisible
    return actor


@register_routes("/governance/")
def routes() -> Router:
    router = Router(tags=["governance"])
    ledger = registry.get(SupervisionSlip.ledger_key())

    @router.post("/slips/", response=dict[str, Any],
                 **called("governance_raise_slip", "下达督办单", auth=Door(_raises)))  # fmt: skip
    def raise_slip(request: HttpRequest, body: SlipBody) -> dict[str, Any]:
        actor = actor_of(request)
        sent = {name: "" if value is None else str(value) for name, value in body.dict().items()}
        slip = actions.raise_slip(**slip_values(actor, sent), actor=actor)
        return {
            "id": str(slip.pk),
            "ledger": ledger.key,
            "number": slip.number,
            "row_version": slip.row_version,
        }

    @router.get("/effect/", response=list[EffectTold],
                **called("governance_effect", "督办成效", auth=Door(_reads)))  # fmt: skip
    def read_effect(request: HttpRequest, asked: Query[EffectQuery]) -> list[dict[str, Any]]:
        return [
            {
                "unit": str(one.unit),
                "must_talk": one.must_talk,
                **{name: getattr(one.effect, name) for name in one.effect.__dataclass_fields__},
            }
            for one in reports.effects(asked_year(asked.year))
        ]

    return router


@register_operations(SupervisionSlip.ledger_key())
def acting(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.get(
        "/{uuid:pk}/paper/", auth=on_row(ledger, Verb.VIEW), **named(ledger, "paper", "督办单（Word）")
    )
    def read_slip_paper(request: Found, pk: UUID) -> HttpResponse:
        return paper_of(request.auth, actor_of(request))

    @router.post(
        "/{uuid:pk}/act/",
        response=row,
        auth=may,
        **named(ledger, "act", "签收、回复、办结、退回、升级、约谈"),
    )
    def act_on_slip(request: Found, pk: UUID, body: ActBody) -> dict[str, Any]:
        actor = actor_of(request)
        actions.act(pk, body.act, text=body.text, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)
