"""The fields a unit adds to a ledger: which there are, one with its history, adding, changing, retiring."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel.custom import managing
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.models import CustomField
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link, own_list, with_query
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_of, history_page
from shanhai.kernel.surfaces.respond import see_other
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_with
from shanhai.registers.editing import Editing
from shanhai.registers.tables import fact, table_of

from .custom_forms import CustomFieldForm

Drawn = dict[str, Any]


@register_urls
def custom_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    slug, given = ledger.slug, {"ledger": ledger}
    return [
        path("fields/", field_list, given, name=f"{slug}_customs"),
        path("fields/new/", create, given, name=f"{slug}_custom_new"),
        path("fields/<uuid:pk>/", detail, given, name=f"{slug}_custom"),
        path("fields/<uuid:pk>/edit/", edit, given, name=f"{slug}_custom_edit"),
    ]


@require_GET
def field_list(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """Of one unit: the reader's own, or the one asked for."""
    actor = actor_with(request, Verb.VIEW, ledger)
    units = managing.units_seen(ledger, actor)
    unit = _chosen(request, units, actor)
    return render(request, "parties/custom_fields.html", _list_context(ledger, unit, units, actor))


def _chosen(request: HttpRequest, units: list[Any], actor: Actor) -> Any:
    """The unit of the address, else the reader's own; None where the reader's files nothing here.

    Errors: NotVisible.
    """
    asked = request.GET.get("unit")
    if asked:
        found = next((unit for unit in units if str(unit.pk) == asked), None)
        if found is None:
            raise NotVisible
        return found
    homes = {grant.unit_id for grant in actor.grants}
    return next((unit for unit in units if unit.pk in homes), units[0] if units else None)


def _list_context(ledger: Ledger[Any], unit: Any, units: list[Any], actor: Actor) -> Drawn:
    fields = managing.fields_of(ledger, unit) if unit else []
    may = unit is not None and managing.may_manage(ledger, unit, actor)
    url = link(ledger, "customs")
    new = with_query(link(ledger, "custom_new"), {"unit": unit.pk}) if may else ""
    action = {"label": _("新增字段"), "url": new, "kind": "primary", "main": True, "icon": "plus"}
    sub = _("%(ledger)s · 单位在统一规定的列之外自己加的列，只用于本单位的记录")
    return {
        "title": _("自定义字段"),
        "sub": sub % {"ledger": ledger.label},
        "crumbs": _crumbs(ledger, actor)[:1],
        "actions": [action] if may else [],
        "units": [
            {"label": str(one), "url": with_query(url, {"unit": one.pk}), "here": one == unit}
            for one in units
        ],
        "unit": str(unit or ""),
        "table": _table(ledger, unit, fields),
        "empty": {
            "title": _("还没有自定义字段"),
            "text": _("加上以后，本单位的表单、列表、筛选、模板、导出和接口里都会有这一列。")
            if may
            else _("由本方统筹部门添加。"),
            "actions": [action] if may else [],
        },
    }


def _table(ledger: Ledger[Any], unit: Any, fields: list[CustomField]) -> Drawn:
    filled = managing.filled_rows(ledger, unit, fields)
    labels = (_("标题"), _("类型"), _("必填"), _("列表默认显示"), _("已填行数"), _("状态"))
    rows = [
        (
            link(ledger, "custom", pk=one.pk),
            (
                one.title,
                kind_said(one),
                _yes(one.is_required),
                _yes(one.is_listed),
                {"text": f"{filled[one.pk]:,}", "kind": "number"},
                {"kind": "state", "state": _badge(one)},
            ),
        )
        for one in fields
    ]
    return table_of(labels, rows)


def kind_said(field: CustomField) -> str:
    """`小数（亩，2 位）`."""
    parts = [field.measure_unit] if field.measure_unit else []
    if field.decimals:
        parts.append(_("%(number)s 位小数") % {"number": field.decimals})
    kind = str(field.get_kind_display())
    return _("%(kind)s（%(parts)s）") % {"kind": kind, "parts": "，".join(parts)} if parts else kind


def _yes(value: bool) -> str:
    return _("是") if value else ""


def _badge(field: CustomField) -> Drawn:
    if field.is_retired:
        return {"label": _("已停用"), "kind": "void"}
    return {"label": _("在用"), "kind": "ok"}


def _crumbs(ledger: Ledger[Any], actor: Actor, field: CustomField | None = None) -> list[Drawn]:
    crumbs = [
        {"label": ledger.label, "url": own_list(ledger, actor)},
        {"label": _("自定义字段"), "url": link(ledger, "customs")},
    ]
    if field is not None:
        crumbs[1]["url"] = with_query(link(ledger, "customs"), {"unit": field.unit_id})
    return crumbs


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    """One field; `do` retires, restores or moves it."""
    actor = actor_with(request, Verb.VIEW, ledger)
    field = managing.get_field(ledger, pk, actor=actor, lock=request.method == "POST")
    if "history" in request.GET:
        return history_page(request, field.title, _crumbs(ledger, actor, field), [field])
    if request.method == "GET":
        return render(request, "kernel/detail.html", _detail_context(ledger, field, actor))
    try:
        messages.success(request, _done(request, ledger, field, actor))
    except RuleViolated as refused:
        fresh = managing.get_field(ledger, pk, actor=actor)
        shown = _detail_context(ledger, fresh, actor, refusal=str(refused))
        return render(request, "kernel/detail.html", shown, status=refused.status)
    return _to(ledger, pk)


