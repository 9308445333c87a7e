"""Who may hand over what to whom, and doing it in one statement."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.workflow import State

from .models import Handover

REASON_LENGTH = 500
_GIVERS_LENGTH = 500


def may_hand_over(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> bool:
    """The owner's people who may change rows, and whoever manages the ledger on the row's side."""
    return any(covers(actor, verb, ledger.key, row) for verb in (Verb.EDIT, Verb.MANAGE))


def receivers(ledger: Ledger[Any], actor: Actor) -> list[Any]:
    """Units of the actor's sides that exist today and may keep the ledger."""
    sides = [side for side in ledger.sides if side in actor.sides]
    units = apps.get_model(settings.SHANHAI_UNIT_MODEL)._default_manager.filter(side__in=sides)
    today = clock.today()
    return [unit for unit in units.order_by("path") if unit.valid_to is None or unit.valid_to >= today]


def why_not_handed(ledger: Ledger[Any], row: LedgerModel, unit: Any, actor: Actor) -> str:
    """Why a row cannot be handed over to `unit`; "" when it can."""
    if not may_hand_over(ledger, row, actor):
        return _("不在您的办理范围内。")
    if row.state == State.VOIDED:
        return _("已作废的记录不移交。")
    if row.owner_unit_id == unit.pk:
        return _("已经是这个单位的。")
    if row.side != unit.side:
        return _("只能移交给本方的单位。")
    return ""


def hand_over(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], unit: Any, *, reason: str, actor: Actor
) -> int:
    """Make `unit` the owner of all rows; the number that changed.

    Shape: a constant number of statements. Errors: RuleViolated for a row that cannot be handed over, no
    reason, and rows that would clash with those of the receiving unit; nothing is changed then.
    """
    if not reason.strip():
        raise RuleViolated(_("移交必须写明原因。"), code="reason_missing")
    for row in rows:
        if why := why_not_handed(ledger, row, unit, actor):
            raise RuleViolated(why, code="not_handed_over")
    reason = reason.strip()[:REASON_LENGTH]
    chosen = ledger.model._default_manager.filter(pk__in=[row.pk for row in rows])
    givers = "、".join(dict.fromkeys(str(row.owner_unit) for row in rows))
    told = (_("移交：%(why)s") % {"why": reason})[:REASON_LENGTH]
    try:
        with context.beyond_reach(told), transaction.atomic():
            changed: int = chosen.update(owner_unit=unit, row_version=F("row_version") + 1)
            Handover.objects.create(
                ledger=ledger.key,
                side=unit.side,
                unit=unit,
                row_ids=[row.pk for row in rows],
                givers=givers[:_GIVERS_LENGTH],
                reason=reason,
                handed_at=clock.now(),
                handed_by=actor.key,
            )
            return changed
    except IntegrityError as error:
        sentence = _("接收单位已有相同的记录，所以一条也没有移交。请缩小选择后再试。")
        raise RuleViolated(sentence, code="duplicate") from error
