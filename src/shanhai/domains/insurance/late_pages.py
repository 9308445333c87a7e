"""迟到结算: what settling a visit at its place would change, line by line, and the form that does it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.boards import Drawn, amount, field, form, long, page, section

from . import explaining, late
from .models import MedicalVisit


@require_GET
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Old and new amounts of all that follows. Nothing is written. Errors: NotAllowed; NotVisible."""
    actor, ledger = actor_of(request), registry.get(MedicalVisit.ledger_key())
    visit: MedicalVisit = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    plan = late.plan_of(visit, actor)
    shown = page(
        _("迟到结算"),
        sub=f"{visit.number} · {visit.person}",
        crumbs=[{"label": str(visit), "url": link(ledger, "detail", pk=pk)}],
        note=" ".join(str(one) for one in plan.refusals),
        figures=_figures(plan),
        sections=[] if plan.refusals else [_differences(plan), _amounts(visit, plan)],
    )
    return render(request, "web/board.html", shown)


def _figures(plan: late.Plan) -> list[Drawn]:
    if plan.refusals:
        return []
    yuan, times = _("元"), _("次")
    return [
        {"name": _("重新结算"), "value": f"{len(plan.changes):,}", "unit": times},
        {"name": _("其后不变"), "value": f"{plan.kept:,}", "unit": times},
        {"name": _("其后基金多付"), "value": f"{plan.funds:,.2f}", "unit": yuan},
        {"name": _("其后个人多付"), "value": f"{plan.own:,.2f}", "unit": yuan},
    ]


def _differences(plan: late.Plan) -> Drawn:
    """One row for each amount that changes; it opens to its visit."""
    ledger = registry.get(MedicalVisit.ledger_key())
    rows = [
        (
            link(ledger, "detail", pk=change.row.visit_id),
            (
                change.row.number,
                str(change.row.visit.discharged_on or change.row.visit.admitted_on),
                item.label,
                amount(item.old),
                amount(item.new),
                amount(item.difference),
                change.cleared_in or _("还没有清算"),
            ),
        )
        for change in plan.changes
        for item in change.items
    ]
    heads = (_("结算编号"), _("出院日期"), _("项目"), _("原来（元）"), _("重算（元）"), _("相差（元）"))
    table = table_of((*heads, _("清算")), rows)
    note = _("已进清算的不改，差额进下一份清算；个人多付为负的，应退给本人。")
    return section(_("其后结算的差额"), table, note=note, empty=_("其后的结算都不变。"))


def _amounts(visit: MedicalVisit, plan: late.Plan) -> Drawn:
    """The late visit itself, explained, with the form."""
    told = explaining.of_trial(plan.trial.settled) if plan.trial.settled else []
    rows = [
        ("", (one["label"], {"text": one["amount"], "kind": "number"}, long(one["sentence"]))) for one in told
    ]
    sent = form(
        reverse("insurance:settle_late", args=[visit.pk]),
        _("按先后结算"),
        fields=[field("reason", _("原因"), required=True, maxlength=150, long=True)],
        hidden={"seen": plan.seen, "row_version": visit.row_version},
        note=_("本次排到出院日期的先后里；有差额的逐次撤销并重新结算，都记入历史。"),
        is_main=True,
    )
    return section(_("本次结算"), table_of((_("项目"), _("金额（元）"), _("说明")), rows), forms=[sent])


@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """As it was looked at, with the reason; what moved on since is looked at again."""
    sent = {name: request.POST.get(name, "") for name in ("reason", "seen")}
    version = whole_number(request.POST.get("row_version", ""))
    try:
        late.settle_late(pk, actor=actor_of(request), row_version=version, **sent)
    except (Conflict, RuleViolated) as refused:
        messages.error(request, str(refused))
        return redirect("insurance:late", pk)
    messages.success(request, _("已登记。"))
    return redirect("insurance:medicalvisit_detail", pk)
