"""The four reports of insurance: settlements, filings, clearing by insured county, high self-pay.

Each is a table whose rows lead to what they count; the page, Excel and the API show the same one.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.registers.papers import PaperRow
from shanhai.registers.parties.models import Person
from shanhai.registers.places.models import Place

from . import bookkeeping, clearing, lookup
from .models import Account, Clearing, ClearingStep, Filing, MedicalVisit, Settlement, Threshold

NOTHING = Decimal(0)
#: Rows of a page; Excel has them all.
SHOWN = 200


@dataclass(frozen=True)
class Report:
    """A report over a time. Shape: sums stand in the last line."""

    code: str
    title: str
    first: date
    last: date
    columns: Sequence[SheetColumn]
    lines: list[PaperRow] = field(default_factory=list)
    note: str = ""
    #: Of whom, where it is one person's.
    who: str = ""
    #: The amount in the note that decides who is in it. Unit: yuan.
    threshold: Decimal | None = None


def _line(url: str, cells: tuple[Any, ...], figures: str = "", *, is_total: bool = False) -> PaperRow:
    """A row that leads to `url`, its numbers to what they count: `figures`, else the same."""
    opened = figures or url
    return PaperRow(
        cells, tuple(opened if isinstance(one, int | Decimal) else "" for one in cells), url, is_total
    )


def _text(name: str, heading: str) -> SheetColumn:
    return SheetColumn(name, heading, Kind.TEXT)


def _count(name: str, heading: str) -> SheetColumn:
    return SheetColumn(name, heading, Kind.INTEGER)


def _money(name: str, heading: str) -> SheetColumn:
    return SheetColumn(name, heading, Kind.MONEY, unit=_("元"))


_AMOUNTS = ("medical_fee", "in_scope", "pool", "serious", "assistance", "account_pay", "cash_pay")


def settlements(first: date, last: date, person: Person | None = None) -> Report:
    """Every settlement and reversal of the time, in its order, or a person's; the sums in the last line."""
    funds, own = (_("统筹支付"), _("大病支付"), _("救助支付")), (_("个人账户支付"), _("个人现金支付"))
    heads = (_("医疗费总额"), _("符合范围"), *funds, *own)
    columns = [
        _text("number", _("结算编号")),
        _text("person", _("人员")),
        _text("hospital", _("医疗机构")),
        SheetColumn("settled_on", _("结算日期"), Kind.DATE),
        *(_money(name, head) for name, head in zip(_AMOUNTS, heads, strict=True)),
    ]
    rows = Settlement.objects.filter(settled_on__range=(first, last)).order_by("settled_on", "id")
    if person is not None:
        rows = rows.filter(person_index=lookup.index_of(person))
    ledger = registry.get(MedicalVisit.ledger_key())
    lines, sums = [], [NOTHING] * len(_AMOUNTS)
    for one in rows.select_related("visit__person", "visit__hospital"):
        amounts = [getattr(one, name) for name in _AMOUNTS]
        sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
        who = (one.number, str(one.visit.person), str(one.visit.hospital), one.settled_on)
        lines.append(_line(link(ledger, "detail", pk=one.visit_id), (*who, *amounts)))
    asked = {"report": "settlements", "first": first, "last": last, "person": person and person.pk}
    every = with_query(reverse("insurance:reports"), asked | {"all": 1})
    cells = (_("合计"), "", _("%(number)s 次") % {"number": len(lines)}, None, *sums)
    total = [_line("", cells, every, is_total=True)] if lines else []
    note = _("按结算日期；撤销以负数另列。")
    title = str(TITLES["settlements"])
    return Report("settlements", title, first, last, columns, lines + total, note, str(person or ""))


def filings(first: date, last: date) -> Report:
    """Filings of the time by kind and standing; each number leads to its rows."""
    columns = [
        _text("kind", _("备案类型")),
        _text("standing", _("备案状态")),
        _count("number", _("备案件数")),
    ]
    rows = Filing.objects.reported().filter(filed_on__range=(first, last)).order_by()
    counted = rows.values_list("kind", "standing").annotate(number=Count("pk"))
    ledger, lines = registry.get(Filing.ledger_key()), []
    days = {"filed_on_from": first, "filed_on_to": last}
    for kind, standing, number in sorted(counted, key=lambda one: (str(one[0]), str(one[1]))):
        url = with_query(link(ledger, "list"), {"kind": kind, "standing": standing, **days})
        lines.append(_line(url, (str(Filing.Kind(kind).label), str(Filing.Standing(standing).label), number)))
    total = sum(line.cells[2] for line in lines)
    last_line = _line(with_query(link(ledger, "list"), days), (_("合计"), "", total), is_total=True)
    note = _("按申请日期，已报的备案。")
    return Report(
        "filings", str(TITLES["filings"]), first, last, columns, [*lines, last_line] if lines else [], note
    )


_PAID = ("total", "refused", "paid", "owed")


