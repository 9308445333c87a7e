"""Minutes on the page: a Word file in, gone through line by line, rows out; and the minutes as Word."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces import typed
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.documents.making import file_of
from shanhai.registers.parties.models import Unit

from . import minutes_actions as actions
from .document_kinds import MINUTES
from .minutes_form import MEETING_FIELDS, MinutesForm
from .models import JointMeeting


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest) -> HttpResponse:
    """Upload; what was read to go through; written when confirmed."""
    actor = actor_of(request)
    actions.require_reader(actor)
    if request.method == "GET":
        return _upload(request)
    if request.POST.get("confirmed") != "1":
        try:
            read = actions.read_upload(request.FILES.get("file"))
        except RuleViolated as refused:
            return _upload(request, str(refused))
        return _gone_through(request, read.meeting, read.lines, read.doubts)
    meeting, lines = _sent(request)
    try:
        row = actions.write_minutes(
            _meeting_values(meeting), [_line_values(one) for one in lines], actor=actor
        )
    except RuleViolated as refused:
        return _gone_through(request, meeting, lines, (), refused)
    told = {"number": len(lines)}
    messages.success(request, _("已写成草稿：一次会议、%(number)s 项议定事项。请传会议纪要后提交。") % told)
    return redirect(reverse("governance:jointmeeting_detail", args=[row.pk]))


def _upload(request: HttpRequest, problem: str = "") -> HttpResponse:
    field = {
        "name": "file",
        "id": "minutes-file",
        "label": _("会议纪要（.docx）"),
        "kind": "file",
        "accept": ".docx,.txt",
        "required": True,
        "errors": [problem] if problem else [],
        "help": _("读出会议、议题和议定事项，逐条核对后才写入；没有读准的会写明。"),
    }
    context = {
        "title": _("读入会议纪要"),
        "crumbs": [_crumb()],
        "actions": [],
        "fields": [field],
        "lines": [],
        "doubts": [],
        "count": 0,
        "is_read": False,
    }
    return render(request, "governance/minutes.html", context, status=422 if problem else 200)


def _crumb() -> dict[str, str]:
    return {"label": _("联席会议"), "url": reverse("governance:jointmeeting_list")}


def _sent(request: HttpRequest) -> tuple[dict[str, str], list[actions.Line]]:
    """What the form sends: fields of the meeting, and the lines that are kept."""
    sent = request.POST
    count = min(int(text) if (text := sent.get("count", "")).isdecimal() else 0, actions.MOST)
    lines = [
        actions.Line(
            sent.get(f"{number}.content", ""),
            sent.get(f"{number}.lead_unit", ""),
            sent.get(f"{number}.support_units", ""),
            sent.get(f"{number}.due_on", ""),
        )
        for number in range(count)
        if sent.get(f"{number}.keep") == "1"
    ]
    return {name: sent.get(name, "") for name, _kind in MEETING_FIELDS}, lines


def _meeting_values(meeting: Mapping[str, str]) -> dict[str, Any]:
    days = {name: typed.day(meeting[name]) for name in ("held_on", "next_on")}
    level = meeting["level"] or JointMeeting.Level.COUNTY
    return {**{name: text.strip() for name, text in meeting.items()}, **days, "level": level}


def _line_values(line: actions.Line) -> dict[str, Any]:
    return {
        "content": line.content.strip(),
        "lead_unit": _unit(line.lead),
        "support_units": line.supports.strip(),
        "due_on": typed.day(line.due_on),
    }


def _unit(text: str) -> Unit | None:
    try:
        return Unit.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None


def _gone_through(
    request: HttpRequest,
    meeting: Mapping[str, str],
    lines: Sequence[actions.Line],
    doubts: Sequence[str],
    refused: RuleViolated | None = None,
) -> HttpResponse:
    units = Unit.objects.filter(valid_to=None).order_by("side", "path")
    form = MinutesForm((refused.problems if refused else None) or {}, list(units))
    context = {
        "title": _("核对会议纪要"),
        "crumbs": [_crumb()],
        "actions": [],
        "fields": form.meeting(meeting),
        "doubts": [*doubts, *form.of("")],
        "lines": [form.line(number, line) for number, line in enumerate(lines)],
        "count": len(lines),
        "is_read": True,
    }
    return render(request, "governance/minutes.html", context, status=422 if refused else 200)


@require_GET
def minutes_docx(request: HttpRequest, pk: UUID) -> HttpResponse:
    """会议纪要 as Word."""
    actor = actor_of(request)
    return paper_of(get_row(registry.get(actions.MEETING), pk, actor=actor), actor)


def paper_of(row: JointMeeting, actor: Actor) -> HttpResponse:
    """The minutes of a meeting to print, with what it resolved so far."""
    content, _name = file_of(MINUTES, row, "docx", actor)
    return file_answer(content, _("会议纪要-%(number)s.docx") % {"number": row.number})
