"""The ledgers of benefits."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, register

from . import (
    claim_ledgers,  # noqa: F401  (importing registers)
    payment_ledgers,  # noqa: F401  (importing registers)
    push_ledgers,  # noqa: F401  (importing registers)
    rules,
    visit_ledgers,  # noqa: F401  (importing registers)
)
from .models import IncomeRecord, Policy, PolicyTerm
from .sources import SCHEME
from .texts import codes_of


@register
class PolicyLedger(Ledger[Policy]):
    model = Policy
    source = SCHEME
    columns = (
        "name",
        "code",
        "recipients",
        "period_kind",
        "amount_by",
        "amount_times",
        Column("benefit_kind", is_default=False),
        "legal_basis",
    )
    filters = ("recipients", "period_kind")
    search = ("code", "name", "legal_basis")
    ordering = ("code",)
    import_key = ("code",)
    panels = (
        Fields(
            _("政策"),
            ("code", "name", "recipients", "period_kind", "benefit_kind", "notice_days", "legal_basis"),
        ),
        Fields(_("金额"), ("amount_by", "amount_times")),
        Related(
            "benefits.policyterm",
            "policy",
            ("number", "kind", "fact", "operator", "value", "wording", "state"),
            _("条款"),
            order=("number", "valid_from"),
        ),
    )
    evidence_classes = (EvidenceClass("document", _("政策文件")),)
    menu_order = 10
    example = {"code": "BT01", "name": "演示：跨省务工交通补贴", "legal_basis": "演示文件"}

    def validate(self, row: Policy, previous: Policy | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {
            name: [_("这一事项不适用于所选的政策对象。")]
            for name in ("amount_by", "amount_times")
            if not _suits(getattr(row, name), row.recipients)
        }
        if row.amount_by and not (rules.is_counted(row.amount_by) or rules.is_money(row.amount_by)):
            problems["amount_by"] = [_("分档依据须是一个数，如收入、月数、人数。")]
        if row.amount_times and not rules.is_counted(row.amount_times):
            problems["amount_times"] = [_("按数量计的须是月数或人数。")]
        return problems


@register
class PolicyTermLedger(Ledger[PolicyTerm]):
    model = PolicyTerm
    source = SCHEME
    columns = (
        "policy",
        "number",
        "kind",
        "fact",
        "operator",
        "value",
        "choices_text",
        "threshold",
        "wording",
        Column("legal_basis", is_default=False),
        "valid_from",
        Column("valid_to", is_default=False),
    )
    filters = ("policy", "kind", "fact", "valid_from")
    search = ("policy__name", "wording", "legal_basis")
    ordering = ("-valid_from", "number")
    import_key = ("policy", "number", "kind", "fact", "valid_from")
    panels = (
        Fields(_("条款"), ("policy", "number", "kind", "wording", "legal_basis", "valid_from", "valid_to")),
        Fields(_("数值"), ("fact", "operator", "value", "choices_text", "threshold")),
    )
    menu_order = 20
    example = {"number": "1", "wording": "演示：本年在岗满 3 个月", "value": "3"}

    def validate(self, row: PolicyTerm, previous: PolicyTerm | None) -> Mapping[str, Sequence[Any]]:
        if row.policy.side != row.owner_unit.side:
            return {"policy": [_("请选择本方的政策。")]}
        if row.kind != PolicyTerm.Kind.CONDITION:
            is_told = row.value is not None and (row.kind != PolicyTerm.Kind.DEADLINE or row.value >= 0)
            return {} if is_told else {"value": [_("金额、数量上限和申领期限必须填数值，期限不小于 0 天。")]}
        if not row.fact or not row.operator:
            return {"fact": [_("条件必须选条件事项和比较方式。")]}
        if not _suits(row.fact, row.policy.recipients):
            return {"fact": [_("这一事项不适用于所选的政策对象。")]}
        if not rules.fits(row.fact, row.operator):
            return {"operator": [_("这种比较方式不适用于这一事项。")]}
        return _value_problems(row)


def _suits(fact: str, audience: str) -> bool:
    return not fact or (fact in rules.OF_EMPLOYERS) is (audience == rules.EMPLOYER)


def _value_problems(row: PolicyTerm) -> Mapping[str, Sequence[Any]]:
    match row.operator:
        case PolicyTerm.Operator.IS | PolicyTerm.Operator.IS_NOT:
            return {}
        case PolicyTerm.Operator.ONE_OF:
            known, unknown = codes_of(row.fact, row.choices_text)
            if unknown or not known:
                return {"choices_text": [_("请写这一事项的选项名称，用、隔开。")]}
        case _ if row.value is None:
            return {"value": [_("请填比较的数值。")]}
        case _ if not rules.is_money(row.fact) and row.value != row.value.to_integral_value():
            return {"value": [_("年龄、月数、人数请填整数。")]}
    return {}


@register
class IncomeRecordLedger(Ledger[IncomeRecord]):
    model = IncomeRecord
    source = SCHEME
    columns = ("person", "person__identity_number", "person__category", "period", "income", "basis")
    filters = ("person__category", "income")
    search = ("person__name", "person__identity_number")
    ordering = ("-period",)
    import_key = ("person", "period")
    fields = ("person", "period", "income", "basis")
    period_kind = PeriodKind.YEAR
    #: What a household lives on is nobody else's affair.
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("proof", _("收入证明")),)
    menu_order = 40
    example = {"period": "2020", "income": "9800", "basis": "演示：入户核算"}

    def validate(self, row: IncomeRecord, previous: IncomeRecord | None) -> Mapping[str, Sequence[Any]]:
        if row.person.side != row.owner_unit.side:
            return {"person": [_("请选择本方登记的人员。")]}
        return {}
