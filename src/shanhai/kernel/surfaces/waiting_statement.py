"""The statement that counts rows waiting for a reader, in all ledgers at once.

Django takes longer to write it than the database to answer it, and every page asks. So it is written once in
a process for all whose grants have the same shape, for a reader made up for that shape: a pattern, in whose
place the reader's name, units and places are put each time it is sent.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from shanhai.kernel.joint import of_party
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Party, Reach, Role, Verb
from shanhai.kernel.prepared import Planned, lines, written
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Grant, Side, visible_rows
from shanhai.kernel.workflow import State

#: States in which a row waits for somebody.
WAITING = (State.RETURNED, State.SUBMITTED, State.AWAITING)
#: Ledger key, state, number, since when (of rows to confirm).
type Counted = tuple[str, str, int, datetime | None]
#: Of a grant, what decides on the text: side, reach, whether it reads shared rows, whether it has a place,
#: verbs by ledger.
type _GrantShape = tuple[Side, Reach, bool, bool, tuple[tuple[str, frozenset[Verb]], ...]]
type _Shape = tuple[_GrantShape, ...]

_VERBS = frozenset({Verb.VIEW, Verb.EDIT, Verb.VERIFY})
#: An installation has some ten shapes, and a few more where people have several memberships.
_SHAPES_KEPT = 64
_READERS_KEPT = 512


def counted_rows(actor: Actor, *, up_to: int, snapshot: str = "") -> tuple[Counted, ...]:
    """What waits for the actor, by ledger and state; nothing is counted beyond `up_to`.

    Shape: `snapshot` is that of a transaction which has written nothing since; under an equal one the answer
    stays what it was, and is not asked for again.
    """
    shape = tuple(_shape(grant) for grant in actor.grants)
    if _statement(shape, up_to) is None:
        return ()
    count = _counted if snapshot else _counted.__wrapped__
    return count(snapshot, shape, up_to, _own(actor))


@lru_cache(maxsize=_READERS_KEPT)
def _counted(_snapshot: str, shape: _Shape, up_to: int, own: tuple[Any, ...]) -> tuple[Counted, ...]:
    statement = _statement(shape, up_to)
    if statement is None:
        return ()
    (found,) = lines([(statement, own)], has_one_plan=True)
    return tuple(found)


def _shape(grant: Grant) -> _GrantShape:
    role = grant.role
    verbs = tuple((ledger.key, role.verbs_on(ledger.key) & _VERBS) for ledger in registry)
    return grant.side, role.reach, role.reads_shared, bool(grant.place_path), verbs


def _pattern(shape: _Shape) -> Actor:
    """A reader with these rights, whose name, units and places stand nowhere else in a statement."""
    grants = tuple(
        Grant(
            role=Role("pattern", "", reach, frozenset(), dict(verbs), reads_shared),
            side=side,
            unit_id=UUID(int=number),
            unit_path=f"pattern.{number}.unit",
            place_path=f"pattern.{number}.place" if has_place else None,
        )
        for number, (side, reach, reads_shared, has_place, verbs) in enumerate(shape)
    )
    return Actor(key="pattern", name="", grants=grants)


def _own(actor: Actor) -> tuple[Any, ...]:
    """All that differs between two actors of one shape."""
    own = [(grant.unit_id, grant.unit_path, grant.place_path) for grant in actor.grants]
    return actor.key, *(one for grant in own for one in grant if one is not None)


@lru_cache(maxsize=_SHAPES_KEPT)
def _statement(shape: _Shape, up_to: int) -> Planned | None:
    """Given is what is the actor's own; None where nothing can wait."""
    pattern = _pattern(shape)
    parts = [part for ledger in registry for part in _parts(ledger, pattern, up_to)]
    if not parts:
        return None
    text = " UNION ALL ".join(text for text, _given in parts)
    return written(text, [one for _text, given in parts for one in given], _own(pattern))


def _parts(ledger: Ledger[Any], actor: Actor, up_to: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """A part of the statement for every kind of rows that can wait in the ledger."""
    for state, waiting in _conditions(ledger, actor):
        # Without the limits of the default manager, which are those of the pattern here; behind the wall.
        every: QuerySet[Any] = QuerySet(ledger.model)
        rows = every.filter(waiting, state=state).values_list("verified_at")
        first = ["verified_at"] if state == State.AWAITING else []
        try:
            text, given = rows.order_by(*first)[:up_to].query.sql_with_params()
        except EmptyResultSet:  # no grant reaches any
            continue
        counted = f"SELECT %s, %s, count(*), min(verified_at) FROM ({text}) AS waiting"  # noqa: S608
        yield counted, (ledger.key, state.value, *given)


def _conditions(ledger: Ledger[Any], actor: Actor) -> Iterator[tuple[State, Q]]:
    """State → which of its rows wait for the actor; nobody judges what bears the own signature."""
    yield State.RETURNED, _reached(ledger, actor, Verb.EDIT)
    unsigned = ~Q(submitted_by=actor.key)
    yield State.SUBMITTED, _reached(ledger, actor, Verb.VERIFY) & unsigned
    if ledger.is_joint:
        addressed = of_party(actor, Verb.VERIFY, ledger, Party.COUNTERPART)
        readable = visible_rows(actor, Verb.VIEW, ledger.key)
        yield State.AWAITING, readable & addressed & unsigned & ~Q(verified_by=actor.key)


def _reached(ledger: Ledger[Any], actor: Actor, verb: Verb) -> Q:
    """Own rows for the verb that may be read too, as they may by each membership that grants both."""
    reached = visible_rows(actor, verb, ledger.key)
    if all(grant.role.allows(Verb.VIEW, ledger.key) for grant in actor.grants_for(verb, ledger.key)):
        return reached
    return reached & visible_rows(actor, Verb.VIEW, ledger.key)
