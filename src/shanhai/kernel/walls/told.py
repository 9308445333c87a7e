"""What the database is told of who acts: the grants of `scope`, flattened once a transaction.

Shape: a JSON object, ledger key → `view` and `write` → what is reached there (keys below, absent ones
empty); "" stands for every ledger that is not named. `sides` and `all` are for tables beside the ledgers.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from shanhai.kernel.permissions import INSTALLATION, READINGS, Reach, Verb
from shanhai.kernel.scope import Actor, Grant, Side

#: The setting of the transaction that carries it. Unset or empty, no row is seen and none written.
SETTING = "shanhai.wall"
#: Ways of reaching rows, each with the verbs of which one suffices.
WAYS: Mapping[str, frozenset[Verb]] = {
    "view": frozenset({Verb.VIEW}),
    "write": frozenset(
        {Verb.CREATE, Verb.EDIT, Verb.SUBMIT, Verb.VERIFY, Verb.VOID, Verb.IMPORT, Verb.MANAGE}
    ),
}
#: Keys of what is reached: sides as one text, units and trees of units and of places each with their side,
#: whether what others share is read.
SIDES, UNITS, UNIT_TREES, PLACE_TREES, SHARED = "s", "u", "t", "p", "r"
#: The person or body an account is bound to, with its kind and side.
SUBJECTS = "b"
#: Reaches whose people read nothing of a side as such.
_NO_SIDE = (Reach.NONE, Reach.BOUND)

_BOTH = ",".join(Side)
#: For work without a user, and for the few steps that must write beyond the actor's reach.
EVERYTHING = json.dumps(
    {"": {way: {SIDES: _BOTH, SHARED: True} for way in WAYS}, "sides": _BOTH, "all": True}
)


def told(actor: Actor) -> str:
    """What `actor` reaches. Shape: always an object, `{}` at least: it says that somebody acts."""
    named = {name for grant in actor.grants for name in grant.role.by_ledger}
    found: dict[str, Any] = {name: _reached(actor.grants, name) for name in ("", *sorted(named))}
    sides = {grant.side for grant in actor.grants if grant.role.reach not in _NO_SIDE}
    found["sides"] = ",".join(sorted(sides))
    if actor.subject is not None:
        found["bound"] = True
    found |= _looked_after(actor)
    return json.dumps(found, separators=(",", ":"))


def _looked_after(actor: Actor) -> dict[str, Any]:
    """What administrators see who reach no row: jobs, who read what on their side, history without a wall."""
    found: dict[str, Any] = {}
    if any(Verb.ADMINISTER in verbs for grant in actor.grants for verbs in grant.role.by_ledger.values()):
        found["looks"] = True
    if actor.allows(Verb.ADMINISTER, INSTALLATION):
        found["administers"] = True
    if watching := {grant.side for grant in actor.grants_for(Verb.ADMINISTER, READINGS)}:
        found["watched"] = ",".join(sorted(watching))
    return found


def _reached(grants: Iterable[Grant], name: str) -> dict[str, Any]:
    found = {}
    for way, verbs in WAYS.items():
        granted = [grant for grant in grants if verbs & grant.role.verbs_on(name)]
        found[way] = _way(granted, way) | _subjects(granted)
    return found


def _subjects(grants: Iterable[Grant]) -> dict[str, Any]:
    """Whom a bound account is about."""
    bound = [[one.subject.kind, one.side, str(one.subject.pk)] for one in grants if one.subject]
    return {SUBJECTS: bound} if bound else {}


def _way(grants: Iterable[Grant], way: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    sides = set()
    for grant in grants:
        match grant.role.reach:
            case Reach.SIDE:
                sides.add(grant.side)
            case Reach.UNIT:
                found.setdefault(UNITS, []).append([grant.side, str(grant.unit_id)])
            case Reach.TREE:
                found.setdefault(UNIT_TREES, []).append([grant.side, grant.unit_path])
                if grant.place_path:
                    found.setdefault(PLACE_TREES, []).append([grant.side, grant.place_path])
            case _:
                pass
        if way == "view" and grant.role.reads_shared:
            found[SHARED] = True
    if sides:
        found[SIDES] = ",".join(sorted(sides))
    return found
