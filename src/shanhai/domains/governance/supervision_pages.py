"""Supervision on the page: giving out a slip, the acts beside one, its paper, and how units did."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.documents.making import file_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.parties.models import Unit
from shanhai.web.later import answer

from . import supervision_actions as actions
from . import supervision_reports as reports
from .document_kinds import SLIP
from .models import SupervisionSlip

LEDGER = reports.LEDGER
#: What a link to the form may bring along.
_BROUGHT = ("cause", "origin", "origin_ledger", "origin_row")


def may_read(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, LEDGER)


def may_raise(actor: Actor) -> bool:
    return actions.may_raise(actor)


@require_http_methods(["GET", "POST"])
def raise_slip(request: HttpRequest) -> HttpResponse:
    """The form by which a slip is given out, filled in with what it is raised from."""
    actor = actor_of(request)
    if not may_raise(actor):
        raise NotAllowed
    if request.method == "GET":
        return _form(request, request.GET.dict())
    sent = request.POST.dict()
    try:
        slip = actions.raise_slip(**slip_values(actor, sent), actor=actor)
    except RuleViolated as refused:
        return _form(request, sent, refused)
    messages.success(request, _("督办单 %(number)s 已下达。") % {"number": slip.number})
    return redirect(reverse("governance:supervisionslip_detail", args=[slip.pk]))


def slip_values(actor: Actor, sent: Mapping[str, str]) -> dict[str, Any]:
    """What a form sends, as `raise_slip` takes it. Errors: RuleViolated by field."""
    problems: dict[str, list[str]] = {}
    key = _key(sent.get("unit", ""))
    unit = Unit.objects.filter(pk=key, side__in=actor.sides).first() if key else None
    if unit is None:
        problems["unit"] = [_("请选择督办的单位。")]
    try:
        due_on = date.fromisoformat(sent.get("due_on", ""))
    except ValueError:
        problems["due_on"] = [_("请填写完成期限。")]
    if not sent.get("cause", "").strip():
        problems["cause"] = [_("请写明督办事由。")]
    if problems:
        raise RuleViolated(problems=problems, code="bad_slip")
    return {
        "unit": unit,
        "cause": sent["cause"],
        "due_on": due_on,
        "number": sent.get("number", ""),
        "origin": sent.get("origin", ""),
        "origin_ledger": sent.get("origin_ledger", ""),
        "origin_row": _key(sent.get("origin_row", "")),
    }


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _form(request: HttpRequest, sent: Mapping[str, str], refused: RuleViolated | None = None) -> HttpResponse:
    actor = actor_of(request)
    problems: Mapping[str, Any] = (refused.problems if refused else None) or {}
    given = {**registry.get(LEDGER).initial(actor), **{name: value for name, value in sent.items() if value}}

    def field(name: str, label: str, kind: str, **more: Any) -> dict[str, Any]:
        errors = [
            str(one) for one in problems.get(name, problems.get({"unit": "owner_unit"}.get(name, ""), ()))
        ]
        value = str(given.get(name) or "")
        return {"name": name, "id": f"slip-{name}", "label": label, "kind": kind, "value": value,
                "errors": errors, **more}  # fmt: skip

    units = Unit.objects.filter(side__in=actor.sides, valid_to=None).order_by("path")
    options = [{"value": "", "label": "", "selected": False}]
    options += [
        {"value": str(one.pk), "label": str(one), "selected": str(one.pk) == given.get("unit")}
        for one in units
    ]
    context = {
        "title": _("下达督办单"),
        "sub": sent.get("origin", ""),
        "crumbs": [{"label": _("督办单"), "url": reverse("governance:supervisionslip_list")}],
        "actions": [],
        "problem": str(refused) if refused and not problems else "",
        "hidden": {name: sent[name] for name in _BROUGHT if name != "cause" and sent.get(name)},
        "fields": [
            field("number", _("督办单号"), "text", maxlength=40),
            field("unit", _("督办单位"), "select", options=options, search=True, required=True),
            field("cause", _("督办事由"), "textarea", maxlength=1000, required=True),
            field("due_on", _("完成期限"), "date", required=True),
        ],
    }
    return render(request, "governance/raise.html", context, status=422 if refused else 200)


@require_POST
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One act with a slip."""
    actor, sent = actor_of(request), request.POST

    def record(version: int) -> None:
        actions.act(pk, sent.get("act", ""), text=sent.get("text", ""), actor=actor, row_version=version)

    return answer(request, reverse("governance:supervisionslip_detail", args=[pk]), record)


@require_GET
def slip_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """督办单 as Word."""
    actor = actor_of(request)
    return paper_of(get_row(registry.get(LEDGER), pk, actor=actor), actor)


def paper_of(row: SupervisionSlip, actor: Actor) -> HttpResponse:
    """The slip to print."""
    content, _name = file_of(SLIP, row, "docx", actor)
    return file_answer(content, _("督办单-%(number)s.docx") % {"number": row.number})


@require_GET
def effect(request: HttpRequest) -> HttpResponse:
    """督办成效: `?year=`; `?format=`: a file."""
    actor = actor_of(request)
    if not may_read(actor):
        raise NotVisible
    year = asked_year(request.GET.get("year", ""))
    found = reports.effects(year)
    told = reports.paper(year, found)
    if (file := answer_file(request, told, actor, LEDGER)) is not None:
        return file
    field = {"name": "year", "id": "year", "label": _("年份"), "kind": "text", "value": str(year)}
    context = {
        "title": told.title,
        "sub": _("%(number)s 个单位") % {"number": len(found)},
        "crumbs": [],
        "actions": files_of(request, {"year": str(year)}, actor.allows(Verb.EXPORT, LEDGER) and bool(found)),
        "notices": [{"kind": "", "text": told.note}],
        "tabs": [],
        "hidden": {},
        "asked": [field],
        "sections": [
            {
                "title": "",
                "note": "",
                "table": draw_table(told.tables[0]),
                "empty": _("这一年没有督办单和督办日志。"),
            }
        ],
    }
    return render(request, "kernel/report.html", context)


def asked_year(text: str) -> int:
    """This year without. Errors: NotVisible for what is no year."""
    if not text:
        return clock.today().year
    if not (text.isascii() and text.isdigit() and len(text) == 4):  # noqa: PLR2004
        raise NotVisible
    return int(text)
