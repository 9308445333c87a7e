"""资金核查: what the rules found in agreements and projects, with a link to each row."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.findings import Finding
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import row_link
from shanhai.web.checks import Found, render_checks
from shanhai.web.later import answer

from . import actions, reports, rules
from .models import AidAgreement, Project, Stage

LABELS = {
    rules.SHORTFALL: gettext_lazy("到账低于协议"),
    rules.OVER_BUDGETED: gettext_lazy("预算超过到账"),
    rules.BELOW_BAR: gettext_lazy("支出低于进度线"),
    rules.OVERPAID: gettext_lazy("拨付超过预算"),
    rules.PAID_AHEAD: gettext_lazy("拨付超前于进度"),
    rules.OVERDUE: gettext_lazy("逾期未完工"),
}


@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """Findings in the agreements and projects the reader may see."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.allows(Verb.VIEW, Project.ledger_key()):
        raise NotVisible
    findings = reports.fund_findings(sorted(actor.sides))
    wanted = {pk for one in findings for pk in one.rows}
    rows: dict[Any, Any] = {}
    for model in (AidAgreement, Project):
        rows |= model.objects.filter(pk__in=wanted).select_related("owner_unit").in_bulk()
    return render_checks(
        request,
        title=_("资金核查"),
        note=_("按现有台账实时核查，不改动任何数据；处理后再打开本页即消除。"),
        labels=LABELS,
        found=[_found(one, rows) for one in findings],
    )


def _found(finding: Finding, rows: dict[Any, Any]) -> Found:
    main, *others = (rows[pk] for pk in finding.rows)
    return Found(
        code=finding.code,
        sentence=finding.sentence,
        subject=str(main),
        unit_id=str(main.owner_unit_id),
        unit=str(main.owner_unit),
        url=row_link(main),
        others=tuple((str(row), row_link(row)) for row in others),
    )


@require_POST
def advance_project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a project: stage and physical progress now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def record(version: int) -> None:
        stage, progress = _position(request)
        actions.advance_project(pk, stage=stage, progress=progress, actor=actor, row_version=version)

    return answer(request, reverse("funds:project_detail", args=[pk]), record)


def _position(request: HttpRequest) -> tuple[Stage, Decimal]:
    try:
        return Stage(request.POST.get("stage", "")), Decimal(request.POST.get("progress", "").strip())
    except (ValueError, InvalidOperation):
        raise RuleViolated(_("请选择项目阶段，形象进度填 0 到 100 的数。"), code="bad_position") from None
