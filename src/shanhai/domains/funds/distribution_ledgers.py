"""The ledgers of what assets earned and gave: decisions, shares, payments."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Side, register

from .models import AssetDistribution, DistributionPayment, DistributionShare
from .parts import sum_of

SOURCE = "国办函〔2021〕51号；斗委农组〔2021〕3号 四（二）"
SHARED = sum_of(DistributionShare, "distribution", Side.WEST)
PAID_OUT = sum_of(DistributionPayment, "distribution_share", Side.WEST)


@register
class AssetDistributionLedger(Ledger[AssetDistribution]):
    model = AssetDistribution
    source = SOURCE
    columns = (
        "decision_number",
        "asset_income__asset",
        "asset_income",
        "decision_day",
        "village_meeting",
        "amount",
        Column("shared_out", label=_("明细合计"), unit=_("元"), kind="money", expression=SHARED),
    )
    filters = ("asset_income", "decision_day", "amount")
    search = ("decision_number", "asset_income__asset__name", "asset_income__asset__code", "village_meeting")
    ordering = ("-decision_day", "decision_number")
    import_key = ("decision_number",)
    fields = ("decision_number", "asset_income", "decision_day", "village_meeting", "amount")
    panels = (
        Fields(),
        Related(
            "funds.distributionshare",
            "distribution",
            ("share_kind", "share_households", "amount", "state"),
            _("分配明细"),
            order=("share_kind",),
        ),
    )
    evidence_classes = (
        EvidenceClass("minutes", _("会议记录"), is_required=True),
        EvidenceClass("notice", _("公示照片")),
    )
    sides = (Side.WEST,)
    menu_order = 71
    example = {
        "decision_number": "FP-2021-001",
        "decision_day": "2021-08-20",
        "village_meeting": "演示村村民代表会议",
        "amount": "30000",
    }

    def validate(
        self, row: AssetDistribution, previous: AssetDistribution | None
    ) -> Mapping[str, Sequence[Any]]:
        if row.asset_income.side != row.owner_unit.side:
            return {"asset_income": [_("请选择本方的资产收益。")]}
        if row.decision_day > clock.today():
            return {"decision_day": [_("决议日期不能晚于今天。")]}
        return {}


@register
class DistributionShareLedger(Ledger[DistributionShare]):
    model = DistributionShare
    source = SOURCE
    columns = (
        "distribution",
        "share_kind",
        "share_households",
        "amount",
        Column("paid_out", label=_("已兑付"), unit=_("元"), kind="money", expression=PAID_OUT),
    )
    filters = ("distribution", "share_kind", "amount")
    search = ("distribution__decision_number",)
    import_key = ("distribution", "share_kind")
    fields = ("distribution", "share_kind", "share_households", "amount")
    panels = (
        Fields(),
        Related(
            "funds.distributionpayment",
            "distribution_share",
            ("payout_voucher", "amount", "paid_out_on", "state"),
            _("分配兑付"),
            order=("-paid_out_on",),
        ),
    )
    sides = (Side.WEST,)
    menu_order = 72
    example = {"amount": "12000"}


@register
class DistributionPaymentLedger(Ledger[DistributionPayment]):
    model = DistributionPayment
    source = SOURCE
    columns = ("payout_voucher", "distribution_share", "amount", "paid_out_on")
    filters = ("distribution_share", "amount", "paid_out_on")
    search = ("payout_voucher", "distribution_share__distribution__decision_number")
    ordering = ("-paid_out_on", "payout_voucher")
    import_key = ("payout_voucher",)
    fields = ("payout_voucher", "distribution_share", "amount", "paid_out_on")
    evidence_classes = (EvidenceClass("slip", _("兑付凭证"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 73
    example = {"payout_voucher": "DF-2021-001", "amount": "12000", "paid_out_on": "2021-08-30"}

    def validate(
        self, row: DistributionPayment, previous: DistributionPayment | None
    ) -> Mapping[str, Sequence[Any]]:
        if row.paid_out_on > clock.today():
            return {"paid_out_on": [_("兑付日期不能晚于今天。")]}
        return {}
