"""Findings of all chapters as the reader may see them, each with its severity and where its row lies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.registers.places.models import Place
from shanhai.web.checks import Checks, Found, known_checks

from ..models import AlarmLevel, Severity


@dataclass(frozen=True)
class Alarm:
    """One finding. Shape: `code` is chapter and code of the check; without `place` it lies in none."""

    code: str
    chapter: str
    label: str
    level: Severity
    found: Found
    place: UUID | None

    @property
    def chapter_label(self) -> str:
        return str(apps.get_app_config(self.chapter).verbose_name)


def readable(actor: Actor) -> list[tuple[str, Checks]]:
    """Chapters and checks that the reader may open."""
    return [(chapter, one) for chapter, one in known_checks() if actor.allows(Verb.VIEW, one.ledger)]


def alarms(actor: Actor) -> list[Alarm]:
    """Everything found in rows of the reader's own side, red first, then in the order of chapters.

    Shape: what each chapter's checks ask, and one query more for each ledger among the rows found.
    """
    levels = dict(AlarmLevel.objects.in_force(clock.today()).values_list("alarm_code", "alarm_level"))
    listed = [(chapter, one, checks) for chapter, checks in readable(actor) for one in checks.found(actor)]
    places = _places([one for _chapter, one, _checks in listed])
    found = [
        Alarm(
            code=(code := f"{chapter}.{one.code}"),
            chapter=chapter,
            label=str(checks.labels[one.code]),
            level=Severity(levels.get(code, Severity.YELLOW)),
            found=one,
            place=places.get(one.row.id) if one.row.id else None,
        )
        for chapter, one, checks in listed
    ]
    return sorted(found, key=lambda one: one.level is not Severity.RED)


def _places(found: Iterable[Found]) -> dict[UUID, UUID | None]:
    """Where the rows lie, as far as the reader may open them."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for one in found:
        if one.row.id is not None:
            wanted[one.row.ledger].add(one.row.id)
    places: dict[UUID, UUID | None] = {}
    for key, ids in wanted.items():
        model: Any = registry.get(key).model
        if issubclass(model, LedgerModel):
            places |= dict(model.objects.filter(pk__in=ids).order_by().values_list("pk", "place_id"))
    return places


@dataclass(frozen=True)
class Narrowed:
    """Which alarms are asked for; all without."""

    level: str = ""
    chapter: str = ""
    code: str = ""
    unit: str = ""
    #: Id of a place: it and what lies below it; "none" for those that lie nowhere.
    place: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Narrowed":
        return cls(**{name: query.get(name, "").strip() for name in cls.__dataclass_fields__})

    def query(self, **changes: str) -> dict[str, str]:
        """As parameters of an address; without what is empty."""
        now = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        return {name: value for name, value in now.items() if value}

    def of(self, listed: Sequence[Alarm]) -> list[Alarm]:
        inside = below(self.place) if self.place else None
        return [
            one
            for one in listed
            if self.level in {"", one.level}
            and self.chapter in {"", one.chapter}
            and self.code in {"", one.code}
            and self.unit in {"", one.found.unit_id}
            and (inside is None or str(one.place or NOWHERE) in inside)
        ]


NOWHERE = "none"


def below(place: str) -> frozenset[str]:
    """Ids of a place and all below it, as text; `none` for what lies nowhere, nothing for no place."""
    if place == NOWHERE:
        return frozenset({NOWHERE})
    try:
        root = Place.objects.filter(pk=UUID(place)).values_list("path", flat=True).first()
    except ValueError:
        root = None
    if root is None:
        return frozenset()
    return frozenset(
        str(pk) for pk in Place.objects.filter(path__descendant_of=root).values_list("pk", flat=True)
    )
