"""What pushes add to the API: whom a release fits, pushing it, who was told and knows, figures."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from . import own, push_actions
from .models import PolicyPush, PushRecipient
from .push_pages import found_of, push_of, require_reading, wanted_of
from .push_reports import BY, WHAT, Wanted, groups_of, whom_of


class FittingAnswer(Schema):
    """One whom the policy fits."""

    id: UUID
    name: str
    unit: str = Field(description="由谁通知")
    fit: str = Field(description="entitled、nearly")
    amount: Decimal | None = Field(description="元")
    lacking: str


class WhomAnswer(Schema):
    """Whom the release in force fits and who is not on the push."""

    digest: str = Field(description="名单的摘要，推送时带上")
    already: int
    lines: list[FittingAnswer]


class PushOutBody(Sent):
    """Which list was looked at, and which version of the push."""

    row_version: int
    digest: str


class PushedAnswer(Schema):
    """Those put on the push."""

    numbers: list[str]


class RecipientsAsked(Schema):
    """Which recipients; all without."""

    push: str = ""
    policy: str = ""
    unit: str = ""
    station: str = Field("", description="服务站的键；none 为没有服务站的")
    town: str = Field("", description="乡镇的键；none 为没有所在地的")
    what: str = Field("all", description="、".join(WHAT))


class FiguresAsked(RecipientsAsked):
    """Which recipients, counted by what."""

    by: str = Field("policy", description="、".join(BY))


class PushGroupAnswer(Schema):
    """Recipients of a policy, a push, a unit, a station or a town in numbers."""

    label: str
    every: int
    told: int
    read: int
    by_self: int = Field(description="在本人或本单位账号里知晓的")
    acted: int


class FiguresAnswer(Schema):
    """Numbers by policy, push, unit, station or town."""

    items: list[PushGroupAnswer]


class RecipientAnswer(Schema):
    """One recipient as it stands."""

    id: UUID
    number: str
    name: str
    policy: str
    unit: str
    station: str = Field(description="由哪个服务站的谁通知；没有服务站的为空")
    fit: str
    lacking: str
    told_on: datetime.date | None
    read_on: datetime.date | None
    is_read_by_self: bool
    acted_on: datetime.date | None


class RecipientsAnswer(Schema):
    """Recipients as narrowed."""

    items: list[RecipientAnswer]


class TellBody(Sent):
    """Who was told, how and when."""

    ids: list[UUID]
    way: str = Field(description="、".join(PushRecipient.Way.values))
    told_on: datetime.date


class ToldAnswer(Schema):
    """How many were told."""

    count: int


class KnowBody(Sent):
    """Which version of the recipient was looked at."""

    row_version: int


class OwnKnown(Schema):
    """Since when they know, by the own account."""

    id: str
    read_on: datetime.date
    row_version: int


def _own(request: HttpRequest, actor: Actor) -> Any:
    return push_of(argument(request, "pk"), actor)


def _read(request: HttpRequest, actor: Actor) -> Actor:
    require_reading(actor)
    return actor


def _telling(request: HttpRequest, actor: Actor) -> Actor:
    if not actor.allows(Verb.EDIT, PushRecipient.ledger_key()):
        raise NotAllowed
    return actor


def _wanted(asked: RecipientsAsked) -> Wanted:
    return wanted_of(asked.model_dump())


@register_operations(PolicyPush.ledger_key())
def pushing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    own, keep = Door(_own), on_row(ledger, Verb.EDIT)

    @router.get("/{uuid:pk}/whom/", response=WhomAnswer, auth=own, **named(ledger, "whom", "推送给谁"))
    def read_whom(request: Found, pk: UUID) -> dict[str, Any]:
        found = whom_of(request.auth)
        lines = [
            {
                "id": one.subject.pk,
                "name": str(one.subject),
                "unit": str(one.subject.owner_unit),
                "fit": one.fit.value,
                "amount": one.amount,
                "lacking": one.lacking,
            }
            for one in found.lines
        ]
        return {"digest": found.digest, "already": found.already, "lines": lines}

    @router.post("/{uuid:pk}/push/", response=PushedAnswer, auth=keep, **named(ledger, "push", "推送"))
    def push_out(request: Found, pk: UUID, body: PushOutBody) -> dict[str, Any]:
        actor, version = actor_of(request), body.row_version
        made = push_actions.push_out(pk, digest=body.digest, actor=actor, row_version=version)
        return {"numbers": [one.number for one in made]}


@register_operations(PushRecipient.ledger_key())
def knowing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    keep = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/know/", response=row, auth=keep, **named(ledger, "know", "本人知晓"))
    def know_of(request: Found, pk: UUID, body: KnowBody) -> dict[str, Any]:
        actor = actor_of(request)
        push_actions.know(pk, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)


def _own_push(request: HttpRequest, actor: Actor) -> PushRecipient:
    return own.own_push(argument(request, "pk"), actor)


@register_operations(PushRecipient.ledger_key())
def own_knowing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    told = named(ledger, "acknowledge", "在自己的账号知晓")

    @router.post("/{uuid:pk}/acknowledge/", response=OwnKnown, auth=Door(_own_push), **told)
    def acknowledge_push(request: Found, pk: UUID, body: KnowBody) -> dict[str, Any]:
        done = own.acknowledge(pk, actor=actor_of(request), row_version=body.row_version)
        return {"id": str(done.pk), "read_on": done.read_on, "row_version": done.row_version}


@register_routes("/benefits/")
def routes() -> Router:
    router = Router(tags=["benefits"])
    read, telling = Door(_read), Door(_telling)

    @router.get("/pushes/", response=FiguresAnswer, **called("benefits_pushes", "推送成效", auth=read))
    def read_pushes(request: HttpRequest, asked: Query[FiguresAsked]) -> dict[str, Any]:
        wanted, by = _wanted(asked), asked.by if asked.by in BY else BY[0]
        return {"items": groups_of(found_of(wanted), by, wanted)}

    @router.get(
        "/pushes/recipients/",
        response=RecipientsAnswer,
        **called("benefits_recipients", "推送对象", auth=read),
    )
    def read_recipients(request: HttpRequest, asked: Query[RecipientsAsked]) -> dict[str, Any]:
        items = [
            {
                "id": one.row.pk,
                "number": one.row.number,
                "name": str(one.row),
                "policy": str(one.row.push.policy),
                "unit": str(one.row.owner_unit),
                "station": one.post.told if one.post else "",
                "fit": one.row.fit,
                "lacking": one.row.lacking,
                "told_on": one.row.told_on,
                "read_on": one.row.read_on,
                "is_read_by_self": one.row.is_read_by_self,
                "acted_on": one.acted_on,
            }
            for one in found_of(_wanted(asked))
        ]
        return {"items": items}

    @router.post("/pushes/tell/", response=ToldAnswer, **called("benefits_tell", "记下通知", auth=telling))
    def tell_recipients(request: HttpRequest, body: TellBody) -> dict[str, Any]:
        actor = actor_of(request)
        return {"count": push_actions.tell(body.ids, way=body.way, told_on=body.told_on, actor=actor)}

    return router
