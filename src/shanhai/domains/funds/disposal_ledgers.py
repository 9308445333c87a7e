"""The ledger of disposals: what leaves the books, why, for how much and to whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Side, register
from shanhai.kernel.workflow import EDITABLE, RETURN, Transition

from .models import AssetDisposal, AssetIncome, AssetStanding
from .parts import sum_of

SOURCE = "国办函〔2021〕51号；斗委农组〔2021〕3号 四（二）"
CAME = sum_of(AssetIncome, "disposal", Side.WEST)


@register
class AssetDisposalLedger(Ledger[AssetDisposal]):
    model = AssetDisposal
    source = SOURCE
    columns = (
        "disposal_number",
        "asset",
        "disposal_way",
        "disposed_on",
        "appraised_value",
        "price",
        Column("came_in", label=_("处置收入到账"), unit=_("元"), kind="money", expression=CAME),
        "decided_on",
        Column("recipient", is_default=False),
    )
    filters = ("asset", "disposal_way", "disposed_on", "appraised_value", "price", "decided_on")
    search = ("disposal_number", "asset__name", "asset__code", "recipient", "disposal_cause")
    ordering = ("-disposed_on", "disposal_number")
    import_key = ("disposal_number",)
    fields = (
        "disposal_number",
        "asset",
        "disposal_way",
        "disposed_on",
        "disposal_cause",
        "appraised_value",
        "price",
        "recipient",
    )
    panels = (
        Fields(_("处置"), ("disposal_number", "asset", "disposal_way", "disposed_on", "disposal_cause")),
        Fields(_("评估和价款"), ("appraised_value", "price", "recipient")),
        Fields(_("处置决定"), ("decided_on", "deciding_note")),
        Related(
            "funds.assetincome",
            "disposal",
            ("income_voucher", "amount", "earned_on", "state"),
            _("处置收入"),
            order=("-earned_on",),
        ),
    )
    evidence_classes = (
        EvidenceClass("decision", _("处置决定文件"), is_required=True),
        EvidenceClass("meeting", _("村民会议记录")),
        EvidenceClass("appraisal", _("评估报告")),
        EvidenceClass("handover", _("移交清单")),
    )
    sides = (Side.WEST,)
    menu_order = 75
    example = {
        "disposal_number": "CZ-2021-001",
        "disposed_on": "2021-08-31",
        "disposal_cause": "设备老化，无法修复",
        "appraised_value": "12000",
        "price": "12000",
        "recipient": "演示再生资源公司",
    }

    def validate(self, row: AssetDisposal, previous: AssetDisposal | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.asset.side != row.owner_unit.side:
            problems["asset"] = [_("请选择本方的资产。")]
        elif row.state in EDITABLE and row.asset.standing == AssetStanding.DISPOSED:
            problems["asset"] = [_("这项资产已经处置。")]
        if row.disposed_on > clock.today():
            problems["disposed_on"] = [_("处置日期不能晚于今天。")]
        elif row.disposed_on < row.asset.formed_on:
            problems["disposed_on"] = [_("处置日期不能早于资产形成。")]
        if row.disposal_way != AssetDisposal.Way.SCRAP and not row.recipient.strip():
            problems["recipient"] = [_("出售或划转要写明受让或接收单位。")]
        return problems

    def warn(self, row: AssetDisposal) -> Mapping[str, Sequence[Any]]:
        if row.disposal_way == AssetDisposal.Way.SALE and row.price < row.appraised_value:
            return {"price": [_("价款低于评估价值，请在处置原因里说明。")]}
        return {}

    def step_refusal(self, row: AssetDisposal, transition: Transition) -> str:
        if transition is RETURN and row.decided_on:
            return str(_("已经决定的处置不能退回，写错的请办理更正。"))
        return ""
