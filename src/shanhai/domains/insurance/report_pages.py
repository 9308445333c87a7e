"""医保报表: one of four tables over a time, on the page, as Excel and as Word."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.papers import PaperTable
from shanhai.registers.parties.models import Person
from shanhai.web.boards import choice, field, page, section

from .models import MedicalVisit
from .report_files import paper_of
from .reports import REPORTS, SHOWN, TITLES, Report, settlements


def may_report(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, MedicalVisit.ledger_key())


def asked_report(actor: Actor, code: str, first: str, last: str, person: str = "") -> Report:
    """The report asked for; of this year until today without days. Errors: RuleViolated; NotVisible.

    Shape: `person` is the key of a person the actor may read, for their settlements.
    """
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
    if person and code == "settlements":
        return settlements(start, end, _person(person, actor))
    return REPORTS[code](start, end)


def _person(key: str, actor: Actor) -> Person:
    try:
        found: Person = get_row(registry.get(Person.ledger_key()), UUID(key), actor=actor)
    except ValueError:
        raise NotVisible from None
    return found


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """`?report=`, `?first=`, `?last=`, `?person=`, `?all=1` for all rows; `?format=`: all of it as a file."""
    actor, code = actor_of(request), request.GET.get("report", "settlements")
    sent = {name: request.GET.get(name, "") for name in ("first", "last", "person")}
    told: dict[str, Any] = {"asked": _asked(code, sent), "asked_button": _("查看")}
    try:
        found = asked_report(actor, code, **sent)
        paper = paper_of(found, actor)
        if (file := answer_file(request, paper, actor, MedicalVisit.ledger_key())) is not None:
            return file
    except RuleViolated as refused:
        shown = page(_("医保报表"), note=str(refused), **told)
        return render(request, "web/board.html", shown, status=422)
    drawn = section(
        found.title,
        _table(paper.tables[0], is_whole="all" in request.GET),
        note=_note(found, is_whole="all" in request.GET),
        empty=_("这段时间没有。"),
    )
    may = actor.allows(Verb.EXPORT, MedicalVisit.ledger_key())
    told |= {
        "actions": files_of(request, {"report": code, **sent}, may),
        "note": found.note,
        "sections": [drawn],
    }
    return render(request, "web/board.html", page(_("医保报表"), sub=found.who, **told))


def _asked(code: str, sent: Mapping[str, str]) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        choice("report", _("报表"), [(one, str(label)) for one, label in TITLES.items()], code),
        field("first", _("起日"), "date", sent["first"] or date(today.year, 1, 1).isoformat()),
        field("last", _("止日"), "date", sent["last"] or today.isoformat()),
    ]


def _note(found: Report, *, is_whole: bool) -> str:
    rows = sum(not line.is_total for line in found.lines)
    told = {"number": f"{rows:,}", "shown": f"{SHOWN:,}"}
    if rows > SHOWN and not is_whole:
        said = _("共 %(number)s 行，先列 %(shown)s 行；下载的是全部") % told
    else:
        said = _("共 %(number)s 行") % told
    has_money = any(one.kind is Kind.MONEY for one in found.columns)
    return f"{said} · {_('单位')}：{_('元')}" if has_money else said


def _table(table: PaperTable, *, is_whole: bool) -> dict[str, Any]:
    """Every number opens to what it counts; the unit stands beside the title: eleven columns are wide."""
    rows, totals = ([one for one in table.rows if one.is_total is kind] for kind in (False, True))
    columns = [replace(one, unit="") for one in table.columns]
    return draw_table(replace(table, columns=columns), [*(rows if is_whole else rows[:SHOWN]), *totals])
