"""未就业清单: people of the register, of working age, who are at no work on a day. Eight statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ..categories import EX_POOR, categories_on
from ..models import (
    EmploymentSpell,
    JobOrder,
    PersonCategory,
    Placement,
    ReturnHome,
    Threshold,
    WorkerRegistration,
)
from ..rules import age_on
from .asking import Asked, numbers_on

#: What may be asked of categories beside each of them.
POOR = "ex_poor"


@dataclass(frozen=True)
class Seeking:
    """One person without work. Unit: `days` out of work; None where no work is known of."""

    registration: WorkerRegistration
    categories: tuple[str, ...]
    age: int | None
    left_on: date | None
    days: int | None
    why: str
    offered: int
    last_offer: str


def unemployed(asked: Asked, *, category: str = "", status: str = "") -> list[Seeking]:
    """Longest out of work first. `category`: of PersonCategory, or POOR; held on the day."""
    numbers = numbers_on(asked.day)
    rows = list(_registered(asked, status))
    held = categories_on(asked.day, [row.person_id for row in rows]) if rows else {}
    left, returns = _left(asked), _returns(asked)
    counted, last = _offers([row.person_id for row in rows])
    found = []
    for row in rows:
        own = held.get(row.person_id, frozenset())
        age = age_on(row.person.born_on, asked.day) if row.person.born_on else None
        if not (_is_of_age(age, numbers) and _is_of_category(own, category)):
            continue
        if not asked.holds(row.person.place, row.owner_unit_id):
            continue
        spell = left.get(row.person_id)
        left_on = spell.ended_on if spell else None
        found.append(
            Seeking(
                registration=row,
                categories=tuple(str(PersonCategory.Category(one).label) for one in sorted(own)),
                age=age,
                left_on=left_on,
                days=(asked.day - left_on).days if left_on else None,
                why=_why(spell, returns.get(row.pk)),
                offered=counted.get(row.person_id, 0),
                last_offer=last.get(row.person_id, ""),
            )
        )
    return sorted(found, key=_longest_first)


def _longest_first(one: Seeking) -> Any:
    return (one.left_on or one.registration.registered_on, str(one.registration.pk))


def _registered(asked: Asked, status: str) -> Any:
    at_work = EmploymentSpell.objects.reported().filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=asked.day),
        person=OuterRef("person"),
        started_on__lte=asked.day,
    )
    rows = WorkerRegistration.objects.reported().filter(
        ~Exists(at_work), asked.reach, side=asked.side, registered_on__lte=asked.day
    )
    if status:
        rows = rows.filter(status=status)
    return rows.select_related("person__place", "owner_unit").order_by("id")


def _is_of_age(age: int | None, numbers: Mapping[str, int]) -> bool:
    """Whose age nobody knows stays in the list: it is asked of them."""
    if age is None:
        return True
    least, until = numbers.get(Threshold.Code.LEAST_AGE, 0), numbers.get(Threshold.Code.WORK_AGE_UNTIL)
    return age >= least and (until is None or age < until)


def _is_of_category(held: frozenset[str], category: str) -> bool:
    if not category:
        return True
    return bool(set(EX_POOR) & held) if category == POOR else category in held


def _left(asked: Asked) -> dict[Any, EmploymentSpell]:
    """The last work of each person that was over by the day."""
    rows = (
        EmploymentSpell.objects.reported()
        .filter(side=asked.side, ended_on__lt=asked.day)
        .select_related("employer")
        .order_by("person_id", "-ended_on", "-id")
        .distinct("person_id")
    )
    return {one.person_id: one for one in rows}


def _returns(asked: Asked) -> dict[Any, ReturnHome]:
    rows = (
        ReturnHome.objects.reported()
        .filter(side=asked.side, returned_on__lte=asked.day)
        .order_by("registration_id", "-returned_on", "-id")
        .distinct("registration_id")
    )
    return {one.registration_id: one for one in rows}


def _offers(people: list[Any]) -> tuple[dict[Any, int], dict[Any, str]]:
    """How many posts each was offered, and what became of the last."""
    if not people:
        return {}, {}
    rows = Placement.objects.live().filter(person__in=people)
    counted = dict(rows.order_by().values_list("person").annotate(number=Count("pk")))
    newest = rows.order_by("person_id", "-proposed_on", "-id").distinct("person_id")
    told = {}
    codes = dict(JobOrder.objects.filter(placements__in=newest.values("pk")).values_list("pk", "post"))
    for one in newest:
        post = codes.get(one.order_id, "")
        told[one.person_id] = f"{post} {one.get_match_state_display()}".strip()
    return counted, told


def _why(spell: EmploymentSpell | None, home: ReturnHome | None) -> str:
    if home is not None and (spell is None or spell.ended_on is None or home.returned_on >= spell.ended_on):
        return _("返乡：%(reason)s") % {"reason": home.get_reason_display()}
    if spell is not None:
        return _("离开%(employer)s") % {"employer": spell.employer_label}
    return str(_("登记后没有务工记录"))
