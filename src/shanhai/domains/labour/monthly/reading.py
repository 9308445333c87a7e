"""Rows of a side as arrays, within the scope in force: five statements, whatever the number of rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from numpy.typing import NDArray

from shanhai.engines.keys import numbered
from shanhai.kernel.indicators.onepass.columns import (
    code_column,
    day_column,
    key_column,
    number_column,
    ordered_words,
    read,
)
from shanhai.kernel.indicators.onepass.counted import literal
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Person

from ..models import Destination, EmploymentSpell, MonthlyFact, PersonCategory, ReturnHome

type Ints = NDArray[np.int64]
type Keys = NDArray[np.void]
#: Ledger → which of its rows are asked for.
type Reach = Callable[[str], Q]

EPOCH = date(1970, 1, 1)
DESTINATIONS = tuple(Destination.values)
SEXES = tuple(Person.Sex.values)
CATEGORIES = tuple(PersonCategory.Category.values)
#: Of a wage nobody told.
NO_WAGE = -1


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Rows:
    """Rows of one ledger. Shape: arrays of one length; `person` and `place` are numbers alike in all rows."""

    keys: Keys
    person: Ints
    place: Ints
    columns: Mapping[str, Ints]
    #: Positions by person, then as the last row of a person is chosen: it stands last.
    order: Ints

    def last_of_each(self, chosen: NDArray[np.bool_]) -> Ints:
        """Positions of the last chosen row of each person."""
        standing = self.order[chosen[self.order]]
        who = self.person[standing]
        is_last = np.ones(len(who), np.bool_)
        is_last[:-1] = who[1:] != who[:-1]
        return standing[is_last]


@dataclass(frozen=True)
class Read:
    """What a month is counted from."""

    spells: Rows
    facts: Rows
    returns: Rows
    #: Person, category (position in CATEGORIES), first day, last day.
    held: tuple[Ints, Ints, Ints, Ints]
    #: Keys of places by number.
    places: Keys
    #: Months in post of each spell up to the end of each window asked for.
    months: Sequence[Ints]


def read_side(
    side: str, first: date, last: date, months: Sequence[str], ends: Sequence[str], reach: Reach
) -> Read:
    """Everything of `side` between two days that lies in `reach`.

    Shape: `months` are those in post is asked of; `ends` the months up to which months in post are tallied.
    """
    spells = _spells(side, first, last, reach)
    facts, returns = _facts(side, months, reach), _returns(side, first, last, reach)
    held, tallied = _held(side, last, reach), _tallied(side, ends)
    lots = [one["person"] for one in (spells, facts, returns, held)]
    people = numbered(*lots)
    sites = numbered(*(one["place"] for one in (spells, facts, returns)))
    told = (spells, facts, returns)
    names = ("started_on", "month", "returned_on")
    made = [
        _rows(one, who, where, name)
        for one, who, where, name in zip(told, people[:3], sites, names, strict=True)
    ]
    return Read(
        spells=made[0],
        facts=made[1],
        returns=made[2],
        held=(people[3], held["category"], held["valid_from"], held["valid_to"]),
        places=_by_number(np.concatenate([one["place"] for one in told]), np.concatenate(sites)),
        months=_months(spells["key"], tallied, len(ends)),
    )


def _rows(told: Mapping[str, NDArray[Any]], who: Ints, where: Ints, order: str) -> Rows:
    words = [word for key in (told["key"],) for word in reversed(ordered_words(key))]
    columns = {name: column for name, column in told.items() if column.dtype.kind == "i"}
    return Rows(told["key"], who, where, columns, np.lexsort((*words, columns[order], who)))


def _by_number(keys: Keys, numbers: Ints) -> Keys:
    _seen, at = np.unique(numbers, return_index=True)
    return keys[at]


def _months(spells: Keys, tallied: Mapping[str, NDArray[Any]], count: int) -> list[Ints]:
    own, others = numbered(spells, tallied["key"])
    size = int(max(own.max(initial=-1), others.max(initial=-1))) + 1
    found = []
    for number in range(count):
        by_number = np.zeros(size, np.int64)
        by_number[others] = tallied[f"n{number}"]
        found.append(by_number[own])
    return found


def _coded(path: str, values: Sequence[str]) -> Any:
    """Position in `values`; -1 of none."""
    whens = [When(**{path: value}, then=Value(number)) for number, value in enumerate(values)]
    return Case(*whens, default=Value(-1), output_field=IntegerField())


def _spells(side: str, first: date, last: date, reach: Reach) -> dict[str, NDArray[Any]]:
    rows = (
        EmploymentSpell.objects.reported()
        .filter(reach(EmploymentSpell.ledger_key()))
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first), side=side, started_on__lte=last)
        .order_by()
        .annotate(
            x_person=F("person"),
            x_place=F("person__place"),
            x_destination=_coded("destination", DESTINATIONS),
            x_sex=_coded("person__sex", SEXES),
            x_born=F("person__born_on"),
            x_verified=Case(
                When(state=State.VERIFIED, then=Value(1)), default=Value(0), output_field=IntegerField()
            ),
        )
        .values("id", "started_on", "ended_on", "x_person", "x_place", "x_destination", "x_sex", "x_born",
                "x_verified")
    )  # fmt: skip
    return read(
        literal(rows),
        {
            "key": key_column("q.id"),
            "person": key_column("q.x_person"),
            "place": key_column("q.x_place"),
            "started_on": day_column("q.started_on"),
            "ended_on": day_column("q.ended_on"),
            "born_on": day_column("q.x_born"),
            "destination": code_column("q.x_destination"),
            "sex": code_column("q.x_sex"),
            "verified": code_column("q.x_verified"),
        },
    )


def _facts(side: str, months: Sequence[str], reach: Reach) -> dict[str, NDArray[Any]]:
    rows = (
        MonthlyFact.objects.filter(reach(MonthlyFact.ledger_key()), side=side, state=State.VERIFIED)
        .filter(is_in_post=True, period__in=months)
        .order_by()
        .annotate(
            x_person=F("spell__person"),
            x_place=F("spell__person__place"),
            x_month=_coded("period", months),
            x_wage=F("wage"),
        )
        .values("id", "x_person", "x_place", "x_month", "x_wage")
    )
    return read(
        literal(rows),
        {
            "key": key_column("q.id"),
            "person": key_column("q.x_person"),
            "place": key_column("q.x_place"),
            "month": code_column("q.x_month"),
            "fen": number_column(f"coalesce(q.x_wage * 100, {NO_WAGE})"),
        },
    )


def _tallied(side: str, ends: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Months in post of each spell up to each of `ends`."""
    counts = {f"n{number}": Count("pk", filter=Q(period__lte=end)) for number, end in enumerate(ends)}
    rows = (
        MonthlyFact.objects.filter(side=side, state=State.VERIFIED, is_in_post=True, period__lte=max(ends))
        .order_by()
        .values("spell")
        .annotate(**counts)
    )
    numbers = {name: code_column(f"q.{name}") for name in counts}
    return read(literal(rows), {"key": key_column("q.spell"), **numbers})


