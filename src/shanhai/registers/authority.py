"""Who may change the registers: administrators, each kind its areas of its side; coordinators its units."""

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side

#: Areas that administrators look after. No two kinds of them share one (`accounts.roles`).
UNITS = "parties.unit"
#: Accounts as such: put to use, shut, given a fresh password, called by a name.
ACCOUNTS = "accounts.user"
#: New accounts and what people may do.
RIGHTS = "accounts.membership"
#: Rules of signing in, second factors, locked accounts, tokens.
SIGN_IN = "accounts.signinrule"
#: Dated rules of the installation, such as how long records are kept.
RULES = "rulebook.installation"
#: The record of sign-ins, the history of accounts and rights.
RECORD = "accounts.signinevent"


def administered_sides(actor: Actor, *areas: str) -> frozenset[Side]:
    """Sides of which `actor` looks after one of the areas; without any, after accounts in whatever way."""
    asked = areas or (ACCOUNTS, RIGHTS, SIGN_IN, RECORD)
    return frozenset().union(*(_sides(actor, Verb.ADMINISTER, area) for area in asked))


def managed_sides(actor: Actor) -> frozenset[Side]:
    """Sides whose units and places `actor` may change."""
    return _sides(actor, Verb.ADMINISTER, UNITS) | _sides(actor, Verb.MANAGE, UNITS)


def _sides(actor: Actor, verb: Verb, what: str) -> frozenset[Side]:
    return frozenset(grant.side for grant in actor.grants_for(verb, what))


def is_administrator(actor: Actor) -> bool:
    """Whether accounts are any of the actor's business, in whatever way."""
    return bool(administered_sides(actor))


def looks_after(actor: Actor, area: str) -> bool:
    return bool(administered_sides(actor, area))


def is_manager(actor: Actor) -> bool:
    return bool(managed_sides(actor))


def is_member(actor: Actor) -> bool:
    """Whoever has any membership in force may read units, places and roles."""
    return bool(actor.grants)


def require(is_allowed: bool) -> None:
    """Errors: NotAllowed."""
    if not is_allowed:
        raise NotAllowed
