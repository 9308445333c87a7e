"""The register of places: the tree, one place, loading and importing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_of, history_page
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.trees import TreeNode
from shanhai.registers.authority import UNITS, is_manager, is_member, looks_after, require
from shanhai.registers.import_pages import ImportPages
from shanhai.registers.tables import fact, in_force_badge, table_of, validity
from shanhai.registers.tree_page import branches, tree_context

from .loading import load_places
from .models import Place
from .place_import import IMPORTER

Drawn = dict[str, Any]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(is_member(actor))
    return actor


@require_GET
def place_list(request: HttpRequest) -> HttpResponse:
    """Both counties side by side; provinces and cities only lead there."""
    actor = _actor(request)
    text = request.GET.get("q", "").strip()[:40]
    places = list(Place.objects.order_by("path"))
    groups = []
    for side in Side:
        own = [place for place in places if place.side == side]
        note = ngettext("%(number)s 个", "%(number)s 个", len(own)) % {"number": f"{len(own):,}"}
        groups.append(
            {"label": side.label, "note": note, "branches": branches(own, _described, text=text, open_to=3)}
        )
    shown = tree_context(
        title=_("地区"),
        sub=_("统计用区划代码，有启用和停用日期；共 %(number)s 个") % {"number": f"{len(places):,}"},
        actions=_actions(actor),
        url=reverse("places:place_list"),
        text=text,
        label=_("搜名称、拼音首字母、代码"),
        groups=groups,
    )
    return respond(request, "registers/tree.html", "branches", shown, address=request.get_full_path())


def _described(place: Place) -> tuple[str, str]:
    return reverse("places:place_detail", args=[place.pk]), place.code


def _actions(actor: Actor) -> list[Drawn]:
    if not is_manager(actor):
        return []
    url = reverse("places:place_import")
    return [{"label": _("导入区划"), "url": url, "kind": "primary", "main": True, "icon": "upload"}]


@require_GET
def place_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place with what lies directly below it, and its history."""
    _actor(request)
    place = Place.objects.select_related("parent").filter(pk=pk).first()
    if place is None:
        raise NotVisible
    crumbs = [{"label": _("地区"), "url": reverse("places:place_list")}]
    if "history" in request.GET:
        return history_page(request, place.name, crumbs, [place])
    below = list(place.children.order_by("path"))
    facts = [
        fact(_("代码"), place.code, kind="code"),
        fact(_("级别"), place.get_level_display()),
        fact(_("所属方"), place.get_side_display()),
        fact(_("上级"), place.parent or "", url=_url(place.parent) if place.parent else ""),
        fact(_("有效"), validity(place)),
        fact(_("来源"), place.source, kind="long"),
    ]
    rows = [(_url(one), (one.name, one.code, one.get_level_display(), validity(one))) for one in below]
    table = table_of((_("名称"), _("代码"), _("级别"), _("有效")), rows)
    shown = {
        "title": place.name,
        "sub": place.reference_text(),
        "crumbs": crumbs,
        "actions": [],
        "state": in_force_badge(place),
        "notices": [],
        "groups": [{"label": _("基本情况"), "note": "", "fields": facts}],
        "related": [{"label": _("下级"), "note": str(len(below)), "url": "", "table": table}]
        if below
        else [],
        "steps": [],
        "waiting": _("改动请用导入：同一代码的行按文件更改。"),
        "leading": [],
        "rail": [],
        "panels": [],
        "history": history_of([place]),
        "history_url": HISTORY_URL,
    }
    return render(request, "kernel/detail.html", shown)


def _url(place: TreeNode) -> str:
    return reverse("places:place_detail", args=[place.pk])


@require_POST
def place_load(request: HttpRequest) -> HttpResponse:
    """Both counties in one click. Only what is missing is added, so it harms nobody's changes."""
    require(looks_after(request.actor, UNITS))  # type: ignore[attr-defined]
    number = load_places()
    said = (
        _("已载入 %(number)s 个地区。") % {"number": f"{number:,}"}
        if number
        else _("区划已经齐全，没有改动。")
    )
    messages.success(request, said)
    return redirect("places:place_list")


def _upload_actions(actor: Actor) -> list[Drawn]:
    if not looks_after(actor, UNITS):
        return []
    label = _("一键载入两县（区）区划")
    return [
        {
            "label": label,
            "url": reverse("places:place_load"),
            "method": "post",
            "kind": "",
            "icon": "download",
        }
    ]


PAGES = ImportPages(
    IMPORTER,
    name="place_import",
    rows_url="places:place_list",
    is_allowed=is_manager,
    upload_actions=_upload_actions,
)
