"""名单比对: beside a list the way from file to verdicts, beside a line what may be decided; operations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import covers
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import FORM, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.later import answer, later_panel

from . import roster_files, rosters
from .models import Roster, RosterEntry


@register_panel("labour.roster", order=11)
def comparing(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """How far a list is, and the next step: its file, comparing, deciding."""
    if not isinstance(row, Roster):
        return None
    actor, entries = actor_of(request), registry.get(RosterEntry.ledger_key())
    lines = link(entries, "list")
    found = RosterEntry.objects.live().filter(roster=row).order_by().values_list("outcome")
    numbers = dict(found.annotate(Count("pk")))
    counts = [
        {
            "label": str(one.label),
            "number": numbers[one.value],
            "url": with_query(lines, {"roster": row.pk, "outcome": one.value}),
        }
        for one in RosterEntry.Outcome
        if numbers.get(one.value)
    ]
    may = covers(actor, Verb.EDIT, ledger.key, row)
    context = {
        "counts": counts,
        "upload_url": reverse("labour:upload_roster", args=[row.pk])
        if may and actor.allows(Verb.IMPORT, entries.key)
        else "",
        "compare_url": reverse("labour:compare_roster", args=[row.pk]) if may else "",
    }
    return RailPanel("labour/roster.html", context)


@register_panel("labour.rosterentry", order=11)
def deciding(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For lines of one's own that wait for a decision: those their verdict allows."""
    if not isinstance(row, RosterEntry) or row.decision != RosterEntry.Decision.OPEN:
        return None
    allowed = rosters.DECISIONS[row.outcome]
    if not allowed or not covers(actor_of(request), Verb.EDIT, ledger.key, row):
        return None
    options = [{"value": one, "label": RosterEntry.Decision(one).label} for one in allowed]
    field = {"name": "decision", "id": "roster-decision", "label": _("处理决定"), "kind": "select"}
    reason = {"name": "reason", "id": "roster-reason", "label": _("处理理由"), "kind": "text", "value": ""}
    return later_panel(
        row,
        "labour:decide_entry",
        title=_("处理这一行"),
        note=_("新建登记只写草稿，核对后照常上报；保留不同的写明理由。"),
        button=_("决定"),
        fields=[field | {"options": options, "required": True}, reason],
    )


@require_POST
def upload_roster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of a list; leads to the import it is from here on."""
    try:
        found = roster_files.receive(pk, request.FILES.get("file"), actor=actor_of(request))
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect("labour:roster_detail", pk)
    return redirect("labour:rosterentry_import_one", found.pk)


@require_POST
def compare_roster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compares the lines that are undecided; back to the list."""
    try:
        number = rosters.compare(pk, actor=actor_of(request))
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已比对 %(number)s 行。") % {"number": number})
    return redirect("labour:roster_detail", pk)


@require_POST
def decide_entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a line."""
    sent = request.POST

    def record(version: int) -> None:
        rosters.decide(
            pk,
            sent.get("decision", ""),
            reason=sent.get("reason", ""),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("labour:rosterentry_detail", args=[pk]), record)


class UploadAnswer(Schema):
    """The import that a file of a list became."""

    import_id: str = Field(description="一次导入；接着用“名单人员”的导入接口对应列、确认写入")


class CompareAnswer(Schema):
    """What comparing gave."""

    compared: int = Field(description="比对了几行；已处理的不再比")
    outcomes: dict[str, int] = Field(description="比对结果 → 行数")


class DecideBody(Sent):
    """What becomes of a line."""

    row_version: int
    decision: str = Field(description="register、confirm、phone、keep；可选哪些看比对结果")
    reason: str = ""


@register_operations(Roster.ledger_key())
def roster_operations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may, may_send = on_row(ledger, Verb.EDIT), on_row(ledger, Verb.EDIT, takes=FORM)
    told = named(ledger, "upload", "上传名单")

    @router.post("/{uuid:pk}/upload/", response={201: UploadAnswer}, auth=may_send, **told)
    def upload_list(request: Found, pk: UUID, file: File[UploadedFile]) -> Status[dict[str, Any]]:
        found = roster_files.receive(pk, file, actor=actor_of(request))
        return Status(201, {"import_id": str(found.pk)})

    @router.post(
        "/{uuid:pk}/compare/", response=CompareAnswer, auth=may, **named(ledger, "compare", "名单比对")
    )
    def compare_list(request: Found, pk: UUID) -> dict[str, Any]:
        number = rosters.compare(pk, actor=actor_of(request))
        rows = RosterEntry.objects.live().filter(roster=pk).order_by().values_list("outcome")
        return {"compared": number, "outcomes": dict(rows.annotate(Count("pk")))}


@register_operations(RosterEntry.ledger_key())
def entry_operations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/decide/", response=row, auth=may, **named(ledger, "decide", "处理名单人员"))
    def decide_line(request: Found, pk: UUID, body: DecideBody) -> dict[str, Any]:
        actor = actor_of(request)
        rosters.decide(pk, body.decision, reason=body.reason, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)
