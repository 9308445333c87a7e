"""What waits for the reader's signature, and one case with all that may be done."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.approval import Kind, Where
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.links import link, link_to
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.views import actor_of

from . import cases, drawing
from .acts import Asked, act, case_of

Drawn = dict[str, Any]
#: Rows that are agreed to at once from the list.
MOST = 300


def signer(request: HttpRequest) -> Actor:
    """Whoever reads ledgers may have a seat. Errors: NotAllowed."""
    actor = actor_of(request)
    if not may_sign(actor):
        raise NotAllowed
    return actor


def may_sign(actor: Actor) -> bool:
    return actor.subject is None and any(grant.role.verbs for grant in actor.grants)


def ledger_named(key: str) -> Ledger[Any]:
    """Errors: NotVisible."""
    if key not in registry:
        raise NotVisible
    return registry.get(key)


@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """Whose turn it is: the reader's, and where the reader's own rows stand."""
    return _list(request, signer(request))


def _list(request: HttpRequest, actor: Actor, notices: list[Drawn] | None = None) -> HttpResponse:
    shown = {
        "title": _("审批"),
        "sub": _("待我签的，和我报的走到哪一步"),
        "crumbs": [],
        "actions": [
            {"label": _("代签"), "url": reverse("approvals:standing_in"), "kind": ""},
            {"label": _("审批链"), "url": reverse("rulebook:rules"), "kind": ""},
        ],
        "notices": notices or [],
        "waiting": drawing.lines(cases.waiting_for(actor), actor),
        "filed": drawing.lines(cases.filed_by(actor), actor),
        "url": reverse("approvals:agree_many"),
    }
    return respond(request, "approvals/approvals.html", "", shown, status=422 if notices else 200)


@require_POST
def agree_many(request: HttpRequest) -> HttpResponse:
    """Agree to the ticked ones; those that cannot be are named with the reason, the others are done."""
    actor, opinion = signer(request), request.POST.get("opinion", "")
    refused = agree_to(request.POST.getlist("ids")[:MOST], opinion, actor)
    if not request.POST.getlist("ids"):
        refused = [_("没有选中任何记录。请先勾选，再同意。")]
    if refused:
        return _list(request, actor, [{"kind": "late", "text": sentence} for sentence in refused])
    return see_other(reverse("approvals:approvals"))


def agree_to(keys: list[str], opinion: str, actor: Actor) -> list[str]:
    """Each by itself; the sentences of those that were refused."""
    refused = []
    for key in keys:
        named, _bar, pk = key.partition("|")
        ledger = ledger_named(named)
        try:
            act(ledger, pk, Asked(Kind.AGREE, opinion), actor=actor)
        except (RuleViolated, NotAllowed, NotVisible) as why:
            refused.append(f"{_named(ledger, pk, actor)}：{why}")
    return refused


def _named(ledger: Ledger[Any], pk: str, actor: Actor) -> str:
    try:
        return row_label(ledger, case_of(ledger, pk, actor).row, actor)
    except NotVisible:
        return ledger.label


@require_GET
def case(request: HttpRequest, ledger: str, pk: UUID) -> HttpResponse:
    """One row under its chain."""
    actor = signer(request)
    return _page(request, case_of(ledger_named(ledger), pk, actor), actor)


@require_POST
def case_act(request: HttpRequest, ledger: str, pk: UUID) -> HttpResponse:
    """`what` with `opinion`; `to` for a return, `unit`, `role`, `where` for who is drawn in."""
    actor, about = signer(request), ledger_named(ledger)
    found = case_of(about, pk, actor)
    try:
        after = act(about, pk, asked(request.POST), actor=actor)
    except RuleViolated as refused:
        return _page(request, found, actor, refused)
    if after.ending:
        return see_other(link(about, "detail", pk=pk))
    return see_other(reverse("approvals:case", args=[ledger, pk]))


def asked(sent: Any) -> Asked:
    """Errors: RuleViolated for what is none of the choices."""
    try:
        return Asked(
            kind=Kind(sent.get("what", "")),
            opinion=sent.get("opinion", ""),
            to=int(sent.get("to") or -1),
            unit=UUID(sent["unit"]) if sent.get("unit") else None,
            role=sent.get("role", ""),
            where=Where(sent.get("where") or Where.BEFORE),
        )
    except ValueError:
        raise RuleViolated(_("没有这种办理方式，请刷新页面后再办。"), code="act_refused") from None


def _page(
    request: HttpRequest, found: cases.Case, actor: Actor, refused: RuleViolated | None = None
) -> HttpResponse:
    ledger, row = found.ledger, found.row
    notices = [{"kind": "late", "text": text} for text in _sentences(refused)]
    if found.broken:
        notices.append({"kind": "late", "text": found.broken})
    shown = {
        "title": row_label(ledger, row, actor),
        "sub": f"{ledger.label} · {row.owner_unit}",
        "crumbs": [{"label": _("审批"), "url": link_to("approvals:approvals")}],
        "actions": [{"label": _("看这条记录"), "url": link(ledger, "detail", pk=row.pk), "kind": ""}],
        "notices": notices,
        "case": drawing.drawn_case(found, actor),
        "choices": drawing.choices(found, actor) if not found.broken else {},
        "opinion": request.POST.get("opinion", ""),
        "url": reverse("approvals:case_act", args=[ledger.key, row.pk]),
    }
    return respond(request, "approvals/case.html", "", shown, status=refused.status if refused else 200)


def _sentences(refused: RuleViolated | None) -> list[str]:
    if refused is None:
        return []
    told = [str(text) for texts in refused.problems.values() for text in texts]
    return told or [str(refused)]
