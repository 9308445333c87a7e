"""What a list is asked for: a side of one's own, a day, where people are registered, who looks after them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side, own_reach
from shanhai.registers.places.models import Place

from ..models import EmploymentSpell, Threshold, WorkerRegistration

#: Rows of a page; Excel has them all.
SHOWN = 200


@dataclass(frozen=True)
class Asked:
    """Of whose people, on which day. `place`: only those registered there or below."""

    side: Side
    day: date
    place: Place | None = None
    unit: str = ""
    #: Registrations the reader looks after, and none that are only shared.
    reach: Q = field(default_factory=Q)

    def holds(self, place: Place | None, unit: UUID) -> bool:
        """Whether somebody is asked for, by where they are registered and who looks after them."""
        if self.unit and str(unit) != self.unit:
            return False
        if self.place is None:
            return True
        return place is not None and f"{place.path}.".startswith(f"{self.place.path}.")


def require_reader(actor: Actor) -> None:
    """Errors: NotVisible for who reads no registrations or no employment."""
    if not all(actor.allows(Verb.VIEW, one.ledger_key()) for one in (WorkerRegistration, EmploymentSpell)):
        raise NotVisible


def asked_list(actor: Actor, query: Mapping[str, str]) -> Asked:
    """People of the other side are no list of ours. Errors: NotVisible; RuleViolated for what is no day."""
    require_reader(actor)
    side = query.get("side") or (actor.home.side if actor.home else "")
    if side not in actor.sides:
        raise NotVisible
    text, today = query.get("day", "").strip(), clock.today()
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        said = _("日期请写成 2021-09-24。")
        raise RuleViolated(said, code="bad_date", problems={"day": [said]}) from None
    if day > today:
        said = _("日期不能晚于今天。")
        raise RuleViolated(said, code="bad_date", problems={"day": [said]})
    reach = own_reach(actor, Verb.VIEW, WorkerRegistration.ledger_key())
    return Asked(Side(side), day, _place(query.get("place", "")), _key(query.get("unit", "")), reach)


def _place(text: str) -> Place | None:
    """Errors: NotVisible for what is no place."""
    found = Place.objects.filter(pk=_key(text)).first() if text else None
    if text and found is None:
        raise NotVisible
    return found


def _key(text: str) -> str:
    """Errors: NotVisible for what is no key."""
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        raise NotVisible from None


def numbers_on(day: date) -> dict[str, int]:
    """Thresholds in force, by code. One statement."""
    return {one.code: int(one.value) for one in Threshold.objects.in_force(day)}
