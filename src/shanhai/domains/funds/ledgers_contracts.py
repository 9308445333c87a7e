"""Contracts, their changes and payments."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Side, State, register

from .models import Contract, ContractChange, Payment
from .parts import SCHEME, sum_of

CHANGED = sum_of(ContractChange, "contract", Side.WEST, state=State.VERIFIED)
PAID = sum_of(Payment, "contract", Side.WEST)
CHANGES = ("number", "amount", "changed_on", "reason", "state")


@register
class ContractLedger(Ledger[Contract]):
    model = Contract
    source = SCHEME
    columns = (
        "number",
        "name",
        "project",
        "payee",
        "tender",
        "amount",
        Column("changed", label=_("已核变更"), unit=_("元"), kind="money", expression=CHANGED),
        Column("paid", label=_("已拨付"), unit=_("元"), kind="money", expression=PAID),
        Column(
            "left", label=_("未拨付"), unit=_("元"), kind="money", expression=F("amount") + CHANGED - PAID
        ),
        "signed_on",
        Column("due_on", is_default=False),
    )
    filters = ("tender", "signed_on", "amount", "project")
    search = ("number", "name", "payee", "project__name", "project__code")
    ordering = ("-signed_on",)
    import_key = ("number",)
    fields = ("project", "number", "name", "payee", "tender", "amount", "signed_on", "due_on")
    panels = (
        Fields(),
        Related(
            "funds.contractchange",
            "contract",
            ("number", "amount", "changed_on", "reason", "state"),
            _("变更"),
        ),
        Related(
            "funds.payment",
            "contract",
            ("voucher_number", "kind", "amount", "paid_on", "payee", "state"),
            _("资金拨付"),
        ),
        Related(
            "funds.settlementaudit",
            "contract",
            ("number", "amount", "audited_on", "auditor", "state"),
            _("结算"),
        ),
    )
    evidence_classes = (
        EvidenceClass("contract", _("合同文本"), is_required=True),
        EvidenceClass("tender", _("招采文件")),
        EvidenceClass("award", _("中标或成交通知书")),
    )
    sides = (Side.WEST,)
    menu_order = 34
    example = {
        "number": "HT-2021-001",
        "name": "演示村茶叶加工厂土建",
        "payee": "演示建设有限公司",
        "amount": "2800000",
        "signed_on": "2021-06-10",
    }

    def validate(self, row: Contract, previous: Contract | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.signed_on > clock.today():
            problems["signed_on"] = [_("签订日期不能晚于今天。")]
        if previous and previous.project_id != row.project_id and Payment.objects.live().filter(contract=row):
            problems["project"] = [_("这份合同下已有拨付，不能改到别的项目。请先作废那些拨付。")]
        return problems


@register
class ContractChangeLedger(Ledger[ContractChange]):
    model = ContractChange
    source = SCHEME
    columns = ("number", "contract", "amount", "changed_on", "reason")
    filters = ("changed_on", "amount", "contract")
    search = ("number", "contract__number", "reason")
    ordering = ("-changed_on",)
    import_key = ("number",)
    fields = ("contract", "number", "amount", "changed_on", "reason")
    evidence_classes = (EvidenceClass("change", _("变更协议或签证"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 36
    example = {
        "number": "HT-2021-001-B1",
        "amount": "-35000",
        "changed_on": "2021-08-20",
        "reason": "取消围墙，减少工程量",
    }

    def validate(self, row: ContractChange, previous: ContractChange | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.changed_on > clock.today():
            problems["changed_on"] = [_("变更日期不能晚于今天。")]
        if row.changed_on < row.contract.signed_on:
            problems["changed_on"] = [_("变更日期不能早于合同签订日期。")]
        return problems


@register
class PaymentLedger(Ledger[Payment]):
    model = Payment
    source = SCHEME
    columns = (
        "voucher_number",
        "period",
        "project",
        "contract",
        "kind",
        "amount",
        "paid_on",
        "payee",
        Column("project__progress", label=_("项目形象进度"), is_default=False),
    )
    filters = ("kind", "paid_on", "amount", "project", "contract")
    search = ("voucher_number", "project__name", "project__code", "contract__number", "payee")
    ordering = ("-paid_on",)
    import_key = ("voucher_number",)
    fields = ("period", "voucher_number", "project", "contract", "kind", "amount", "paid_on", "payee")
    period_kind = PeriodKind.MONTH
    evidence_classes = (
        EvidenceClass("voucher", _("拨付凭证"), is_required=True),
        EvidenceClass("contract", _("合同")),
        EvidenceClass("invoice", _("发票")),
    )
    sides = (Side.WEST,)
    menu_order = 40
    example = {
        "period": "2021-06",
        "voucher_number": "BF-2021-001",
        "amount": "600000",
        "paid_on": "2021-06-30",
    }

    def validate(self, row: Payment, previous: Payment | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.paid_on > clock.today():
            problems["paid_on"] = [_("拨付日期不能晚于今天。")]
        if not row.period:
            problems["period"] = [_("请填写所属月份。")]
        elif row.period != Period.of(row.paid_on, PeriodKind.MONTH).code:
            problems["period"] = [_("所属月份应为拨付日期所在的月份。")]
        return problems | self._contract_problems(row)

    def warn(self, row: Payment) -> Mapping[str, Sequence[Any]]:
        if row.contract and row.contract.payee != row.payee:
            told = {"payee": row.contract.payee}
            return {"payee": [_("合同的承包或供货单位是“%(payee)s”，请核对收款单位。") % told]}
        return {}

    def prefetch_for_validation(self, rows: Sequence[Payment]) -> None:
        projects = {row.project_id for row in rows}
        found = Contract.objects.live().filter(project__in=projects).values_list("project", flat=True)
        contracted = set(found)
        for row in rows:
            row.has_contracts = row.project_id in contracted  # type: ignore[attr-defined]

    def _contract_problems(self, row: Payment) -> dict[str, list[Any]]:
        if row.contract is None:
            if not hasattr(row, "has_contracts"):
                self.prefetch_for_validation([row])
            is_told = row.has_contracts  # type: ignore[attr-defined]
            return {"contract": [_("这个项目已登记合同，请选择这笔款项所属的合同。")]} if is_told else {}
        if row.contract.project_id != row.project_id:
            told = {"number": row.contract.number}
            return {"contract": [_("合同“%(number)s”是别的项目的，请核对项目和合同。") % told]}
        if row.contract.state == State.VOIDED:
            return {"contract": [_("这份合同已作废，请选择现行的合同。")]}
        if row.paid_on < row.contract.signed_on:
            return {"paid_on": [_("拨付日期不能早于合同签订日期。")]}
        return {}
