"""Groups of units, such as 各镇（街道）, with their members by date."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel.surfaces.narration import HISTORY_URL, history_of, history_page
from shanhai.registers.authority import is_manager, managed_sides
from shanhai.registers.editing import Editing
from shanhai.registers.tables import fact, in_force_badge, table_of, validity

from .unit_forms import GroupForm, MemberForm
from .unit_pages import found, manager, reader
from .units import GroupMember, UnitGroup

Drawn = dict[str, Any]


def group_url(group: UnitGroup) -> str:
    return reverse("parties:group_detail", args=[group.pk])


def _crumbs(group: UnitGroup | None = None) -> list[Drawn]:
    crumbs = [
        {"label": _("单位"), "url": reverse("parties:unit_list")},
        {"label": _("单位组"), "url": reverse("parties:group_list")},
    ]
    return [*crumbs, {"label": str(group), "url": group_url(group)}] if group else crumbs


@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    groups = UnitGroup.objects.annotate(number=Count("members")).order_by("side", "name")
    rows = [(group_url(one), (one.name, one.get_side_display(), one.number)) for one in groups]
    shown = {
        "title": _("单位组"),
        "sub": _("文件里一个名称代表几个单位的，在这里定它是哪些单位"),
        "crumbs": _crumbs()[:1],
        "actions": [],
        "table": table_of((_("名称"), _("所属方"), _("成员")), rows),
        "nothing": _("还没有单位组。"),
    }
    if is_manager(actor):
        url = reverse("parties:group_create")
        shown["actions"] = [
            {"label": _("新增单位组"), "url": url, "kind": "primary", "main": True, "icon": "plus"}
        ]
    return render(request, "parties/groups.html", shown)


@require_GET
def group_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = reader(request)
    group = found(UnitGroup, pk)
    can_edit = group.side in managed_sides(actor)
    members = list(group.members.select_related("unit").order_by("unit__path"))
    if "history" in request.GET:
        return history_page(request, group.name, _crumbs(), [group], members)
    rows = [
        (
            reverse("parties:member_edit", args=[group.pk, one.pk]) if can_edit else "",
            (one.unit.name, validity(one), {"kind": "state", "state": in_force_badge(one)}),
        )
        for one in members
    ]
    table = table_of((_("单位"), _("有效"), _("状态")), rows)
    shown = {
        "title": group.name,
        "sub": group.get_side_display(),
        "crumbs": _crumbs(),
        "actions": _detail_actions(group) if can_edit else [],
        "state": None,
        "notices": [],
        "groups": [
            {
                "label": _("基本情况"),
                "note": "",
                "fields": [fact(_("名称"), group.name), fact(_("所属方"), group.get_side_display())],
            }
        ],
        "related": [{"label": _("成员"), "note": str(len(members)), "url": "", "table": table}],
        "steps": [],
        "waiting": _("由本方的统筹部门或系统管理员维护；成员到期请写停用日期。"),
        "leading": [],
        "rail": [],
        "panels": [],
        "history": history_of([group], members),
        "history_url": HISTORY_URL,
    }
    return render(request, "kernel/detail.html", shown)


def _detail_actions(group: UnitGroup) -> list[Drawn]:
    edit = reverse("parties:group_edit", args=[group.pk])
    add = reverse("parties:member_create", args=[group.pk])
    return [
        {"label": _("改名称"), "url": edit, "kind": "", "icon": "edit"},
        {"label": _("加成员"), "url": add, "kind": "primary", "main": True, "icon": "plus"},
    ]


@require_http_methods(["GET", "POST"])
def group_create(request: HttpRequest) -> HttpResponse:
    actor = manager(request)
    editing = Editing(GroupForm, UnitGroup(), request, sides=managed_sides(actor))
    if editing.is_ready():
        return redirect(group_url(editing.form.save()))
    return editing.respond(title=_("新增单位组"), crumbs=_crumbs(), cancel_url=reverse("parties:group_list"))


@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    group = found(UnitGroup, pk, lock=request.method == "POST")
    actor = manager(request, group.side)
    editing = Editing(GroupForm, group, request, sides=managed_sides(actor))
    if editing.is_ready():
        return redirect(group_url(editing.form.save()))
    return editing.respond(title=_("改名称"), crumbs=_crumbs(group), cancel_url=group_url(group))


@require_http_methods(["GET", "POST"])
def member_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    group = found(UnitGroup, pk)
    manager(request, group.side)
    return _member(request, group, GroupMember(group=group), _("加成员"))


@require_http_methods(["GET", "POST"])
def member_edit(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Members are not removed: they end on a day, so that older documents still expand as they did."""
    group = found(UnitGroup, pk)
    manager(request, group.side)
    row = found(GroupMember, member, lock=request.method == "POST", group=group)
    return _member(request, group, row, _("修改成员"))


def _member(request: HttpRequest, group: UnitGroup, row: GroupMember, title: str) -> HttpResponse:
    editing = Editing(MemberForm, row, request)
    if editing.is_ready():
        editing.form.save()
        return redirect(group_url(group))
    return editing.respond(title=title, crumbs=_crumbs(group), cancel_url=group_url(group))
