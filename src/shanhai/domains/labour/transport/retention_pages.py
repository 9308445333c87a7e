"""稳岗率: who stayed, by batch and by employer; the form that answers a check."""

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.typed import amount_typed, whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

from ..models import RetentionCheck
from . import acts, retention_acts
from . import retention_reports as reports
from .pages import given_day

Drawn = dict[str, Any]
_Outcome = RetentionCheck.Outcome


def reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, RetentionCheck.ledger_key())


@require_GET
def retention(request: HttpRequest) -> HttpResponseBase:
    """Who stayed after so many months; `?by=employer`, `?format=xlsx`."""
    actor = actor_of(request)
    if not reads(actor):
        raise NotVisible
    by = request.GET.get("by", "batch")
    by = by if by in reports.BY else "batch"
    lines = reports.retention_lines(by)
    may_export = actor.allows(Verb.EXPORT, RetentionCheck.ledger_key())
    if request.GET.get("format") == "xlsx":
        if not may_export:
            raise NotAllowed
        return _workbook(by, lines)
    export = {
        "label": _("导出 Excel"),
        "url": with_query(request.path, {"by": by, "format": "xlsx"}),
        "kind": "",
        "icon": "download",
    }
    context = {
        "title": _("稳岗率"),
        "sub": _("到岗满几个月还在原单位的占多少；没有回访到的不算在岗。每个数都能点开。"),
        "crumbs": [],
        "actions": [export] if may_export and lines else [],
        "tabs": [
            {"label": label, "url": with_query(request.path, {"by": code}), "here": code == by}
            for code, label in (("batch", _("按输送批次")), ("employer", _("按用工单位")))
        ],
        "table": table(by, lines),
        "empty": {
            "title": _("还没有到期的稳岗回访"),
            "text": _("到岗满一个月以后这里开始有数。"),
            "actions": [],
        },
    }
    return render(request, "labour/retention.html", context)


def _labels(by: str) -> list[str]:
    first = _("输送批次") if by == "batch" else _("用工单位")
    counted = [_("应回访"), *(str(one.label) for one in _shown()), _("稳岗率")]
    return [first, _("到岗后几个月"), *counted]


def _shown() -> tuple[_Outcome, ...]:
    return (_Outcome.STAYED, _Outcome.CHANGED, _Outcome.LEFT, _Outcome.DUE)


def _numbers(line: reports.Line) -> list[tuple[int, str]]:
    """Numbers of a line and the outcome behind each, "" for all."""
    kept = line.kept
    found = (kept.stayed, kept.changed, kept.left, kept.open)
    return [(kept.asked_for, ""), *zip(found, (one.value for one in _shown()), strict=True)]


def name_of(line: reports.Line) -> str:
    return line.name or _("没有随批次输送")


def table(by: str, lines: list[reports.Line]) -> Drawn:
    """As components/table.html draws it; every number opens to its checks."""
    rows = []
    for line in lines:
        numbers = [
            {"text": f"{number:,}", "kind": "number", "url": reports.rows_of(by, line, outcome)}
            for number, outcome in _numbers(line)
        ]
        rate = {"text": rate_text(line), "kind": "number"}
        months = {"text": str(line.months), "kind": "number"}
        rows.append((reports.rows_of(by, line), [name_of(line), months, *numbers, rate]))
    return table_of(_labels(by), rows)


def rate_text(line: reports.Line) -> str:
    return "–" if line.kept.rate is None else f"{line.kept.rate:f}%"


def _workbook(by: str, lines: list[reports.Line]) -> FileResponse:
    labels = _labels(by)
    kinds = [Kind.TEXT, *[Kind.INTEGER] * (len(labels) - 2), Kind.DECIMAL]
    columns = [
        SheetColumn(str(at), label, kind) for at, (label, kind) in enumerate(zip(labels, kinds, strict=True))
    ]
    rows = []
    for line in lines:
        values = [
            name_of(line),
            line.months,
            *(number for number, _outcome in _numbers(line)),
            line.kept.rate,
        ]
        rows.append({str(at): value for at, value in enumerate(values)})
    out = io.BytesIO()
    note = _("稳岗率为百分比：仍在岗的占应回访的；没有回访到的不算在岗。")
    write_xlsx(columns, rows, note, out, title=_("稳岗率"))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{_('稳岗率')}.xlsx")


@require_POST
def answer_check(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One answer, from the list of the day (`back=caseload`) or beside the row."""
    sent = request.POST
    try:
        values = {
            "checked_on": given_day(sent.get("checked_on", "")),
            "wage": amount_typed(sent.get("wage", ""), code="bad_amount"),
            "left_on": given_day(sent.get("left_on", "")),
            "reason": sent.get("reason", ""),
            "new_employer": sent.get("new_employer", ""),
            "note": sent.get("note", ""),
        }
        version = whole_number(sent.get("row_version", ""))
        retention_acts.answer(
            pk, sent.get("outcome", ""), values, actor=actor_of(request), row_version=version
        )
    except (Conflict, RuleViolated) as refused:
        messages.error(request, acts.sentence_of(refused))
    else:
        messages.success(request, _("已记下这次稳岗回访。"))
    if sent.get("back") == "caseload":
        return redirect(reverse("labour:caseload"))
    return redirect("labour:retentioncheck_detail", pk)
