"""The ledgers of reconciliation, clearing and claims by hand."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register

from .declaring import SCHEME, hospital_problems
from .models import (
    Clearing,
    ClearingLine,
    ClearingStep,
    ManualClaim,
    Reconciliation,
    Settlement,
    SettlementDifference,
)

MONEY = DecimalField(max_digits=18, decimal_places=2)


def ours(what: Any, output: Any) -> Any:
    """Over the settlements of the outer row's hospital and month, reversals among them."""
    month = Func(F("settled_on"), Value("YYYY-MM"), function="to_char", output_field=CharField())
    rows = Settlement.objects.annotate(month=month).filter(
        visit__hospital=OuterRef("hospital"), visit__side=OuterRef("side"), month=OuterRef("period")
    )
    found = rows.order_by().values("visit__hospital").annotate(found=what).values("found")
    return Coalesce(Subquery(found), output(0), output_field=MONEY if output is Decimal else IntegerField())


OUR_COUNT = ours(Sum(Case(When(reverses__isnull=True, then=Value(1)), default=Value(-1))), int)
OUR_FEE = ours(Sum("medical_fee"), Decimal)
OUR_FUND = ours(Sum("pool") + Sum("serious") + Sum("assistance"), Decimal)
OUR_PATIENT = ours(Sum("account_pay") + Sum("cash_pay"), Decimal)
_OPEN = SettlementDifference.objects.filter(SettlementDifference.OPEN, reconciliation=OuterRef("pk"))
OPEN_DIFFERENCES = Coalesce(
    Subquery(_OPEN.order_by().values("reconciliation").annotate(found=Count("pk")).values("found")), 0
)


def _money(name: str, label: Any, expression: Any) -> Column:
    return Column(name, label=label, unit=_("元"), kind="money", expression=expression)


@register
class ReconciliationLedger(Ledger[Reconciliation]):
    model = Reconciliation
    source = SCHEME
    columns = (
        "period",
        "hospital",
        "told_count",
        Column("our_count", label=_("本方人次"), unit=_("人次"), kind="integer", expression=OUR_COUNT),
        "told_fee",
        _money("our_fee", _("本方医疗费总额"), OUR_FEE),
        "told_fund",
        _money("our_fund", _("本方基金支付"), OUR_FUND),
        _money("fund_gap", _("基金支付相差"), F("told_fund") - OUR_FUND),
        "told_patient",
        _money("our_patient", _("本方个人负担"), OUR_PATIENT),
        Column(
            "open_differences",
            label=_("未处理差异"),
            unit=_("条"),
            kind="integer",
            expression=OPEN_DIFFERENCES,
        ),
    )
    filters = ("hospital", "period")
    search = ("hospital__name",)
    ordering = ("-period",)
    import_key = ("hospital", "period")
    fields = ("hospital", "period", "told_count", "told_fee", "told_fund", "told_patient")
    panels = (Fields(_("医院所报"), ("hospital", "told_count", "told_fee", "told_fund", "told_patient")),)
    period_kind = PeriodKind.MONTH
    evidence_classes = (EvidenceClass("statement", _("医院对账单")),)
    sharing = Sharing.PRIVATE
    menu_order = 44
    example: ClassVar[Mapping[str, str]] = {
        "period": "2021-09",
        "told_count": "12",
        "told_fee": "180000",
        "told_fund": "120000",
        "told_patient": "60000",
    }

    def validate(self, row: Reconciliation, previous: Reconciliation | None) -> Mapping[str, Sequence[Any]]:
        problems = hospital_problems(row, previous)
        if row.told_fee != row.told_fund + row.told_patient:
            problems["told_fee"] = [_("总额应等于基金支付加个人负担，请核对三项。")]
        return problems


def _taken(kind: ClearingStep.Kind) -> Any:
    """On which day a step of the outer clearing was taken."""
    steps = ClearingStep.objects.filter(clearing=OuterRef("pk"), kind=kind)
    return Subquery(steps.values("taken_on")[:1])


