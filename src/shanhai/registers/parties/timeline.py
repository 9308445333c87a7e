"""人员全程: what happened to one person over all chapters, in the order of days.

Each chapter tells of its own rows from its `contributions`: `register_rows` for a ledger whose rows point at
a person, `register_teller` for what is no row. Only rows of the reader's own side and scope, and of ledgers
the reader may read, are told; sensitive values never.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import row_link
from shanhai.kernel.workflow import State

from .persons import Person


@dataclass(frozen=True)
class Entry:
    """Something that was so from a day, or on it. Shape: `until` None for what still is or took a day."""

    day: date
    #: Key of the ledger or teller, and how it is called.
    key: str
    label: str
    text: str
    until: date | None = None
    #: Whether it is so from `day` to `until`, or still.
    is_lasting: bool = False
    unit: str = ""
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Told:
    """How rows of a ledger are told. `text`: what of a row is said; `related`: what it looks at."""

    day: Callable[[Any], date | None]
    text: Callable[[Any], str]
    until: Callable[[Any], date | None] | None = None
    person: str = "person"
    related: tuple[str, ...] = ()


#: Tells what is no row of a ledger; asked with the person and the reader.
type Teller = Callable[[Person, Actor], Iterable[Entry]]

_rows: dict[str, Told] = {}
_tellers: dict[str, Teller] = {}


def register_rows(ledger: str, told: Told) -> None:
    """Errors: ValueError when the ledger is told already."""
    if ledger in _rows:
        raise ValueError(f"timeline of {ledger} is registered already")
    _rows[ledger] = told


def register_teller(key: str) -> Callable[[Teller], Teller]:
    """Decorator. Errors: ValueError when the key is taken."""

    def registered(teller: Teller) -> Teller:
        if key in _tellers:
            raise ValueError(f"teller {key} is registered already")
        _tellers[key] = teller
        return teller

    return registered


def person_of(pk: UUID, actor: Actor) -> Person:
    """A person of the reader's own side. Errors: NotVisible."""
    person: Person = get_row(registry.get(Person.ledger_key()), pk, actor=actor)
    if person.side not in actor.sides or not actor.allows(Verb.VIEW, Person.ledger_key()):
        raise NotVisible
    return person


def timeline(person: Person, actor: Actor) -> list[Entry]:
    """Everything, newest first. A query for each ledger."""
    told = [entry for key in _rows for entry in _of_ledger(key, person, actor)]
    for teller in _tellers.values():
        told += teller(person, actor)
    return sorted(told, key=lambda one: (one.day, one.key), reverse=True)


def _of_ledger(key: str, person: Person, actor: Actor) -> Iterator[Entry]:
    if key not in registry or not actor.allows(Verb.VIEW, key):
        return
    ledger, told = registry.get(key), _rows[key]
    rows = ledger.model._default_manager.exclude(state=State.VOIDED).filter(
        side=person.side, **{told.person: person.pk}
    )
    for row in rows.select_related("owner_unit", *told.related).order_by("pk"):
        day = told.day(row)
        if day is not None:
            yield Entry(
                day=day,
                key=key,
                label=ledger.label,
                text=told.text(row),
                until=told.until(row) if told.until else None,
                is_lasting=told.until is not None,
                unit=str(row.owner_unit),
                state=row.state,
                url=row_link(row),
            )


def person_id_of(row: Any) -> UUID | None:
    """The person a row is about, as far as it says so itself or by a row it hangs on."""
    if isinstance(row, Person):
        return row.pk
    if (field := _person_field(type(row))) is not None:
        found: UUID | None = getattr(row, field)
        return found
    for link in row._meta.concrete_fields:
        related = link.related_model
        if isinstance(link, models.ForeignKey) and (field := _person_field(related)) is not None:
            held = getattr(row, link.name)
            return getattr(held, field) if held is not None else None
    return None


def _person_field(model: Any) -> str | None:
    """The column of a model by which its rows name their person."""
    for field in model._meta.concrete_fields:
        if field.name == "person" and field.related_model is Person:
            return str(field.attname)
    return None
