"""State changes of training that row life does not cover: a workshop is recognised, set right, cancelled."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row, require
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from . import reports
from .models import Recognition, Workshop
from .rules import workshops as rules

#: Which standing may follow which, and the right it takes: who verifies recognises and orders to set right,
#: who coordinates the side takes a recognition away. Applying is the unit's own, by filing the row.
MOVES: Mapping[str, Mapping[Recognition, Verb]] = {
    Recognition.APPLIED: {Recognition.RECOGNISED: Verb.VERIFY, Recognition.CANCELLED: Verb.VERIFY},
    Recognition.RECOGNISED: {Recognition.RECTIFYING: Verb.VERIFY, Recognition.CANCELLED: Verb.MANAGE},
    Recognition.RECTIFYING: {Recognition.RECOGNISED: Verb.VERIFY, Recognition.CANCELLED: Verb.MANAGE},
    Recognition.CANCELLED: {},
}


def move_workshop(
    pk: UUID,
    *,
    recognition: Recognition,
    day: date,
    reason: str,
    actor: Actor,
    row_version: int,
    rectify_by: date | None = None,
) -> Workshop:
    """Recognise a reported workshop, order it to set things right, restore or cancel it.

    Shape: `rectify_by` is asked for with an order alone.
    Errors: RuleViolated for a step that does not follow, and for a standard that the last month does not
    meet; NotAllowed; NotVisible; Conflict.
    """
    ledger = registry.get(Workshop.ledger_key())
    workshop = get_row(ledger, pk, actor=actor)
    verb = MOVES[workshop.recognition].get(recognition)
    if verb is None:
        require(actor, Verb.VERIFY, ledger, workshop)
        told = {"now": workshop.get_recognition_display(), "next": recognition.label}
        raise RuleViolated(_("%(now)s的车间不能改为%(next)s。") % told, code="bad_workshop_step")
    require(actor, verb, ledger, workshop)
    values = _dates(workshop, recognition, day, rectify_by)
    moved: Workshop = record_later(
        ledger,
        pk,
        {"recognition": recognition, **values},
        actor=actor,
        row_version=row_version,
        reason=_reason(recognition, reason),
        verb=verb,
    )
    return moved


def _reason(recognition: Recognition, reason: str) -> str:
    if not reason.strip() and recognition is not Recognition.RECOGNISED:
        raise RuleViolated(_("请写明理由。"), code="reason_missing")
    return reason.strip() or str(recognition.label)


def _dates(
    workshop: Workshop, recognition: Recognition, day: date, rectify_by: date | None
) -> dict[str, date | None]:
    """What the step sets. Errors: RuleViolated."""
    if day > clock.today():
        raise RuleViolated(_("办理日期不能晚于今天。"), code="bad_workshop_step")
    earliest = workshop.recognised_on or workshop.applied_on
    if day < earliest:
        raise RuleViolated(_("办理日期不能早于 %(day)s。") % {"day": earliest}, code="bad_workshop_step")
    match recognition:
        case Recognition.RECOGNISED:
            problems = rules.unmet(
                reports.months_of(workshop.pk), reports.standards(workshop.side), workshop.workshop_kind, day
            )
            if problems:
                raise RuleViolated("".join(problems), code="standard_unmet", problems={"": problems})
            return {"recognised_on": workshop.recognised_on or day, "rectify_by": None}
        case Recognition.RECTIFYING:
            if rectify_by is None or rectify_by <= day:
                raise RuleViolated(_("请填整改期限，须晚于办理日期。"), code="bad_workshop_step")
            return {"rectify_by": rectify_by}
        case _:
            return {"cancelled_on": day, "rectify_by": None}
