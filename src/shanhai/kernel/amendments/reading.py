"""Which amendments an actor sees: those of rows of the own side, and of joint rows that name a unit in reach.

What one side proposes of a joint row the other sees once the first has verified it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.joint import of_party, reaches
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Party, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, nothing
from shanhai.kernel.surfaces.history import Narrator

from .models import Amendment


@dataclass(frozen=True)
class Amended:
    """An amendment with its ledger and its row."""

    amendment: Amendment
    ledger: Ledger[Any]
    row: Any


def visible_amendments(actor: Actor) -> QuerySet[Amendment, Amendment]:
    """Shape: one query, whatever the number of ledgers."""
    return _those(actor, Verb.VIEW, _is_told)


def to_decide(actor: Actor) -> QuerySet[Amendment, Amendment]:
    """Open amendments of others that the actor may verify, or confirm for the own side."""
    waiting = _those(actor, Verb.VERIFY, _waits_for)
    return waiting.exclude(proposed_by=actor.key).exclude(agreed_by=actor.key)


def _those(actor: Actor, verb: Verb, condition: Callable[[Party], Q]) -> QuerySet[Amendment, Amendment]:
    """Amendments of rows that the actor reaches as a party, and that fit the condition for that party."""
    seen = nothing()
    for ledger in registry:
        if not actor.allows(verb, ledger.key):
            continue
        own = ledger.model.objects.visible_to(actor, verb).filter(side__in=actor.sides)
        seen |= _of_rows(ledger, own) & condition(Party.OWN)
        if ledger.is_joint:
            named = ledger.model.objects.filter(of_party(actor, verb, ledger, Party.COUNTERPART))
            seen |= _of_rows(ledger, named) & condition(Party.COUNTERPART)
    return Amendment.objects.filter(seen).select_related("owner_unit")


def _of_rows(ledger: Ledger[Any], rows: QuerySet[Any, Any]) -> Q:
    return Q(ledger=ledger.key, row_id__in=rows.order_by().values("pk"))


def _is_told(party: Party) -> Q:
    return Q(party=party) | Q(agreed_at__isnull=False)


def _waits_for(party: Party) -> Q:
    return Q(state=Amendment.State.PROPOSED, party=party) | Q(
        state=Amendment.State.AWAITING, party=party.other
    )


def of_row(ledger: Ledger[Any], row: Any, actor: Actor) -> QuerySet[Amendment, Amendment]:
    """Amendments of one row that the actor is told of, newest first."""
    told = nothing()
    if row.side in actor.sides:
        told |= _is_told(Party.OWN)
    if reaches(actor, Verb.VIEW, ledger, row, Party.COUNTERPART):
        told |= _is_told(Party.COUNTERPART)
    return Amendment.objects.filter(told, row_id=row.pk).order_by("-proposed_at", "-id")


def get_amendment(pk: UUID, *, actor: Actor) -> Amended:
    """The amendment with its row. Errors: NotVisible, also when the row is out of the reader's scope."""
    found = Amendment.objects.select_related("owner_unit").filter(pk=pk).first()
    if found is None or found.ledger not in registry:
        raise NotVisible
    ledger = registry.get(found.ledger)
    row = ledger.rows_with_units().filter(pk=found.row_id).first()
    if row is None or not of_row(ledger, row, actor).filter(pk=pk).exists():
        raise NotVisible
    return Amended(found, ledger, row)


def may_decide(one: Amended, actor: Actor) -> bool:
    amendment = one.amendment
    return (
        amendment.is_open
        and actor.key not in (amendment.proposed_by, amendment.agreed_by)
        and reaches(actor, Verb.VERIFY, one.ledger, one.row, amendment.decided_by_party)
    )


def may_withdraw(one: Amended, actor: Actor) -> bool:
    party = Party(one.amendment.party)
    return one.amendment.is_open and reaches(actor, Verb.EDIT, one.ledger, one.row, party)


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
