"""Units receive an issued bulletin: once, with person and time."""

from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor

from .bulletin_rights import issuing_grant
from .models import Bulletin, BulletinReceipt
from .models.bulletins import LEDGER


def own_receipts(bulletin: Bulletin, actor: Actor) -> list[BulletinReceipt]:
    """Receipts the actor may give: of units in which they file or verify."""
    units = {
        grant.unit_id
        for verb in (Verb.SUBMIT, Verb.VERIFY)
        for grant in actor.grants_for(verb, LEDGER)
        if grant.role.reads_shared
    }
    return list(bulletin.receipts.filter(unit__in=units).select_related("unit"))


def receive_bulletin(bulletin: Bulletin, unit: UUID, remark: str, *, actor: Actor) -> BulletinReceipt:
    """Receive an issued bulletin for the actor's unit, once.

    Errors: NotAllowed for other units; RuleViolated when it is not in force or was received already.
    """
    mine = [one for one in own_receipts(bulletin, actor) if one.unit_id == unit]
    if not mine:
        raise NotAllowed
    if bulletin.state != Bulletin.State.ISSUED:
        raise RuleViolated(_("这份通报不在生效中，不需要签收。"))
    receipt: BulletinReceipt = BulletinReceipt.objects.select_for_update().get(pk=mine[0].pk)
    if receipt.received_at:
        raise RuleViolated(
            _("本单位已由%(who)s于%(at)s签收。")
            % {"who": receipt.received_by, "at": f"{receipt.received_at:%Y-%m-%d %H:%M}"}
        )
    receipt.received_by, receipt.received_at = actor.name, clock.now()
    receipt.remark = remark.strip()[:300]
    receipt.save()
    return receipt


def remind_units(bulletin: Bulletin, *, actor: Actor) -> int:
    """Ask the units without a receipt for it; they see it on their workbench. How many were asked."""
    issuing_grant(actor, bulletin.side)
    if bulletin.state != Bulletin.State.ISSUED:
        raise RuleViolated(_("这份通报不在生效中，不需要签收。"))
    waiting = bulletin.receipts.filter(received_at__isnull=True)
    return int(waiting.update(reminded_at=clock.now()))