_LINES = ClearingLine.objects.filter(clearing=OuterRef("pk"), is_released=False).order_by().values("clearing")
CLEARED_COUNT = Coalesce(Subquery(_LINES.annotate(found=Count("pk")).values("found")), 0)
CLEARED_FUND = Coalesce(
    Subquery(_LINES.annotate(found=Sum("fund_paid")).values("found")), Decimal(0), output_field=MONEY
)


@register
class ClearingLedger(Ledger[Clearing]):
    model = Clearing
    source = SCHEME
    columns = (
        "number",
        "period",
        Column("cleared_count", label=_("结算次数"), unit=_("次"), kind="integer", expression=CLEARED_COUNT),
        _money("cleared_fund", _("基金支付合计"), CLEARED_FUND),
        *(
            Column(f"{kind.value}_on", label=label, kind="date", expression=_taken(kind))
            for kind, label in (
                (ClearingStep.Kind.REQUESTED, _("清算申请日期")),
                (ClearingStep.Kind.CONFIRMED, _("清算确认日期")),
                (ClearingStep.Kind.PAID, _("拨付日期")),
                (ClearingStep.Kind.COMPLETED, _("清算完成日期")),
                (ClearingStep.Kind.UNDONE, _("清算撤销日期")),
            )
        ),
        Column("note", is_default=False),
    )
    filters = ("period", "requested_on", "completed_on")
    search = ("number",)
    ordering = ("-period",)
    import_key = ("number",)
    fields = ("number", "period", "note")
    panels = (Fields(_("清算"), ("number", "note")),)
    period_kind = PeriodKind.MONTH
    evidence_classes = (EvidenceClass("request", _("清算申请表")), EvidenceClass("slip", _("拨付凭证")))
    menu_order = 46
    example: ClassVar[Mapping[str, str]] = {"number": "QS2021-09", "period": "2021-09"}

    def validate(self, row: Clearing, previous: Clearing | None) -> Mapping[str, Sequence[Any]]:
        if previous is not None and previous.period != row.period and row.steps.exists():
            return {"period": [_("已经申请清算，不能再改月份；请撤销后另建。")]}
        return {}


@register
class ManualClaimLedger(Ledger[ManualClaim]):
    model = ManualClaim
    source = SCHEME
    columns = (
        "number",
        Column("visit__number", label=_("就诊编号")),
        "visit__person",
        "applied_on",
        "claim_status",
        Column("visit__billed", label=_("医院总额")),
        "last_reviewed_on",
        "reimbursed_on",
        Column("sent_back_because", is_default=False),
        Column("visit", is_default=False),
    )
    filters = ("claim_status", "applied_on", "reimbursed_on")
    search = ("number", "visit__number", "visit__person__name")
    ordering = ("-applied_on",)
    import_key = ("number",)
    fields = ("number", "visit", "applied_on")
    panels = (
        Fields(_("报销申请"), ("number", "visit", "applied_on")),
        Fields(_("审核与支付"), ("claim_status", "last_reviewed_on", "reimbursed_on", "sent_back_because")),
    )
    evidence_classes = (
        EvidenceClass("invoice", _("医疗收费票据")),
        EvidenceClass("list", _("费用清单")),
        EvidenceClass("summary", _("出院小结")),
    )
    sharing = Sharing.PRIVATE
    menu_order = 42
    example: ClassVar[Mapping[str, str]] = {"number": "SG20210901", "applied_on": "2021-09-01"}

    def validate(self, row: ManualClaim, previous: ManualClaim | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.visit.side != row.owner_unit.side:
            problems["visit"] = [_("请选择本方的就诊。")]
        elif row.visit.discharged_on and row.applied_on < row.visit.discharged_on:
            problems["applied_on"] = [_("报销申请不能早于出院。")]
        if row.applied_on > clock.today():
            problems["applied_on"] = [_("报销申请日期不能晚于今天。")]
        return problems
