"""输送人员名单: one table of values, as page, Word and Excel. No number of a person is in it."""

import io
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.documents.inline import line, recognise, row
from shanhai.kernel.documents.model import Align, Column, Document, Kind, Ordinal, Paragraph, Table
from shanhai.kernel.sheets.columns import Kind as CellKind
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx

from ..models import TransportBatch
from .reports import Rider


def title_of(batch: TransportBatch) -> str:
    return _("%(name)s输送人员名单") % {"name": batch.name[:60]}


def note_of(batch: TransportBatch, number: int) -> str:
    told = {
        "day": batch.leaves_on.isoformat(),
        "here": str(batch.from_place),
        "there": str(batch.to_place),
        "carrier": batch.get_carrier_display(),
        "number": number,
        "organisers": "、".join(filter(None, (batch.sending_organiser, batch.receiving_organiser))),
    }
    said = _("%(day)s 由%(here)s至%(there)s，%(carrier)s，共 %(number)s 人。组织单位：%(organisers)s。")
    return said % told


def document_of(batch: TransportBatch, riders: Sequence[Rider]) -> Document:
    columns = (
        Column(line(_("序号")), Align.CENTER),
        Column(line(_("姓名"))),
        Column(line(_("户籍"))),
        Column(line(_("班次"))),
        Column(line(_("用工单位"))),
        Column(line(_("岗位"))),
        Column(line(_("签名"))),
    )
    rows = tuple(
        row(
            Ordinal(str(number)),
            recognise(one.name),
            recognise(one.home),
            recognise(one.trip),
            recognise(one.employer),
            recognise(one.post),
            line(""),
        )
        for number, one in enumerate(riders, 1)
    )
    return Document(
        kind=Kind.TABLE,
        issuer=batch.owner_unit.name,
        title=title_of(batch),
        date=clock.today(),
        blocks=(
            Paragraph(recognise(note_of(batch, len(riders))), is_flush=True),
            Table(columns, rows),
        ),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
    )


def workbook_of(batch: TransportBatch, riders: Sequence[Rider]) -> bytes:
    columns = [
        SheetColumn("ordinal", _("序号"), CellKind.INTEGER, width=8),
        SheetColumn("name", _("姓名"), CellKind.TEXT, width=14),
        SheetColumn("home", _("户籍"), CellKind.TEXT, width=26),
        SheetColumn("trip", _("班次"), CellKind.TEXT, width=16),
        SheetColumn("employer", _("用工单位"), CellKind.TEXT, width=28),
        SheetColumn("post", _("岗位"), CellKind.TEXT, width=14),
        SheetColumn("ride", _("乘车状态"), CellKind.TEXT, width=12),
    ]
    rows = (
        {"ordinal": number} | {name: getattr(one, name) for name in Rider.__annotations__}
        for number, one in enumerate(riders, 1)
    )
    out = io.BytesIO()
    write_xlsx(columns, rows, note_of(batch, len(riders)), out, title=_("输送人员名单"))
    return out.getvalue()
