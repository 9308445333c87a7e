"""会议纪要 as an official paper; what it writes `engines.minutes` reads back."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.kernel.documents.inline import line, number_headings
from shanhai.kernel.documents.model import Block, Document, Heading, Imprint, Kind, Paragraph, Signature
from shanhai.registers.papers import words

from .models import JointMeeting, Resolution

#: Slots by which a template asks for the parts.
_FACTS, _AGENDA, _RESOLVED = "会议情况", "会议议题", "议定事项"


def minutes_document(meeting: JointMeeting, resolutions: Sequence[Resolution]) -> Document:
    facts = [
        f"时间：{_day(meeting.held_on)}",
        f"地点：{meeting.venue}",
        f"主持：{meeting.chairs}",
        *([f"出席：{meeting.attendees}"] if meeting.attendees else []),
        *([f"下次会议：{_day(meeting.next_on)}"] if meeting.next_on else []),
    ]
    agenda = [one.strip() for one in meeting.agenda.splitlines() if one.strip()]
    blocks: list[Block] = [_paragraph(one, _FACTS, is_flush=True) for one in facts]
    blocks.append(Heading(1, line("会议议题"), _AGENDA))
    blocks += [_paragraph(f"{number}. {_bare(one)}", _AGENDA) for number, one in enumerate(agenda, 1)]
    blocks.append(Heading(1, line("议定事项"), _RESOLVED))
    blocks += [_paragraph(f"{number}. {_said(one)}", _RESOLVED) for number, one in enumerate(resolutions, 1)]
    signers = (meeting.owner_unit.name, meeting.partner_unit.name)
    blocks.append(Signature(signers, meeting.held_on))
    title = meeting.title if meeting.title.endswith("纪要") else f"{meeting.title}纪要"
    return Document(
        kind=Kind.BULLETIN,
        issuer=meeting.owner_unit.name,
        masthead="联席会议纪要",
        number=meeting.number,
        title=title,
        date=meeting.held_on,
        blocks=number_headings(blocks),
        imprint=Imprint((), meeting.owner_unit.name, meeting.held_on),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
    )


def _paragraph(text: str, slot: str, *, is_flush: bool = False) -> Paragraph:
    return Paragraph(words(text.replace("\n", " ")), is_flush=is_flush, slot=slot)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _bare(item: str) -> str:
    """An item of the agenda without the ordinal it was typed with."""
    return item.lstrip("一二三四五六七八九十0123456789（）()、.． ") or item


def _said(one: Resolution) -> str:
    supports = f"；配合单位：{one.support_units}" if one.support_units else ""
    told = f"牵头单位：{one.lead_unit.name}{supports}；完成时限：{_day(one.due_on)}"
    return f"{one.content.strip()}（{told}）"
