"""The ledgers of workshops: standards, workshops, months, reviews."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DecimalField, ExpressionWrapper, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import NullIf, Round
from django.utils.translation import gettext_lazy as _

from shanhai.domains.labour.lines import keep_lines
from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, register
from shanhai.kernel.scope import REPORTED_STATES

from .limits import wage_problems
from .models import Workshop, WorkshopMonth, WorkshopReview, WorkshopStandard

SCHEME = "斗委农组〔2021〕3号 三（一）"

type Problems = dict[str, list[Any]]


def _last_month(value: Any, field: Any) -> Any:
    """Of the last reported month of the workshop in the outer query: a part of the row itself."""
    rows = WorkshopMonth._base_manager.filter(workshop=OuterRef("pk"), state__in=REPORTED_STATES)
    told = rows.order_by("-period").annotate(told=value).values("told")[:1]
    return Subquery(told, output_field=field)


_MONEY = DecimalField(max_digits=18, decimal_places=2)
AVERAGE = Round(
    ExpressionWrapper(F("wage_bill") / NullIf(F("jobs"), 0), output_field=_MONEY), 2, output_field=_MONEY
)


def days_problems(row: Any) -> Problems:
    """A last day before the first."""
    if row.valid_to and row.valid_to < row.valid_from:
        return {"valid_to": [_("停用日期不能早于启用日期。")]}
    return {}


def own_problems(row: Any, name: str, sentence: Any) -> Problems:
    """A row of the other side where one's own is wanted."""
    return {name: [sentence]} if getattr(row, name).side != row.owner_unit.side else {}


@register
class WorkshopStandardLedger(Ledger[WorkshopStandard]):
    model = WorkshopStandard
    source = SCHEME
    columns = (
        "code",
        "for_kind",
        "least_ex_poor",
        "least_premium",
        "alarm_months",
        "review_months",
        "valid_from",
        "valid_to",
        "source",
    )
    filters = ("for_kind", "valid_from", "valid_to")
    search = ("code", "source")
    ordering = ("-valid_from",)
    import_key = ("code",)
    panels = (
        Fields(_("适用"), ("code", "for_kind", "valid_from", "valid_to", "source")),
        Fields(_("要求"), ("least_ex_poor", "least_premium", "alarm_months", "review_months")),
    )
    evidence_classes = (EvidenceClass("document", _("政策文件")),)
    menu_order = 90
    rule_fields = ("valid_from", "valid_to")
    example = {
        "code": "CJBZ2021",
        "least_ex_poor": "5",
        "least_premium": "15",
        "alarm_months": "3",
        "review_months": "12",
        "valid_from": "2021-01-01",
        "source": "演示：就业帮扶车间认定办法",
    }

    def validate(
        self, row: WorkshopStandard, previous: WorkshopStandard | None
    ) -> Mapping[str, Sequence[Any]]:
        return days_problems(row)


@register
class WorkshopLedger(Ledger[Workshop]):
    model = Workshop
    source = SCHEME
    columns = (
        "code",
        "name",
        "workshop_kind",
        "place",
        "run_by",
        "recognition",
        Column(
            "last_month", label=_("最近月报"), kind="text", expression=_last_month(F("period"), CharField())
        ),
        Column(
            "jobs",
            label=_("车间吸纳人数"),
            unit=_("人"),
            kind="integer",
            expression=_last_month(F("jobs"), IntegerField()),
        ),
        Column(
            "ex_poor_jobs",
            label=_("吸纳脱贫人口"),
            unit=_("人"),
            kind="integer",
            expression=_last_month(F("ex_poor_jobs"), IntegerField()),
        ),
        Column(
            "average_wage",
            label=_("月均工资"),
            unit=_("元"),
            kind="money",
            expression=_last_month(AVERAGE, _MONEY),
        ),
        "recognised_on",
        Column("applied_on", is_default=False),
        Column("rectify_by", is_default=False),
        Column("cancelled_on", is_default=False),
        Column("products", is_default=False),
    )
    filters = ("workshop_kind", "recognition", "run_by", "recognised_on", "rectify_by")
    search = ("code", "name", "run_by__name", "products")
    ordering = ("code",)
    import_key = ("code",)
    fields = ("code", "name", "workshop_kind", "run_by", "products", "applied_on")
    panels = (
        Fields(_("车间"), ("code", "name", "workshop_kind", "run_by", "products")),
        Fields(_("认定"), ("recognition", "applied_on", "recognised_on", "rectify_by", "cancelled_on")),
        Related(
            "training.workshopmonth",
            "workshop",
            ("period", "jobs", "ex_poor_jobs", "wage_bill", "premium", "state"),
            _("各月情况"),
            order=("-period",),
        ),
        Related(
            "training.workshopreview",
            "workshop",
            ("period", "reviewed_on", "conclusion", "seen_ex_poor", "state"),
            _("各年复核"),
            order=("-period",),
        ),
    )
    evidence_classes = (
        EvidenceClass("application", _("认定申请表")),
        EvidenceClass("licence", _("营业执照")),
        EvidenceClass("photo", _("现场照片")),
    )
    menu_order = 10
    example = {"code": "CJ001", "name": "演示村竹编车间", "products": "竹编", "applied_on": "2021-03-01"}

    def validate(self, row: Workshop, previous: Workshop | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "run_by", _("请选择本方登记的主体。"))
        if row.applied_on > clock.today():
            problems["applied_on"] = [_("申报日期不能晚于今天。")]
        return problems


