"""资金核查: what the rules found in agreements and projects, with a link to each row."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.findings import Finding
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.typed import number_typed
from shanhai.web.checks import Checks, Found, Named, render_checks
from shanhai.web.later import answer

from . import actions, alarm_rules, alarms, reports, rules
from .models import AidAgreement, BenefitLink, Contract, Payment, Project, Stage, TransferReceived

LABELS = {
    rules.SHORTFALL: gettext_lazy("到账低于协议"),
    rules.OVER_BUDGETED: gettext_lazy("预算超过到账"),
    rules.BELOW_BAR: gettext_lazy("支出低于进度线"),
    rules.OVERPAID: gettext_lazy("拨付超过预算"),
    rules.PAID_AHEAD: gettext_lazy("拨付超前于进度"),
    rules.OVERDUE: gettext_lazy("逾期未完工"),
    alarm_rules.SLOW_SPEND: gettext_lazy("支出缓慢"),
    alarm_rules.PAID_EARLY: gettext_lazy("未验收先付验收款"),
    alarm_rules.SPLIT_TENDER: gettext_lazy("疑似拆分招标"),
    alarm_rules.IDLE_MONEY: gettext_lazy("资金闲置"),
    alarm_rules.NOT_READY: gettext_lazy("条件不具备即开工"),
    alarm_rules.NO_LINK: gettext_lazy("没有联农带农"),
    alarm_rules.PROMISE_DUE: gettext_lazy("约定收益未兑现"),
}


def _find(actor: Actor) -> list[Found]:
    findings = [*reports.fund_findings(sorted(actor.sides)), *alarms.alarms()]
    wanted = {pk for one in findings for pk in one.rows}
    rows: dict[Any, Any] = {}
    for model in (AidAgreement, Project, Payment, Contract, TransferReceived, BenefitLink):
        related = ("owner_unit", "project") if model is BenefitLink else ("owner_unit",)
        rows |= model.objects.filter(pk__in=wanted).select_related(*related).in_bulk()
    return [_found(one, rows) for one in findings]


CHECKS = Checks(
    title=gettext_lazy("资金核查"),
    note=gettext_lazy("按现有台账实时核查，不改动任何数据；处理后再打开本页即消除。"),
    labels=LABELS,
    ledger=Project.ledger_key(),
    find=_find,
)


@require_GET
def checks(request: HttpRequest) -> HttpResponseBase:
    """Findings in the agreements and projects the reader may see."""
    return render_checks(request, CHECKS)


def _found(finding: Finding, rows: dict[Any, Any]) -> Found:
    main, *others = (rows[pk] for pk in finding.rows)
    return Found(
        code=finding.code,
        sentence=finding.sentence,
        row=_named(main),
        unit_id=str(main.owner_unit_id),
        unit=str(main.owner_unit),
        others=tuple(_named(row) for row in others),
    )


def _named(row: Any) -> Named:
    return Named(row.ledger_key(), row.pk, str(row))


@require_POST
def advance_project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a project: stage and physical progress now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def record(version: int) -> None:
        stage, progress = _position(request)
        actions.advance_project(pk, stage=stage, progress=progress, actor=actor, row_version=version)

    return answer(request, reverse("funds:project_detail", args=[pk]), record)


def _position(request: HttpRequest) -> tuple[Stage, Decimal]:
    told = _("请选择项目阶段，形象进度填 0 到 100 的数。")
    try:
        stage = Stage(request.POST.get("stage", ""))
    except ValueError:
        raise RuleViolated(told, code="bad_position") from None
    return stage, number_typed(request.POST.get("progress", ""), code="bad_position", told=told)
