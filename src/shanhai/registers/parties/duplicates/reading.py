"""Pairs as people read them: which wait, why two may be one, how they differ, what points at them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import text_of
from shanhai.kernel.surfaces.fields import resolve_field
from shanhai.registers.parties.persons import Person

from .deciding import CHOSEN
from .finding import may_decide
from .merging import referring
from .models import DuplicatePair

#: Comparison → level → words.
WORDS: Mapping[str, Mapping[str, Any]] = {
    "name": {
        "same": lazy("姓名相同"),
        "sound": lazy("姓名同音不同字"),
        "near": lazy("姓名拼音只差一个字母"),
        "family": lazy("同姓不同名"),
        "other": lazy("姓名不同"),
    },
    "born_on": {
        "same": lazy("出生日期相同"),
        "digit": lazy("出生日期只差一位数字"),
        "lunar": lazy("出生日期相差不到 50 天，可能一公历一农历"),
        "other": lazy("出生日期不同"),
    },
    "phone": {"same": lazy("电话相同"), "other": lazy("电话不同")},
    "village": {"same": lazy("同村"), "town": lazy("同镇"), "other": lazy("不同镇")},
    "sex": {"same": lazy("性别相同"), "other": lazy("性别不同")},
}
_ALMOST = Decimal("0.995")
#: Fields shown of both.
SHOWN = ("name", "identity_number", "sex", "born_on", "phone", "place", "category", "is_relocated")


def pairs(actor: Actor) -> QuerySet[DuplicatePair]:
    """Pairs of which `actor` sees both persons."""
    people = Person.objects.filter(side__in=actor.sides).order_by().values("pk")
    rows = DuplicatePair.objects.filter(side__in=actor.sides, first__in=people, second__in=people)
    return rows.select_related("first__place", "second__place")


def waiting(actor: Actor) -> int:
    """How many are open; the menu asks with every page, so without looking at the persons."""
    if not may_decide(actor):
        return 0
    return DuplicatePair.objects.filter(side__in=actor.sides, decision=DuplicatePair.Decision.OPEN).count()


def numbers(actor: Actor) -> dict[str, int]:
    """How many pairs by decision."""
    rows = DuplicatePair.objects.filter(side__in=actor.sides).order_by().values_list("decision")
    return dict(rows.annotate(Count("pk")))


def why(pair: DuplicatePair) -> str:
    """`姓名相同；出生日期只差一位数字；电话相同；同村`; a comparison with something missing is left out."""
    told = [str(words[code]) for name, words in WORDS.items() if (code := pair.levels.get(name)) in words]
    if pair.is_twin_like:
        told.insert(0, _("同姓、同日生，名字差一个不同音的字，可能是双胞胎"))
    return "；".join(told)


def percent(pair: DuplicatePair) -> str:
    """Never certain: no pair says 100 %."""
    return f"{pair.probability:.0%}" if pair.probability < _ALMOST else "> 99%"


def compared(pair: DuplicatePair, actor: Actor) -> Iterator[dict[str, Any]]:
    """Fields of both, side by side: name, label, first, second, whether they differ and may be chosen."""
    for name in SHOWN:
        column = resolve_field(Person, name)
        first, second = (text_of(column, person, actor) for person in (pair.first, pair.second))
        yield {
            "name": name,
            "label": str(column.label),
            "first": first,
            "second": second,
            "is_different": first != second,
            "is_chosen": first != second and name in CHOSEN,
        }


def rows_of(person: Person) -> list[tuple[str, int]]:
    """What points at a person: name of the table, number."""
    return [(str(model._meta.verbose_name), number) for model, number in referring(person).items()]
