"""医保报表: one of four tables over a time, on the page and as Excel."""

import io
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

from .drawing import amount, choice, field, file_response, number, page, section
from .models import MedicalVisit
from .reports import REPORTS, SHOWN, TITLES, Report


def may_report(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, MedicalVisit.ledger_key())


def asked_report(actor: Actor, code: str, first: str, last: str) -> Report:
    """The report asked for; of this year until today without days. Errors: RuleViolated; NotVisible."""
    if code not in REPORTS or not may_report(actor):
        raise NotVisible
    today = clock.today()
    try:
        start = date.fromisoformat(first) if first else date(today.year, 1, 1)
        end = date.fromisoformat(last) if last else today
    except ValueError:
        raise RuleViolated(problems={"first": [_("日期请写成 2021-09-24。")]}) from None
    if end < start:
        raise RuleViolated(problems={"last": [_("止日不能早于起日。")]})
    return REPORTS[code](start, end)


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """`?report=`, `?first=`, `?last=`; `?format=xlsx`: all of it as Excel, where exporting is granted."""
    actor, code = actor_of(request), request.GET.get("report", "settlements")
    first, last = request.GET.get("first", ""), request.GET.get("last", "")
    today = clock.today()
    asked = [
        choice("report", _("报表"), [(one, str(label)) for one, label in TITLES.items()], code),
        field("first", _("起日"), "date", first or date(today.year, 1, 1).isoformat()),
        field("last", _("止日"), "date", last or today.isoformat()),
    ]
    told: dict[str, Any] = {"asked": asked, "asked_button": _("查看")}
    try:
        found = asked_report(actor, code, first, last)
    except RuleViolated as refused:
        shown = page(_("医保报表"), note=str(refused), **told)
        return render(request, "insurance/board.html", shown, status=422)
    may_export = actor.allows(Verb.EXPORT, MedicalVisit.ledger_key())
    if request.GET.get("format") == "xlsx":
        if not may_export:
            raise NotAllowed
        return file_response(workbook(found, f"{first}–{last}"), f"{found.title}.xlsx")
    url = with_query(request.path, {"report": code, "first": first, "last": last, "format": "xlsx"})
    actions = [{"label": _("导出 Excel"), "url": url, "kind": "", "icon": "download"}]
    drawn = section(found.title, _table(found), note=_note(found), empty=_("这段时间没有。"))
    told |= {"actions": actions if may_export else [], "note": found.note, "sections": [drawn]}
    return render(request, "insurance/board.html", page(_("医保报表"), **told))


def workbook(found: Report, days: str) -> bytes:
    """The whole report as Excel."""
    out = io.BytesIO()
    write_xlsx(found.sheet_columns(), list(found.sheet_rows()), f"{found.title} {days} {found.note}", out)
    return out.getvalue()


def _note(found: Report) -> str:
    return _("共 %(number)s 行") % {"number": f"{len(found.lines):,}"}


def _table(found: Report) -> dict[str, Any]:
    shown = found.lines if len(found.lines) <= SHOWN else [*found.lines[: SHOWN - 1], found.lines[-1]]
    kinds = [kind for _name, _heading, kind in found.columns]
    rows = [
        (line.url, [_cell(value, kind) for value, kind in zip(line.cells, kinds, strict=True)])
        for line in shown
    ]
    table = table_of([heading for _name, heading, _kind in found.columns], rows)
    for column, kind in zip(table["columns"], kinds, strict=True):
        if kind in {Kind.MONEY, Kind.INTEGER}:
            column["kind"] = "number"
    return table


def _cell(value: Any, kind: Kind) -> Any:
    if kind is Kind.MONEY:
        return amount(value)
    return number(value) if kind is Kind.INTEGER else str("" if value is None else value)
