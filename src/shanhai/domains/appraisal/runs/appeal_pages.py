"""The part of a unit's page where points are appealed against, and its forms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.kinds import accepted
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Unit
from shanhai.registers.tables import table_of

from ..models import AppraisalAppeal, AppraisalRun
from ..schemes import wording
from ..schemes.drawing import number
from . import appeals
from .appeals import State

Drawn = dict[str, Any]
_BADGES = {State.WAITING: "wait", State.UPHELD: "ok", State.REFUSED: "late"}


def appeals_part(run: AppraisalRun, actor: Any, unit: Unit | None = None) -> Drawn:
    """Appeals of a unit, or of all for who oversees them; forms to file and to decide."""
    if unit is not None and not appeals.sees_appeals(run, unit, actor):
        return {"appeals": None, "filing": None, "deciding": []}
    rows = AppraisalAppeal.objects.filter(run=run).select_related("unit", "requester", "handled_by")
    found = list(rows.filter(unit=unit) if unit else rows)
    can_file = unit is not None and appeals.is_open(run) and appeals.may_appeal(unit, actor)
    deciding = [one for one in found if one.state == State.WAITING] if appeals.may_decide(run, actor) else []
    return {
        "appeals": _table(run, found) if found else None,
        "filing": _filing(run, unit) if can_file and unit else None,
        "deciding": [_deciding(run, one) for one in deciding],
    }


def _item(run: AppraisalRun, at: int) -> Any:
    return next(one for one in run.release.text["items"] if one["number"] == at)


def _label(run: AppraisalRun, at: int) -> str:
    return f"{at} {_item(run, at)['name']}"


def _table(run: AppraisalRun, found: list[AppraisalAppeal]) -> Drawn:
    labels = (
        _("申诉单位"),
        _("考核项"),
        _("申诉理由"),
        _("申诉佐证"),
        _("提出"),
        _("裁定"),
        _("裁定分数"),
        _("裁定意见"),
    )
    rows = [
        (
            "",
            (
                one.unit.name,
                _label(run, one.item_number),
                {"text": one.reason, "kind": "long"},
                {"text": one.file_name, "url": reverse("appraisal:appeal_paper", args=[run.pk, one.pk])},
                f"{one.requester.name} {moment(one.asked_at)}",
                {"kind": "state", "state": {"label": one.get_state_display(), "kind": _BADGES[one.state]}},  # type: ignore[index]
                number(wording.points(one.points) if one.points is not None else ""),
                {"text": f"{one.decision} {one.handled_by.name if one.handled_by else ''}", "kind": "long"},
            ),
        )
        for one in found
    ]
    return table_of(labels, rows)


def _filing(run: AppraisalRun, unit: Unit) -> Drawn:
    options = [
        {"value": str(one["number"]), "label": f"{one['number']} {one['name']}", "selected": False}
        for one in run.release.text["items"]
    ]
    blank = {"value": "", "errors": [], "required": True}
    fields = [
        {**blank, **_named("number"), "kind": "select", "options": options, "label": _("考核项")},
        {**blank, **_named("file"), "kind": "file", "accept": accepted(), "label": _("申诉佐证")},
        {**blank, **_named("reason"), "kind": "textarea", "maxlength": 200, "label": _("申诉理由")},
    ]  # fmt: skip
    told = {"day": run.appeal_until.isoformat() if run.appeal_until else ""}
    note = _("申诉到 %(day)s 为止，当天还受理。") % told
    return {"url": reverse("appraisal:run_appeal", args=[run.pk, unit.pk]), "fields": fields, "note": note}


def _named(name: str) -> Drawn:
    return {"name": name, "id": name}


def _deciding(run: AppraisalRun, one: AppraisalAppeal) -> Drawn:
    least, most = appeals.bounds_of(_item(run, one.item_number))
    return {
        "label": f"{one.unit.name}：{_label(run, one.item_number)}",
        "reason": one.reason,
        "hint": _("裁定分数在 %(least)s 到 %(most)s 之间") % {"least": f"{least:f}", "most": f"{most:f}"},
        "url": reverse("appraisal:appeal_decide", args=[run.pk, one.pk]),
    }


@require_POST
def run_appeal(request: HttpRequest, pk: UUID, unit: UUID) -> HttpResponse:
    """One appeal of a unit."""
    actor, sent = actor_of(request), request.FILES.get("file")
    appeals.appealing_unit(pk, unit, actor)
    try:
        appeals.file_appeal(
            pk,
            unit,
            number=whole_number(request.POST.get("number", "")),
            reason=request.POST.get("reason", ""),
            name=str(sent.name) if sent else "",
            content=sent.read() if sent else b"",
            actor=actor,
        )
    except RuleViolated as refused:
        _tell(request, refused)
    else:
        messages.success(request, _("申诉已提出，由另一人裁定。"))
    return redirect("appraisal:run_unit", pk, unit)


@require_POST
def appeal_decide(request: HttpRequest, pk: UUID, appeal: UUID) -> HttpResponse:
    """Uphold or refuse."""
    given = request.POST
    try:
        appeals.decide_appeal(
            pk,
            appeal,
            upheld=given.get("what") == "uphold",
            points=given.get("points", ""),
            decision=given.get("decision", ""),
            actor=actor_of(request),
        )
    except RuleViolated as refused:
        _tell(request, refused)
    else:
        messages.success(request, _("已裁定。支持的申诉在“按现有台账重算”里重新评分后计入。"))
    return redirect("appraisal:run", pk)


def _tell(request: HttpRequest, refused: RuleViolated) -> None:
    said = [one for sentences in refused.problems.values() for one in sentences]
    for one in said or [str(refused)]:
        messages.error(request, one)


@require_GET
def appeal_paper(request: HttpRequest, pk: UUID, appeal: UUID) -> HttpResponse:
    """The paper of an appeal."""
    content, name, kind = appeals.paper_of(appeals.seen_appeal(pk, appeal, actor_of(request)))
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
