"""督办单 as an official paper: what is to be done by when, and room for the reply and the verdict."""

from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.kernel.documents.inline import line, paragraphs, recognise
from shanhai.kernel.documents.model import (
    Code,
    Column,
    Date,
    Document,
    Imprint,
    Kind,
    Line,
    Paragraph,
    Row,
    Signature,
    Table,
)
from shanhai.registers.papers import words
from shanhai.registers.parties.models import Unit

from .models import SupervisionSlip


def slip_document(row: SupervisionSlip) -> Document:
    office = Unit.objects.filter(side=row.side, kind=Unit.Kind.COORDINATOR).order_by("path").first()
    issuer = office.name if office else str(row.get_side_display())
    facts: list[tuple[str, Line]] = [
        (_("督办单号"), line(Code(row.number))),
        (_("督办单位"), words(row.owner_unit.name)),
        (_("交办日期"), line(Date(row.issued_on.isoformat()))),
        (_("完成期限"), line(Date(row.due_on.isoformat()))),
        (_("督办来源"), words(row.origin)),
        (_("督办进度"), words(str(row.get_supervision_stage_display()))),
        (_("回复内容"), words(row.reply)),
        (_("核查意见"), words(row.closing_note)),
    ]
    table = Table(
        (Column(line(_("事项"))), Column(line(_("内容")))),
        tuple(Row((line(name), told)) for name, told in facts),
        slot="督办事项",
    )
    said = _("请按期办理并回复，附办理材料。逾期未回复的，按规定升级督办或约谈。")
    return Document(
        kind=Kind.BULLETIN,
        issuer=issuer,
        masthead=_("督办单"),
        number=row.number,
        title=_("关于督办有关事项的通知"),
        recipients=(row.owner_unit.name,),
        date=row.issued_on,
        blocks=(
            *paragraphs(row.cause, slot="督办事由"),
            Paragraph(recognise(said), slot="办理要求"),
            table,
            Signature((issuer,), row.issued_on),
        ),
        imprint=Imprint((), issuer, row.issued_on),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
    )
