"""The ledgers of care for assets: contracts, income, inspections."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, Side, register
from shanhai.kernel.workflow import EDITABLE

from .models import AssetIncome, AssetInspection, AssetLease, AssetStanding

SOURCE = "国办函〔2021〕51号；斗委农组〔2021〕3号 四（二）"
_NOT_LET = (AssetStanding.DAMAGED, AssetStanding.DISPOSED)


@register
class AssetLeaseLedger(Ledger[AssetLease]):
    model = AssetLease
    source = SOURCE
    columns = (
        "contract_number",
        "asset",
        "lessee",
        "starts_on",
        "leased_until",
        "rent",
        "rent_interval",
        Column("first_due_on", is_default=False),
        Column("ended_early_on", is_default=False),
    )
    filters = ("asset", "lessee", "starts_on", "leased_until", "rent")
    search = ("contract_number", "asset__name", "asset__code", "lessee__name")
    ordering = ("-starts_on", "contract_number")
    import_key = ("contract_number",)
    fields = (
        "contract_number",
        "asset",
        "lessee",
        "starts_on",
        "leased_until",
        "rent",
        "rent_interval",
        "first_due_on",
    )
    panels = (
        Fields(
            _("经营合同"),
            ("contract_number", "asset", "lessee", "starts_on", "leased_until", "ended_early_on"),
        ),
        Fields(_("租金约定"), ("rent", "rent_interval", "first_due_on")),
        Related(
            "funds.assetincome",
            "lease",
            ("income_voucher", "amount", "earned_on", "state"),
            _("已收租金"),
            order=("-earned_on",),
        ),
    )
    sharing = Sharing.SHARED
    evidence_classes = (EvidenceClass("contract", _("合同文本"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 63
    example = {
        "contract_number": "ZL-2021-001",
        "starts_on": "2021-07-01",
        "leased_until": "2024-06-30",
        "rent": "60000",
        "first_due_on": "2021-07-31",
    }

    def validate(self, row: AssetLease, previous: AssetLease | None) -> Mapping[str, Sequence[Any]]:
        if row.asset.side != row.owner_unit.side:
            return {"asset": [_("请选择本方的资产。")]}
        if row.state in EDITABLE and row.asset.standing in _NOT_LET:
            told = {"standing": row.asset.get_standing_display()}
            return {"asset": [_("这项资产现在是“%(standing)s”，不能出租。") % told]}
        return {}

    def warn(self, row: AssetLease) -> Mapping[str, Sequence[Any]]:
        if row.asset.standing == AssetStanding.UNTITLED:
            return {"asset": [_("这项资产还没有确权，请先登记权证。")]}
        return {}


@register
class AssetIncomeLedger(Ledger[AssetIncome]):
    model = AssetIncome
    source = SOURCE
    columns = ("income_voucher", "asset", "lease", "disposal", "income_kind", "amount", "earned_on")
    filters = ("asset", "lease", "disposal", "income_kind", "amount", "earned_on")
    search = ("income_voucher", "asset__name", "asset__code", "lease__contract_number")
    ordering = ("-earned_on", "income_voucher")
    import_key = ("income_voucher",)
    fields = ("income_voucher", "asset", "lease", "disposal", "income_kind", "amount", "earned_on")
    panels = (
        Fields(),
        Related(
            "funds.assetdistribution",
            "asset_income",
            ("decision_number", "decision_day", "village_meeting", "amount", "state"),
            _("收益分配"),
            order=("-decision_day",),
        ),
    )
    evidence_classes = (EvidenceClass("slip", _("收款凭证"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 64
    example = {"income_voucher": "SK-2021-001", "amount": "60000", "earned_on": "2021-07-30"}

    def validate(self, row: AssetIncome, previous: AssetIncome | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.asset.side != row.owner_unit.side:
            problems["asset"] = [_("请选择本方的资产。")]
        if row.lease is not None and row.lease.asset_id != row.asset_id:
            problems["lease"] = [_("这份经营合同是别的资产的。")]
        if row.disposal is not None and row.disposal.asset_id != row.asset_id:
            problems["disposal"] = [_("这条处置是别的资产的。")]
        if row.earned_on > clock.today():
            problems["earned_on"] = [_("收款日期不能晚于今天。")]
        return problems


@register
class AssetInspectionLedger(Ledger[AssetInspection]):
    model = AssetInspection
    source = SOURCE
    columns = ("asset", "inspected_on", "condition", "inspection_note")
    filters = ("asset", "inspected_on", "condition")
    search = ("asset__name", "asset__code", "inspection_note")
    ordering = ("-inspected_on", "id")
    import_key = ("asset", "inspected_on")
    fields = ("asset", "inspected_on", "condition", "inspection_note")
    evidence_classes = (EvidenceClass("photo", _("巡查照片"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 65
    example = {"inspected_on": "2021-08-20"}

    def validate(self, row: AssetInspection, previous: AssetInspection | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.asset.side != row.owner_unit.side:
            problems["asset"] = [_("请选择本方的资产。")]
        if row.inspected_on > clock.today():
            problems["inspected_on"] = [_("巡查日期不能晚于今天。")]
        elif row.inspected_on < row.asset.formed_on:
            problems["inspected_on"] = [_("巡查日期不能早于资产形成。")]
        return problems
