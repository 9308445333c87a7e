"""Which obligations an actor sees, and for which units the actor may speak."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet

from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Actor, Grant, is_below, nothing

from .filed import owed_ledgers
from .models import Obligation


def visible_obligations(actor: Actor, verb: Verb = Verb.VIEW) -> QuerySet[Obligation, Obligation]:
    """Obligations of the units that each membership reaches, on the ledgers where it grants the verb."""
    return Obligation.objects.filter(in_reach(actor, verb)).select_related("unit")


def in_reach(actor: Actor, verb: Verb = Verb.VIEW) -> Q:
    """The same of any table with `ledger`, `side` and `unit`: obligations, re-openings.

    Shape: the side for who works side-wide, else the own unit and those below it; never the other side.
    """
    predicate = nothing()
    for grant in actor.grants:
        keys = [ledger.key for ledger in owed_ledgers() if grant.role.allows(verb, ledger.key)]
        if keys:
            predicate |= Q(ledger__in=keys) & _reached(grant)
    return predicate


def _reached(grant: Grant) -> Q:
    side = Q(side=grant.side)
    match grant.role.reach:
        case Reach.SIDE:
            return side
        case Reach.TREE:
            return side & Q(unit__in=_units_below(grant.unit_path))
        case Reach.UNIT:
            return side & Q(unit_id=grant.unit_id)
        case _:
            return nothing()


def _units_below(path: str) -> Any:
    model = apps.get_model(settings.SHANHAI_UNIT_MODEL)
    return model._base_manager.filter(path__descendant_of=path).values("pk")


def may_see(actor: Actor) -> bool:
    """Whether obligations are any of the actor's business."""
    return any(actor.allows(Verb.VIEW, ledger.key) for ledger in owed_ledgers())


def get_obligation(pk: UUID, *, actor: Actor) -> Obligation:
    """Errors: NotVisible."""
    found = visible_obligations(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def may_speak(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor reports for the unit: the right to submit rows of the ledger, in reach."""
    return any(_speaks(grant, obligation) for grant in actor.grants_for(Verb.SUBMIT, obligation.ledger))


def _speaks(grant: Grant, obligation: Obligation) -> bool:
    if grant.side != obligation.side:
        return False
    match grant.role.reach:
        case Reach.SIDE:
            return True
        case Reach.TREE:
            return is_below(obligation.unit.path, grant.unit_path)
        case Reach.UNIT:
            return bool(grant.unit_id == obligation.unit_id)
        case _:
            return False


def require_speaking(actor: Actor, obligation: Obligation) -> None:
    """Errors: NotAllowed."""
    current = context.current()
    if not (current and current.is_unscoped) and not may_speak(actor, obligation):
        raise NotAllowed
