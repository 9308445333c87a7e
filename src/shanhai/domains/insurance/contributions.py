"""What the chapter contributes to the shell: settlement beside a visit, the next step beside a filing."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.boards import choice, field
from shanhai.web.later import later_panel

from . import (  # noqa: F401  (importing registers)
    claims,
    clearing,
    clearing_operations,
    explaining,
    late_operations,
    operations,
    reconciling_operations,
    report_operations,
    timeline,
)
from .actions import MOVES
from .batch_pages import may_settle
from .clearing_pages import may_read
from .models import (
    Clearing,
    ClearingStep,
    Filing,
    ManualClaim,
    MedicalVisit,
    Reconciliation,
    SettlementDifference,
)
from .report_pages import may_report
from .settling import try_settlement

register_page(MenuPage("insurance", gettext_lazy("批量结算"), "insurance:batch", 32, may_settle))
register_page(MenuPage("insurance", gettext_lazy("清算账"), "insurance:books", 47, may_read))
register_page(MenuPage("insurance", gettext_lazy("医保报表"), "insurance:reports", 90, may_report))


@register_panel("insurance.settlement", order=12)
def settlement(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a visit: its settlements with every amount explained; for its own people what comes next."""
    if not isinstance(row, MedicalVisit):
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    made = [
        {"row": one, "amounts": [] if one.reverses_id else explaining.of_settlement(one)}
        for one in row.settlements.select_related("reverses").order_by("-id")
    ]
    stands = row.settlements.filter(reverses__isnull=True, reversal__isnull=True).exists()
    context = {
        "made": made,
        "row_version": row.row_version,
        "trial": None,
        "settle": "",
        "reverse": "",
        "late": "",
    }
    if may_record(ledger, row, actor):
        if stands:
            context["reverse"] = reverse("insurance:reverse_settlement", args=[row.pk])
            context["reason"] = field(
                "reason", _("撤销原因"), id="reverse-reason", required=True, maxlength=200
            )
        else:
            trial = try_settlement(row)
            context["trial"] = explaining.of_trial(trial.settled) if trial.settled else []
            context["refusals"] = trial.refusals
            context["settle"] = reverse("insurance:settle_visit", args=[row.pk]) if trial.settled else ""
            if [one.number for one in trial.refusals] == ["305"]:
                context["late"] = reverse("insurance:late", args=[row.pk])
    elif not made:
        return None
    return RailPanel("insurance/settlement.html", context)


@register_panel("insurance.filing", order=15)
def filing(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported filings of one's own: the next standing, from a day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Filing) or not may_record(ledger, row, actor) or row.standing not in MOVES:
        return None
    standing = {
        "name": "standing",
        "id": "filing-standing",
        "label": _("备案状态"),
        "kind": "select",
        "options": [{"value": one.value, "label": one.label} for one in MOVES[row.standing]],
    }
    day = {
        "name": "day",
        "id": "filing-day",
        "label": _("办理日期"),
        "kind": "date",
        "value": clock.today().isoformat(),
        "min": row.filed_on.isoformat(),
        "required": True,
    }
    return later_panel(
        row,
        "insurance:advance_filing",
        title=_("备案办理"),
        note=_("生效后按备案时效算出到期日期，办理记入历史。"),
        button=_("办理"),
        fields=[standing, day],
    )


@register_panel("insurance.reconciliation", order=12)
def reconciliation(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a reconciliation: the way to its check, and what is still open."""
    if not isinstance(row, Reconciliation):
        return None
    left = row.differences.filter(SettlementDifference.OPEN).count()
    return _way(
        _("对账核对"),
        reverse("insurance:check_reconciliation", args=[row.pk]),
        _("未处理差异 %(number)s 条") % {"number": left} if left else _("总对账、医院文件、逐条差异"),
    )


@register_panel("insurance.claim_trial", order=13)
def claim_trial(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a claim by hand that is not paid: what it would be paid, or the numbers against it."""
    if not isinstance(row, ManualClaim) or row.claim_status not in claims.MOVES:
        return None
    trial = claims.try_claim(row)
    amounts = explaining.of_trial(trial.settled) if trial.settled else []
    told = {"made": [], "row_version": row.row_version, "settle": "", "reverse": "", "late": ""}
    return RailPanel("insurance/settlement.html", {**told, "trial": amounts, "refusals": trial.refusals})


@register_panel("insurance.claim", order=15)
def claim_steps(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported claims of one's own: first and second review, payment, or back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, ManualClaim) or not may_record(ledger, row, actor):
        return None
    moves = claims.MOVES.get(row.claim_status, ())
    if not moves:
        return None
    status = choice("status", _("报销状态"), [(one.value, claims.STEPS[one]()) for one in moves])
    return later_panel(
        row,
        "insurance:advance_claim",
        title=_("报销审核"),
        note=_("初审、复审由两个人办；支付时按当时的年度累计结算，退回须写原因。"),
        button=_("办理"),
        fields=[status, field("reason", _("办理说明"), id="claim-reason", maxlength=200)],
    )


@register_panel("insurance.clearing", order=12)
def clearings(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a clearing: the way to its sheet, and where it stands."""
    if not isinstance(row, Clearing):
        return None
    now = clearing.standing(row)
    said = str(ClearingStep.Kind(now).label) if now else _("未申请")
    return _way(_("清算单"), reverse("insurance:clearing_sheet", args=[row.pk]), said)


def _way(label: str, url: str, text: str) -> RailPanel:
    """A panel that leads to a page of its own."""
    lines = [{"label": label, "url": url, "state": None, "text": text}]
    return RailPanel("insurance/way.html", {"title": label, "lines": lines})
