"""Targets of indicators: seen by everyone of the side, set by whoever manages it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.narration import history_page, register_words
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .models import IndicatorTarget

Drawn = dict[str, Any]
LEDGER = "appraisal.indicatortarget"


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]
    """One target of the manager's own side."""

    code = forms.ChoiceField(label=gettext_lazy("指标"))
    reason = forms.CharField(
        label=gettext_lazy("修改的理由"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("改动已有目标时必填，会记入历史。"),
    )

    class Meta:
        model = IndicatorTarget
        fields = ("code", "year", "unit", "place", "value", "source")

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.side = side
        offered = [(one.code, f"{one}（{one.unit}）") for one in registry]
        self.fields["code"].choices = offered  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(side=side)  # type: ignore[attr-defined]
        towns = Place.objects.filter(level=Place.Level.TOWN)
        self.fields["place"].queryset = towns  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("全方")  # type: ignore[attr-defined]
        self.fields["place"].empty_label = _("不分地区")  # type: ignore[attr-defined]
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    def _get_validation_exclusions(self) -> set[str]:
        """The side is set here, so that «one target per scope and year» is judged before the insert."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"side"}

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if not self.instance._state.adding and not reason:
            raise forms.ValidationError(_("请写明修改的理由。"))
        return reason


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """All targets of the reader's side, and a form for a new one."""
    side = _side(request)
    if request.method == "POST":
        _require_manager(request)
    start = {"year": clock.today().year}
    form = TargetForm(request.POST or None, side=side, initial=start)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存目标。"))
        return redirect("appraisal:targets")
    return render(request, "appraisal/targets.html", _context(request, side, form), status=_status(form))


@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one target, for a reason."""
    side = _side(request)
    _require_manager(request)
    row = IndicatorTarget.objects.filter(pk=pk, side=side).first()
    if row is None:
        raise NotVisible
    form = TargetForm(request.POST or None, instance=row, side=side)
    if request.method == "POST" and form.is_valid():
        with context.because(form.cleaned_data["reason"]):
            form.save()
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
    row = IndicatorTarget.objects.filter(pk=pk, side=_side(request)).first()
    if row is None:
        raise NotVisible
    crumbs = [{"label": _("指标目标"), "url": link_to("appraisal:targets")}]
    return history_page(request, f"{_indicator(row.code)} {row.year}", crumbs, [row])


def _indicator(code: str) -> str:
    return str(registry.get(code)) if code in registry else code


register_words(IndicatorTarget, code=_indicator)


def _status(form: TargetForm) -> int:
    return 422 if form.is_bound else 200


def _side(request: HttpRequest) -> Side:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.home is None or not actor.allows(Verb.VIEW, LEDGER):
        raise NotAllowed
    return actor.home.side


def _is_manager(request: HttpRequest) -> bool:
    return request.actor.allows(Verb.MANAGE, LEDGER)  # type: ignore[attr-defined,no-any-return]


def _require_manager(request: HttpRequest) -> None:
    if not _is_manager(request):
        raise NotAllowed


def _context(request: HttpRequest, side: Side, form: TargetForm) -> Drawn:
    is_manager = _is_manager(request)
    return {
        "title": _("指标目标"),
        "sub": _("%(side)s · 目标按年，给全方、单位或镇（街道）") % {"side": side.label},
        "crumbs": [{"label": _("指标"), "url": link_to("appraisal:indicators")}],
        "actions": [],
        "table": _table(side, is_manager),
        "form": form if is_manager else None,
        "fields": [_field(form, name) for name in form.fields if _is_shown(form, name)] if is_manager else [],
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


def _table(side: Side, is_manager: bool) -> Drawn:
    labels = (_("指标"), _("年份"), _("对象"), _("目标值"), _("依据"), _("历史"))
    columns = [{"label": label, "kind": "number" if n in (1, 3) else ""} for n, label in enumerate(labels)]
    rows = []
    for one in IndicatorTarget.objects.filter(side=side).select_related("unit", "place"):
        if one.code not in registry:
            continue
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
        url = link_to("appraisal:target", pk=one.pk) if is_manager else ""
        rows.append({"id": str(one.pk), "label": texts[0], "url": url, "cells": cells})
    return {"columns": columns, "rows": rows}
