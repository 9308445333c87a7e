"""Who may change the registers: administrators users and units of their side, coordinators its units."""

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side

_USERS, _UNITS = "accounts.user", "parties.unit"


def administered_sides(actor: Actor) -> frozenset[Side]:
    """Sides whose users `actor` looks after."""
    return _sides(actor, Verb.ADMINISTER, _USERS)


def managed_sides(actor: Actor) -> frozenset[Side]:
    """Sides whose units and places `actor` may change."""
    return _sides(actor, Verb.ADMINISTER, _UNITS) | _sides(actor, Verb.MANAGE, _UNITS)


def _sides(actor: Actor, verb: Verb, what: str) -> frozenset[Side]:
    return frozenset(grant.side for grant in actor.grants_for(verb, what))


def is_administrator(actor: Actor) -> bool:
    return bool(administered_sides(actor))


def is_manager(actor: Actor) -> bool:
    return bool(managed_sides(actor))


def is_member(actor: Actor) -> bool:
    """Whoever has any membership in force may read units, places and roles."""
    return bool(actor.grants)


def require(is_allowed: bool) -> None:
    """Errors: NotAllowed."""
    if not is_allowed:
        raise NotAllowed