def clearings(first: date, last: date) -> Report:
    """Clearings requested in the time, by insured county; what was paid, refused, and is still owed."""
    amounts = (_("基金支付合计"), _("核减"), _("已收"), _("应收余额"))
    columns = [
        _text("county", _("参保地")),
        _text("number", _("清算编号")),
        _text("period", _("所属期")),
        _text("standing", _("清算步骤")),
        _count("count", _("结算次数")),
        *(
            _money(name, head)
            for name, head in zip(("total", "refused", "paid", "owed"), amounts, strict=True)
        ),
    ]
    asked = ClearingStep.objects.filter(kind=ClearingStep.Kind.REQUESTED, taken_on__range=(first, last))
    rows = Clearing.objects.filter(pk__in=asked.values("clearing")).order_by("side", "period", "number")
    names, lines, sums = _counties(), [], defaultdict[str, list[Any]](lambda: [0, *[NOTHING] * 4])
    for one in rows:
        county, entries = names.get(one.insured_side, str(one.insured_side.label)), one.entries.all()
        refused = bookkeeping.balance(entries, Account.REFUSED)
        paid = bookkeeping.balance(entries, Account.BANK) + bookkeeping.balance(entries, Account.ADVANCE)
        count = one.lines.filter(is_released=False).count()
        figures = [count, bookkeeping.total_of(one), refused, paid, bookkeeping.outstanding(one)]
        sums[county] = [total + figure for total, figure in zip(sums[county], figures, strict=True)]
        standing = str(ClearingStep.Kind(clearing.standing(one)).label)
        url = reverse("insurance:clearing_sheet", args=[one.pk])
        lines.append(_line(url, (county, one.number, one.period, standing, *figures)))
    days = {"requested_on_from": first, "requested_on_to": last}
    every = with_query(link(registry.get(Clearing.ledger_key()), "list"), days)
    lines += [
        _line(every, (county, _("合计"), "", "", *figures), is_total=True) for county, figures in sums.items()
    ]
    note = _("按申请日期；基金合计＝核减＋已收＋应收余额。")
    return Report("clearings", str(TITLES["clearings"]), first, last, columns, lines, note)


def _counties() -> dict[Any, str]:
    rows = Place.objects.filter(level=Place.Level.COUNTY).exclude(side="").order_by("-code")
    return {Side(side): name for side, name in rows.values_list("side", "name")}


def high_self_pay(first: date, last: date) -> Report:
    """People whose own part in the time reaches the line in force on its last day, the highest first."""
    columns = [
        _text("person", _("人员")),
        _count("count", _("结算次数")),
        _money("fee", _("医疗费总额")),
        _money("fund", _("基金支付")),
        _money("own", _("个人负担")),
    ]
    found = Threshold.objects.in_force(min(last, clock.today())).filter(code=Threshold.Code.HIGH_SELF_PAY)
    line = found.values_list("value", flat=True).first()
    if line is None:
        missing = _("没有规定高额自付的核对线，请先设定。")
        return Report("high_self_pay", str(TITLES["high_self_pay"]), first, last, columns, [], missing)
    rows = Settlement.objects.filter(settled_on__range=(first, last)).order_by().values("person_index")
    summed = rows.annotate(
        count=Count("pk"),
        fee=Sum("medical_fee"),
        fund=Sum("pool") + Sum("serious") + Sum("assistance"),
        own=Sum("account_pay") + Sum("cash_pay"),
    ).filter(own__gte=line)
    people = Person.objects.filter(identity_number_index__in=[one["person_index"] for one in summed])
    known = {one.identity_number_index: one for one in people.order_by("-side")}
    ledger, lines = registry.get(Person.ledger_key()), []
    for one in sorted(summed, key=lambda one: (-one["own"], one["person_index"])):
        person = known.get(one["person_index"])
        url = link(ledger, "detail", pk=person.pk) if person else ""
        values = tuple(one[name] for name in ("count", "fee", "fund", "own"))
        asked = {"report": "settlements", "first": first, "last": last, "person": person and person.pk}
        lines.append(
            _line(url, (str(person or ""), *values), with_query(reverse("insurance:reports"), asked))
        )
    note = _("期内个人负担达到 %(line)s 元的人员，供防返贫核查；只在本方看。") % {"line": f"{line:,}"}
    title = str(TITLES["high_self_pay"])
    return Report("high_self_pay", title, first, last, columns, lines, note, threshold=line)


TITLES = {
    "settlements": gettext_lazy("结算明细表"),
    "filings": gettext_lazy("备案统计表"),
    "clearings": gettext_lazy("清算汇总表"),
    "high_self_pay": gettext_lazy("高额自付名单"),
}
REPORTS: dict[str, Callable[[date, date], Report]] = {
    "settlements": settlements,
    "filings": filings,
    "clearings": clearings,
    "high_self_pay": high_self_pay,
}
