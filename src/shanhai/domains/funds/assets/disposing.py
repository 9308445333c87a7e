"""The decision on a disposal: the asset leaves the books and its contracts end, or it is sent back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row, step_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import RETURN, State

from ..models import Asset, AssetDisposal, AssetLease, AssetStanding
from .disposal_lookup import missing


def decide(pk: UUID, *, accept: bool, reason: str, actor: Actor, row_version: int) -> AssetDisposal:
    """Dispose of the asset as a verified row asks, or send it back; both with a reason.

    Errors: RuleViolated with everything that is missing, for who asked for it, and where a contract is for
    another unit to end; Conflict; NotAllowed; NotVisible.
    """
    ledger = registry.get(AssetDisposal.ledger_key())
    row: AssetDisposal = get_row(ledger, pk, actor=actor, verb=Verb.VERIFY)
    said = reason.strip()[:300]
    if row.state != State.VERIFIED or row.decided_on:
        raise RuleViolated(_("这条处置没有在等决定，先提交、核实。"), code="disposal_closed")
    if not said:
        told = _("请写明同意处置或退回的意见。")
        raise RuleViolated(told, code="reason_missing", problems={"reason": [told]})
    if not accept:
        if row.row_version != row_version:
            raise Conflict
        refused: AssetDisposal = step_row(ledger, row, RETURN, actor=actor, reason=said)
        return refused
    if row.submitted_by == actor.key:
        raise RuleViolated(_("提交人不能决定自己提交的处置，请由他人决定。"), code="four_eyes")
    if lacking := missing(row, actor):
        raise RuleViolated(_("还不能处置：%(why)s。") % {"why": "；".join(lacking)}, code="disposal_closed")
    values = {"decided_on": clock.today(), "deciding_note": said}
    with transaction.atomic():
        decided: AssetDisposal = record_later(
            ledger, pk, values, actor=actor, row_version=row_version, reason=said, verb=Verb.VERIFY
        )
        _leave_the_books(decided, actor)
    return decided


def _leave_the_books(row: AssetDisposal, actor: Actor) -> None:
    because = _("资产处置 %(number)s") % {"number": row.disposal_number}
    for lease in _running(row.asset_id, row.disposed_on):
        _end(lease, row.disposed_on, because, actor)
    asset = Asset.objects.get(pk=row.asset_id)
    record_later(
        registry.get(Asset.ledger_key()),
        asset.pk,
        {"standing": AssetStanding.DISPOSED, "standing_since": row.disposed_on},
        actor=actor,
        row_version=asset.row_version,
        reason=because,
        verb=Verb.VERIFY,
    )


def _running(asset_id: UUID, day: date) -> list[AssetLease]:
    """Reported contracts that would still run on `day`."""
    rows = AssetLease.objects.reported().filter(asset=asset_id, leased_until__gte=day)
    return list(rows.filter(ended_early_on__isnull=True).select_related("owner_unit").order_by("pk"))


def _end(lease: AssetLease, day: date, because: str, actor: Actor) -> None:
    ledger = registry.get(AssetLease.ledger_key())
    try:
        record_later(
            ledger,
            lease.pk,
            {"ended_early_on": max(day, lease.starts_on)},
            actor=actor,
            row_version=lease.row_version,
            reason=because,
            verb=Verb.VERIFY,
        )
    except NotAllowed:
        told = {"number": lease.contract_number, "unit": str(lease.owner_unit)}
        said = _("经营合同“%(number)s”由%(unit)s填报，请先由其提前终止。") % told
        raise RuleViolated(said, code="disposal_closed") from None
