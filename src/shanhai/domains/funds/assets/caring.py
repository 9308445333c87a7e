"""State changes of care: an inspection with its photo in one step, a contract that ends early."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import create_row, get_row, step_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import SUBMIT

from ..models import Asset, AssetInspection, AssetLease


def inspect(
    pk: UUID,
    *,
    condition: str,
    note: str,
    inspected_on: date | None,
    actor: Actor,
    photo: tuple[str, bytes] | None = None,
    needs_photo: bool = False,
) -> AssetInspection:
    """What an asset was found like, submitted with its photo (name, content) if there is one.

    Errors: RuleViolated by field; NotAllowed; NotVisible; as `upload`.
    """
    asset: Asset = get_row(registry.get(Asset.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    if needs_photo and photo is None:
        raise RuleViolated(_("请拍一张巡查照片。"), code="bad_inspection")
    if condition not in AssetInspection.Condition.values:
        raise RuleViolated(_("请选择巡查结果。"), code="bad_inspection")
    ledger = registry.get(AssetInspection.ledger_key())
    values = {
        "asset": asset,
        "place": asset.place,
        "condition": condition,
        "inspection_note": note.strip()[:300],
        "inspected_on": inspected_on or clock.today(),
    }
    with transaction.atomic():
        row = create_row(ledger, values, actor=actor)
        if photo is not None:
            upload(ledger, row, photo[1], photo[0], "photo", actor=actor)
        made: AssetInspection = step_row(ledger, row, SUBMIT, actor=actor)
    return made


def end_lease(pk: UUID, *, ended_on: date | None, reason: str, actor: Actor, row_version: int) -> AssetLease:
    """A reported contract ends before its time.

    Errors: as `record_later`; RuleViolated without day or reason.
    """
    ledger = registry.get(AssetLease.ledger_key())
    lease: AssetLease = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    if ended_on is None or not reason.strip():
        raise RuleViolated(_("请填提前终止日期和原因。"), code="bad_lease_end")
    if not lease.starts_on <= ended_on <= lease.leased_until:
        raise RuleViolated(_("提前终止日期要在经营期之内。"), code="bad_lease_end")
    ended: AssetLease = record_later(
        ledger,
        pk,
        {"ended_early_on": ended_on},
        actor=actor,
        row_version=row_version,
        reason=reason.strip()[:300],
    )
    return ended
