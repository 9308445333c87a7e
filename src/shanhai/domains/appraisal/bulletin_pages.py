"""The pages of bulletins: list, the document as it prints, its files, and every step taken with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.documents.proved import proved_docx, proved_pdf
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.evidence.kinds import DOCX, PDF, FileKind
from shanhai.kernel.evidence.store import read
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.respond import respond

from . import actions
from .bulletin_drafts import draft_bulletin, redraft
from .bulletin_list import list_context
from .bulletin_rights import get_bulletin, issuing_side
from .bulletin_view import bulletin_context
from .composing import Parts, document_of
from .models import Bulletin
from .models.bulletins import LEDGER
from .receipts import receive_bulletin, remind_units

#: What may be done with a bulletin, and with one of its numbers.
STEPS = ("issue", "withdraw", "redraft", "remind")
FIGURE_STEPS = ("refresh", "keep")


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


@require_http_methods(["GET", "POST"])
def bulletins(request: HttpRequest) -> HttpResponse:
    """All bulletins the reader may see; a new draft is begun here."""
    actor = actor_of(request)
    if actor.home is None or not actor.allows(Verb.VIEW, LEDGER):
        raise NotAllowed
    if request.method == "POST":
        return _begin(request, actor)
    return respond(request, "appraisal/bulletins.html", "", list_context(actor))


def _begin(request: HttpRequest, actor: Actor) -> HttpResponse:
    form, _dot, code = request.POST.get("period", "").rpartition(".")
    try:
        period = Period.parse(code)
    except PeriodError:
        raise NotVisible from None
    side = issuing_side(actor)
    try:
        bulletin = draft_bulletin(side, period, actor=actor, form=form or Bulletin.Form.BULLETIN)
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect("appraisal:bulletins")
    messages.success(request, _("已按现有数据起草。请核对叙述和标出的数据，再签发。"))
    return _to(bulletin)


@require_GET
def bulletin(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = get_bulletin(pk, actor=actor)
    return respond(request, "appraisal/bulletin.html", "", bulletin_context(found, actor))


@require_POST
def bulletin_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue, withdraw, draft anew, remind."""
    actor = actor_of(request)
    found = get_bulletin(pk, actor=actor, verb=Verb.ISSUE)
    try:
        said = take_step(found, request.POST.get("step", ""), request.POST.get("reason", ""), actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return _to(found)


def take_step(found: Bulletin, step: str, reason: str, actor: Actor) -> str:
    """Do it; says what was done. Errors: NotVisible for an unknown word; as the acts."""
    match step:
        case "issue":
            actions.issue_bulletin(found, actor=actor)
            return _("已签发。文本已固化，主送单位可以签收。")
        case "withdraw":
            actions.withdraw_bulletin(found, reason, actor=actor)
            return _("已撤回。原文和签收记录保留。")
        case "redraft":
            redraft(found, actor=actor)
            return _("已按现有数据重新取数、重排表格；改过的叙述没有动。")
        case "remind":
            number = remind_units(found, actor=actor)
            return _("已催 %(number)s 个单位签收。") % {"number": number}
        case _:
            raise NotVisible


@require_POST
def bulletin_figure(request: HttpRequest, pk: UUID, figure: UUID) -> HttpResponse:
    """Refresh one number, or keep it for a reason."""
    actor = actor_of(request)
    found = get_bulletin(pk, actor=actor, verb=Verb.ISSUE)
    try:
        what, reason = request.POST.get("step", "refresh"), request.POST.get("reason", "")
        said = take_figure(found, figure, what, reason, actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return _to(found)


def take_figure(found: Bulletin, figure: UUID, what: str, reason: str, actor: Actor) -> str:
    """Do it; says what was done. Errors: NotVisible for an unknown word; as the acts."""
    match what:
        case "keep":
            kept = actions.keep_figure(found, figure, reason, actor=actor)
            return _("“%(label)s”保留原值，理由已记录。") % {"label": kept.label}
        case "refresh":
            taken = actions.refresh_figure(found, figure, actor=actor)
            return _("“%(label)s”已更新为现值。") % {"label": taken.label}
        case _:
            raise NotVisible


@require_POST
def bulletin_receive(request: HttpRequest, pk: UUID, unit: UUID) -> HttpResponse:
    """Receive a bulletin for the reader's unit."""
    actor = actor_of(request)
    found = get_bulletin(pk, actor=actor)
    try:
        receipt = receive_bulletin(found, unit, request.POST.get("remark", ""), actor=actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已为%(unit)s签收。") % {"unit": receipt.unit})
    return _to(found)


@require_GET
def bulletin_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    return word_of(get_bulletin(pk, actor=actor_of(request)))


def word_of(found: Bulletin) -> HttpResponse:
    """The Word file: of an issued bulletin the very bytes that were frozen."""
    content = read(found.word) if found.word else proved_docx(document_of(Parts.of(found)))
    return file_response(found, content, DOCX)


@require_GET
def bulletin_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pdf_of(get_bulletin(pk, actor=actor_of(request)))


def pdf_of(found: Bulletin) -> HttpResponse:
    content = read(found.pdf) if found.pdf else proved_pdf(document_of(Parts.of(found)))
    return file_response(found, content, PDF)


def file_response(found: Bulletin, content: bytes, kind: FileKind) -> HttpResponse:
    """The file under the bulletin's title; a draft says so in its name."""
    draft = _("（草稿）") if found.is_draft else ""
    name = f"{''.join(found.title.split())}{draft}{kind.suffixes[0]}"
    response = HttpResponse(content, content_type=kind.content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _to(found: Bulletin) -> HttpResponse:
    return redirect(link_to("appraisal:bulletin", pk=found.pk))
