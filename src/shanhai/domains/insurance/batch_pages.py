"""批量结算: what is due in a month, one button, and by which numbered reasons some were left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.values import Period
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.boards import amount, field, form, page, section

from . import batch
from .models import MedicalVisit

#: Visits named on the page; how many there are the figure tells.
SHOWN = 100


def may_settle(actor: Actor) -> bool:
    """Whether the actor settles visits at all."""
    return actor.allows(Verb.EDIT, MedicalVisit.ledger_key())


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What is due in `?month=`, the last whole one without. Errors: NotVisible."""
    actor = actor_of(request)
    if not may_settle(actor):
        raise NotVisible
    try:
        month = batch.month_asked(request.GET.get("month", ""))
    except RuleViolated as refused:
        return render(request, "web/board.html", page(_("批量结算"), note=str(refused)), status=422)
    return render(request, "web/board.html", _shown(month, actor))


def _shown(month: Period, actor: Actor) -> dict[str, Any]:
    rows = batch.due(actor, month).select_related("person", "hospital")
    number, ledger = rows.count(), registry.get(MedicalVisit.ledger_key())
    asked = field("month", _("出院月份"), "month", month.code)
    found = [
        (
            link(ledger, "detail", pk=one.pk),
            (one.number, str(one.person), str(one.hospital), str(one.discharged_on), amount(one.billed)),
        )
        for one in rows[:SHOWN]
    ]
    table = table_of((_("就诊编号"), _("人员"), _("医疗机构"), _("出院日期"), _("医院总额（元）")), found)
    forms = [
        form(
            reverse("insurance:settle_month"),
            _("批量结算"),
            hidden={"month": month.code},
            note=_("在后台逐次结算，可以离开；做不成的按编号列出原因，已结算的不会再结。"),
            is_main=True,
        )
    ]
    dates = {"discharged_on_from": month.start, "discharged_on_to": month.end}
    told = section(
        _("待结算的就诊"),
        table,
        note=_("%(number)s 次") % {"number": f"{number:,}"},
        url=with_query(link(ledger, "list"), dates),
        empty=_("这个月出院的就诊都已结算，或还没有报。"),
        forms=forms if number else [],
    )
    return page(_("批量结算"), asked=[asked], asked_button=_("查看"), sections=[told])


@require_POST
def settle_month(request: HttpRequest) -> HttpResponse:
    """Queue the settlement, and show how far it is."""
    try:
        month = batch.month_asked(request.POST.get("month", ""))
        job = batch.start(month, actor=actor_of(request))
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect("insurance:batch")
    return redirect("job", pk=job.pk)


@require_GET
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By which numbered reasons visits of a batch were left, each opening to its visit."""
    job = batch.batch_of(pk, actor_of(request))
    refused, ledger = batch.refusals_of(job), registry.get(MedicalVisit.ledger_key())
    rows = [(link(ledger, "detail", pk=key), (number, sentence)) for key, number, sentence in refused]
    told = section(
        _("未结算的就诊"),
        table_of((_("就诊编号"), _("原因")), rows),
        note=_("%(number)s 次") % {"number": f"{job.result.get('left', 0):,}"},
        empty=_("全部结算了。"),
    )
    figures = [
        {"name": _("已结算"), "value": f"{job.result.get('settled', 0):,}", "unit": _("次")},
        {"name": _("未结算"), "value": f"{job.result.get('left', 0):,}", "unit": _("次")},
    ]
    crumbs = [{"label": _("批量结算"), "url": reverse("insurance:batch")}]
    return render(request, "web/board.html", page(job.label, crumbs=crumbs, figures=figures, sections=[told]))
