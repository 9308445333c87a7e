"""The register of units: the two trees, one unit with its aliases, groups with their members."""

from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_of, history_page
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.trees import TreeNode
from shanhai.registers.authority import is_manager, is_member, managed_sides, require
from shanhai.registers.editing import Editing
from shanhai.registers.import_pages import ImportPages
from shanhai.registers.tables import fact, in_force_badge, table_of, validity
from shanhai.registers.tree_page import branches, tree_context
from shanhai.registers.turns import wait_for_turn

from .unit_forms import AliasForm, UnitForm
from .unit_import import UnitImporter
from .units import GroupMember, Unit, UnitAlias

Drawn = dict[str, Any]

PAGES = ImportPages(UnitImporter(), name="unit_import", rows_url="parties:unit_list", is_allowed=is_manager)


def reader(request: HttpRequest) -> Actor:
    """Units are known to everyone who has a role. Errors: NotAllowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(is_member(actor))
    return actor


def manager(request: HttpRequest, side: str = "") -> Actor:
    """Errors: NotAllowed for who manages no side, or not this one."""
    actor = reader(request)
    require(is_manager(actor))
    if side and side not in managed_sides(actor):
        raise NotAllowed(_("这是另一方的，由另一方维护。"))
    return actor


def found[M: models.Model](model: type[M], pk: UUID, *, lock: bool = False, **related: Any) -> M:
    """Errors: NotVisible."""
    rows = model._default_manager.filter(pk=pk, **related)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotVisible
    return row


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """The trees of both sides."""
    actor = reader(request)
    text = request.GET.get("q", "").strip()[:40]
    units = list(Unit.objects.order_by("path"))
    groups = []
    for side in Side:
        own = [unit for unit in units if unit.side == side]
        note = ngettext("%(number)s 个", "%(number)s 个", len(own)) % {"number": len(own)}
        groups.append(
            {"label": side.label, "note": note, "branches": branches(own, _described, text=text, open_to=2)}
        )
    shown = tree_context(
        title=_("单位"),
        sub=_("两地负责、填报和核实的单位；改名的单位留着原来的记录，旧名是别名"),
        actions=_list_actions(actor),
        url=reverse("parties:unit_list"),
        text=text,
        label=_("搜名称、简称、拼音首字母、代码"),
        groups=groups,
    )
    return respond(request, "registers/tree.html", "branches", shown, address=request.get_full_path())


def _described(unit: Unit) -> tuple[str, str]:
    note = unit.get_kind_display()
    return unit_url(unit), f"{unit.short_name} · {note}" if unit.short_name else note


def unit_url(unit: TreeNode) -> str:
    return reverse("parties:unit_detail", args=[unit.pk])


def _list_actions(actor: Actor) -> list[Drawn]:
    actions: list[Drawn] = [
        {"label": _("单位组"), "url": reverse("parties:group_list"), "kind": "", "icon": "list-details"}
    ]
    if is_manager(actor):
        actions += [
            {"label": _("导入 Excel"), "url": reverse("parties:unit_import"), "kind": "", "icon": "upload"},
            {
                "label": _("新增单位"),
                "url": reverse("parties:unit_create"),
                "kind": "primary",
                "main": True,
                "icon": "plus",
            },
        ]
    return actions


@require_GET
def unit_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Facts, aliases, groups, what is below, history."""
    actor = reader(request)
    unit = found(Unit, pk)
    can_edit = unit.side in managed_sides(actor)
    aliases = list(unit.aliases.order_by("name"))
    members = list(unit.groups.select_related("group").order_by("group__name"))
    crumbs = [{"label": _("单位"), "url": reverse("parties:unit_list")}]
    if "history" in request.GET:
        return history_page(request, unit.name, crumbs, [unit], [*aliases, *members])
    below = list(unit.children.order_by("path"))
    shown = {
        "title": unit.name,
        "sub": f"{unit.get_side_display()} · {unit.get_kind_display()}",
        "crumbs": crumbs,
        "actions": _detail_actions(unit) if can_edit else [],
        "state": in_force_badge(unit),
        "notices": [],
        "groups": [{"label": _("基本情况"), "note": "", "fields": _facts(unit)}],
        "related": [_aliases(unit, aliases, can_edit=can_edit), _groups(members), *_below(below)],
        "steps": [],
        "waiting": _("由本方的统筹部门或系统管理员维护；停用请写停用日期。"),
        "leading": [],
        "rail": [],
        "panels": [],
        "history": history_of([unit], [*aliases, *members]),
        "history_url": HISTORY_URL,
    }
    return render(request, "kernel/detail.html", shown)


