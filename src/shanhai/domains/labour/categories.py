"""Which categories people are in on a day, for whoever asks: indicators, benefits, checks, pages."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from .models import PersonCategory

_Category = PersonCategory.Category
#: 监测对象 is the name for three of them.
MONITORED = frozenset({_Category.UNSTABLE, _Category.MARGINAL, _Category.SUDDEN})

#: What is counted as ex-poor: those out of poverty, and the three that are monitored.
EX_POOR = (_Category.OUT_OF_POVERTY, _Category.UNSTABLE, _Category.MARGINAL, _Category.SUDDEN)


def categories_on(day: date, people: Collection[Any] | None = None) -> Mapping[Any, frozenset[str]]:
    """Person → categories reported to hold on `day`, within the scope in force; who is in none is left out.

    Shape: `people` are keys of persons, all of the scope without. One query.
    """
    rows = PersonCategory.objects.reported().filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day
    )
    if people is not None:
        rows = rows.filter(person__in=people)
    found: dict[Any, set[str]] = {}
    for person, category in rows.order_by().values_list("person_id", "category"):
        found.setdefault(person, set()).add(category)
    return {person: frozenset(held) for person, held in found.items()}


def as_registered(held: Collection[str]) -> str:
    """The one category of the register of persons that agrees with those held: the gravest."""
    if MONITORED & set(held):
        return "monitored"
    return "out_of_poverty" if _Category.OUT_OF_POVERTY in held else "ordinary"
