"""Pages of exports with sensitive values: what was asked for, who decided, and the file for who asked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.paging import newest_first
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.views import actor_of

from . import approval
from .formats import Format
from .models import PlainExport

Drawn = dict[str, Any]
_KINDS = {"waiting": "wait", "approved": "ok", "refused": "void"}


def may_ask(actor: Actor) -> bool:
    """Whether there can be any of `actor`: who may unmask something, somewhere."""
    return any(Verb.UNMASK in grant.role.verbs for grant in actor.grants)


register_page(MenuPage(SYSTEM, gettext_lazy("原文导出"), "plain_exports", order=25, is_allowed=may_ask))


def exporter(request: HttpRequest) -> Actor:
    """Errors: NotAllowed."""
    actor = actor_of(request)
    if not may_ask(actor):
        raise NotAllowed
    return actor


@require_GET
def plain_exports(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, and all there are, page by page."""
    actor = exporter(request)
    found = newest_first(request, approval.visible(actor), _entries, "cursor:plain_exports")
    shown = {
        "title": _("原文导出"),
        "sub": _("带敏感信息原文的导出：谁申请、谁批准、为什么"),
        "crumbs": [],
        "actions": [],
        "waiting": _entries(approval.to_decide(actor)),
        "entries": found["items"],
        "pager": {
            "total": _("共 %(number)s 份") % {"number": f"{approval.visible(actor).count():,}"},
            "shown": _("本页 %(number)s 份") % {"number": len(found["items"])},
            "first": request.path if found["previous"] else "",
            "previous": found["previous"] or "",
            "next": found["next"] or "",
            "is_whole": not (found["previous"] or found["next"]),
        },
    }
    address = request.get_full_path()
    return respond(request, "kernel/plain_exports.html", "entries", shown, address=address)


def _entries(found: Iterable[PlainExport]) -> list[Drawn]:
    return [_entry(one) for one in found]


def _entry(found: PlainExport) -> Drawn:
    told = {"fields": found.fields, "rows": f"{found.rows:,}", "form": Format(found.form).label}
    return {
        "at": moment(found.asked_at),
        "who": str(found.requester),
        "unit": PlainExport.State(found.state).label,
        "verb": _("%(rows)s 行“%(fields)s”原文（%(form)s）") % told,
        "reason": found.reason,
        "changes": [],
        "row": {"label": _ledger(found), "url": reverse("plain_export", args=[found.pk])},
    }


def _ledger(found: PlainExport) -> str:
    return str(registry.get(found.ledger).label) if found.ledger in registry else found.ledger


@require_GET
def plain_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request."""
    actor = exporter(request)
    return _page(request, approval.get(pk, actor), actor)


@require_POST
def plain_export_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`what`: approve or refuse, with a reason."""
    actor = exporter(request)
    found = approval.get(pk, actor)
    is_approved, reason = request.POST.get("what") == "approve", request.POST.get("reason", "")
    try:
        approval.decide(found, approve=is_approved, reason=reason, actor=actor)
    except RuleViolated as refused:
        return _page(request, found, actor, refused)
    return see_other(reverse("plain_export", args=[pk]))


def _page(
    request: HttpRequest, found: PlainExport, actor: Actor, refused: RuleViolated | None = None
) -> HttpResponse:
    is_own = found.requester_id == actor.user_id
    waits = found.state == PlainExport.State.WAITING
    notices = [{"kind": "late", "text": str(refused)}] if refused else []
    shown = {
        "title": _("原文导出 %(code)s") % {"code": found.code},
        "sub": _ledger(found),
        "crumbs": [{"label": _("原文导出"), "url": link_to("plain_exports")}],
        "actions": [],
        "state": {"label": PlainExport.State(found.state).label, "kind": _KINDS[found.state]},
        "notices": notices,
        "facts": _facts(found),
        "url": reverse("plain_export_decide", args=[found.pk]) if approval.may_decide(found, actor) else "",
        "waits_for_other": is_own and waits,
        "job_url": _job_url(found) if is_own else "",
    }
    return respond(request, "kernel/plain_export.html", "", shown, status=refused.status if refused else 200)


def _job_url(found: PlainExport) -> str:
    """Where the file is, while it can be fetched."""
    is_over = found.expires_at is None or found.expires_at <= clock.now()
    return "" if found.job_id is None or is_over else reverse("job", args=[found.job_id])


def _facts(found: PlainExport) -> list[Drawn]:
    told = [
        (_("申请人"), str(found.requester)),
        (_("申请时间"), moment(found.asked_at)),
        (_("导出的字段"), found.fields),
        (_("行数"), f"{found.rows:,}"),
        (_("格式"), Format(found.form).label),
        (_("筛选条件"), found.filters or _("全部")),
        (_("理由"), found.reason),
    ]
    if found.decided_at:
        told += [
            (_("办理人"), str(found.handled_by)),
            (_("办理时间"), moment(found.decided_at)),
            (_("办理意见"), found.decision),
        ]
    if found.expires_at:
        told.append((_("有效期至"), moment(found.expires_at)))
    return [{"label": label, "text": text} for label, text in told]
