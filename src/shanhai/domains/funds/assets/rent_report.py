"""租金台账 as a paper: every rent that has fallen due, what of it is received, how late the rest is."""

from decimal import Decimal

from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import AssetIncome, AssetLease, AssetLimit
from . import care_lookup, rents
from .lookup import numbers_on
from .reports import Asked, rows_of

NOTHING = Decimal(0)


def rents_paper(asked: Asked) -> Paper:
    """Rents due until the day, by contract; numbers open to the contract and what came under it."""
    chosen = AssetLease.objects.reported().filter(asset__in=rows_of(asked).values("pk"))
    grace = numbers_on(asked.day).get(AssetLimit.Code.RENT_DAYS)
    rows, due_total, received_total = [], NOTHING, NOTHING
    for row, lease in care_lookup.leases(chosen, until=asked.day):
        for due in rents.dues(lease):
            if due.due_on <= asked.day:
                rows.append(_line(row, due, (asked.day - due.due_on).days, grace))
                due_total, received_total = due_total + due.amount, received_total + due.received
    if rows:
        cells = (
            _("合计"),
            "",
            "",
            None,
            None,
            due_total,
            received_total,
            due_total - received_total,
            None,
            "",
        )
        rows.append(PaperRow(cells, ("",) * len(cells), is_total=True))
    where = asked.place.short_name if asked.place else _("全县")
    told = {"where": where, "day": asked.day.isoformat()}
    note = _("%(where)s，%(day)s 以前到期的租金；收到的租金先抵最早一期。") % told
    table = PaperTable("", _columns(), rows, note=_("共 %(number)s 期") % {"number": max(len(rows) - 1, 0)})
    return Paper(_("租金台账"), note, (table,), f"{_('租金台账')}-{asked.day.isoformat()}")


def _columns() -> list[SheetColumn]:
    yuan = _("元")
    return [
        SheetColumn("contract", _("经营合同编号"), Kind.TEXT, width=16),
        SheetColumn("asset", _("帮扶资产"), Kind.TEXT, width=28),
        SheetColumn("lessee", _("经营主体"), Kind.TEXT, width=24),
        SheetColumn("number", _("第几期"), Kind.INTEGER, width=8),
        SheetColumn("due_on", _("应交日期"), Kind.DATE),
        SheetColumn("amount", _("应收"), Kind.MONEY, unit=yuan, width=16),
        SheetColumn("received", _("已收"), Kind.MONEY, unit=yuan, width=16),
        SheetColumn("open", _("未收"), Kind.MONEY, unit=yuan, width=16),
        SheetColumn("late", _("逾期天数"), Kind.INTEGER, width=10),
        SheetColumn("alarm", _("租金预警"), Kind.TEXT, width=12),
    ]


def _line(row: AssetLease, due: rents.Due, days: int, grace: int | None) -> PaperRow:
    late = days if due.open and days > 0 else None
    alarm = _("租金逾期") if late is not None and grace is not None and late > grace else ""
    income = with_query(link(registry.get(AssetIncome.ledger_key()), "list"), {"lease": row.pk})
    cells = (
        row.contract_number,
        row.asset.name,
        row.lessee.name,
        due.number,
        due.due_on,
        due.amount,
        due.received,
        due.open,
        late,
        alarm,
    )
    lease, asset = row_link(row), row_link(row.asset)
    urls = (lease, asset, row_link(row.lessee), "", "", lease, income, lease, lease, "")
    return PaperRow(cells, urls)
