"""Who may see a bulletin, who may write it, and while it may be written."""

from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Grant, Side

from .models import Bulletin
from .models.bulletins import LEDGER


def get_bulletin(pk: UUID, *, actor: Actor, verb: Verb = Verb.VIEW) -> Bulletin:
    """The bulletin, if `actor` may see it and do `verb`. Errors: NotVisible, NotAllowed."""
    rows = Bulletin.objects.visible_to(actor).select_related("owner_unit")
    if verb is not Verb.VIEW:
        # Who is about to change it waits for whoever is changing it.
        rows = rows.select_for_update(of=("self",))
    bulletin: Bulletin | None = rows.filter(pk=pk).first()
    if bulletin is None:
        raise NotVisible
    if verb is not Verb.VIEW:
        issuing_grant(actor, bulletin.side)
    return bulletin


def issuing_grant(actor: Actor, side: str) -> Grant:
    """The membership by which `actor` issues bulletins of the side. Errors: NotAllowed."""
    for grant in actor.grants_for(Verb.ISSUE, LEDGER):
        if grant.side == side:
            return grant
    raise NotAllowed


def issuing_side(actor: Actor) -> Side:
    """The side whose bulletins the actor writes. Errors: NotAllowed."""
    for grant in actor.grants_for(Verb.ISSUE, LEDGER):
        return grant.side
    raise NotAllowed


def can_issue(actor: Actor, side: str) -> bool:
    return any(grant.side == side for grant in actor.grants_for(Verb.ISSUE, LEDGER))


def require_draft(bulletin: Bulletin, actor: Actor) -> None:
    """Errors: NotAllowed; RuleViolated when it is issued already."""
    issuing_grant(actor, bulletin.side)
    if not bulletin.is_draft:
        raise RuleViolated(_("通报已签发，内容不能再改。如有错误，请撤回后另发。"), code="bulletin_issued")
