"""Proposing an amendment, and taking the proposal back."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, differences_since, require, validate_row
from shanhai.kernel.custom.values import assign
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.joint import party_of
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Party, Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import State

from .models import Amendment
from .stored import difference, stored_row

REASON_LENGTH = 500


def is_amendable(row: LedgerModel, locks: Locks) -> bool:
    """Whether the row changes by amendment only: verified, or reported in a period that is locked."""
    ways = locks.ledger.life.ways(row.state)
    return any(not one.needs_lock or locks.period_closed(row) is not None for one in ways)


def may_propose(ledger: Ledger[Any], row: LedgerModel, actor: Actor, locks: Locks) -> bool:
    """Whether `actor` may propose an amendment of the row now."""
    return is_amendable(row, locks) and _party(ledger, row, actor, Verb.EDIT) is not None


def _party(ledger: Ledger[Any], row: LedgerModel, actor: Actor, verb: Verb) -> Party | None:
    party = party_of(actor, verb, ledger, row)
    if party is Party.COUNTERPART and not any(way.needs_both for way in ledger.life.ways(row.state)):
        return None
    return party


def proposing_party(ledger: Ledger[Any], row: LedgerModel, actor: Actor, verb: Verb = Verb.EDIT) -> Party:
    """As whom `actor` proposes: the counterpart does so of a confirmed joint row. Errors: NotAllowed."""
    current = context.current()
    if current and current.is_unscoped:
        return Party.OWN
    party = _party(ledger, row, actor, verb)
    if party is None:
        raise NotAllowed
    return party


def propose_values(
    ledger: Ledger[Any],
    row: Any,
    values: Mapping[str, Any],
    *,
    reason: str,
    actor: Actor,
    row_version: int,
) -> Amendment:
    """Propose new values for a row that is not edited as usual. `row_version` is the version the actor saw.

    Errors: NotAllowed; Conflict; RuleViolated for a row that needs no amendment, one with a proposal that is
    still open, no reason, no change, and values that break a rule: the same rules as for any change.
    """
    party = proposing_party(ledger, row, actor)
    locked, previous = _locked(ledger, row), _locked(ledger, row)
    if locked.row_version != row_version:
        raise Conflict(fields=differences_since(ledger, locked, row_version, values))
    _require_amendable(ledger, locked, reason)
    assign(locked, values)
    if locked.owner_unit_id != previous.owner_unit_id:
        sentence = _("更正不换填报单位。要换，请用“移交”。")
        raise RuleViolated(problems={"owner_unit": [sentence]}, code="owner_not_amended")
    validate_row(ledger, locked, previous)
    return _record(ledger, locked, reason, actor, party)


def propose_voiding(
    ledger: Ledger[Any], row: Any, *, reason: str, actor: Actor, row_version: int
) -> Amendment:
    """Propose that a row that counts should count no longer. Errors: as `propose_values`."""
    party = proposing_party(ledger, row, actor, Verb.VOID)
    locked = _locked(ledger, row)
    if locked.row_version != row_version:
        raise Conflict
    _require_amendable(ledger, locked, reason)
    locked.state = State.VOIDED
    return _record(ledger, locked, reason, actor, party)


def withdraw(amendment: Amendment, ledger: Ledger[Any], row: Any, *, actor: Actor) -> Amendment:
    """Take a proposal back before it is decided. Errors: NotAllowed; RuleViolated when it was decided."""
    require(actor, Verb.EDIT, ledger, row, Party(amendment.party))
    locked = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    if not locked.is_open:
        raise RuleViolated(_("这条更正已经办理，不能收回。"), code="amendment_decided")
    locked.state, locked.decided_at, locked.handled_by = Amendment.State.WITHDRAWN, clock.now(), actor.key
    with context.because(_("收回更正")):
        locked.save()
    return locked


def _locked(ledger: Ledger[Any], row: Any) -> Any:
    return ledger.rows_with_units().select_for_update(of=("self",)).get(pk=row.pk)


def _require_amendable(ledger: Ledger[Any], row: LedgerModel, reason: str) -> None:
    if not is_amendable(row, Locks(ledger)):
        sentence = _("这条记录现在是“%(state)s”，不用更正。")
        raise RuleViolated(sentence % {"state": State(row.state).label}, code="not_amendable")
    if not reason.strip():
        told = _("更正必须写明原因。")
        raise RuleViolated(told, code="reason_missing", problems={"reason": [told]})
    if Amendment.objects.filter(row_id=row.pk, state__in=Amendment.OPEN).exists():
        raise RuleViolated(_("这条记录已有一条更正等待核实，请先办理或收回。"), code="amendment_open")


def _record(ledger: Ledger[Any], row: Any, reason: str, actor: Actor, party: Party) -> Amendment:
    """Write the row to learn what the database makes of it, undo that, and keep the difference."""
    was = stored_row(row)
    # What is proposed may be out of the reach of who proposes it: a counterpart sees no voided row.
    with transaction.atomic(), context.beyond_reach(), constraint_sentences():
        row.save()
        before, after = difference(row, was, stored_row(row))
        transaction.set_rollback(True)
    if not after:
        raise RuleViolated(_("没有改动。"), code="nothing_amended")
    try:
        with transaction.atomic(), context.because(reason.strip()[:REASON_LENGTH]):
            return Amendment.objects.create(
                ledger=ledger.key,
                row_id=row.pk,
                side=row.side,
                owner_unit_id=row.owner_unit_id,
                period=was["period"],
                before=before,
                after=after,
                reason=reason.strip()[:REASON_LENGTH],
                proposed_at=clock.now(),
                proposed_by=actor.key,
                party=party,
            )
    except IntegrityError:
        raise RuleViolated(_("这条记录刚有人提出更正，请刷新后看。"), code="amendment_open") from None
