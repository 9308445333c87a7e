"""Everything held on one person, over all ledgers, found by what models declare; nobody is named here.

A ledger whose model says `is_personal` keeps people. What refers to such a row by a field is about the same
person, and so is what refers to that. A row that holds the same sealed number is about the person itself,
not what refers to it: a workshop's output is not its keeper's.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from .fields import SealedField
from .ledger import Ledger
from .registry import registry
from .rows import LedgerModel

type Keys = dict[str, set[UUID]]


@dataclass(frozen=True)
class Held:
    """Rows of one ledger, those of the person's own register first among all."""

    ledger: Ledger[Any]
    rows: tuple[LedgerModel, ...]


def held_on(index: str, side: str, *, but: Collection[str] = ()) -> list[Held]:
    """Rows of `side` about whoever bears the number with this blind index, as far as the reader's scope goes.

    Shape: `but` are keys of ledgers left out. One query for each field of a ledger that may name the person.
    """
    ledgers = [ledger for ledger in registry if ledger.key not in but]
    keys: Keys = {ledger.key: _bearing(ledger, index, side) for ledger in ledgers}
    followed: Keys = {ledger.key: set(keys[ledger.key]) for ledger in ledgers if _keeps_people(ledger)}
    while followed:
        followed = _following(ledgers, followed, keys, side)
    ordered = sorted(ledgers, key=lambda one: not _keeps_people(one))
    return [Held(one, tuple(_rows(one, keys[one.key]))) for one in ordered if keys[one.key]]


def _keeps_people(ledger: Ledger[Any]) -> bool:
    return bool(getattr(ledger.model, "is_personal", False))


def _bearing(ledger: Ledger[Any], index: str, side: str) -> set[UUID]:
    fields = [one for one in ledger.model._meta.concrete_fields if isinstance(one, SealedField)]
    if not fields:
        return set()
    bears = Q(_connector=Q.OR, **{f"{one.name}_index": index for one in fields})
    return set(ledger.model._default_manager.filter(bears, side=side).values_list("pk", flat=True))


def _following(ledgers: Collection[Ledger[Any]], step: Keys, keys: Keys, side: str) -> Keys:
    """Rows that refer to those of the last step and were not known; they are added to `keys`."""
    found: Keys = {}
    for ledger in ledgers:
        new: set[UUID] = set()
        for field, target in _references(ledger):
            if step.get(target):
                rows = ledger.model._default_manager.filter(side=side, **{f"{field}__in": step[target]})
                new |= set(rows.values_list("pk", flat=True))
        if new := new - keys[ledger.key]:
            keys[ledger.key] |= new
            found[ledger.key] = new
    return found


def _references(ledger: Ledger[Any]) -> Iterator[tuple[str, str]]:
    """Fields that point at rows of ledgers: name, ledger."""
    for field in ledger.model._meta.concrete_fields:
        related: Any = field.related_model
        if isinstance(field, models.ForeignKey) and issubclass(related, LedgerModel):
            yield field.attname, related.ledger_key()


def _rows(ledger: Ledger[Any], keys: set[UUID]) -> Iterator[LedgerModel]:
    rows = ledger.queryset(ledger.rows_with_units().filter(pk__in=keys))
    yield from rows.order_by("pk")
