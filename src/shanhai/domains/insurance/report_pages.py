"""医保报表: one of four tables over a time, on the page, as Excel and as Word."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import NUMBERS, Kind
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import FORMS, file_of
from shanhai.registers.parties.models import Person
from shanhai.registers.tables import table_of
from shanhai.web.boards import amount, choice, field, number, page, section

from .models import MedicalVisit
from .report_files import paper_of
from .reports import REPORTS, SHOWN, TITLES, Line, Report, settlements


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
        if (form := request.GET.get("format", "")) in FORMS:
            if not actor.allows(Verb.EXPORT, MedicalVisit.ledger_key()):
                raise NotAllowed
            return file_of(paper_of(found, actor), form)
    except RuleViolated as refused:
        shown = page(_("医保报表"), note=str(refused), **told)
        return render(request, "web/board.html", shown, status=422)
    drawn = section(
        found.title,
        _table(found, is_whole="all" in request.GET),
        note=_note(found, is_whole="all" in request.GET),
        empty=_("这段时间没有。"),
    )
    told |= {"actions": _files(request, actor, code, sent), "note": found.note, "sections": [drawn]}
    return render(request, "web/board.html", page(_("医保报表"), sub=found.who, **told))


def _asked(code: str, sent: Mapping[str, str]) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        choice("report", _("报表"), [(one, str(label)) for one, label in TITLES.items()], code),
        field("first", _("起日"), "date", sent["first"] or date(today.year, 1, 1).isoformat()),
        field("last", _("止日"), "date", sent["last"] or today.isoformat()),
    ]


def _files(request: HttpRequest, actor: Actor, code: str, sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """Excel and Word, where exporting is granted."""
    if not actor.allows(Verb.EXPORT, MedicalVisit.ledger_key()):
        return []
    files = [
        {"label": label, "url": with_query(request.path, {"report": code, **sent, "format": form})}
        for form, label in (("xlsx", "Excel"), ("docx", "Word"))
    ]
    return [{"label": _("下载"), "icon": "download", "menu": files}]


def _note(found: Report, *, is_whole: bool) -> str:
    rows = sum(not line.is_total for line in found.lines)
    told = {"number": f"{rows:,}", "shown": f"{SHOWN:,}"}
    if rows > SHOWN and not is_whole:
        said = _("共 %(number)s 行，先列 %(shown)s 行；下载的是全部") % told
    else:
        said = _("共 %(number)s 行") % told
    has_money = any(kind is Kind.MONEY for _name, _heading, kind in found.columns)
    return f"{said} · {_('单位')}：{_('元')}" if has_money else said


def _table(found: Report, *, is_whole: bool) -> dict[str, Any]:
    """Every number opens to what it counts."""
    rows, totals = ([one for one in found.lines if one.is_total is kind] for kind in (False, True))
    kinds = [kind for _name, _heading, kind in found.columns]
    drawn = [
        (line.url, [_cell(value, kind, line) for value, kind in zip(line.cells, kinds, strict=True)])
        for line in [*(rows if is_whole else rows[:SHOWN]), *totals]
    ]
    unit = f"（{_('元')}）"  # said once beside the title: eleven columns stand on a page
    table = table_of([heading.removesuffix(unit) for _name, heading, _kind in found.columns], drawn)
    for column, kind in zip(table["columns"], kinds, strict=True):
        if kind in NUMBERS:
            column["kind"] = "number"
    return table


def _cell(value: Any, kind: Kind, line: Line) -> Any:
    if kind in NUMBERS:
        shown = amount(value) if kind is Kind.MONEY else number(value)
        return shown | {"url": line.opens if value is not None else ""}
    return str("" if value is None else value)
