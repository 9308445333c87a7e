"""How many rows wait for someone: returned, to verify, to confirm. One query for all ledgers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, Count, Min, Q, QuerySet, Value

from shanhai.kernel.joint import of_party
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Party, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import State

#: The menu is drawn with every page; its numbers may be this old unless the reader acts.
_KEPT_SECONDS = 30


def returned_rows(ledger: Ledger[LedgerModel], actor: Actor) -> QuerySet[LedgerModel]:
    """Rows sent back that the actor may mend."""
    rows: QuerySet[LedgerModel] = ledger.model.objects.visible_to(actor, Verb.EDIT)
    return rows.filter(state=State.RETURNED)


def rows_to_verify(ledger: Ledger[LedgerModel], actor: Actor) -> QuerySet[LedgerModel]:
    """Rows submitted by others that the actor may verify."""
    rows: QuerySet[LedgerModel] = ledger.model.objects.visible_to(actor, Verb.VERIFY)
    return rows.filter(state=State.SUBMITTED).exclude(submitted_by=actor.key)


def rows_to_confirm(ledger: Ledger[LedgerModel], actor: Actor) -> QuerySet[LedgerModel]:
    """Joint rows that the other side has verified and that the actor may confirm for the own side."""
    addressed = of_party(actor, Verb.VERIFY, ledger, Party.COUNTERPART)
    rows: QuerySet[LedgerModel] = ledger.model.objects.filter(addressed, state=State.AWAITING)
    signed = Q(submitted_by=actor.key) | Q(**{"verified_by": actor.key})  # a column of joint rows alone
    return rows.exclude(signed)


@dataclass(frozen=True)
class Unconfirmed:
    """Rows of one ledger that wait for the own side's confirmation."""

    number: int
    #: When the first of them was verified by the other side.
    since: datetime | None


def unconfirmed(actor: Actor) -> dict[str, Unconfirmed]:
    """Ledger key → what waits to be confirmed, ledgers without such rows left out. One query."""
    asked = [
        _grouped(ledger, rows_to_confirm(ledger, actor), number=Count("pk"), since=Min("verified_at"))
        for ledger in registry
        if ledger.is_joint and actor.allows(Verb.VERIFY, ledger.key)
    ]
    return {row["ledger"]: Unconfirmed(row["number"], row["since"]) for row in _together(asked)}


def _grouped(ledger: Ledger[LedgerModel], rows: QuerySet[LedgerModel], **sums: Any) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(ledger=Value(ledger.key, CharField())).values("ledger")
    found: QuerySet[Any, Any] = named.annotate(**sums)
    return found


def _together(asked: list[QuerySet[Any, Any]]) -> Iterable[dict[str, Any]]:
    if not asked:
        return []
    first, *others = asked
    rows = first.union(*others, all=True).order_by() if others else first
    return [row for row in rows if row["number"]]


def count_by_ledger(
    actor: Actor, verb: Verb, rows_of: Callable[[Ledger[LedgerModel], Actor], QuerySet[LedgerModel]]
) -> dict[str, int]:
    """Ledger key → number of rows, ledgers without such rows left out."""
    asked = [
        _grouped(ledger, rows_of(ledger, actor), number=Count("pk"))
        for ledger in registry
        if actor.allows(verb, ledger.key)
    ]
    return {row["ledger"]: row["number"] for row in _together(asked)}


def returned_counts(actor: Actor) -> dict[str, int]:
    return count_by_ledger(actor, Verb.EDIT, returned_rows)


def verify_counts(actor: Actor) -> dict[str, int]:
    return count_by_ledger(actor, Verb.VERIFY, rows_to_verify)


def waiting_counts(actor: Actor) -> dict[str, int]:
    """All together, as the menu shows them; kept for a moment."""
    return cache.get_or_set(_cache_key(actor), lambda: _waiting(actor), _KEPT_SECONDS) or {}


def _waiting(actor: Actor) -> dict[str, int]:
    total = returned_counts(actor)
    for key, number in count_by_ledger(actor, Verb.VERIFY, _rows_to_judge).items():
        total[key] = total.get(key, 0) + number
    return total


def _rows_to_judge(ledger: Ledger[LedgerModel], actor: Actor) -> QuerySet[LedgerModel]:
    rows = rows_to_verify(ledger, actor)
    return rows | rows_to_confirm(ledger, actor) if ledger.is_joint else rows


def forget_waiting(actor: Actor) -> None:
    """After the actor's own step the menu tells the truth at once."""
    cache.delete(_cache_key(actor))


def _cache_key(actor: Actor) -> str:
    return f"waiting:{actor.key}"
