"""资产总账 and 资产明细 on the page, as Excel and Word; the forms beside an asset."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.papers import PaperTable
from shanhai.registers.places.models import Place
from shanhai.web.later import answer

from ..models import Asset, AssetClass
from . import actions
from .papers import paper_of
from .reports import Asked, asked_assets, sheet_choices

Drawn = dict[str, Any]
#: Rows of a page; Excel has them all.
SHOWN = 300
LEDGER = Asset.ledger_key()


def reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, LEDGER)


@require_GET
def totals(request: HttpRequest) -> HttpResponse:
    """`?day=`, `?place=`, `?sheet=`; `?format=xlsx` or `docx`: a file."""
    return _report(request, "totals")


@require_GET
def details(request: HttpRequest) -> HttpResponse:
    """`?day=`, `?place=`, `?asset_class=`; `?format=xlsx` or `docx`: a file."""
    return _report(request, "details")


@require_GET
def rent_book(request: HttpRequest) -> HttpResponse:
    """`?day=`, `?place=`, `?asset_class=`; `?format=xlsx` or `docx`: a file."""
    return _report(request, "rents")


@require_GET
def distributions(request: HttpRequest) -> HttpResponse:
    """The notice of what was given out: `?day=`, `?place=`; `?format=xlsx` or `docx`: a file."""
    return _report(request, "distributions")


@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """Who still owes an inspection: `?day=`, `?place=`, `?asset_class=`; `?format=xlsx` or `docx`: a file."""
    return _report(request, "inspections")


@require_GET
def disposals(request: HttpRequest) -> HttpResponse:
    """`?day=`, `?place=`, `?asset_class=`; `?format=xlsx` or `docx`: a file."""
    return _report(request, "disposals")


def _report(request: HttpRequest, code: str) -> HttpResponse:
    actor, query = actor_of(request), request.GET.dict()
    try:
        asked = asked_assets(actor, query)
    except RuleViolated as refused:
        return _refused(request, refused)
    paper = paper_of(code, asked)
    if (file := answer_file(request, paper, actor, LEDGER)) is not None:
        return file
    table, kept = paper.tables[0], {name: value for name, value in query.items() if name != "format"}
    notices = [{"kind": "", "text": paper.note}]
    if len(table.rows) > SHOWN:
        told = {"shown": SHOWN, "all": f"{len(table.rows):,}"}
        notices.append({"kind": "", "text": _("只列前 %(shown)s 行，全部 %(all)s 行见 Excel。") % told})
    context = {
        "title": paper.title,
        "sub": table.note,
        "crumbs": [],
        "actions": files_of(request, kept, actor.allows(Verb.EXPORT, LEDGER) and bool(table.rows)),
        "notices": notices,
        "tabs": [],
        "hidden": {},
        "asked": [_day(asked.day), _places(query), *_further(code, asked, query)],
        "sections": [_section(paper.title, table)],
    }
    return render(request, "kernel/report.html", context)


def _section(title: str, table: PaperTable) -> Drawn:
    shown = draw_table(table, table.rows[:SHOWN])
    return {"title": title, "note": table.note, "table": shown, "empty": _("没有这样的资产。")}


def _further(code: str, asked: Asked, query: Mapping[str, str]) -> list[Drawn]:
    if code == "totals":
        found = sheet_choices(asked)
        return [choice("sheet", _("上报总账"), [("", _("最近一份")), *found], query)] if found else []
    return [choice("asset_class", _("资产类别"), [("", _("全部")), *AssetClass.choices], query)]


def _refused(request: HttpRequest, refused: RuleViolated) -> HttpResponse:
    context = {
        "title": _("资产总账"),
        "crumbs": [],
        "actions": [],
        "notices": [{"kind": "late", "text": str(refused)}],
        "asked": [_day(None)],
        "sections": [],
    }
    return render(request, "kernel/report.html", context, status=422)


def _day(day: date | None) -> Drawn:
    value = day.isoformat() if day else ""
    return {"name": "day", "id": "day", "label": _("截止日期"), "kind": "date", "value": value, "errors": []}


def _places(query: Mapping[str, str]) -> Drawn:
    towns = Place.objects.filter(side=Side.WEST, level=Place.Level.TOWN, valid_to=None).order_by("path")
    return choice("place", _("所在地"), [("", _("全部")), *((one.code, str(one)) for one in towns)], query)


def choice(name: str, label: str, options: Sequence[tuple[str, object]], query: Mapping[str, str]) -> Drawn:
    """A field of what is asked for, from which one chooses."""
    value = query.get(name, "")
    shown = [{"value": one, "label": str(told), "selected": one == value} for one, told in options]
    found = {"name": name, "id": name, "label": label, "kind": "select", "value": value}
    return {**found, "options": shown, "errors": []}


def day_of(text: str) -> date | None:
    """A day of a form. Errors: RuleViolated for what is none."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise RuleViolated(_("日期请写成 2021-09-24。"), code="bad_date") from None


@require_POST
def register_title(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside an asset: title and hand-over."""
    sent = request.POST

    def record(version: int) -> None:
        actions.register_title(
            pk,
            certificate_number=sent.get("certificate_number", ""),
            titled_on=day_of(sent.get("titled_on", "")),
            transferred_on=day_of(sent.get("transferred_on", "")),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("funds:asset_detail", args=[pk]), record)


@require_POST
def move_asset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside an asset: how it stands now."""
    sent = request.POST

    def record(version: int) -> None:
        actions.move_asset(
            pk,
            standing=sent.get("standing", ""),
            since=day_of(sent.get("since", "")),
            reason=sent.get("reason", ""),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("funds:asset_detail", args=[pk]), record)
