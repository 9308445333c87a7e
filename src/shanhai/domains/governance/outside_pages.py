"""What came from outside: the list by kind and standing, what is late, and the form beside a row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.web.checks import Checks, Found, Named, render_checks
from shanhai.web.later import answer

from . import outside_rules as rules
from .models import HandlingTerm, OutsideMatter, PublicComplaint
from .outside_actions import handle
from .outside_reports import STANDINGS, Standing, paper, readable, standings
from .resolution_pages import choice

LEDGER = OutsideMatter.ledger_key()
KINDS = {**dict(PublicComplaint.Kind.choices), **dict(OutsideMatter.Kind.choices)}
LABELS = {
    rules.LATE: gettext_lazy("逾期未答复"),
    rules.ANSWERED_LATE: gettext_lazy("答复晚于期限"),
    rules.UNSATISFIED: gettext_lazy("提出方不满意"),
    rules.AGAIN: gettext_lazy("多次重新办理"),
}


def may_read(actor: Actor) -> bool:
    return bool(readable(actor))


def asked(actor: Actor, query: Mapping[str, str]) -> list[Standing]:
    """Errors: NotVisible for who reads none, and for words there are not."""
    kind, stands = query.get("kind", ""), query.get("stands", "")
    if not may_read(actor) or (kind and kind not in HandlingTerm.Code.values):
        raise NotVisible
    if stands and stands not in STANDINGS:
        raise NotVisible
    return standings(actor, kind=kind, stands=stands)


@require_GET
def outside(request: HttpRequest) -> HttpResponse:
    """`?kind=`, `?stands=`; `?format=xlsx` or `docx`: a file."""
    actor, query = actor_of(request), request.GET.dict()
    found = asked(actor, query)
    told = paper(found)
    if (file := answer_file(request, told, actor, LEDGER)) is not None:
        return file
    kept = {name: value for name, value in query.items() if name != "format"}
    empty = _("没有这样的投诉举报或监督建议。")
    context = {
        "title": told.title,
        "sub": _("%(number)s 项") % {"number": len(found)},
        "crumbs": [],
        "actions": files_of(request, kept, actor.allows(Verb.EXPORT, LEDGER) and bool(found)),
        "notices": [{"kind": "", "text": told.note}],
        "tabs": [],
        "hidden": {},
        "asked": [
            choice("kind", _("类别"), KINDS, query),
            choice("stands", _("办理情况"), STANDINGS, query),
        ],
        "sections": [{"title": "", "note": "", "table": draw_table(told.tables[0]), "empty": empty}],
    }
    return render(request, "kernel/report.html", context)


def _find(actor: Actor) -> list[Found]:
    today, found = clock.today(), []
    for one in standings(actor):
        if one.row.side not in actor.sides:
            continue
        named = Named(one.row.ledger_key(), one.row.pk, f"{one.kind} {one.row.number}")
        unit = one.row.owner_unit
        for code, number in rules.findings(one.matter, today):
            found.append(Found(code, _sentence(one, code, number), named, str(unit.pk), str(unit)))
    return found


def _sentence(one: Standing, code: str, number: int) -> str:
    """Without what was said or by whom: a sentence goes on into slips."""
    said = {
        rules.LATE: _("%(kind)s %(name)s 应在 %(due)s 前答复，已过 %(number)s 天。"),
        rules.ANSWERED_LATE: _("%(kind)s %(name)s 应在 %(due)s 前答复，晚了 %(number)s 天，还没有办结。"),
        rules.UNSATISFIED: _("%(kind)s %(name)s 提出方不满意，要重新办理。"),
        rules.AGAIN: _("%(kind)s %(name)s 已重新办理 %(number)s 次，还没有办结。"),
    }
    told = {"kind": one.kind, "name": one.row.number, "due": one.matter.due_on, "number": number}
    return said[code] % told


CHECKS = Checks(
    title=gettext_lazy("投诉和建议核查"),
    note=gettext_lazy("按今天和答复期限（规则汇编）实时核查，办结后即消除。不写投诉人和反映的内容。"),
    labels=LABELS,
    ledger=LEDGER,
    find=_find,
)


@require_GET
def outside_checks(request: HttpRequest) -> HttpResponseBase:
    """What from outside is late, of the reader's own side."""
    return render_checks(request, CHECKS)


@require_POST
def handle_complaint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One act with a complaint."""
    return _handled(request, pk, PublicComplaint)


@require_POST
def handle_matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One act with a report or suggestion."""
    return _handled(request, pk, OutsideMatter)


def _handled(request: HttpRequest, pk: UUID, model: Any) -> HttpResponse:
    actor, sent, ledger = actor_of(request), request.POST, registry.get(model.ledger_key())

    def record(version: int) -> None:
        handle(
            ledger, pk, sent.get("act", ""), text=sent.get("text", ""),
            satisfaction=sent.get("satisfaction", ""), actor=actor, row_version=version,
        )  # fmt: skip

    return answer(request, link(ledger, "detail", pk=pk), record)