def _done(request: HttpRequest, ledger: Ledger[Any], field: CustomField, actor: Actor) -> str:
    """Errors: NotVisible for an unknown word; as `managing`."""
    reason = request.POST.get("reason", "")
    match request.POST.get("do", ""):
        case "retire":
            managing.retire_field(ledger, field, actor=actor, reason=reason)
            return _("已停用。填过的值还在，记录页、历史和导出里照样看得到。")
        case "restore":
            managing.restore_field(ledger, field, actor=actor, reason=reason)
            return _("已恢复使用。")
        case "earlier" | "later" as where:
            managing.move_field(ledger, field, earlier=where == "earlier", actor=actor)
            return _("顺序已调整。")
        case _:
            raise NotVisible


def _to(ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    return see_other(link(ledger, "custom", pk=pk))


def _detail_context(ledger: Ledger[Any], field: CustomField, actor: Actor, refusal: str = "") -> Drawn:
    may = managing.may_manage(ledger, field.unit, actor)
    edit_url = link(ledger, "custom_edit", pk=field.pk)
    is_edited = may and not field.is_retired
    return {
        "title": field.title,
        "sub": " · ".join((ledger.label, str(field.unit))),
        "crumbs": _crumbs(ledger, actor, field),
        "actions": [{"label": _("修改"), "url": edit_url, "kind": "primary", "main": True, "icon": "edit"}]
        if is_edited
        else [],
        "state": _badge(field),
        "notices": [{"kind": "late", "text": refusal}] if refusal else [],
        "groups": [{"label": _("定义"), "note": "", "fields": _facts(ledger, field)}],
        "related": [],
        "panels": [],
        "steps": _steps(ledger, field) if may else [],
        "waiting": _("由本方统筹部门维护。"),
        "leading": [],
        "rail": [],
        "history": history_of([field]),
        "history_url": HISTORY_URL,
    }


def _facts(ledger: Ledger[Any], field: CustomField) -> list[Drawn]:
    number = managing.filled_rows(ledger, field.unit, [field])[field.pk]
    facts = [
        fact(_("类型"), kind_said(field)),
        fact(_("必填"), _yes(field.is_required) or _("否")),
        fact(_("列表默认显示"), _yes(field.is_listed) or _("否")),
        fact(_("含个人信息"), _yes(field.is_personal) or _("否")),
        fact(_("已填行数"), f"{number:,}"),
        fact(_("字段代号"), field.key, kind="code"),
    ]
    if field.options:
        facts.append(fact(_("选项"), "、".join(field.options), kind="long"))
    if field.help:
        facts.append(fact(_("填写说明"), field.help, kind="long"))
    if field.retired_at:
        facts.append(fact(_("停用时间"), moment(field.retired_at)))
    return facts


def _steps(ledger: Ledger[Any], field: CustomField) -> list[Drawn]:
    if field.is_retired:
        return [_step(ledger, field, "restore", _("恢复使用"), _("填报人又能填这个字段。"))]
    told = _("不再填；填过的值留着，记录页、历史和导出里照样看得到。")
    return [
        _step(ledger, field, "earlier", _("排到前一位")),
        _step(ledger, field, "later", _("排到后一位")),
        _step(ledger, field, "retire", _("停用"), told) | {"kind": "danger", "reason": True},
    ]


def _step(ledger: Ledger[Any], field: CustomField, what: str, label: str, text: str = "") -> Drawn:
    url = link(ledger, "custom", pk=field.pk)
    hidden = [{"name": "do", "value": what}]
    return {"label": label, "url": url, "hidden": hidden, "kind": "", "text": text, "reason": False}


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    actor = actor_with(request, Verb.VIEW, ledger)
    unit = _chosen(request, managing.units_seen(ledger, actor), actor)
    if unit is None or not managing.may_manage(ledger, unit, actor):
        raise NotAllowed(_("自定义字段由本方统筹部门添加。"))
    cancel = with_query(link(ledger, "customs"), {"unit": unit.pk})
    field = CustomField(unit=unit)
    crumbs = _crumbs(ledger, actor)
    crumbs[1]["url"] = cancel
    return _edited(request, ledger, field, actor, title=_("新增字段"), crumbs=crumbs, cancel_url=cancel)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    actor = actor_with(request, Verb.VIEW, ledger)
    field = managing.get_field(ledger, pk, actor=actor, lock=request.method == "POST")
    if not managing.may_manage(ledger, field.unit, actor):
        raise NotAllowed(_("自定义字段由本方统筹部门维护。"))
    if field.is_retired:
        raise RuleViolated(_("这个字段已经停用。要改，请先恢复使用。"), code="custom_field_retired")
    crumbs = [*_crumbs(ledger, actor, field), {"label": field.title, "url": link(ledger, "custom", pk=pk)}]
    cancel = link(ledger, "custom", pk=pk)
    return _edited(request, ledger, field, actor, title=_("修改字段"), crumbs=crumbs, cancel_url=cancel)


def _edited(
    request: HttpRequest, ledger: Ledger[Any], field: CustomField, actor: Actor, **page: Any
) -> HttpResponse:
    is_new, unit = field._state.adding, field.unit
    editing = Editing(CustomFieldForm, field, request)
    if editing.is_ready():
        # As it is stored: the form has put into its own what was typed.
        stored = CustomField(unit=unit) if is_new else managing.get_field(ledger, field.pk, actor=actor)
        try:
            said = editing.form.said  # type: ignore[attr-defined]
            saved = managing.save_field(ledger, stored, said, actor=actor, reason=editing.reason)
            messages.success(request, _("已保存。"))
            return _to(ledger, saved.pk)
        except RuleViolated as refused:
            for name, sentences in (refused.problems or {"": [str(refused)]}).items():
                for sentence in sentences:
                    editing.form.add_error(name or None, sentence)
    return editing.respond(sub=f"{ledger.label} · {unit}", **page)
