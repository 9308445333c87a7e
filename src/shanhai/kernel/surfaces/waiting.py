"""How many rows wait for someone: returned to them, or theirs to verify. One query for all ledgers."""

from collections.abc import Callable

from django.core.cache import cache
from django.db.models import CharField, Count, QuerySet, Value

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
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


def count_by_ledger(
    actor: Actor, verb: Verb, rows_of: Callable[[Ledger[LedgerModel], Actor], QuerySet[LedgerModel]]
) -> dict[str, int]:
    """Ledger key → number of rows, ledgers without such rows left out."""
    counted = [
        rows_of(ledger, actor).order_by().annotate(ledger=Value(ledger.key, CharField())).values("ledger")
        .annotate(number=Count("pk"))
        for ledger in registry
        if actor.allows(verb, ledger.key)
    ]  # fmt: skip
    if not counted:
        return {}
    first, *others = counted
    rows = first.union(*others, all=True).order_by() if others else first
    return {row["ledger"]: row["number"] for row in rows if row["number"]}


def returned_counts(actor: Actor) -> dict[str, int]:
    return count_by_ledger(actor, Verb.EDIT, returned_rows)


def verify_counts(actor: Actor) -> dict[str, int]:
    return count_by_ledger(actor, Verb.VERIFY, rows_to_verify)


def waiting_counts(actor: Actor) -> dict[str, int]:
    """Both together, as the menu shows them; kept for a moment."""
    return cache.get_or_set(_cache_key(actor), lambda: _waiting(actor), _KEPT_SECONDS) or {}


def _waiting(actor: Actor) -> dict[str, int]:
    total = returned_counts(actor)
    for key, number in verify_counts(actor).items():
        total[key] = total.get(key, 0) + number
    return total


def forget_waiting(actor: Actor) -> None:
    """After the actor's own step the menu tells the truth at once."""
    cache.delete(_cache_key(actor))


def _cache_key(actor: Actor) -> str:
    return f"waiting:{actor.key}"
