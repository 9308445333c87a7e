"""The ledgers of incubation and of leaders."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanhai.domains.labour.lines import keep_lines
from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, State, register

from .ledgers_workshops import SCHEME, Problems, own_problems
from .limits import age_problems
from .models import Course, IncubationBase, IncubationTenant, LeaderYear, TenantSupport
from .rules.incubation import FOLLOWED_YEARS


def _paid() -> Any:
    """Support of the outer tenant: parts of the row itself."""
    rows = TenantSupport._base_manager.filter(tenant=OuterRef("pk")).exclude(state=State.VOIDED)
    found = rows.order_by().values("tenant").annotate(found=Sum("support_paid")).values("found")
    return Coalesce(Subquery(found), Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=2))


@register
class IncubationBaseLedger(Ledger[IncubationBase]):
    model = IncubationBase
    source = SCHEME
    columns = ("code", "name", "base_keeper", "place", "opened_on", "room")
    filters = ("base_keeper", "opened_on")
    search = ("code", "name", "base_keeper__name")
    ordering = ("code",)
    import_key = ("code",)
    panels = (
        Fields(_("基地"), ("code", "name", "base_keeper", "opened_on", "room")),
        Related(
            "training.incubationtenant",
            "base",
            ("name", "founder", "moved_in_on", "closed_on", "staff"),
            _("入驻项目"),
        ),
    )
    fields = ("code", "name", "base_keeper", "opened_on", "room")
    evidence_classes = (EvidenceClass("licence", _("认定文件")), EvidenceClass("photo", _("现场照片")))
    menu_order = 80
    example = {"code": "FH01", "name": "演示返乡创业园", "opened_on": "2019-05-01", "room": "20"}

    def validate(self, row: IncubationBase, previous: IncubationBase | None) -> Mapping[str, Sequence[Any]]:
        return own_problems(row, "base_keeper", _("请选择本方登记的主体。"))


@register
class IncubationTenantLedger(Ledger[IncubationTenant]):
    model = IncubationTenant
    source = SCHEME
    columns = (
        "code",
        "name",
        "base",
        "founder",
        "is_homecoming",
        "moved_in_on",
        "closed_on",
        "staff",
        Column("support_sum", label=_("累计支持"), unit=_("元"), kind="money", expression=_paid()),
    )
    filters = ("base", "is_homecoming", "moved_in_on", "closed_on")
    search = ("code", "name", "founder__name")
    ordering = ("-moved_in_on",)
    import_key = ("code",)
    fields = ("code", "name", "base", "founder", "is_homecoming", "moved_in_on", "closed_on", "staff")
    panels = (
        Fields(_("项目"), ("code", "name", "base", "founder", "is_homecoming", "staff")),
        Fields(_("存续"), ("moved_in_on", "closed_on")),
        Related(
            "training.tenantsupport",
            "tenant",
            ("support_kind", "support_paid", "paid_on", "state"),
            _("孵化支持"),
        ),
    )
    evidence_classes = (EvidenceClass("agreement", _("入驻协议")), EvidenceClass("licence", _("营业执照")))
    menu_order = 82
    example = {"code": "RZ001", "name": "演示辣椒酱作坊", "moved_in_on": "2020-11-01", "staff": "4"}

    def validate(
        self, row: IncubationTenant, previous: IncubationTenant | None
    ) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "base", _("请选择本方的孵化基地。"))
        problems |= own_problems(row, "founder", _("请选择本方登记的人员。"))
        if "founder" not in problems and (young := age_problems(row, row.founder, row.moved_in_on)):
            problems["founder"] = young
        if row.moved_in_on > clock.today():
            problems["moved_in_on"] = [_("入驻日期不能晚于今天。")]
        if row.closed_on and row.closed_on > clock.today():
            problems["closed_on"] = [_("停业日期不能晚于今天。")]
        elif row.closed_on and row.closed_on < row.moved_in_on:
            problems["closed_on"] = [_("停业日期不能早于入驻日期。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[IncubationTenant]) -> None:
        keep_lines(rows)


@register
class TenantSupportLedger(Ledger[TenantSupport]):
    model = TenantSupport
    source = SCHEME
    columns = (
        Column("tenant__code", label=_("入驻编号")),
        "tenant",
        "support_kind",
        "support_paid",
        "paid_on",
    )
    filters = ("tenant", "support_kind", "support_paid", "paid_on")
    search = ("tenant__code", "tenant__name")
    ordering = ("-paid_on",)
    import_key = ("tenant", "support_kind", "paid_on")
    fields = ("tenant", "support_kind", "support_paid", "paid_on")
    evidence_classes = (EvidenceClass("slip", _("拨付凭证")),)
    menu_order = 84
    example = {"support_paid": "5000", "paid_on": "2021-03-01"}

    def validate(self, row: TenantSupport, previous: TenantSupport | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "tenant", _("请选择本方的入驻项目。"))
        if row.paid_on > clock.today():
            problems["paid_on"] = [_("拨付日期不能晚于今天。")]
        elif row.paid_on < row.tenant.moved_in_on:
            problems["paid_on"] = [_("拨付日期不能早于入驻日期。")]
        return problems


@register
class LeaderYearLedger(Ledger[LeaderYear]):
    model = LeaderYear
    source = SCHEME
    columns = (
        "leader",
        Column("leader__person__identity_number", label=_("身份证号")),
        "period",
        "business",
        "is_running",
        "people_led",
        "ex_poor_led",
        "revenue",
    )
    filters = ("is_running", "people_led", "ex_poor_led")
    search = ("leader__person__name", "leader__person__identity_number", "business")
    ordering = ("-period",)
    import_key = ("leader", "period")
    fields = ("leader", "period", "business", "is_running", "people_led", "ex_poor_led", "revenue")
    period_kind = PeriodKind.YEAR
    evidence_classes = (EvidenceClass("photo", _("现场照片")), EvidenceClass("list", _("带动名单")))
    menu_order = 86
    example = {
        "period": "2021",
        "business": "辣椒种植合作社",
        "people_led": "12",
        "ex_poor_led": "7",
        "revenue": "180000",
    }

    def validate(self, row: LeaderYear, previous: LeaderYear | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "leader", _("请选择本方的学员。"))
        ended = row.leader.training_class.closes_on.year
        if row.period and not 0 <= int(row.period) - ended <= FOLLOWED_YEARS:
            problems["period"] = [_("跟踪结业当年和以后三年。")]
        if row.ex_poor_led > row.people_led:
            problems["ex_poor_led"] = [_("带动脱贫人口不能多于带动人数。")]
        return problems

    def warn(self, row: LeaderYear) -> Mapping[str, Sequence[Any]]:
        if row.leader.training_class.course != Course.LEADER:
            return {"leader": [_("不是致富带头人培训班的学员，请核对。")]}
        return {}
