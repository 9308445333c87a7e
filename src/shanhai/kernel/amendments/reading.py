"""Which amendments an actor sees: those of rows of the own side that are in the actor's reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers, nothing
from shanhai.kernel.surfaces.history import Narrator

from .models import Amendment


@dataclass(frozen=True)
class Amended:
    """An amendment with its ledger and its row."""

    amendment: Amendment
    ledger: Ledger[Any]
    row: Any


def visible_amendments(actor: Actor, verb: Verb = Verb.VIEW) -> QuerySet[Amendment, Amendment]:
    """Shape: one query, whatever the number of ledgers."""
    seen = nothing()
    for ledger in registry:
        if actor.allows(verb, ledger.key):
            rows = ledger.model.objects.visible_to(actor, verb).filter(side__in=actor.sides)
            seen |= Q(ledger=ledger.key, row_id__in=rows.order_by().values("pk"))
    return Amendment.objects.filter(seen, side__in=actor.sides).select_related("owner_unit")


def to_decide(actor: Actor) -> QuerySet[Amendment, Amendment]:
    """Open amendments of others that the actor may verify."""
    waiting = visible_amendments(actor, Verb.VERIFY).filter(state=Amendment.State.PROPOSED)
    return waiting.exclude(proposed_by=actor.key)


def get_amendment(pk: UUID, *, actor: Actor) -> Amended:
    """Errors: NotVisible."""
    found = Amendment.objects.select_related("owner_unit").filter(pk=pk, side__in=actor.sides).first()
    if found is None or found.ledger not in registry:
        raise NotVisible
    return with_row(found)


def with_row(amendment: Amendment) -> Amended:
    """Errors: NotVisible when the row is out of the reader's scope."""
    ledger = registry.get(amendment.ledger)
    rows = ledger.model._default_manager.select_related("owner_unit", "place")
    row = rows.filter(pk=amendment.row_id).first()
    if row is None:
        raise NotVisible
    return Amended(amendment, ledger, row)


def may_decide(one: Amended, actor: Actor) -> bool:
    return (
        one.amendment.is_open
        and one.amendment.proposed_by != actor.key
        and covers(actor, Verb.VERIFY, one.ledger.key, one.row)
    )


def may_withdraw(one: Amended, actor: Actor) -> bool:
    return one.amendment.is_open and covers(actor, Verb.EDIT, one.ledger.key, one.row)


def changes_of(ledger: Ledger[Any], amendments: Iterable[Amendment]) -> dict[UUID, list[dict[str, Any]]]:
    """Amendment → what it changes, for components/difference.html; references looked up at once."""
    listed = list(amendments)
    entries = [
        HistoryEntry(
            operation=HistoryEntry.Operation.UPDATE,
            actor=one.proposed_by,
            at=one.proposed_at,
            reason=one.reason,
            before={"state": "verified", **one.before},
            row={"state": "verified", **one.after},
        )
        for one in listed
    ]
    drawn = Narrator(ledger, entries, is_ours=True).drawn()
    return {one.pk: entry["changes"] for one, entry in zip(listed, drawn, strict=True)}
