"""«登录记录»: sign-ins, failures, lockouts and sign-outs of the users one looks after."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.offered import uuid_of
from shanhai.kernel.surfaces.respond import respond
from shanhai.registers.authority import RECORD, looks_after, require

from .actions import users_of
from .models import SignInEvent
from .own_sessions import events_table

_PAGE = 50


@require_GET
def event_list(request: HttpRequest) -> HttpResponse:
    """Newest first. Of accounts that nobody has, every auditor sees that somebody tried."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(looks_after(actor, RECORD))
    params = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "kind", "before")}
    found = _narrowed(actor, params)
    before = uuid_of(params["before"])
    earlier = found.filter(pk__lt=before) if before else found
    page = list(earlier.order_by("-id").select_related("user")[: _PAGE + 1])
    shown = _context(params, found.count(), page[:_PAGE], len(page) > _PAGE)
    return respond(request, "kernel/list.html", "table", shown, address=request.get_full_path())


def _narrowed(actor: Actor, params: dict[str, str]) -> QuerySet[SignInEvent]:
    events = SignInEvent.objects.filter(Q(user__in=users_of(actor)) | Q(user__isnull=True))
    if text := params["q"]:
        events = events.filter(Q(account__icontains=text) | Q(user__name__icontains=text))
    if params["kind"] in SignInEvent.Kind.values:
        events = events.filter(kind=params["kind"])
    return events


def _context(params: dict[str, str], total: int, page: list[SignInEvent], has_more: bool) -> dict[str, Any]:
    url = reverse("accounts:event_list")
    options = [
        {"value": code, "label": str(label), "selected": code == params["kind"]}
        for code, label in SignInEvent.Kind.choices
    ]
    return {
        "title": _("登录记录"),
        "sub": _("登录、失败、锁定和退出，共 %(number)s 次；不记口令") % {"number": f"{total:,}"},
        "crumbs": [],
        "actions": [],
        "list_url": url,
        "params": [],
        "search": {"name": "q", "value": params["q"], "label": _("搜账号、姓名")},
        "problems": [],
        "filters": [
            {
                "label": _("事项"),
                "summary": next((one["label"] for one in options if one["selected"]), ""),
                "kind": "select",
                "name": "kind",
                "options": options,
                "clear_url": with_query(url, params | {"kind": "", "before": ""}),
            }
        ],
        "grouping": None,
        "chooser": [],
        "later": {},
        "opened": "",
        "table": events_table(page, with_account=True),
        "bulk": None,
        "pager": {
            "total": _("共 %(number)s 次") % {"number": f"{total:,}"},
            "shown": _("本页 %(number)s 次") % {"number": len(page)},
            "first": with_query(url, params | {"before": ""}) if params["before"] else "",
            "previous": "",
            "next": with_query(url, params | {"before": str(page[-1].pk)}) if has_more else "",
        },
        "empty": {
            "title": _("没有符合的记录"),
            "text": _("换一个词，或清除筛选后再看。"),
            "icon": "search",
            "actions": [{"label": _("清除全部筛选"), "url": url, "kind": ""}],
        },
    }
