"""Budgets and transfers of the helping side."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Side, register

from .models import BudgetItem, TransferSent
from .parts import SCHEME, sum_of, year_problems

SENT = sum_of(TransferSent, "budget_item", Side.EAST)


@register
class BudgetItemLedger(Ledger[BudgetItem]):
    model = BudgetItem
    source = SCHEME
    columns = (
        "code",
        "period",
        "agreement",
        "source_level",
        "use",
        "amount",
        Column("sent", label=_("已拨出"), unit=_("元"), kind="money", expression=SENT),
        Column("unsent", label=_("未拨出"), unit=_("元"), kind="money", expression=F("amount") - SENT),
        "passed_on",
        "planned_on",
    )
    filters = ("source_level", "use", "passed_on", "planned_on", "amount", "agreement")
    search = ("code", "agreement__number")
    ordering = ("-passed_on",)
    import_key = ("code",)
    fields = ("period", "code", "agreement", "source_level", "use", "amount", "passed_on", "planned_on")
    panels = (
        Fields(),
        Related(
            "funds.transfersent",
            "budget_item",
            ("voucher_number", "amount", "sent_on", "note", "state"),
            _("资金拨出"),
        ),
    )
    period_kind = PeriodKind.YEAR
    evidence_classes = (EvidenceClass("document", _("预算文件"), is_required=True),)
    sides = (Side.EAST,)
    menu_order = 12
    example = {
        "period": "2021",
        "code": "DM-YS-2021-01",
        "amount": "13000000",
        "passed_on": "2021-05-06",
        "planned_on": "2021-05-31",
    }

    def validate(self, row: BudgetItem, previous: BudgetItem | None) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.passed_on > clock.today():
            problems["passed_on"] = [_("批准日期不能晚于今天。")]
        if row.planned_on and row.planned_on < row.passed_on:
            problems["planned_on"] = [_("计划拨付日期不能早于批准日期。")]
        return problems


@register
class TransferSentLedger(Ledger[TransferSent]):
    model = TransferSent
    source = SCHEME
    columns = (
        "voucher_number",
        "period",
        "budget_item",
        Column("budget_item__source_level", label=_("资金来源")),
        "amount",
        "sent_on",
        Column("note", is_default=False),
    )
    filters = ("sent_on", "amount", "budget_item")
    search = ("voucher_number", "budget_item__code", "note")
    ordering = ("-sent_on",)
    import_key = ("voucher_number",)
    fields = ("period", "voucher_number", "budget_item", "amount", "sent_on", "note")
    period_kind = PeriodKind.YEAR
    evidence_classes = (EvidenceClass("slip", _("拨付凭证"), is_required=True),)
    sides = (Side.EAST,)
    menu_order = 14
    example = {
        "period": "2021",
        "voucher_number": "YZ-2021-001",
        "amount": "5000000",
        "sent_on": "2021-06-16",
    }

    def validate(self, row: TransferSent, previous: TransferSent | None) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.sent_on > clock.today():
            problems["sent_on"] = [_("拨出日期不能晚于今天。")]
        elif row.sent_on < row.budget_item.passed_on:
            problems["sent_on"] = [_("拨出日期不能早于预算批准日期。")]
        return problems
