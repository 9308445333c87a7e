"""From minutes in Word to a meeting and its resolutions: read, gone through by a person, then written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.domains.scheme.uploads import document_from
from shanhai.engines.minutes import Item, Minutes, read_minutes
from shanhai.kernel.actions import create_row
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Unit

from .models import JointMeeting, Resolution

MEETING, RESOLUTION = JointMeeting.ledger_key(), Resolution.ledger_key()
#: Resolutions of one meeting.
MOST = 200


@dataclass(frozen=True)
class Line:
    """A resolution to be gone through. Shape: `lead` the key of a unit, "" where a person must choose."""

    content: str
    lead: str = ""
    supports: str = ""
    due_on: str = ""
    doubts: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Read:
    """What was read of a file: fields of the meeting as text, its resolutions, doubts of the whole."""

    meeting: Mapping[str, str]
    lines: Sequence[Line]
    doubts: Sequence[str]


def may_read(actor: Actor) -> bool:
    return all(actor.allows(Verb.CREATE, key) for key in (MEETING, RESOLUTION))


def require_reader(actor: Actor) -> None:
    """Errors: NotAllowed."""
    if not may_read(actor):
        raise NotAllowed


def read_upload(upload: UploadedFile[bytes] | None) -> Read:
    """Errors: RuleViolated in words for a missing, unreadable or empty file."""
    return told_of(read_minutes(document_from(upload).text))


def told_of(minutes: Minutes) -> Read:
    """The same with units of the register. A name it does not know stays a question, nothing is merged."""
    names = {name for item in minutes.items for name in (item.lead, *item.supports) if name}
    known = Unit.resolve_references(names) if names else {}
    meeting = {
        "number": minutes.number,
        "title": minutes.title,
        "held_on": _text(minutes.held_on),
        "venue": minutes.venue[:80],
        "chairs": minutes.chairs[:120],
        "attendees": minutes.attendees,
        "agenda": "\n".join(minutes.agenda),
        "next_on": _text(minutes.next_on),
    }
    return Read(meeting, [_line(item, known) for item in minutes.items], minutes.doubts)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _line(item: Item, known: Mapping[str, Unit]) -> Line:
    doubts = list(item.doubts)
    asked = _("单位名录里没有“%(name)s”，请选择或改写；同一单位的另一种写法可在单位名录里记为别名。")
    doubts += [asked % {"name": name} for name in (item.lead, *item.supports) if name and name not in known]
    lead = known.get(item.lead)
    supports = "、".join(known[name].name if name in known else name for name in item.supports)
    return Line(item.content, str(lead.pk) if lead else "", supports, _text(item.due_on), doubts)


def write_minutes(
    meeting: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], *, actor: Actor
) -> JointMeeting:
    """The meeting and its resolutions as drafts, all or nothing.

    Shape: `lines` with content, lead_unit, support_units, due_on. Errors: RuleViolated with problems by
    field of the meeting, or by `<line>.<field>` counted from 0; NotAllowed.
    """
    require_reader(actor)
    if len(lines) > MOST:
        raise RuleViolated(_("一次会议最多 %(most)s 项议定事项。") % {"most": MOST}, code="bad_minutes")
    problems: dict[str, list[Any]] = {}
    row = None
    with transaction.atomic():
        row = _made(MEETING, meeting, "", problems, actor)
        for number, line in enumerate(lines):
            if row is not None:
                code = f"{row.number}-{number + 1:02}"
                _made(RESOLUTION, {**line, "meeting": row, "code": code}, f"{number}.", problems, actor)
        if problems:
            transaction.set_rollback(True)
    if problems or row is None:
        raise RuleViolated(problems=problems, code="bad_minutes")
    made: JointMeeting = row
    return made


def _made(
    key: str, values: Mapping[str, Any], place: str, problems: dict[str, list[Any]], actor: Actor
) -> Any:
    """The row, or None with what is wrong with it among `problems`."""
    try:
        with transaction.atomic():
            return create_row(registry.get(key), values, actor=actor)
    except RuleViolated as refused:
        found = refused.problems or {"": [str(refused)]}
        problems.update({f"{place}{name}": list(told) for name, told in found.items()})
        return None
