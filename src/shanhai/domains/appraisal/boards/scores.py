"""What of a unit's rows is returned or lacks papers, in all ledgers by one statement each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Value

from shanhai.kernel.evidence.counted import demanded, share_of_row
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor, own_reach
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.workflow import State

RETURNED, MISSING = "returned", "missing"


@dataclass(frozen=True)
class Counted:
    """Rows of a unit in one ledger that are returned, or that lack papers."""

    ledger: Ledger[Any]
    unit: UUID
    number: int

    def url(self, what: str, unit: str) -> str:
        """The list of exactly these rows; `unit` is its code."""
        narrowed = {"state": State.RETURNED.value} if what == RETURNED else _LACKING
        return with_query(link(self.ledger, "list"), {"owner_unit_only": unit, **narrowed})


_LACKING = {"state": [*REPORTED_STATES], "evidence": "missing"}


def returned(actor: Actor) -> list[Counted]:
    """Rows sent back and not reported anew, of all ledgers of the reader's own reach. One statement."""
    return _counted(
        ledger.model._default_manager.filter(own_reach(actor, Verb.VIEW, ledger.key), state=State.RETURNED)
        .order_by()
        .annotate(ledger_key=Value(ledger.key, CharField()))
        for ledger in _read(actor)
    )


def evidence_missing(actor: Actor) -> list[Counted]:
    """Reported rows without every paper their ledger demands. One statement."""
    return _counted(
        ledger.model._default_manager.filter(
            own_reach(actor, Verb.VIEW, ledger.key), state__in=REPORTED_STATES
        )
        .order_by()
        .alias(share=share_of_row(ledger))
        .exclude(share=f"{len(papers)}/{len(papers)}")
        .annotate(ledger_key=Value(ledger.key, CharField()))
        for ledger in _read(actor)
        if (papers := demanded(ledger))
    )


def _read(actor: Actor) -> Iterator[Ledger[Any]]:
    return (one for one in registry if actor.allows(Verb.VIEW, one.key))


def _counted(rows: Iterator[Any]) -> list[Counted]:
    parts = [one.values("ledger_key", "owner_unit").annotate(number=Count("pk")) for one in rows]
    parts = [one.values_list("ledger_key", "owner_unit", "number") for one in parts]
    if not parts:
        return []
    first, *others = parts
    whole = first.union(*others, all=True).order_by()
    return [Counted(registry.get(key), unit, number) for key, unit, number in whole]


def by_unit(found: Sequence[Counted]) -> Mapping[UUID, int]:
    numbers: Counter[UUID] = Counter()
    for one in found:
        numbers[one.unit] += one.number
    return numbers