def _returns(side: str, first: date, last: date, reach: Reach) -> dict[str, NDArray[Any]]:
    rows = (
        ReturnHome.objects.filter(reach(ReturnHome.ledger_key()), side=side, state=State.VERIFIED)
        .filter(returned_on__range=(first, last))
        .order_by()
        .annotate(x_person=F("registration__person"), x_place=F("registration__person__place"))
        .values("id", "returned_on", "x_person", "x_place")
    )
    return read(
        literal(rows),
        {
            "key": key_column("q.id"),
            "person": key_column("q.x_person"),
            "place": key_column("q.x_place"),
            "returned_on": day_column("q.returned_on"),
        },
    )


def _held(side: str, last: date, reach: Reach) -> dict[str, NDArray[Any]]:
    """As `categories.categories_on`, of all days."""
    rows = (
        PersonCategory.objects.reported()
        .filter(reach(PersonCategory.ledger_key()), side=side, valid_from__lte=last)
        .order_by()
        .annotate(x_category=_coded("category", CATEGORIES))
        .values("id", "person", "x_category", "valid_from", "valid_to")
    )
    return read(
        literal(rows),
        {
            "key": key_column("q.id"),
            "person": key_column("q.person"),
            "category": code_column("q.x_category"),
            "valid_from": day_column("q.valid_from"),
            "valid_to": day_column("q.valid_to"),
        },
    )
