"""The ledgers of assets: what was formed, from which money, and what was printed of the totals."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Side, register

from .assets import rules
from .models import Asset, AssetDisposal, AssetSource, AssetStanding, StatedTotal
from .parts import sum_of

SOURCE = "国办函〔2021〕51号；斗委农组〔2021〕3号 四（二）"
FORMED = sum_of(AssetSource, "asset", Side.WEST)


@register
class AssetLedger(Ledger[Asset]):
    model = Asset
    source = SOURCE
    columns = (
        "code",
        "name",
        "asset_class",
        "asset_form",
        "place",
        "owner_level",
        "original_value",
        Column("sourced", label=_("来源合计"), unit=_("元"), kind="money", expression=FORMED),
        "standing",
        "formed_on",
        Column("titled_on", is_default=False),
        Column("certificate_number", is_default=False),
        Column("transferred_on", is_default=False),
        Column("standing_since", is_default=False),
        Column("ownership_holder", is_default=False),
        Column("caretaker", is_default=False),
    )
    filters = (
        "asset_class",
        "asset_form",
        "owner_level",
        "standing",
        "original_value",
        "formed_on",
        "titled_on",
    )
    search = ("code", "name", "ownership_holder", "certificate_number")
    ordering = ("code",)
    import_key = ("code",)
    fields = (
        "code",
        "name",
        "asset_class",
        "asset_form",
        "original_value",
        "formed_on",
        "owner_level",
        "ownership_holder",
        "operation_holder",
        "income_holder",
        "supervision_holder",
        "caretaker",
        "certificate_number",
        "titled_on",
        "transferred_on",
        "standing",
        "standing_since",
    )
    panels = (
        Fields(_("资产"), ("code", "name", "asset_class", "asset_form", "original_value", "formed_on")),
        Fields(
            _("四权"),
            (
                "owner_level",
                "ownership_holder",
                "operation_holder",
                "income_holder",
                "supervision_holder",
                "caretaker",
            ),
        ),
        Fields(_("确权与移交"), ("certificate_number", "titled_on", "transferred_on")),
        Fields(_("资产现状"), ("standing", "standing_since")),
        Related(
            "funds.assetsource",
            "asset",
            ("project", "source_level", "amount", "state"),
            _("资产来源"),
            order=("project", "source_level"),
        ),
        Related(
            "funds.assetlease",
            "asset",
            ("contract_number", "lessee", "starts_on", "leased_until", "rent", "state"),
            _("经营合同"),
        ),
        Related(
            "funds.assetincome",
            "asset",
            ("income_voucher", "income_kind", "amount", "earned_on", "state"),
            _("资产收益"),
            order=("-earned_on",),
        ),
        Related(
            "funds.assetdisposal",
            "asset",
            ("disposal_number", "disposal_way", "disposed_on", "price", "decided_on", "state"),
            _("资产处置"),
        ),
        Related(
            "funds.assetinspection",
            "asset",
            ("inspected_on", "condition", "inspection_note", "state"),
            _("资产巡查"),
            order=("-inspected_on",),
        ),
    )
    evidence_classes = (
        EvidenceClass("acceptance", _("验收报告")),
        EvidenceClass("certificate", _("权属证书")),
        EvidenceClass("handover", _("移交清单")),
        EvidenceClass("photo", _("资产照片")),
    )
    sides = (Side.WEST,)
    menu_order = 60
    example = {
        "code": "ZC-2021-001",
        "name": "演示村茶叶加工厂房",
        "original_value": "3000000",
        "formed_on": "2021-06-30",
        "ownership_holder": "演示村股份经济合作社",
    }

    def validate(self, row: Asset, previous: Asset | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        today = clock.today()
        for name in ("formed_on", "titled_on", "transferred_on", "standing_since"):
            day = getattr(row, name)
            if day and day > today:
                problems[name] = [_("日期不能晚于今天。")]
        if row.transferred_on and not row.titled_on:
            problems["transferred_on"] = [_("先确权登记，再移交。")]
        if row.standing_since and row.standing_since < row.formed_on:
            problems["standing_since"] = [_("状态起始日期不能早于资产形成日期。")]
        if previous and previous.standing != row.standing:
            told = {"old": previous.get_standing_display(), "new": row.get_standing_display()}
            if row.standing == AssetStanding.DISPOSED and not _may_be_gone(row):
                problems["standing"] = [_("处置请在“资产处置”登记，由有权单位决定。")]
            elif row.standing not in rules.moves_from(previous.standing):
                problems["standing"] = [_("资产不能从“%(old)s”直接到“%(new)s”。") % told]
        return problems

    def warn(self, row: Asset) -> Mapping[str, Sequence[Any]]:
        return {} if row.place_id else {"place": [_("请写明资产在哪个村、哪个镇，否则镇村查不到。")]}


def _may_be_gone(asset: Asset) -> bool:
    """Whether a disposal of the asset was decided on."""
    decided = AssetDisposal.objects.live().filter(asset=asset, decided_on__isnull=False)
    return bool(decided.exists())


@register
class AssetSourceLedger(Ledger[AssetSource]):
    model = AssetSource
    source = SOURCE
    columns = ("asset", "asset__code", "project", "project__code", "source_level", "amount")
    filters = ("asset", "project", "source_level", "amount")
    search = ("asset__code", "asset__name", "project__code", "project__name")
    import_key = ("asset", "project", "source_level")
    fields = ("asset", "project", "source_level", "amount")
    sides = (Side.WEST,)
    menu_order = 62
    example = {"amount": "1800000"}

    def validate(self, row: AssetSource, previous: AssetSource | None) -> Mapping[str, Sequence[Any]]:
        if row.asset.standing == AssetStanding.DISPOSED:
            return {"asset": [_("这项资产已经处置，不再补来源。")]}
        return {}


@register
class StatedTotalLedger(Ledger[StatedTotal]):
    model = StatedTotal
    source = SOURCE
    columns = ("sheet_name", "stated_on", "owner_unit", "stated_line", "asset_count", "stated_value")
    filters = ("stated_on", "stated_line")
    search = ("sheet_name",)
    ordering = ("-stated_on", "id")
    import_key = ("sheet_name", "stated_line")
    fields = ("sheet_name", "stated_on", "stated_line", "asset_count", "stated_value")
    evidence_classes = (EvidenceClass("sheet", _("总账原件")),)
    sides = (Side.WEST,)
    rule_fields = ("stated_on",)
    menu_order = 66
    example = {
        "sheet_name": "2021年8月资产总账",
        "stated_on": "2021-08-31",
        "asset_count": "24",
        "stated_value": "1280.5",
    }

    def validate(self, row: StatedTotal, previous: StatedTotal | None) -> Mapping[str, Sequence[Any]]:
        return {"stated_on": [_("截止日期不能晚于今天。")]} if row.stated_on > clock.today() else {}