def _facts(unit: Unit) -> list[Drawn]:
    parent, place = unit.parent, unit.place
    return [
        fact(_("简称"), unit.short_name),
        fact(_("代码"), unit.code, kind="code"),
        fact(_("上级"), parent or "", url=unit_url(parent) if parent else ""),
        fact(_("辖区"), place or "", url=reverse("places:place_detail", args=[place.pk]) if place else ""),
        fact(_("有效"), validity(unit)),
        fact(_("依据"), unit.source, kind="long"),
    ]


def _detail_actions(unit: Unit) -> list[Drawn]:
    add = reverse("parties:alias_create", args=[unit.pk])
    edit = reverse("parties:unit_edit", args=[unit.pk])
    return [
        {"label": _("加别名"), "url": add, "kind": "", "icon": "plus"},
        {"label": _("修改"), "url": edit, "kind": "primary", "main": True, "icon": "edit"},
    ]


def _aliases(unit: Unit, aliases: list[UnitAlias], *, can_edit: bool) -> Drawn:
    rows = [
        (
            reverse("parties:alias_edit", args=[unit.pk, one.pk]) if can_edit else "",
            (
                one.name,
                validity(one),
                {"text": one.source, "kind": "long"},
                {"kind": "state", "state": in_force_badge(one)},
            ),
        )
        for one in aliases
    ]
    table = table_of((_("别名"), _("有效"), _("依据"), _("状态")), rows)
    return {"label": _("别名"), "note": str(len(aliases)), "url": "", "table": table}


def _groups(members: list[GroupMember]) -> Drawn:
    rows = [
        (reverse("parties:group_detail", args=[one.group_id]), (one.group.name, validity(one)))
        for one in members
    ]
    return {
        "label": _("所在的单位组"),
        "note": str(len(members)),
        "url": "",
        "table": table_of((_("单位组"), _("有效")), rows),
    }


def _below(below: list[Unit]) -> list[Drawn]:
    if not below:
        return []
    rows = [(unit_url(one), (one.name, one.get_kind_display(), validity(one))) for one in below]
    table = table_of((_("单位名称"), _("类别"), _("有效")), rows)
    return [{"label": _("下级"), "note": str(len(below)), "url": "", "table": table}]


@require_http_methods(["GET", "POST"])
def unit_create(request: HttpRequest) -> HttpResponse:
    actor = manager(request)
    editing = Editing(UnitForm, Unit(), request, sides=managed_sides(actor))
    if editing.is_ready():
        with context.because(editing.reason):
            unit = editing.form.save()
        return redirect("parties:unit_detail", pk=unit.pk)
    url = reverse("parties:unit_list")
    return editing.respond(title=_("新增单位"), crumbs=[{"label": _("单位"), "url": url}], cancel_url=url)


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Moving a unit moves what is below it, and with it what its people see.

    Two moves at once could make a circle of two units, hence one at a time.
    """
    if request.method == "POST":
        wait_for_turn("units")
    unit = found(Unit, pk, lock=request.method == "POST")
    actor = manager(request, unit.side)
    editing = Editing(UnitForm, unit, request, sides=managed_sides(actor))
    if editing.is_ready():
        with context.because(editing.reason):
            editing.form.save()
        return redirect("parties:unit_detail", pk=pk)
    return _respond(editing, unit, _("修改单位"))


@require_http_methods(["GET", "POST"])
def alias_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = found(Unit, pk)
    manager(request, unit.side)
    return _alias(request, unit, UnitAlias(unit=unit), _("加别名"))


@require_http_methods(["GET", "POST"])
def alias_edit(request: HttpRequest, pk: UUID, alias: UUID) -> HttpResponse:
    unit = found(Unit, pk)
    manager(request, unit.side)
    row = found(UnitAlias, alias, lock=request.method == "POST", unit=unit)
    return _alias(request, unit, row, _("修改别名"))


def _alias(request: HttpRequest, unit: Unit, row: UnitAlias, title: str) -> HttpResponse:
    editing = Editing(AliasForm, row, request)
    if editing.is_ready():
        editing.form.save()
        return redirect("parties:unit_detail", pk=unit.pk)
    return _respond(editing, unit, title)


def _respond(editing: Editing[Any], unit: Unit, title: str) -> HttpResponse:
    crumbs = [
        {"label": _("单位"), "url": reverse("parties:unit_list")},
        {"label": unit.name, "url": unit_url(unit)},
    ]
    return editing.respond(title=title, crumbs=crumbs, cancel_url=unit_url(unit))
