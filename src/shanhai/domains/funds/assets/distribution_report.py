"""收益分配公示 as a paper: what an asset earned, who decided, which kinds get what; no names."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import Asset, DistributionPayment, DistributionShare
from .reports import Asked, within

NOTHING = Decimal(0)


def distributions_paper(asked: Asked) -> Paper:
    """Decided until the day, share by share; monitored households stand first."""
    shares = _shares(asked)
    paid = _paid(shares, asked.day)
    rows = [_line(one, paid.get(one.pk, NOTHING)) for one in shares]
    if rows:
        given = sum((one.amount for one in shares), NOTHING)
        done = sum(paid.values(), NOTHING)
        households = sum(one.share_households for one in shares)
        cells = (_("合计"), "", None, "", None, "", households, given, done, given - done)
        rows.append(PaperRow(cells, ("",) * len(cells), is_total=True))
    where = asked.place.short_name if asked.place else _("全县")
    told = {"where": where, "day": asked.day.isoformat()}
    note = _("%(where)s，%(day)s 以前决议的分配；只列户数，不列姓名。有异议请向村、镇反映。") % told
    table = PaperTable("", _columns(), rows, note=_("共 %(number)s 条") % {"number": len(shares)})
    return Paper(_("收益分配公示"), note, (table,), f"{_('收益分配公示')}-{asked.day.isoformat()}")


def _shares(asked: Asked) -> list[DistributionShare]:
    rows = DistributionShare.objects.reported().filter(distribution__decision_day__lte=asked.day)
    assets = within(Asset.objects.reported(), asked)
    chosen = rows.filter(distribution__asset_income__asset__in=assets.values("pk"))
    found = list(chosen.select_related("distribution__asset_income__asset__place"))
    order = {value: at for at, value in enumerate(DistributionShare.Recipient.values)}
    found.sort(key=lambda one: (one.distribution.decision_day, one.distribution_id, order[one.share_kind]))
    return found


def _paid(shares: Sequence[DistributionShare], until: date) -> dict[Any, Decimal]:
    """What of each share was paid out by a day."""
    rows = DistributionPayment.objects.reported().filter(paid_out_on__lte=until)
    sums = rows.filter(distribution_share__in=[one.pk for one in shares]).order_by()
    by_share = sums.values("distribution_share").annotate(total=Sum("amount"))
    return dict(by_share.values_list("distribution_share", "total"))


def _columns() -> list[SheetColumn]:
    yuan = _("元")

    def money(name: str, label: Any) -> SheetColumn:
        return SheetColumn(name, str(label), Kind.MONEY, unit=yuan, width=16)

    return [
        SheetColumn("asset", _("帮扶资产"), Kind.TEXT, width=28),
        SheetColumn("place", _("所在地"), Kind.TEXT, width=16),
        money("asset_income", _("收益金额")),
        SheetColumn("village_meeting", _("议事会议"), Kind.TEXT, width=24),
        SheetColumn("decision_day", _("决议日期"), Kind.DATE),
        SheetColumn("share_kind", _("分配对象"), Kind.TEXT, width=14),
        SheetColumn("households", _("分配户数"), Kind.INTEGER, unit=_("户"), width=10),
        money("amount", _("明细金额")),
        money("paid", _("已兑付")),
        money("open", _("未兑付")),
    ]


def _line(one: DistributionShare, paid: Decimal) -> PaperRow:
    decided, asset = one.distribution, one.distribution.asset_income.asset
    cells = (
        asset.name,
        str(asset.place or ""),
        decided.asset_income.amount,
        decided.village_meeting,
        decided.decision_day,
        one.get_share_kind_display(),
        one.share_households,
        one.amount,
        paid,
        one.amount - paid,
    )
    share, decision = row_link(one), row_link(decided)
    payments = with_query(
        link(registry.get(DistributionPayment.ledger_key()), "list"), {"distribution_share": one.pk}
    )
    urls = (
        row_link(asset),
        "",
        row_link(decided.asset_income),
        decision,
        "",
        share,
        share,
        share,
        payments,
        share,
    )
    return PaperRow(cells, urls)
