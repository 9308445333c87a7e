"""What people without an account do: check in by telephone, look up a certificate.

Goes round the scope: nobody is signed in. The signed link names the day, the number and check code name the
certificate; nothing leaves this module but a masked name, a course, and whether it worked.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError

from shanhai.kernel import clock, context
from shanhai.kernel.sealing import installed_keyring, mask_name
from shanhai.kernel.workflow import State
from shanhai.registers.parties.fields import parse_identity

from .models import Attendance, Certificate, ClassDay, Trainee
from .rules import courses as rules

_SALT = "training.class_day"
_REASON = "扫码签到"


def token_of(day: ClassDay) -> str:
    """What the link of a day carries; good for that day alone."""
    return signing.dumps(str(day.pk), salt=_SALT)


@dataclass(frozen=True)
class Sheet:
    """The day a link leads to, as a stranger may know it."""

    name: str
    topic: str
    held_on: Any
    is_today: bool
    is_over: bool


def sheet_of(token: str) -> Sheet | None:
    """None for a link nobody signed, or a day that is no more."""
    with context.unscoped(_REASON):
        day = _day(token)
        if day is None:
            return None
        today, held_on = clock.today(), day.held_on
        return Sheet(day.training_class.name, day.topic, held_on, held_on == today, held_on < today)


def _day(token: str) -> ClassDay | None:
    try:
        key = UUID(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = ClassDay.objects.live().select_related("training_class", "owner_unit", "place")
    found: ClassDay | None = rows.filter(pk=key).first()
    return found


@dataclass(frozen=True)
class CheckedIn:
    """Who checked in, masked; whether for the second time."""

    name: str
    was_there: bool


def check_in(token: str, name: str, number: str) -> CheckedIn | None:
    """Write down that whoever bears the name and identity number on the roster is there today.

    None where the link, the day, the name or the number is not right: which of them is not told.
    """
    try:
        index = installed_keyring().blind_index(parse_identity(number, clock.today()).number)
    except ValidationError:
        return None
    with context.unscoped(_REASON) as current:
        day = _day(token)
        if day is None or day.held_on != clock.today():
            return None
        rows = Trainee.objects.live().select_related("person")
        trainee = rows.filter(training_class=day.training_class, person__identity_number_index=index).first()
        if trainee is None or trainee.person.name != "".join(name.split()):
            return None
        known = Attendance.objects.live().filter(held_on=day.held_on, trainee=trainee)
        if known.exists():
            return CheckedIn(mask_name(trainee.person.name), was_there=True)
        Attendance(
            side=day.side,
            owner_unit=day.owner_unit,
            place=day.place,
            sharing=day.sharing,
            held_on=day.held_on,
            trainee=trainee,
            means=Attendance.Means.SCAN,
            state=State.SUBMITTED,
            submitted_at=clock.now(),
            submitted_by=current.actor.key,
        ).save(force_insert=True)
        return CheckedIn(mask_name(trainee.person.name), was_there=False)


@dataclass(frozen=True)
class Proved:
    """What is told of a certificate: whether and since when it holds, of which course, whose, masked."""

    standing: str
    course: str
    class_name: str
    name: str
    issued_on: date
    valid_to: date | None
    revoked_on: date | None


def prove(number: str, code: str) -> Proved | None:
    """The verified certificate of a number and its check code; None for any other."""
    with context.unscoped("证书查验"):
        rows = Certificate.objects.filter(number=number.strip(), state=State.VERIFIED)
        for row in rows.select_related("trainee__person", "trainee__training_class"):
            if rules.is_same_code(row.check_code, code):
                held = row.trainee.training_class
                return Proved(
                    rules.standing_of(row.valid_to, row.revoked_on, clock.today()),
                    str(held.get_course_display()),
                    held.name,
                    mask_name(row.trainee.person.name),
                    row.issued_on,
                    row.valid_to,
                    row.revoked_on,
                )
    return None
