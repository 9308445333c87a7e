"""What counties sent, side by side and summed; as page, Excel, Word and answer of the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.engines.exchange import RolledUp, roll_up
from shanhai.engines.values import Period
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.display import period_label
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from .models import ExchangePackage, ExchangeSender


@dataclass(frozen=True)
class Board:
    """A period over all registered senders. `packages`: sender's code → the current package."""

    period: str
    senders: Sequence[ExchangeSender]
    packages: dict[str, ExchangePackage]
    lines: Sequence[RolledUp]

    @property
    def missing(self) -> list[str]:
        return [one.name for one in self.senders if one.code not in self.packages]


def periods() -> list[str]:
    """Periods that somebody sent, the last first."""
    found = ExchangePackage.objects.filter(is_newest=True).order_by()
    return sorted(set(found.values_list("period", flat=True)), reverse=True)


def board(period: str) -> Board:
    """Three queries, however many counties."""
    senders = list(ExchangeSender.objects.all())
    current = ExchangePackage.objects.filter(period=period, is_newest=True).select_related("exchange_sender")
    packages = {one.exchange_sender.code: one for one in current}
    figures = {code: one.by_code for code, one in packages.items()}
    return Board(period, senders, packages, roll_up([one.code for one in senders], figures))


def paper(found: Board) -> Paper:
    """Indicator by county, then the sum; a county that has not sent is said to be missing."""
    columns = [
        SheetColumn("name", _("指标"), Kind.TEXT, width=30),
        SheetColumn("unit", _("计量单位"), Kind.TEXT, width=10),
        *(SheetColumn(f"c{place}", one.name, Kind.TEXT, width=16) for place, one in enumerate(found.senders)),
        SheetColumn("total", _("合计"), Kind.TEXT, width=16),
        SheetColumn("sent", _("已报县数"), Kind.TEXT, width=12),
    ]
    rows = [_line(found, one) for one in found.lines]
    note = _("%(period)s，%(sent)s 个县报送，共 %(all)s 个。") % {
        "period": label(found.period),
        "sent": len(found.packages),
        "all": len(found.senders),
    }
    if found.missing:
        missing = _("没有报送：%(names)s，合计不含。") % {"names": "、".join(found.missing)}
        note = _("%(before)s%(after)s") % {"before": note, "after": missing}
    return Paper(_("上报汇总"), note, [PaperTable("", columns, rows)], f"rollup-{found.period}")


def _line(found: Board, line: RolledUp) -> PaperRow:
    cells: list[Any] = [f"{line.figure.code} {line.figure.name}", line.figure.unit]
    urls = ["", ""]
    for sender, cell in zip(found.senders, line.cells, strict=True):
        cells.append(printed(cell.value, line.figure.places) if cell.is_there else _("未报"))
        url = (
            reverse("exchange:rows", args=[found.packages[sender.code].pk, line.figure.code])
            if cell.is_there
            else ""
        )
        urls.append(url)
    sent = f"{line.sent}/{len(line.cells)}"
    return PaperRow((*cells, printed(line.total, line.figure.places), sent), (*urls, "", ""))


def printed(value: Decimal | None, places: int) -> str:
    """A number as it is printed, a dash where it cannot be said."""
    return "—" if value is None else f"{value:,.{places}f}"


def label(period: str) -> str:
    """A period in words."""
    return str(period_label(Period.parse(period)))
