"""The ledgers of notices, holidays, accounts, payment lists and money taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, register
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import VERIFY, Transition

from .models import ClawBack, Holiday, PayeeAccount, PaymentList, PublicNotice, Standing
from .numbering import next_number
from .sources import SCHEME

type Problems = Mapping[str, Sequence[Any]]
_CLAIMS = ("number", "person", "firm", "amount", "standing")


@register
class PublicNoticeLedger(Ledger[PublicNotice]):
    model = PublicNotice
    source = SCHEME
    columns = (
        "number",
        "policy",
        "benefit_period",
        "place",
        "notice_from",
        "notice_to",
        "standing",
        Column("objections_to", is_default=False),
    )
    filters = ("policy", "standing", "notice_from")
    search = ("number", "policy__name", "benefit_period")
    ordering = ("-notice_from", "number")
    import_key = ("number",)
    fields = ("number", "policy", "benefit_period", "notice_from", "objections_to")
    panels = (
        Fields(_("公示"), ("number", "policy", "benefit_period", "objections_to")),
        Fields(_("公示期"), ("notice_from", "notice_to", "standing")),
        Related("benefits.claim", "notice", _CLAIMS, _("公示的申领"), order=("number",)),
    )
    evidence_classes = (EvidenceClass("photo", _("张榜照片")), EvidenceClass("objection", _("异议材料")))
    menu_order = 60
    example = {"number": "GS2021-00001", "benefit_period": "2021-08", "objections_to": "演示：县人社局办公室"}

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"number": next_number(PublicNotice, "GS", actor)}

    def validate(self, row: PublicNotice, previous: PublicNotice | None) -> Problems:
        if row.policy.side != row.owner_unit.side:
            return {"policy": [_("请选择本方的政策。")]}
        try:
            Period.parse(row.benefit_period)
        except PeriodError as wrong:
            return {"benefit_period": [str(wrong)]}
        return {}

    def step_refusal(self, row: PublicNotice, transition: Transition) -> str:
        if row.standing == PublicNotice.Standing.DRAFTED or transition.name == VERIFY.name:
            return ""
        return _now("这份公示已经张榜，不能再退回、撤回或作废。")


@register
class HolidayLedger(Ledger[Holiday]):
    model = Holiday
    source = "全国年节及纪念日放假办法"
    columns = ("name", "day", "is_worked", "legal_basis")
    filters = ("day", "is_worked")
    search = ("name", "legal_basis")
    ordering = ("-day",)
    import_key = ("day", "name")
    menu_order = 95
    example = {"name": "国庆节", "day": "2021-10-01", "legal_basis": "国办发明电〔2020〕27号"}


@register
class PayeeAccountLedger(Ledger[PayeeAccount]):
    model = PayeeAccount
    source = SCHEME
    columns = ("person", "person__identity_number", "firm", "bank_name", "account_number")
    filters = ("bank_name",)
    search = ("person__name", "person__identity_number", "firm__name", "account_number")
    ordering = ("id",)
    import_key = ("account_number",)
    fields = ("person", "firm", "bank_name", "account_number")
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("card", _("银行卡或存折复印件")),)
    menu_order = 70
    example = {"bank_name": "演示农商银行", "account_number": "6228000000000000000"}

    def validate(self, row: PayeeAccount, previous: PayeeAccount | None) -> Problems:
        if (row.person is None) is (row.firm is None):
            return {"person": [_("人员和单位选而且只选一个。")]}
        owner: Any = row.person or row.firm
        if owner.side != row.owner_unit.side:
            return {"person" if row.person else "firm": [_("请选择本方登记的人员或单位。")]}
        return {}


@register
class PaymentListLedger(Ledger[PaymentList]):
    model = PaymentList
    source = SCHEME
    columns = ("number", "policy", "listed_on", "claim_count", "list_total", "note")
    filters = ("policy", "listed_on")
    search = ("number", "policy__name")
    ordering = ("-listed_on", "number")
    import_key = ("number",)
    fields = ("number", "policy", "listed_on", "note")
    panels = (
        Fields(_("发放批次"), ("number", "policy", "listed_on", "claim_count", "list_total", "note")),
        Related("benefits.claim", "payment_list", _CLAIMS, _("在这个批次的申领"), order=("number",)),
    )
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("return", _("银行回单")),)
    menu_order = 80
    example = {"number": "FF2021-00001", "listed_on": "2021-09-20"}

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"number": next_number(PaymentList, "FF", actor)}

    def validate(self, row: PaymentList, previous: PaymentList | None) -> Problems:
        if row.policy.side != row.owner_unit.side:
            return {"policy": [_("请选择本方的政策。")]}
        return {}

    def step_refusal(self, row: PaymentList, transition: Transition) -> str:
        if transition.name == VERIFY.name or not row.claim_count:
            return ""
        return _now("批次里已有申领，不能退回、撤回或作废；还没有回盘的请先退出批次。")


@register
class ClawBackLedger(Ledger[ClawBack]):
    model = ClawBack
    source = SCHEME
    columns = (
        "claim",
        "claim__person",
        "claim__firm",
        "amount",
        "found_on",
        "cause",
        "standing",
        "resolved_on",
    )
    filters = ("standing", "amount", "found_on")
    search = ("claim__number", "claim__person__name", "cause")
    ordering = ("-found_on",)
    import_key = ("claim",)
    fields = ("claim", "amount", "found_on", "cause")
    panels = (
        Fields(_("追回"), ("claim", "amount", "found_on", "cause")),
        Fields(_("了结"), ("standing", "resolved_on", "resolved_note")),
    )
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("voucher", _("退款凭证")),)
    menu_order = 90
    example = {"amount": "200", "found_on": "2021-09-20", "cause": "演示：当月已离岗"}

    def validate(self, row: ClawBack, previous: ClawBack | None) -> Problems:
        if row.claim.side != row.owner_unit.side:
            return {"claim": [_("请选择本方的申领。")]}
        if row.claim.standing != Standing.PAID or row.claim.amount is None:
            return {"claim": [_("这笔申领没有发放，不用追回。")]}
        if row.amount > row.claim.amount:
            return {"amount": [_("追回金额不能超过已发的 %(amount)s 元。") % {"amount": row.claim.amount}]}
        return {}
