"""Targets of indicators: seen by everyone of the side, set by whoever manages it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel import clock
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.narration import history_page, register_words

from .models import IndicatorTarget
from .targets import TargetForm, get_target, is_manager, managed_side, reading_side, save_target, targets_of

Drawn = dict[str, Any]


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """All targets of the reader's side, and a form for a new one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    side = managed_side(actor) if request.method == "POST" else reading_side(actor)
    start = {"year": clock.today().year}
    form = TargetForm(request.POST or None, side=side, initial=start)
    if request.method == "POST" and form.is_valid():
        save_target(form)
        messages.success(request, _("已保存目标。"))
        return redirect("appraisal:targets")
    return render(request, "appraisal/targets.html", _context(request, side, form), status=_status(form))


@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one target, for a reason."""
    side = managed_side(request.actor)  # type: ignore[attr-defined]
    form = TargetForm(request.POST or None, instance=get_target(pk, side), side=side)
    if request.method == "POST" and form.is_valid():
        save_target(form)
        messages.success(request, _("已修改目标。"))
        return redirect("appraisal:targets")
    shown = _context(request, side, form) | {
        "title": _("修改目标"),
        "crumbs": [{"label": _("指标目标"), "url": link_to("appraisal:targets")}],
        "table": None,
        "actions": [{"label": _("历史"), "url": link_to("appraisal:target_history", pk=pk), "kind": ""}],
        "action": link_to("appraisal:target", pk=pk),
    }
    return render(request, "appraisal/targets.html", shown, status=_status(form))


@require_GET
def target_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the target was before, who changed it and why, for everyone who sees it."""
    row = get_target(pk, reading_side(request.actor))  # type: ignore[attr-defined]
    crumbs = [{"label": _("指标目标"), "url": link_to("appraisal:targets")}]
    return history_page(request, f"{_indicator(row.code)} {row.year}", crumbs, [row])


def _indicator(code: str) -> str:
    return str(registry.get(code)) if code in registry else code


register_words(IndicatorTarget, code=_indicator)


def _status(form: TargetForm) -> int:
    return 422 if form.is_bound else 200


def _context(request: HttpRequest, side: Side, form: TargetForm) -> Drawn:
    manages = is_manager(request.actor)  # type: ignore[attr-defined]
    return {
        "title": _("指标目标"),
        "sub": _("%(side)s · 目标按年，给全方、单位或镇（街道）") % {"side": side.label},
        "crumbs": [{"label": _("指标"), "url": link_to("appraisal:indicators")}],
        "actions": [
            {"label": _("分年目标"), "url": link_to("appraisal:target_years"), "kind": ""},
            *([{"label": _("新目标"), "url": "#new", "kind": "", "icon": "plus"}] if manages else []),
        ],
        "table": _table(_narrowed(side, request), side, manages),
        "form": form if manages else None,
        "fields": [_field(form, name) for name in form.fields if _is_shown(form, name)] if manages else [],
        "action": link_to("appraisal:targets"),
        "cancel": link_to("appraisal:targets"),
        "empty": {
            "title": _("还没有目标"),
            "text": _("统筹部门把年度协议和任务分解录入后，指标才有完成率。"),
        },
    }


def _is_shown(form: TargetForm, name: str) -> bool:
    return name != "reason" or not form.instance._state.adding


def _field(form: TargetForm, name: str) -> Drawn:
    bound = form[name]
    return {
        "id": bound.id_for_label,
        "name": name,
        "label": str(bound.label),
        "kind": "control",
        "control": bound,
        "errors": list(bound.errors),
        "help": str(bound.help_text),
        "required": bound.field.required,
    }


def _narrowed(side: Side, request: HttpRequest) -> list[IndicatorTarget]:
    """Of `?code=`, `?year=`; `?of=` side, unit or place: the rows behind a sum."""
    asked = request.GET
    code, year, of = asked.get("code", ""), asked.get("year", ""), asked.get("of", "")
    return [
        one
        for one in targets_of(side)
        if code in {"", one.code} and year in {"", str(one.year)} and of in {"", _of(one)}
    ]


def _of(one: IndicatorTarget) -> str:
    """For whom: unit, place, or the side as a whole."""
    return "unit" if one.unit_id else "place" if one.place_id else "side"


def _table(found: list[IndicatorTarget], side: Side, manages: bool) -> Drawn:
    labels = (_("指标"), _("年份"), _("对象"), _("目标值"), _("依据"), _("历史"))
    columns = [{"label": label, "kind": "number" if n in (1, 3) else ""} for n, label in enumerate(labels)]
    rows = []
    for one in found:
        indicator = registry.get(one.code)
        texts = (
            str(indicator),
            str(one.year),
            str(one.unit or one.place or side.label),
            f"{display(indicator, one.value)} {indicator.unit}",
            one.source,
            _("查看"),
        )
        cells: list[Drawn] = [
            {"text": text, "label": label} for text, label in zip(texts, labels, strict=True)
        ]
        cells[1]["kind"] = cells[3]["kind"] = "number"
        cells[5]["url"] = link_to("appraisal:target_history", pk=one.pk)
        url = link_to("appraisal:target", pk=one.pk) if manages else ""
        rows.append({"id": str(one.pk), "label": texts[0], "url": url, "cells": cells})
    return {"columns": columns, "rows": rows}
