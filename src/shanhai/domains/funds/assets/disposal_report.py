"""处置台账 as a paper: what left the books, on which decision, what was got for it and where that went."""

from decimal import Decimal

from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import Asset, AssetDisposal, AssetDistribution, AssetIncome
from .disposal_lookup import Money, money_of
from .reports import Asked, within

NOTHING = Decimal(0)


def disposals_paper(asked: Asked) -> Paper:
    """Disposals dated until the day, those that wait for a decision too; money opens to its rows."""
    assets = within(Asset.objects.reported(), asked)
    chosen = AssetDisposal.objects.reported().filter(
        disposed_on__lte=asked.day, asset__in=assets.values("pk")
    )
    found = list(chosen.select_related("asset__place").order_by("disposed_on", "disposal_number"))
    money = money_of(found, asked.day)
    rows = [_line(one, money) for one in found]
    if found:
        rows.append(_total(found, money))
    where = asked.place.short_name if asked.place else _("全县")
    told = {"where": where, "day": asked.day.isoformat()}
    note = _("%(where)s，%(day)s 以前的处置；已决定的不再计入总账和明细。") % told
    table = PaperTable("", _columns(), rows, note=_("共 %(number)s 条") % {"number": len(found)})
    return Paper(_("处置台账"), note, (table,), f"{_('处置台账')}-{asked.day.isoformat()}")


def _columns() -> list[SheetColumn]:
    def text(name: str, label: str, width: int) -> SheetColumn:
        return SheetColumn(name, label, Kind.TEXT, width=width)

    def money(name: str, label: str) -> SheetColumn:
        return SheetColumn(name, label, Kind.MONEY, unit=_("元"), width=16)

    return [
        text("number", _("处置编号"), 16),
        text("asset", _("帮扶资产"), 28),
        text("owner_level", _("权属层级"), 10),
        text("way", _("处置方式"), 10),
        SheetColumn("disposed_on", _("处置日期"), Kind.DATE),
        money("original_value", _("资产原值")),
        money("appraised_value", _("评估价值")),
        money("price", _("处置价款")),
        money("received", _("已到账")),
        money("settled", _("已分配或上缴")),
        SheetColumn("decided_on", _("处置决定日期"), Kind.DATE),
        text("recipient", _("受让或接收单位"), 24),
    ]


def _line(one: AssetDisposal, money: Money) -> PaperRow:
    asset = one.asset
    received, settled = money.received.get(one.pk, NOTHING), money.settled.get(one.pk, NOTHING)
    cells = (
        one.disposal_number,
        asset.name,
        asset.get_owner_level_display(),
        one.get_disposal_way_display(),
        one.disposed_on,
        asset.original_value,
        one.appraised_value,
        one.price,
        received,
        settled,
        one.decided_on,
        one.recipient,
    )
    row, of_asset = row_link(one), row_link(asset)
    came = with_query(link(registry.get(AssetIncome.ledger_key()), "list"), {"disposal": one.pk})
    given = with_query(link(registry.get(AssetDistribution.ledger_key()), "list"), {"q": asset.code})
    urls = (row, of_asset, "", "", "", of_asset, row, row, came, given if settled else "", row, "")
    return PaperRow(cells, urls)


def _total(found: list[AssetDisposal], money: Money) -> PaperRow:
    sums = (
        sum((one.asset.original_value for one in found), NOTHING),
        sum((one.appraised_value for one in found), NOTHING),
        sum((one.price for one in found), NOTHING),
        sum(money.received.values(), NOTHING),
        sum(money.settled.values(), NOTHING),
    )
    cells = (_("合计"), "", "", "", None, *sums, None, "")
    return PaperRow(cells, ("",) * len(cells), is_total=True)
