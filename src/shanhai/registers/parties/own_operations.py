"""The own record over the API, for accounts bound to a person or an employer: as their pages."""

import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.leads import BODY, PERSON
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from . import own_requests
from .own_parts import Part, facts, own_body, own_person, parts
from .timeline import timeline
from .timeline_pages import TimelineEntry, told_entry


class OwnFact(Schema):
    """A label and what is held; sensitive values masked."""

    label: str
    text: str


class OwnPart(Schema):
    """Rows of one kind: texts below the labels of their columns, newest first."""

    key: str
    label: str
    columns: list[str]
    lines: list[list[str]]
    rows: list[str] = Field(description="各行的编号，可以办理的才有")


class OwnRecord(Schema):
    """What is held on the one person or employer that the account is bound to."""

    record: list[OwnFact]
    parts: list[OwnPart]


class AskBody(Sent):
    """A request about the own data."""

    kind: str = Field(description="correct 更正；copy 查阅复制")
    demand: str = Field(description="哪里不对、应当是什么")


class OwnRequest(Schema):
    """A request that was taken."""

    id: str
    kind: str
    due_on: datetime.date = Field(description="最迟哪天答复")


def _of_person(request: HttpRequest, actor: Actor) -> Any:
    return own_person(actor)


def _of_body(request: HttpRequest, actor: Actor) -> Any:
    return own_body(actor)


def _record(row: Any, actor: Actor, kind: str) -> dict[str, Any]:
    told = [{"label": label, "text": text} for label, text in facts(row)]
    return {"record": told, "parts": [_part(one) for one in parts(actor, kind)]}


def _part(part: Part) -> dict[str, Any]:
    return {
        "key": part.key,
        "label": part.label,
        "columns": list(part.columns),
        "lines": [list(line) for line in part.lines],
        "rows": list(part.rows),
    }


@register_routes("/mine/")
def of_workers() -> Router:
    router = Router(tags=["本人"])

    @router.get("/", response=OwnRecord, auth=Door(_of_person), **called("mine_read", "本人：自己的记录"))
    def read_mine(request: Found) -> dict[str, Any]:
        return _record(request.auth, actor_of(request), PERSON)

    told = called("mine_timeline", "本人：自己的全程")

    @router.get("/timeline/", response=list[TimelineEntry], auth=Door(_of_person), **told)
    def read_mine_timeline(request: Found) -> list[dict[str, Any]]:
        return [told_entry(one) for one in timeline(request.auth, actor_of(request))]

    told = called("mine_ask", "本人：申请更正或查阅复制")

    @router.post("/requests/", response={201: OwnRequest}, auth=Door(_of_person), **told)
    def ask_mine(request: Found, body: AskBody) -> Status[dict[str, Any]]:
        made = own_requests.ask(actor=actor_of(request), **body.model_dump())
        return Status(201, {"id": str(made.pk), "kind": made.kind, "due_on": made.due_on})

    return router


@register_routes("/firm/")
def of_employers() -> Router:
    router = Router(tags=["本单位"])

    @router.get("/", response=OwnRecord, auth=Door(_of_body), **called("firm_read", "本单位：自己的记录"))
    def read_firm(request: Found) -> dict[str, Any]:
        return _record(request.auth, actor_of(request), BODY)

    return router
