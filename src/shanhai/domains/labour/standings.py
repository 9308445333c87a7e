"""The register follows what became of a worker: at work from arrival, out of work after leaving."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers

from . import standing_rules as rules
from .models import EmploymentSpell, WorkerRegistration
from .stations.acts import tell


def follow(person: UUID, event: rules.Event, day: date, *, actor: Actor, spell: Any = None) -> bool:
    """Let the registration of `person` say what `event` of `day` means; whether anything changed.

    `spell`: the one begun or ended. Shape: who may not change the registration changes nothing there.
    """
    row = WorkerRegistration.objects.live().filter(person=person).select_related("owner_unit").first()
    if row is None or not covers(actor, Verb.EDIT, WorkerRegistration.ledger_key(), row):
        return False
    spells = EmploymentSpell.objects.live().filter(person=person, started_on__lte=day)
    others = list(spells.exclude(pk=spell.pk if spell else None).values_list("ended_on", flat=True))
    status = rules.status_after(event, row.status, row.status_since, day, others)
    values: dict[str, Any] = {}
    if status:
        values = {"status": status, "status_since": day}
    if row.last_contact_on is None or row.last_contact_on < day:
        values["last_contact_on"] = day
    if not values:
        return False
    told = _("到岗登记") if event is rules.Event.HIRED else _("离岗登记")
    tell(row, values, f"{told} {day.isoformat()}", actor=actor, row_version=row.row_version)
    return True


def take_back(person: UUID, day: date, *, actor: Actor, spell: Any) -> bool:
    """The day somebody left was a mistake: the register is as if it had not been; whether it changed."""
    row = WorkerRegistration.objects.live().filter(person=person).select_related("owner_unit").first()
    if row is None or (row.status, row.status_since) != (WorkerRegistration.Status.UNEMPLOYED, day):
        return False
    if not covers(actor, Verb.EDIT, WorkerRegistration.ledger_key(), row):
        return False
    values = {"status": WorkerRegistration.Status.EMPLOYED, "status_since": spell.started_on}
    tell(row, values, _("撤回离岗日期"), actor=actor, row_version=row.row_version)
    return True
