"""Asks why sensitive values are to leave unmasked; a second person decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.history import known
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_with

from .approval import ask
from .formats import Format
from .plain import openable
from .writing import filters_said

_LONGEST = 200


@register_urls
def plain_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    return [path("export/plain/", export_plain, {"ledger": ledger}, name=f"{ledger.slug}_export_plain")]


@never_cache
@require_http_methods(["GET", "POST"])
@known.shows_past
def export_plain(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """The address of a list; `format` and `reason` are posted."""
    actor = actor_with(request, Verb.EXPORT, ledger)
    listing = Listing(ledger, request.GET, actor)
    if not openable(listing):
        raise NotAllowed
    if request.method != "POST":
        return respond(request, "kernel/form.html", "", _context(listing))
    asked, reason = request.POST.get("format", ""), request.POST.get("reason", "")
    form = Format(asked) if asked in set(Format) else Format.XLSX
    try:
        return see_other(reverse("plain_export", args=[ask(listing, form, reason).pk]))
    except RuleViolated as refused:
        shown = _context(listing, form=form, reason=reason, refused=refused)
        return respond(request, "kernel/form.html", "", shown, status=refused.status)


def _context(
    listing: Listing, *, form: Format = Format.XLSX, reason: str = "", refused: RuleViolated | None = None
) -> dict[str, Any]:
    said = {
        "fields": "、".join(str(column.label) for column in openable(listing)),
        "number": listing.counts.text,
        "filters": "；".join(filters_said(listing)) or _("全部"),
    }
    query = listing.query()
    carried = f"?{query}" if query else ""
    return {
        "title": _("导出敏感信息原文"),
        "sub": _("%(fields)s · 共 %(number)s 行 · 筛选：%(filters)s") % said,
        "crumbs": [{"label": listing.ledger.label, "url": f"{link(listing.ledger, 'list')}{carried}"}],
        "actions": [],
        "url": f"{link(listing.ledger, 'export_plain')}{carried}",
        "hidden": [],
        "groups": [{"label": _("为什么要原文"), "note": "", "fields": _fields(form, reason, refused)}],
        "problems": [],
        "conflict": None,
        "draft": "",
        "submits": [{"label": _("申请导出"), "name": "do", "value": "export", "kind": "primary"}],
        "cancel_url": f"{link(listing.ledger, 'list')}{carried}",
    }


def _told() -> str:
    return _(
        "须由本方另一位有权查看全部原文的人（统筹、审计）批准，批准后在有效时间内只有您能下载。"
        "何人、何时、为何、按什么筛选、导出了哪些字段和多少行，都会记录；每份文件带可追查的标记。您无权查看原文的行仍遮盖。"
    )


def _fields(form: Format, reason: str, refused: RuleViolated | None) -> list[dict[str, Any]]:
    errors = [] if refused is None else [str(refused)]
    is_unreasoned = refused is not None and refused.refusal == "reason_missing"
    formats = [{"value": str(one), "label": one.label, "selected": one is form} for one in Format]
    return [
        {"name": "reason", "id": "export-reason", "label": _("理由"), "kind": "text", "value": reason,
         "errors": errors if is_unreasoned else [], "required": True, "maxlength": _LONGEST,
         "long": True, "help": _told()},
        {"name": "format", "id": "export-format", "label": _("格式"), "kind": "select", "value": str(form),
         "errors": [] if is_unreasoned else errors, "options": formats},
    ]  # fmt: skip
