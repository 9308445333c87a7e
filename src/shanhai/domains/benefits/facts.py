"""Facts of people and firms, read from rows within the scope in force: a fixed number of queries for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, Max, Min, Q

from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact, WorkerRegistration
from shanhai.engines.eligibility import Column, Population
from shanhai.engines.values import Period, PeriodKind
from shanhai.registers.parties.models import Body, Person

from . import lookup, rules
from .models import Audience, IncomeRecord

_UNTOLD = lookup.Stood(None, None)
_HELPED = frozenset({Person.Category.OUT_OF_POVERTY, Person.Category.MONITORED})


@dataclass(frozen=True)
class Asked:
    """Whom is asked about, in order, and what is known of each. Shape: `names` as `keys`."""

    keys: Sequence[UUID]
    names: Sequence[str]
    population: Population

    def place_of(self, key: UUID) -> int | None:
        return self.keys.index(key) if key in self.keys else None


def asked_of(audience: str, period: Period, sides: Iterable[str], only: UUID | None = None) -> Asked:
    """All people, or firms, of these sides, or the one."""
    read = _firms if audience == Audience.EMPLOYER else _people
    rows: Any = Body if audience == Audience.EMPLOYER else Person
    chosen = rows.objects.live().filter(side__in=sorted(sides)).order_by("id")
    return read(chosen if only is None else chosen.filter(pk=only), period, only)


def months_known(last: Period) -> tuple[bool, Period | None]:
    """Whether anything is known of who was in post in `last`; and the latest month of which anything is."""
    code = Period.of(last.end, PeriodKind.MONTH).code
    first = Period.of(last.start, PeriodKind.MONTH).code
    found = MonthlyFact.objects.reported().aggregate(
        latest=Max("period"), within=Count("period", filter=Q(period__gte=first, period__lte=code))
    )
    return bool(found["within"]), Period.parse(found["latest"]) if found["latest"] else None


def _people(chosen: Any, period: Period, only: UUID | None) -> Asked:
    fields = ("id", "name", "category", "is_relocated", "born_on")
    rows = list(chosen.values_list(*fields))
    place = {row[0]: number for number, row in enumerate(rows)}
    table = _Table(place)
    day = period.end
    _put_standing(table, rows, lookup.stood_as(day, None if only is None else [only]))
    table.put("age", {row[0]: _age(row[4], day) for row in rows if row[4]})
    own = Q() if only is None else Q(person=only)
    _put_employment(table, own, period)
    _put_months(table, Q() if only is None else Q(spell__person=only), period)
    registered = WorkerRegistration.objects.reported().filter(own).order_by()
    table.put("registered", dict.fromkeys(registered.values_list("person", flat=True), 1), default=0)
    earlier = str(period.end.year - 1)
    incomes = IncomeRecord.objects.reported().filter(own, period=earlier).order_by()
    known = {key: int(income * 100) for key, income in incomes.values_list("person", "income")}
    table.put("income", known, code=earlier)
    return Asked([row[0] for row in rows], [row[1] for row in rows], table.population())


def _put_standing(table: "_Table", rows: Iterable[Any], stood: Mapping[UUID, lookup.Stood]) -> None:
    """As lists say of the last day of the period; of whom no list tells, as the register has it."""
    choices = rules.READINGS["category"].fact.choices
    category: dict[UUID, int] = {}
    relocated: dict[UUID, int] = {}
    for key, _name, registered, is_relocated, *_born_on in rows:
        one = stood.get(key, _UNTOLD)
        category[key] = choices.index(registered if one.category is None else one.category)
        relocated[key] = is_relocated if one.is_relocated is None else one.is_relocated
    table.put("category", category)
    table.put("relocated", relocated)


def _put_employment(table: "_Table", own: Q, period: Period) -> None:
    """Of who has several spells at the end of the period, the latest."""
    running = Q(started_on__lte=period.end) & (Q(ended_on__isnull=True) | Q(ended_on__gte=period.start))
    spells = EmploymentSpell.objects.reported().filter(own, running).order_by("started_on", "id")
    rows = list(spells.values_list("person", "destination", "has_contract", "is_insured"))
    choices = rules.READINGS["destination"].fact.choices
    table.put("destination", {row[0]: choices.index(row[1]) for row in rows})
    table.put("contract", {row[0]: row[2] for row in rows})
    table.put("insured", {row[0]: row[3] for row in rows})


def _put_months(table: "_Table", own: Q, period: Period) -> None:
    months = Period.between(date(period.end.year, 1, 1), period.end, PeriodKind.MONTH)
    codes = [month.code for month in months]
    facts = MonthlyFact.objects.reported().filter(own, period__in=codes).order_by()
    by_month: dict[str, dict[UUID, int]] = {code: {} for code in codes}
    proof: dict[UUID, int] = {}
    for person, code, is_in_post, wage in facts.values_list("spell__person", "period", "is_in_post", "wage"):
        by_month[code][person] = max(by_month[code].get(person, 0), int(is_in_post))
        if wage is not None:
            proof[person] = 1
    for code in codes:
        table.put("in_post", by_month[code], code=code)
    table.put("wage_proof", proof, default=0)


def _firms(chosen: Any, period: Period, only: UUID | None) -> Asked:
    rows = list(chosen.values_list("id", "name"))
    table = _Table({row[0]: number for number, row in enumerate(rows)})
    running = Q(started_on__lte=period.end) & (Q(ended_on__isnull=True) | Q(ended_on__gt=period.end))
    own = Q(employer__isnull=False) if only is None else Q(employer=only)
    spells = EmploymentSpell.objects.reported().filter(own, running).order_by()
    told = list(spells.values_list("employer", "person", "person__category", "is_insured"))
    new = _newly_hired(own, period) if told else frozenset()
    stood = lookup.stood_as(period.end, {row[1] for row in told} if only else None) if told else {}
    people: dict[str, dict[UUID, set[UUID]]] = {name: {} for name in sorted(rules.OF_EMPLOYERS)}
    for employer, person, registered, is_insured in told:
        listed = stood.get(person, _UNTOLD).category
        counted = {
            "workers": True,
            "ex_poor_workers": (listed or registered) in _HELPED,
            "insured_workers": is_insured,
            "new_workers": (employer, person) in new,
            "new_ex_poor": (employer, person) in new and (listed or registered) in _HELPED,
        }
        for name, of in people.items():
            if counted[name]:
                of.setdefault(employer, set()).add(person)
    for name, of in people.items():
        table.put(name, {key: len(one) for key, one in of.items()}, default=0)
    return Asked([row[0] for row in rows], [row[1] for row in rows], table.population())


def _newly_hired(own: Q, period: Period) -> frozenset[tuple[UUID, UUID]]:
    """Firm and person known together since the period alone: who left and came back is not new."""
    spells = EmploymentSpell.objects.reported().filter(own, started_on__lte=period.end).order_by()
    first = spells.values("employer", "person").annotate(first=Min("started_on"))
    return frozenset(first.filter(first__gte=period.start).values_list("employer", "person"))


def _age(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


class _Table:
    """Columns over keys in their order."""

    def __init__(self, place: dict[UUID, int]) -> None:
        self._place = place
        self._columns: dict[tuple[str, str], Column] = {}

    def put(self, name: str, values: dict[UUID, int], *, code: str = "", default: int | None = None) -> None:
        """`default` of who is not told about; unknown without one."""
        column = np.full(len(self._place), default or 0, np.int64)
        known = np.full(len(self._place), default is not None)
        for key, value in values.items():
            number = self._place.get(key)
            if number is not None:
                column[number], known[number] = value, True
        self._columns[name, code] = Column(column, known)

    def population(self) -> Population:
        return Population(len(self._place), self._columns)
