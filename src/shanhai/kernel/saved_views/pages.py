"""Keeping the list one looks at as a view, renaming, sharing and deleting it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_of, actor_with

from . import store
from .menu import address
from .models import SavedView

Drawn = dict[str, Any]


@register_urls
def view_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    slug, given = ledger.slug, {"ledger": ledger}
    return [
        path("views/", save, given, name=f"{slug}_views"),
        path("views/<uuid:view>/", change, given, name=f"{slug}_view"),
    ]


@require_POST
def save(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """`name`, `query` — of the list — and, when the page asked again, `audience`."""
    actor = actor_with(request, Verb.VIEW, ledger)
    given = _given(request)
    try:
        view = store.save(ledger, actor, **given)
    except RuleViolated as refused:
        shown = _context(ledger, actor, None, given, refused)
        return respond(request, "kernel/saved_view.html", "", shown, status=refused.status)
    _keep_default(request, ledger, view, actor)
    return _told(request, ledger, view, given["query"])


def _given(request: HttpRequest) -> dict[str, str]:
    query = request.POST.get("query", "").replace("%00", "")
    audience = request.POST.get("audience", store.Audience.OWN)
    return {"name": request.POST.get("name", ""), "query": query, "audience": audience}


def _keep_default(request: HttpRequest, ledger: Ledger[Any], view: SavedView, actor: Actor) -> None:
    if request.POST.get("is_default"):
        store.begin(ledger, view, actor)
    elif getattr(view, "is_default", False):
        store.begin(ledger, None, actor)


def _told(request: HttpRequest, ledger: Ledger[Any], view: SavedView, query: str) -> HttpResponse:
    messages.success(request, _("视图“%(name)s”已保存。") % {"name": view.name})
    if store.left_out(Listing(ledger, QueryDict(query), actor_of(request))):
        messages.warning(request, _("搜索词、人员姓名和号码没有存入视图。"))
    return see_other(address(ledger, view))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, ledger: Ledger[Any], view: UUID) -> HttpResponse:
    """`do`: begin, forget — anybody who may use the view; replace, save, delete — its owner."""
    actor = actor_with(request, Verb.VIEW, ledger)
    what = request.POST.get("do", "")
    if what in {"begin", "forget"}:
        return _begin(request, ledger, store.get(ledger, view, actor), what)
    found = store.own(ledger, view, actor)
    if what == "delete":
        store.delete(found)
        messages.success(request, _("视图“%(name)s”已删除。") % {"name": found.name})
        return see_other(f"{link(ledger, 'list')}?{Listing.VIEW}=all")
    if request.method == "GET" or what not in {"replace", "save"}:
        given = {"name": found.name, "query": found.query, "audience": found.audience}
        return respond(request, "kernel/saved_view.html", "", _context(ledger, actor, found, given))
    return _change(request, ledger, found, actor, what)


def _begin(request: HttpRequest, ledger: Ledger[Any], view: SavedView, what: str) -> HttpResponse:
    if what == "begin":
        store.begin(ledger, view, actor_of(request))
        messages.success(request, _("以后打开这本台账，先看“%(name)s”。") % {"name": view.name})
    else:
        store.begin(ledger, None, actor_of(request))
        messages.success(request, _("以后打开这本台账，先看全部记录。"))
    return see_other(address(ledger, view))


def _change(
    request: HttpRequest, ledger: Ledger[Any], view: SavedView, actor: Actor, what: str
) -> HttpResponse:
    given = _given(request)
    values = {"query": given["query"]} if what == "replace" else given
    try:
        store.change(ledger, view, actor, **values)
    except RuleViolated as refused:
        shown = _context(ledger, actor, view, given, refused)
        return respond(request, "kernel/saved_view.html", "", shown, status=refused.status)
    if what == "save":
        _keep_default(request, ledger, view, actor)
    return _told(request, ledger, view, given["query"])


def _context(
    ledger: Ledger[Any],
    actor: Actor,
    view: SavedView | None,
    given: dict[str, str],
    refused: RuleViolated | None = None,
) -> Drawn:
    problems = refused.problems if refused else {}
    query = given["query"]
    back = f"{link(ledger, 'list')}?{query}" if query else link(ledger, "list")
    told = [] if refused is None else problems.get("query", []) or ([] if problems else [str(refused)])
    return {
        "title": view.name if view else _("保存视图"),
        "sub": _("视图只记住筛选、列和排序；各人打开时，只看得到自己有权看的记录。"),
        "crumbs": [{"label": ledger.label, "url": back}],
        "actions": [],
        "notices": [{"kind": "late", "text": sentence} for sentence in told],
        "url": link(ledger, "view", view=view.pk) if view else link(ledger, "views"),
        "hidden": [{"name": "query", "value": query}],
        "fields": _fields(ledger, actor, view, given, problems),
        "facts": _facts(Listing(ledger, QueryDict(query), actor)),
        "cancel_url": back,
        "can_delete": view is not None,
    }


def _fields(
    ledger: Ledger[Any],
    actor: Actor,
    view: SavedView | None,
    given: dict[str, str],
    problems: dict[str, list[str]],
) -> list[Drawn]:
    name = {"name": "name", "id": "view-name", "label": _("名称"), "kind": "text", "required": True}
    audience = {"name": "audience", "id": "view-audience", "label": _("谁能用"), "kind": "radio"}
    options = [
        {"value": one.value, "label": str(one.label), "selected": one == given["audience"]}
        for one in store.audiences(ledger, actor)
    ]
    default = {
        "name": "is_default",
        "id": "view-default",
        "label": _("我打开这本台账时先看它"),
        "kind": "check",
    }
    return [
        name | {"value": given["name"], "maxlength": 30, "errors": problems.get("name", [])},
        audience | {"value": given["audience"], "options": options, "errors": problems.get("audience", [])},
        default | {"value": bool(view and view.is_default), "errors": []},  # type: ignore[attr-defined]
    ]


def _facts(listing: Listing) -> list[Drawn]:
    """What the view holds, in words."""
    _read = listing.problems
    facts = [
        {"label": str(one.column.label), "text": one.problem or one.summary()}
        for one in listing.filters
        if one.is_active
    ]
    facts += [{"label": _("没有这个筛选"), "text": name} for name in listing.unread]
    if listing.order.column and (column := listing.resolved.column(listing.order.column)):
        turned = _("从大到小") if listing.order.is_descending else _("从小到大")
        facts.append({"label": _("排序"), "text": f"{column.label} {turned}"})
    shown = "、".join(str(column.label) for column in listing.columns)
    return [*facts, {"label": _("列"), "text": shown, "long": True}]
