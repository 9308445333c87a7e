"""State changes of courses: the days people came, certificates given and revoked."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import create_row, get_row, step_row
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import SUBMIT, State

from .course_reports import cohorts
from .models import Attendance, Certificate, ClassDay, Trainee, TrainingClass
from .rules import courses as rules
from .rules.workshops import months_later


def present_on(day: ClassDay) -> Any:
    """Attendance on a day of its class."""
    rows = Attendance.objects.live()
    return rows.filter(trainee__training_class=day.training_class_id, held_on=day.held_on)


def mark_present(pk: UUID, trainees: Iterable[UUID], *, actor: Actor) -> list[Attendance]:
    """Write down from the paper sheet who was there on the day; who is there already stays.

    Errors: NotVisible; NotAllowed; RuleViolated for who is not on the roster or a day that has not come.
    """
    ledger = registry.get(Attendance.ledger_key())
    day: ClassDay = get_row(registry.get(ClassDay.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    if not actor.allows(Verb.CREATE, ledger.key):
        raise NotAllowed
    here = set(present_on(day).values_list("trainee_id", flat=True))
    wanted = set(trainees) - here
    roster = Trainee.objects.live().filter(training_class=day.training_class_id)
    found = roster.filter(pk__in=wanted).select_related("training_class", "person")
    if len(found) != len(wanted):
        raise NotVisible
    made = []
    for trainee in found:
        values = {
            "held_on": day.held_on,
            "trainee": trainee,
            "owner_unit_id": day.owner_unit_id,
            "place": day.place,
        }
        row = create_row(ledger, values, actor=actor)
        made.append(step_row(ledger, row, SUBMIT, actor=actor))
    return made


def issue_certificates(pk: UUID, *, day: date, actor: Actor) -> list[Certificate]:
    """Number and submit a certificate for everybody on the roster who passed and has none.

    Shape: numbers run on within the class; somebody else verifies them, and only then strangers are told.
    Errors: RuleViolated where nobody is to be given one or the day does not fit; NotAllowed; NotVisible.
    """
    ledger, classes = registry.get(Certificate.ledger_key()), registry.get(TrainingClass.ledger_key())
    get_row(classes, pk, actor=actor, verb=Verb.EDIT)
    if not actor.allows(Verb.CREATE, ledger.key):
        raise NotAllowed
    held = TrainingClass.objects.select_related("owner_unit", "place").select_for_update(of=("self",))
    row: TrainingClass = held.get(pk=pk)
    if not row.opens_on <= day <= clock.today():
        raise RuleViolated(_("发证日期不能早于开班日期，也不能晚于今天。"), code="no_certificates")
    given = Certificate.objects.live().filter(trainee__training_class=row)
    standing = set(given.filter(revoked_on__isnull=True).values_list("trainee_id", flat=True))
    due = [
        one.id
        for one in cohorts([row])[row.pk].trained
        if one.best is not None and one.best >= row.pass_score and one.id not in standing
    ]
    if not due:
        raise RuleViolated(_("没有考核合格而还没有证书的学员。"), code="no_certificates")
    number = rules.next_number(row.code, given.values_list("number", flat=True))
    until = months_later(day, row.certificate_months) - timedelta(days=1) if row.certificate_months else None
    trainees = Trainee.objects.select_related("person", "training_class").in_bulk(due)
    made = []
    for place, trainee in enumerate(due):
        values = {
            "trainee": trainees[trainee],
            "number": f"{row.code}-{number + place:04}",
            "issued_on": day,
            "valid_to": until,
            "owner_unit_id": row.owner_unit_id,
            "place": row.place,
        }
        made.append(step_row(ledger, create_row(ledger, values, actor=actor), SUBMIT, actor=actor))
    return made


def revoke_certificate(pk: UUID, *, day: date, reason: str, actor: Actor, row_version: int) -> Certificate:
    """Take a verified certificate back from a day, with the reason; strangers are told so.

    Errors: RuleViolated; NotAllowed for who does not verify; NotVisible; Conflict.
    """
    ledger = registry.get(Certificate.ledger_key())
    row = get_row(ledger, pk, actor=actor, verb=Verb.VERIFY)
    if row.state != State.VERIFIED or row.revoked_on is not None:
        raise RuleViolated(_("只有已核、没有撤销的证书可以撤销。"), code="not_revoked")
    if not row.issued_on <= day <= clock.today():
        raise RuleViolated(_("撤销日期不能早于发证日期，也不能晚于今天。"), code="not_revoked")
    if not reason.strip():
        raise RuleViolated(_("请写明撤销原因。"), code="reason_missing")
    revoked: Certificate = record_later(
        ledger,
        pk,
        {"revoked_on": day},
        actor=actor,
        row_version=row_version,
        reason=reason.strip(),
        verb=Verb.VERIFY,
    )
    return revoked
