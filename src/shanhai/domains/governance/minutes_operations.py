"""Minutes over the API: read a file without writing, write what was gone through, the minutes as Word."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import FORM, Door, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Unit

from . import minutes_actions as actions
from .minutes_pages import paper_of
from .models import JointMeeting


class MinutesLine(Schema):
    """A resolution as it was read."""

    content: str
    lead_unit: str = Field(description="牵头单位的编号；没有读准为空")
    support_units: str
    due_on: str
    doubts: list[str] = Field(description="没有读准的地方")


class MinutesRead(Schema):
    """What was read of a file; nothing is written."""

    meeting: dict[str, str]
    lines: list[MinutesLine]
    doubts: list[str]


class LineBody(Sent):
    """A resolution that a person has gone through."""

    content: str
    lead_unit: UUID
    support_units: str = ""
    due_on: datetime.date


class MinutesBody(Sent):
    """A meeting and its resolutions, gone through."""

    number: str
    title: str
    level: JointMeeting.Level = JointMeeting.Level.COUNTY
    held_on: datetime.date
    venue: str
    chairs: str
    attendees: str = ""
    agenda: str
    next_on: datetime.date | None = None
    lines: list[LineBody] = []


def _may(request: HttpRequest, actor: Actor) -> Actor:
    actions.require_reader(actor)
    return actor


@register_routes("/governance/")
def routes() -> Router:
    router = Router(tags=["governance"])

    reading = called("governance_read_minutes", "读入会议纪要，不写入", auth=Door(_may, takes=FORM))

    @router.post("/minutes/read/", response=MinutesRead, **reading)
    def read_minutes(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
        read = actions.read_upload(file)
        lines = [
            {
                "content": one.content,
                "lead_unit": one.lead,
                "support_units": one.supports,
                "due_on": one.due_on,
                "doubts": list(one.doubts),
            }
            for one in read.lines
        ]
        return {"meeting": dict(read.meeting), "lines": lines, "doubts": list(read.doubts)}

    @router.post("/minutes/", response=dict[str, Any],
                 **called("governance_write_minutes", "写入核对过的会议纪要", auth=Door(_may)))  # fmt: skip
    def write_minutes(request: HttpRequest, body: MinutesBody) -> dict[str, Any]:
        meeting = body.dict(exclude={"lines"})
        units = Unit.objects.in_bulk([one.lead_unit for one in body.lines])
        lines = [{**one.dict(), "lead_unit": units.get(one.lead_unit)} for one in body.lines]
        row = actions.write_minutes(meeting, lines, actor=actor_of(request))
        return {"id": str(row.pk), "ledger": actions.MEETING, "row_version": row.row_version}

    return router


@register_operations(JointMeeting.ledger_key())
def papers(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VIEW)

    @router.get("/{uuid:pk}/minutes/", auth=may, **named(ledger, "minutes", "会议纪要（Word）"))
    def read_minutes_paper(request: Found, pk: UUID) -> HttpResponse:
        return paper_of(request.auth, actor_of(request))
