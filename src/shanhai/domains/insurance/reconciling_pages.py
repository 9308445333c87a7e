"""对账: the total check, the hospital's file, what differs row by row, and what is done about it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.store import require_size
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import covers
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.boards import Drawn, choice, field, form, page, section

from . import interface, reconciling
from .models import MedicalVisit, Reconciliation, SettlementDifference

Resolution = SettlementDifference.Resolution


@require_GET
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The total check and what differs; `?format=xlsx` or `csv`: our month as an interface file."""
    actor = actor_of(request)
    ledger = registry.get(Reconciliation.ledger_key())
    row = get_row(ledger, pk, actor=actor)
    if (kind := request.GET.get("format", "")) in {"xlsx", "csv"}:
        content = reconciling.own_file(row, is_csv=kind == "csv")
        return file_answer(content, f"{row.hospital}-{row.period}-settlements.{kind}")
    may = covers(actor, Verb.EDIT, ledger.key, row)
    found = list(row.differences.filter(gone_on__isnull=True).select_related("settlement"))
    left = [one for one in found if not one.resolution]
    downloads = [
        {"label": f"{_('本方结算文件')} {kind.upper()}", "url": f"?format={kind}"} for kind in ("xlsx", "csv")
    ]
    return render(
        request,
        "web/board.html",
        page(
            _("对账核对"),
            sub=f"{row.hospital} · {period_label(row.period)}",
            crumbs=[{"label": str(row), "url": link(ledger, "detail", pk=pk)}],
            actions=[{"label": _("下载"), "icon": "download", "menu": downloads}],
            figures=[_figure(*one, 2 if place else 0) for place, one in enumerate(reconciling.totals(row))],
            sections=[_differences(row, found, left, may=may), *_forms(row, may=may)],
        ),
    )


def _figure(name: str, told: Decimal, ours: Decimal, places: int) -> Drawn:
    """`places`: none for how many people, two for money."""
    said = {"told": f"{told:,.{places}f}", "gap": f"{told - ours:,.{places}f}"}
    state = {"label": _("相符"), "kind": "ok"} if told == ours else {"label": _("不符"), "kind": "late"}
    note = _("医院 %(told)s，相差 %(gap)s") % said
    return {
        "name": _("本方%(name)s") % {"name": name},
        "value": f"{ours:,.{places}f}",
        "unit": "",
        "note": note,
        "state": state,
    }


def _differences(
    row: Reconciliation, found: list[SettlementDifference], left: list[SettlementDifference], *, may: bool
) -> Drawn:
    labels = (
        _("结算编号"),
        _("差异类型"),
        _("接口字段"),
        _("本方值"),
        _("医院值"),
        _("差异处理"),
        _("处理理由"),
    )
    visits = registry.get(MedicalVisit.ledger_key())
    rows = [
        (
            link(visits, "detail", pk=one.settlement.visit_id) if one.settlement else "",
            (
                one.number,
                one.get_kind_display(),
                f"{one.national_field} {interface.label(one.national_field)}" if one.national_field else "",
                {"text": one.ours, "kind": "number"},
                {"text": one.theirs, "kind": "number"},
                one.get_resolution_display() or _("未处理"),
                {"text": one.resolved_because, "kind": "long"},
            ),
        )
        for one in found
    ]
    forms = [_deciding(row, left)] if may and left else []
    note = _("%(number)s 条，未处理 %(left)s 条") % {"number": len(found), "left": len(left)}
    empty = _("没有差异。医院的文件还没有上传，或两边逐条相符。")
    return section(_("明细对账"), table_of(labels, rows), note=note, empty=empty, forms=forms)


def _deciding(row: Reconciliation, left: list[SettlementDifference]) -> Drawn:
    options = [(str(one.pk), f"{one} {one.national_field} {one.ours} / {one.theirs}") for one in left]
    return form(
        reverse("insurance:decide_difference", args=[row.pk]),
        _("记入处理"),
        fields=[
            choice("difference", _("差异"), options),
            choice("decision", _("差异处理"), [(one.value, str(one.label)) for one in Resolution]),
            field("reason", _("处理理由"), required=True, maxlength=200, long=True),
        ],
        note=_("没有处理的差异所在的结算不进清算。本方更正：撤销那次结算，改好再结算。"),
    )


def _forms(row: Reconciliation, *, may: bool) -> list[Drawn]:
    if not may:
        return []
    sent = form(
        reverse("insurance:compare_file", args=[row.pk]),
        _("上传并比对"),
        fields=[field("file", _("医院结算文件"), "file", accept=".xlsx,.csv", required=True)],
        note=_("xlsx 或 csv，表头用国家接口字段名（setl_id、medfee_sumamt……）；逐行核对四个等式。"),
        takes_file=True,
        is_main=True,
    )
    return [section(_("医院结算文件"), forms=[sent])]


@require_POST
def compare_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The hospital's file, held against our settlements."""
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise RuleViolated(_("请选择文件。"), code="bad_interface_file")
        require_size(sent.size or 0)
        found = reconciling.compare_file(pk, bytes(sent.read()), actor=actor_of(request))
    except RuleViolated as refused:
        for sentence in refused.problems.get("", ()) or [str(refused)]:
            messages.error(request, sentence)
    else:
        messages.success(request, _("已比对，差异 %(number)s 条。") % {"number": len(found)})
    return redirect("insurance:check_reconciliation", pk)


@require_POST
def decide_difference(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is done about one difference."""
    sent: dict[str, Any] = {name: request.POST.get(name, "") for name in ("decision", "reason")}
    try:
        key = UUID(request.POST.get("difference", ""))
    except ValueError:
        key = UUID(int=0)
    try:
        reconciling.decide_difference(pk, key, actor=actor_of(request), **sent)
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已登记。"))
    return redirect("insurance:check_reconciliation", pk)
