"""督查提醒 on the page: what was sent beyond the installation, to which channel, and what did not arrive."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from ninja import Router, Schema

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from .models import Reminder
from .supervision_actions import SLIP, may_raise

#: Of the last so many.
SHOWN = 200


def sent_of(actor: Actor) -> list[Reminder]:
    """Errors: NotVisible for who gives out no slips."""
    if not may_raise(actor):
        raise NotVisible
    rows = Reminder.objects.filter(side__in=actor.sides)
    return list(rows.order_by("-reminded_on", "channel")[:SHOWN])


def _paper(rows: list[Reminder]) -> Paper:
    columns = (
        SheetColumn("day", _("提醒日期"), Kind.DATE),
        SheetColumn("channel", _("提醒渠道"), Kind.TEXT, width=20),
        SheetColumn("message", _("提醒内容"), Kind.LONG_TEXT, width=60),
        SheetColumn("state", _("发送状态"), Kind.TEXT, width=10),
        SheetColumn("tries", _("发送次数"), Kind.INTEGER),
        SheetColumn("error", _("失败原因"), Kind.TEXT, width=20),
    )
    told = [
        PaperRow(
            (one.reminded_on, one.channel, one.message, one.get_state_display(), one.tries, one.last_error)
        )
        for one in rows
    ]
    note = _(
        "每天早上按渠道发一次，只有数目，没有人名和事由；没有送到的每刻钟再试，五次不成记为失败。渠道由运维人员设定。"
    )
    return Paper(_("督查提醒"), note, [PaperTable("", columns, told)], _("督查提醒"))


@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    """What was sent lately; `?format=`: a file."""
    actor = actor_of(request)
    paper = _paper(sent_of(actor))
    if (file := answer_file(request, paper, actor, SLIP)) is not None:
        return file
    table = paper.tables[0]
    context = {
        "title": paper.title,
        "sub": _("%(number)s 条") % {"number": len(table.rows)},
        "crumbs": [],
        "actions": files_of(request, {}, bool(table.rows)),
        "notices": [{"kind": "", "text": paper.note}],
        "tabs": [],
        "hidden": {},
        "asked": [],
        "sections": [{"title": "", "note": "", "table": draw_table(table), "empty": _("还没有发过提醒。")}],
    }
    return render(request, "kernel/report.html", context)


class ReminderTold(Schema):
    """A message of a day to a channel."""

    day: str
    channel: str
    message: str
    state: str
    tries: int
    last_error: str


def _reads(request: HttpRequest, actor: Actor) -> Actor:
    if not may_raise(actor):
        raise NotVisible
    return actor


@register_routes("/governance/")
def routes() -> Router:
    router = Router(tags=["governance"])
    named = called("governance_reminders", "督查提醒的发送记录", auth=Door(_reads))

    @router.get("/reminders/", response=list[ReminderTold], **named)
    def list_reminders(request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                "day": one.reminded_on.isoformat(),
                "channel": one.channel,
                "message": one.message,
                "state": one.state,
                "tries": one.tries,
                "last_error": one.last_error,
            }
            for one in sent_of(actor_of(request))
        ]

    return router
