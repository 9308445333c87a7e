"""Who sees a run, and who moves it."""

from uuid import UUID

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Actor, covers

from ..models import AppraisalRun, AppraisalScheme
from ..models.runs import RUNS
from .rules import Move

#: Who shows scores to both sides looks at what another computed; all else is the coordinator's.
_VERBS = {"show": Verb.VERIFY}


def seen_run(pk: UUID, actor: Actor) -> AppraisalRun:
    """Errors: NotVisible."""
    rows = AppraisalRun.objects.visible_to(actor).select_related("scheme__owner_unit", "release")
    found: AppraisalRun | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def reads_runs(actor: Actor) -> bool:
    return actor.home is not None and any(one.role.reads_shared for one in actor.grants_for(Verb.VIEW, RUNS))


def oversees(run: AppraisalRun, actor: Actor) -> bool:
    """Whether the reader sees all of the run's side: self-reports, and what the rows say by now."""
    return any(
        one.side == run.side and one.role.reach is Reach.SIDE for one in actor.grants_for(Verb.VIEW, RUNS)
    )


def overseen_run(pk: UUID, actor: Actor) -> AppraisalRun:
    """Errors: NotVisible, NotAllowed."""
    run = seen_run(pk, actor)
    if not oversees(run, actor):
        raise NotAllowed
    return run


def may_move(run: AppraisalRun, move: Move, actor: Actor) -> bool:
    if not oversees(run, actor) and not _VERBS.get(move.name):
        return False
    verb = _VERBS.get(move.name, Verb.MANAGE)
    return covers(actor, verb, AppraisalScheme.ledger_key(), run.scheme)


def moved_run(pk: UUID, move: Move, actor: Actor) -> AppraisalRun:
    """The run, locked, for whoever may take the move. Errors: NotVisible, NotAllowed."""
    run = seen_run(pk, actor)
    if not may_move(run, move, actor):
        raise NotAllowed
    AppraisalRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    return seen_run(pk, actor)
