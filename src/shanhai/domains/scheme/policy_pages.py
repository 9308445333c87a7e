"""条款依据链 on the page: up and down from a clause, as of any day."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.typed import day as typed_day
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of

from .models import PolicyClause
from .policy_reports import BADGES, chain_paper

CLAUSE = PolicyClause.ledger_key()


def asked(actor: Actor, pk: UUID, query: Mapping[str, str]) -> tuple[PolicyClause, date]:
    """The clause, and the day in question; today without. Errors: NotVisible; RuleViolated for no day."""
    clause: PolicyClause = get_row(registry.get(CLAUSE), pk, actor=actor)
    text = query.get("day", "").strip()
    day = typed_day(text) if text else clock.today()
    if day is None:
        raise RuleViolated(_("日期写成 2021-09-30 这样。"), code="bad_date")
    return clause, day


@require_GET
def chain(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?day=`; `?format=xlsx` or `docx`: a file."""
    actor, query = actor_of(request), request.GET.dict()
    clause, day = asked(actor, pk, query)
    stands, told = chain_paper(clause, day)
    if (file := answer_file(request, told, actor, CLAUSE)) is not None:
        return file
    kept = {name: value for name, value in query.items() if name != "format"}
    when = {"name": "day", "id": "day", "label": _("看哪一天"), "kind": "date", "value": day.isoformat()}
    sections = [
        {"title": one.title, "note": "", "table": draw_table(one), "empty": _("没有。")}
        for one in told.tables
    ]
    document = clause.document
    context = {
        "title": _("条款依据链"),
        "sub": str(clause),
        "crumbs": [
            {"label": str(document), "url": link_to("scheme:policydocument_detail", pk=document.pk)},
            {"label": clause.number, "url": link_to("scheme:policyclause_detail", pk=clause.pk)},
        ],
        "actions": files_of(request, kept, actor.allows(Verb.EXPORT, CLAUSE)),
        "notices": [
            {"kind": "" if BADGES[stands] == "ok" else BADGES[stands], "text": told.note},
            {"kind": "", "text": clause.wording},
        ],
        "tabs": [],
        "hidden": {},
        "asked": [when],
        "sections": sections,
    }
    return render(request, "kernel/report.html", context)
