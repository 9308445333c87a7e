"""Pages of evidence: upload to a row, open, small picture, take off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import actions
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import detail_context
from shanhai.kernel.surfaces.links import link as address
from shanhai.kernel.surfaces.respond import respond, see_other

from .attach import NotOpened, find_link, may_attach, may_open, remove, require_open
from .kinds import kind_of
from .panel import TEMPLATE, panel_context
from .receiving import Outcome, receive, refused
from .store import read
from .thumbnails import thumbnail

#: A paper runs nothing, loads nothing, and is a stranger to our own pages.
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


@require_POST
def upload_files(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    """Several files at once; one that is refused does not take the others with it."""
    actor = _actor(request)
    row = actions.get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    try:
        may_attach(ledger, row, actor=actor)
    except RuleViolated as refusal:
        return _after(request, ledger, row, [refused(str(refusal))])
    files = request.FILES.getlist("files")
    outcomes = receive(ledger, row, files, request.POST.get("category", ""), actor=actor)
    return _after(request, ledger, row, outcomes or [refused(_("没有选择文件。"))])


def _after(
    request: HttpRequest, ledger: Ledger[Any], row: LedgerModel, outcomes: list[Outcome]
) -> HttpResponse:
    if getattr(request, "htmx", False):
        return render(request, TEMPLATE, panel_context(ledger, row, _actor(request), outcomes))
    if not any(outcome.is_kept for outcome in outcomes):
        refusal = " ".join(outcome.text for outcome in outcomes)
        shown = detail_context(request, ledger, row, refusal=refusal)
        return respond(request, "kernel/detail.html", "", shown, status=RuleViolated.status)
    for outcome in outcomes:
        tell = messages.success if outcome.kind == "ok" else messages.warning
        tell(request, outcome.text)
    return _to_panel(ledger, row)


def _to_panel(ledger: Ledger[Any], row: LedgerModel) -> HttpResponse:
    return see_other(f"{address(ledger, 'detail', pk=row.pk)}#evidence")


@require_GET
def open_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper itself: pictures and PDFs in place, everything else to be saved."""
    actor = _actor(request)
    link, row = find_link(pk, actor=actor)
    require_open([link], registry.get(link.ledger), row, actor)
    kind = kind_of(link.file.content_type)
    is_saved = not kind.is_inline or "download" in request.GET
    response = HttpResponse(read(link.file), content_type=kind.content_type)
    response["Content-Disposition"] = str(content_disposition_header(is_saved, link.name))
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def small_picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _actor(request)
    link, row = find_link(pk, actor=actor)
    if not may_open(registry.get(link.ledger), row, actor):
        raise NotOpened
    response = HttpResponse(thumbnail(link.file), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    # The content behind a link never changes, and a bad line should fetch it once.
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_POST
def remove_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _actor(request)
    link, row = find_link(pk, actor=actor)
    ledger = registry.get(link.ledger)
    try:
        remove(link, request.POST.get("reason", ""), actor=actor)
    except RuleViolated as refusal:
        return _after(request, ledger, row, [refused(str(refusal))])
    if getattr(request, "htmx", False):
        return render(request, TEMPLATE, panel_context(ledger, row, actor))
    messages.success(request, _("已移除“%(name)s”，原因记入历史。") % {"name": link.name})
    return _to_panel(ledger, row)
