"""补贴发放公示表: one table of values, as page, Word and Excel. No number of a person is in it."""

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.documents.inline import line, recognise, row
from shanhai.kernel.documents.model import Align, Column, Document, Kind, Number, Ordinal, Paragraph, Table
from shanhai.kernel.sheets.columns import Kind as CellKind
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx

from .models import Claim, PublicNotice, Standing
from .notice_actions import waiting_for

#: By this bind the sum opens.
TOTAL = "total"


@dataclass(frozen=True)
class Shown:
    """One line of the notice: name, where from, and what is to be paid. Unit: yuan."""

    key: str
    name: str
    place: str
    amount: Decimal


def shown_of(notice: PublicNotice) -> list[Shown]:
    """What is on the notice; before it is put up, what would be. Refused claims are taken off."""
    rows: Any = (
        waiting_for(notice)
        if notice.standing == PublicNotice.Standing.DRAFTED
        else Claim.objects.filter(notice=notice).exclude(standing=Standing.REFUSED)
    )
    return [
        Shown(str(one.pk), str(one), str(one.place or ""), one.amount)
        for one in rows.select_related("person", "firm", "place").order_by("number")
    ]


def total_of(shown: list[Shown]) -> Decimal:
    return sum((one.amount for one in shown), Decimal(0))


def title_of(notice: PublicNotice) -> str:
    return _("%(policy)s（%(period)s）发放公示表") % {
        "policy": notice.policy.name[:60],
        "period": notice.benefit_period,
    }


def days_of(notice: PublicNotice) -> str:
    """From when to when, and where to object."""
    told = {
        "first": notice.notice_from.isoformat(),
        "last": notice.notice_to.isoformat() if notice.notice_to else _("（张榜时按工作日算出）"),
        "where": notice.objections_to,
    }
    return _("公示期：%(first)s 至 %(last)s。有异议的，请在公示期内向以下单位反映：%(where)s。") % told


def document_of(notice: PublicNotice) -> Document:
    shown = shown_of(notice)
    columns = (
        Column(line(_("序号")), Align.CENTER),
        Column(line(_("姓名或单位"))),
        Column(line(_("所在地"))),
        Column(line(_("金额")), Align.RIGHT, _("元")),
    )
    rows = [
        row(
            Ordinal(str(number)),
            recognise(one.name),
            recognise(one.place),
            Number.of(one.amount, bind=one.key, unit=_("元"), decimals=2),
        )
        for number, one in enumerate(shown, 1)
    ]
    total = Number.of(total_of(shown), bind=TOTAL, unit=_("元"), decimals=2)
    rows.append(row(line(_("合计")), line(""), line(""), total, is_total=True))
    return Document(
        kind=Kind.TABLE,
        issuer=notice.owner_unit.name,
        title=title_of(notice),
        date=clock.today(),
        number=notice.number,
        blocks=(
            Paragraph(recognise(days_of(notice)), is_flush=True, slot="公示说明"),
            Table(columns, tuple(rows), slot="公示内容"),
        ),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
    )


def workbook_of(notice: PublicNotice) -> bytes:
    shown = shown_of(notice)
    columns = [
        SheetColumn("ordinal", _("序号"), CellKind.INTEGER, width=8),
        SheetColumn("name", _("姓名或单位"), CellKind.TEXT, width=24),
        SheetColumn("place", _("所在地"), CellKind.TEXT, width=30),
        SheetColumn("amount", _("金额"), CellKind.MONEY, unit=_("元"), width=16),
    ]
    rows: list[Any] = [
        {"ordinal": number, "name": one.name, "place": one.place, "amount": one.amount}
        for number, one in enumerate(shown, 1)
    ]
    rows.append({"ordinal": None, "name": _("合计"), "place": None, "amount": total_of(shown)})
    out = io.BytesIO()
    write_xlsx(columns, rows, f"{title_of(notice)}。{days_of(notice)}", out, title=_("公示表"))
    return out.getvalue()
