"""资金对账 as tables: links of the chain, transfers one by one, sources, uses."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.registers.paper_pages import sentences
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from .chain_rules import NOTHING, Entry, Fit, Pair
from .models import TransferReceived, TransferSent, Use
from .reconciling import Books

FITS: Mapping[Fit, Any] = {
    Fit.EQUAL: gettext_lazy("一致"),
    Fit.AMOUNT: gettext_lazy("凭证相同，金额不同"),
    Fit.LIKELY: gettext_lazy("金额相同，凭证号不同，请核对"),
    Fit.ONLY_SENT: gettext_lazy("已拨出，未到账"),
    Fit.ONLY_RECEIVED: gettext_lazy("已到账，对方未记拨出"),
}
#: Link → what it is called, whose book it is, and the ledger behind it.
LINKS: Mapping[str, tuple[Any, Any, str]] = {
    "agreed": (gettext_lazy("年度协议"), gettext_lazy("双方"), "funds.aidagreement"),
    "budgeted": (gettext_lazy("预算安排"), gettext_lazy("帮扶方"), "funds.budgetitem"),
    "sent": (gettext_lazy("资金拨出"), gettext_lazy("帮扶方"), "funds.transfersent"),
    "received": (gettext_lazy("财政援助到账"), gettext_lazy("受援方"), "funds.transferreceived"),
    "allotted": (gettext_lazy("指标下达"), gettext_lazy("受援方"), "funds.allotmentline"),
    "projects": (gettext_lazy("项目批复预算"), gettext_lazy("受援方"), "funds.project"),
    "funded": (gettext_lazy("安排到项目"), gettext_lazy("受援方"), "funds.projectfunding"),
    "contracted": (gettext_lazy("合同（含已核变更）"), gettext_lazy("受援方"), "funds.contract"),
    "paid": (gettext_lazy("资金拨付"), gettext_lazy("受援方"), "funds.payment"),
    "settled": (gettext_lazy("结算审定"), gettext_lazy("受援方"), "funds.settlementaudit"),
    "carried": (gettext_lazy("结转下年"), gettext_lazy("受援方"), "funds.carryover"),
    "returned": (gettext_lazy("收回"), gettext_lazy("受援方"), "funds.carryover"),
}
#: Ledgers that have a period of a year: the list opens at it.
_YEARLY = ("agreed", "budgeted", "sent", "received", "allotted", "projects", "carried", "returned")


def paper_of(books: Books) -> Paper:
    return Paper(
        title=_("资金对账（%(year)s 年）") % {"year": books.year},
        note=said(books),
        tables=(_transfers(books), _chain(books), _levels(books), _uses(books)),
        stem=f"{_('资金对账')}-{books.year}",
    )


def said(books: Books) -> str:
    """What agrees, what does not, and by which rule."""
    told = {
        "sent": f"{books.sent:,}",
        "received": f"{books.received:,}",
        "difference": f"{books.received - books.sent:,}",
        "open": len(books.open),
    }
    return sentences(
        _("只计已报、已核的记录，只含您可看到的。"),
        _("拨出 %(sent)s 元，到账 %(received)s 元，相差 %(difference)s 元；%(open)s 笔没有对上。") % told,
        _("先按凭证号对，凭证号对不上的按金额和 %(days)s 天以内的日期对。") % {"days": books.transit},
    )


def _money(name: str, label: str) -> SheetColumn:
    return SheetColumn(name, label, Kind.MONEY, unit=_("元"), width=16)


def _transfers(books: Books) -> PaperTable:
    columns = [
        SheetColumn("voucher", _("凭证号"), Kind.TEXT, width=18),
        SheetColumn("sent_on", _("拨出日期"), Kind.DATE),
        _money("sent", _("拨出金额")),
        SheetColumn("received_on", _("到账日期"), Kind.DATE),
        _money("received", _("到账金额")),
        _money("difference", _("相差")),
        SheetColumn("fit", _("对账结果"), Kind.TEXT, width=24),
        SheetColumn("age", _("已挂天数"), Kind.INTEGER, unit=_("天")),
    ]
    rows = [_pair(one, books) for one in sorted(books.pairs, key=lambda pair: pair.fit is Fit.EQUAL)]
    if rows:
        total = (_("合计"), None, books.sent, None, books.received, books.received - books.sent, "", None)
        rows.append(PaperRow(total, is_total=True))
    return PaperTable(_("逐笔对账"), columns, rows)


def _pair(pair: Pair, books: Books) -> PaperRow:
    sent, received = pair.sent, pair.received
    vouchers = dict.fromkeys(one.voucher for one in (sent, received) if one)
    cells = (
        " / ".join(vouchers),
        sent.day if sent else None,
        sent.amount if sent else None,
        received.day if received else None,
        received.amount if received else None,
        pair.difference,
        str(FITS[pair.fit]),
        pair.age(books.today),
    )
    to_sent, to_received = _url(TransferSent, sent), _url(TransferReceived, received)
    return PaperRow(cells, ("", "", to_sent, "", to_received, "", "", ""))


def _url(model: Any, entry: Entry | None) -> str:
    return link(registry.get(model.ledger_key()), "detail", pk=entry.id) if entry else ""


def _chain(books: Books) -> PaperTable:
    columns = [
        SheetColumn("link", _("环节"), Kind.TEXT, width=20),
        SheetColumn("whose", _("谁的账"), Kind.TEXT, width=10),
        _money("amount", _("金额")),
    ]
    rows = []
    for key, amount in books.chain:
        label, whose, ledger = LINKS[key]
        url = link(registry.get(ledger), "list")
        if key in _YEARLY:
            url = with_query(url, {"period": str(books.year)})
        rows.append(PaperRow((str(label), str(whose), amount), ("", "", url)))
    return PaperTable(_("全链条"), columns, rows, note=_("合同、拨付、结算为当年项目的。"))


def _levels(books: Books) -> PaperTable:
    columns = [
        SheetColumn("level", _("资金来源"), Kind.TEXT, width=12),
        _money("budgeted", _("预算安排")),
        _money("sent", _("拨出")),
        _money("received", _("到账")),
        _money("allotted", _("下达金额")),
    ]
    levels = TransferReceived.Source
    return PaperTable(_("按资金来源"), columns, _split(books.by_level, levels))


def _uses(books: Books) -> PaperTable:
    columns = [
        SheetColumn("use", _("资金用途"), Kind.TEXT, width=14),
        _money("budgeted", _("预算安排")),
        _money("allotted", _("下达金额")),
    ]
    return PaperTable(_("按资金用途"), columns, _split(books.by_use, Use))


def _split(sums: Mapping[str, Mapping[str, Decimal]], keys: Any) -> list[PaperRow]:
    rows = [
        PaperRow((str(key.label), *(by.get(key.value, NOTHING) for by in sums.values())))
        for key in keys
        if any(key.value in by for by in sums.values())
    ]
    totals = [sum(by.values(), NOTHING) for by in sums.values()]
    return [*rows, PaperRow((_("合计"), *totals), is_total=True)] if rows else []
