"""What the county hands on, to projects, over the year's end, and what contracts came to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Side, register

from .models import Allotment, AllotmentLine, CarryOver, ProjectFunding, SettlementAudit
from .parts import SCHEME, sum_of, year_problems

ALLOTTED = sum_of(AllotmentLine, "allotment", Side.WEST)
FUNDED = sum_of(ProjectFunding, "line", Side.WEST)
LINES = ("code", "received", "to_unit", "use", "amount", "state")


@register
class AllotmentLedger(Ledger[Allotment]):
    model = Allotment
    source = SCHEME
    columns = (
        "number",
        "period",
        "title",
        Column("allotted", label=_("下达合计"), unit=_("元"), kind="money", expression=ALLOTTED),
        "issued_on",
    )
    filters = ("issued_on",)
    search = ("number", "title")
    ordering = ("-issued_on",)
    import_key = ("number",)
    fields = ("period", "number", "title", "issued_on")
    panels = (Fields(), Related("funds.allotmentline", "allotment", LINES, _("指标明细"), order=("code",)))
    period_kind = PeriodKind.YEAR
    evidence_classes = (EvidenceClass("document", _("指标文"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 22
    example = {
        "period": "2021",
        "number": "湄财农〔2021〕18号",
        "title": "关于下达东西部协作资金的通知",
        "issued_on": "2021-06-25",
    }

    def validate(self, row: Allotment, previous: Allotment | None) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.issued_on > clock.today():
            problems["issued_on"] = [_("下达日期不能晚于今天。")]
        return problems


@register
class AllotmentLineLedger(Ledger[AllotmentLine]):
    model = AllotmentLine
    source = SCHEME
    columns = (
        "code",
        "period",
        "allotment",
        "received",
        Column("received__source_level", label=_("资金来源")),
        "to_unit",
        "use",
        "amount",
        Column("funded", label=_("已安排项目"), unit=_("元"), kind="money", expression=FUNDED),
    )
    filters = ("use", "to_unit", "amount", "allotment", "received")
    search = ("code", "allotment__number", "received__voucher_number")
    ordering = ("code",)
    import_key = ("code",)
    fields = ("period", "code", "allotment", "received", "to_unit", "use", "amount")
    panels = (
        Fields(),
        Related("funds.projectfunding", "line", ("project", "amount", "state"), _("项目资金来源")),
        Related(
            "funds.carryover", "line", ("number", "carried", "returned", "decided_on", "state"), _("结转收回")
        ),
    )
    period_kind = PeriodKind.YEAR
    sides = (Side.WEST,)
    menu_order = 24
    example = {"period": "2021", "code": "湄财农〔2021〕18号-1", "amount": "2600000"}

    def validate(self, row: AllotmentLine, previous: AllotmentLine | None) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.allotment.issued_on < row.received.received_on:
            problems["received"] = [_("这笔资金在指标下达之后才到账，请核对文件和到账。")]
        return problems


@register
class ProjectFundingLedger(Ledger[ProjectFunding]):
    model = ProjectFunding
    source = SCHEME
    columns = (
        "project",
        "line",
        Column("line__received__source_level", label=_("资金来源")),
        Column("line__use", label=_("资金用途")),
        "amount",
    )
    filters = ("amount", "project", "line")
    search = ("project__name", "project__code", "line__code")
    import_key = ("project", "line")
    fields = ("project", "line", "amount")
    sides = (Side.WEST,)
    menu_order = 32
    example = {"amount": "1500000"}


@register
class CarryOverLedger(Ledger[CarryOver]):
    model = CarryOver
    source = SCHEME
    columns = ("number", "period", "line", "carried", "returned", "decided_on")
    filters = ("decided_on", "carried", "returned", "line")
    search = ("number", "line__code")
    ordering = ("-decided_on",)
    import_key = ("line", "number")
    fields = ("period", "number", "line", "carried", "returned", "decided_on")
    period_kind = PeriodKind.YEAR
    evidence_classes = (EvidenceClass("document", _("结转或收回文件"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 44
    example = {
        "period": "2021",
        "number": "湄财农〔2022〕2号",
        "carried": "120000",
        "returned": "0",
        "decided_on": "2021-12-31",
    }

    def validate(self, row: CarryOver, previous: CarryOver | None) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.decided_on > clock.today():
            problems["decided_on"] = [_("办理日期不能晚于今天。")]
        if not (row.carried or row.returned):
            problems["carried"] = [_("请填写结转金额或收回金额。")]
        return problems


@register
class SettlementAuditLedger(Ledger[SettlementAudit]):
    model = SettlementAudit
    source = SCHEME
    columns = ("number", "contract", "amount", "audited_on", "auditor")
    filters = ("audited_on", "amount", "contract")
    search = ("number", "contract__number", "auditor")
    ordering = ("-audited_on",)
    import_key = ("number",)
    fields = ("contract", "number", "amount", "audited_on", "auditor")
    evidence_classes = (EvidenceClass("report", _("结算审计报告"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 42
    example = {
        "number": "SJ-2021-003",
        "amount": "2765400.50",
        "audited_on": "2021-09-10",
        "auditor": "演示造价咨询有限公司",
    }

    def validate(self, row: SettlementAudit, previous: SettlementAudit | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.audited_on > clock.today():
            problems["audited_on"] = [_("审定日期不能晚于今天。")]
        elif row.audited_on < row.contract.signed_on:
            problems["audited_on"] = [_("审定日期不能早于合同签订日期。")]
        return problems
