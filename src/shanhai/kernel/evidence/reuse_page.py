"""The page that attaches papers already stored to a further row."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanhai.kernel import actions
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link, link_to
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.views import actor_of

from .attach import class_choices, may_attach
from .models import EvidenceLink
from .panel import size_text
from .reuse import OFFERED, attach_all, offered
from .thumbnails import has_thumbnail

Drawn = dict[str, Any]


@require_http_methods(["GET", "POST"])
def stored_papers(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    row = actions.get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    try:
        may_attach(ledger, row, actor=actor)
        if request.method == "POST":
            return _attach(request, ledger, row, actor)
    except RuleViolated as refused:
        return _show(request, ledger, row, actor, str(refused))
    return _show(request, ledger, row, actor)


def _attach(request: HttpRequest, ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> HttpResponse:
    chosen = [_uuid(text) for text in request.POST.getlist("paper")]
    attach_all(ledger, row, chosen, request.POST.get("category", ""), actor=actor)
    messages.success(request, _("已添加 %(number)s 份。") % {"number": len(chosen)})
    return see_other(f"{link(ledger, 'detail', pk=row.pk)}#evidence")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None


def _show(
    request: HttpRequest, ledger: Ledger[Any], row: LedgerModel, actor: Actor, problem: str = ""
) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    label = row_label(ledger, row, actor)
    back = f"{link(ledger, 'detail', pk=row.pk)}#evidence"
    url = link(ledger, "evidence_stored", pk=row.pk)
    shown = {
        "title": _("选用已有的文件"),
        "sub": _("列出您能办理的记录上最近 %(number)s 份；更早的按文件名搜。文件只存一份。")
        % {"number": OFFERED},
        "crumbs": [{"label": ledger.label, "url": link(ledger, "list")}, {"label": label, "url": back}],
        "actions": [],
        "problem": problem,
        "url": url,
        "cancel_url": back,
        "search": text,
        "papers": [_drawn(paper, source, actor) for paper, source in offered(ledger, row, text, actor=actor)],
        "categories": [{"value": code, "label": said} for code, said in class_choices(ledger)],
    }
    return respond(request, "kernel/stored_papers.html", "", shown, status=422 if problem else 200)


def _drawn(paper: EvidenceLink, source: LedgerModel, actor: Actor) -> Drawn:
    origin = registry.get(paper.ledger)
    return {
        "id": str(paper.pk),
        "name": paper.name,
        "url": link_to("evidence_look", pk=paper.pk),
        "thumb": link_to("evidence_thumbnail", pk=paper.pk) if has_thumbnail(paper.file) else "",
        "about": f"{origin.label} · {row_label(origin, source, actor)}",
        "when": f"{size_text(paper.file.size)} · {moment(paper.attached_at)}",
    }