@register
class WorkshopMonthLedger(Ledger[WorkshopMonth]):
    model = WorkshopMonth
    source = SCHEME
    columns = (
        Column("workshop__code", label=_("车间编号")),
        "workshop",
        "period",
        "jobs",
        "ex_poor_jobs",
        "wage_bill",
        Column("average_wage", label=_("月均工资"), unit=_("元"), kind="money", expression=AVERAGE),
        "premium",
    )
    filters = ("workshop", "jobs", "ex_poor_jobs")
    search = ("workshop__code", "workshop__name")
    ordering = ("-period",)
    import_key = ("workshop", "period")
    fields = ("workshop", "period", "jobs", "ex_poor_jobs", "wage_bill", "premium")
    period_kind = PeriodKind.MONTH
    evidence_classes = (
        EvidenceClass("payroll", _("工资流水")),
        EvidenceClass("insurance", _("意外险保单")),
        EvidenceClass("roster", _("用工花名册")),
    )
    menu_order = 20
    example = {
        "period": "2021-08",
        "jobs": "12",
        "ex_poor_jobs": "6",
        "wage_bill": "31200",
        "premium": "15",
    }

    def validate(self, row: WorkshopMonth, previous: WorkshopMonth | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "workshop", _("请选择本方的车间。"))
        if not row.period:
            return {"period": [_("请填写所属月份。")]}
        month = Period.parse(row.period)
        if month.kind is not PeriodKind.MONTH:
            return {"period": [_("按月填报，请写成 2021-08。")]}
        if month.start > clock.today():
            problems["period"] = [_("不能填报还没有到的月份。")]
        elif row.workshop.cancelled_on and month.start > row.workshop.cancelled_on:
            problems["period"] = [_("车间已于 %(day)s 取消。") % {"day": row.workshop.cancelled_on}]
        if row.ex_poor_jobs > row.jobs:
            problems["ex_poor_jobs"] = [_("脱贫人口不能多于吸纳人数。")]
        if not row.jobs and row.wage_bill:
            problems["wage_bill"] = [_("没有吸纳人数的月份不填工资。")]
        elif in_wan := wage_problems(row):
            problems["wage_bill"] = in_wan
        return problems

    def prefetch_for_validation(self, rows: Sequence[WorkshopMonth]) -> None:
        keep_lines(rows)

    def warn(self, row: WorkshopMonth) -> Mapping[str, Sequence[Any]]:
        if row.jobs and row.wage_bill < row.jobs * Decimal(100):
            return {"wage_bill": [_("人均工资不足 100 元，请核对单位是否为元。")]}
        return {}


@register
class WorkshopReviewLedger(Ledger[WorkshopReview]):
    model = WorkshopReview
    source = SCHEME
    columns = (
        Column("workshop__code", label=_("车间编号")),
        "workshop",
        "period",
        "reviewed_on",
        "conclusion",
        "seen_ex_poor",
        Column("remarks", is_default=False),
    )
    filters = ("workshop", "conclusion", "reviewed_on")
    search = ("workshop__code", "workshop__name", "remarks")
    ordering = ("-period",)
    import_key = ("workshop", "period")
    fields = ("workshop", "period", "reviewed_on", "conclusion", "seen_ex_poor", "remarks")
    period_kind = PeriodKind.YEAR
    evidence_classes = (
        EvidenceClass("form", _("复核表")),
        EvidenceClass("photo", _("现场照片")),
    )
    menu_order = 30
    example = {"period": "2021", "reviewed_on": "2021-08-20", "seen_ex_poor": "6", "remarks": "用工稳定"}

    def validate(self, row: WorkshopReview, previous: WorkshopReview | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "workshop", _("请选择本方的车间。"))
        if row.reviewed_on > clock.today():
            problems["reviewed_on"] = [_("复核日期不能晚于今天。")]
        elif row.period and str(row.reviewed_on.year) != row.period:
            problems["reviewed_on"] = [_("复核日期不在所填年度内。")]
        return problems
