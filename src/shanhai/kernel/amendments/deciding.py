"""Deciding an amendment: by somebody else than who proposed it; of a joint row by both sides in turn."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, require, validate_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.settled import settled
from shanhai.kernel.workflow import State

from .models import Amendment
from .proposing import REASON_LENGTH, is_amendable
from .stored import changed, stored_row, write_columns


def accept(amendment: Amendment, ledger: Ledger[Any], row: Any, *, actor: Actor) -> Amendment:
    """Verify the amendment: the row takes the values, its state stays (or it is voided).

    Of a confirmed joint row the first side's verification makes it wait for the other's.
    Errors: NotAllowed; RuleViolated for who proposed it, for one that is decided, for a row that is edited
    as usual by now, and for values that break a rule by now; Conflict when the row no longer says what the
    amendment found.
    """
    require(actor, Verb.VERIFY, ledger, row, amendment.decided_by_party)
    decided = _open(amendment, actor)
    rows = ledger.rows_with_units()
    previous = rows.select_for_update(of=("self",)).get(pk=row.pk)
    if not is_amendable(previous, Locks(ledger)):
        sentence = _("这条记录现在可以直接修改，更正不再需要。请不同意，或请提出人收回。")
        raise RuleViolated(sentence, code="not_amendable")
    now = stored_row(previous)
    if changed(previous, now, decided.before):
        raise Conflict(_("提出更正以后，这条记录的内容又变了。请不同意，由提出人按现在的内容重新提出。"))
    if needs_both(ledger, previous.state) and not decided.agreed_at:
        return _agree(decided, actor)
    # A counterpart sees no voided row, nor what stands beside it.
    with transaction.atomic(), context.beyond_reach(_because(decided)), constraint_sentences():
        write_columns(previous, decided.after)
        if not decided.is_voiding:
            validate_row(ledger, rows.get(pk=row.pk), previous)
        accepted = _decide(decided, Amendment.State.ACCEPTED, "", actor)
        if previous.state == State.VERIFIED and not decided.is_voiding:
            settled(ledger, [previous], actor)
        return accepted


def needs_both(ledger: Ledger[Any], state: State | str) -> bool:
    """Whether the other side confirms amendments of a row in this state."""
    return any(way.needs_both for way in ledger.life.ways(state))


def _agree(amendment: Amendment, actor: Actor) -> Amendment:
    amendment.state = Amendment.State.AWAITING
    amendment.agreed_at, amendment.agreed_by = clock.now(), actor.key
    with context.because(_because(amendment)):
        amendment.save()
    return amendment


def _because(amendment: Amendment) -> str:
    return (_("更正：%(why)s") % {"why": amendment.reason})[:REASON_LENGTH]


def refuse(amendment: Amendment, ledger: Ledger[Any], row: Any, *, reason: str, actor: Actor) -> Amendment:
    """Turn the amendment down; the row stays as it is. Errors: NotAllowed; RuleViolated."""
    require(actor, Verb.VERIFY, ledger, row, amendment.decided_by_party)
    if not reason.strip():
        raise RuleViolated(_("不同意必须写明原因。"), code="reason_missing")
    return _decide(_open(amendment, actor), Amendment.State.REFUSED, reason.strip()[:REASON_LENGTH], actor)


def _open(amendment: Amendment, actor: Actor) -> Amendment:
    locked = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    if not locked.is_open:
        raise RuleViolated(_("这条更正已经办理。"), code="amendment_decided")
    if locked.decided_by_party is not amendment.decided_by_party:
        raise RuleViolated(_("这条更正刚有变化，请刷新后看。"), code="amendment_decided")
    if actor.key in (locked.proposed_by, locked.agreed_by):
        raise RuleViolated(_("提出人不能办理自己提出的更正，请由他人核实。"), code="four_eyes")
    return locked


def _decide(amendment: Amendment, state: str, decision: str, actor: Actor) -> Amendment:
    amendment.state, amendment.decision = state, decision
    amendment.decided_at, amendment.handled_by = clock.now(), actor.key
    with context.because(decision or _because(amendment)):
        amendment.save()
    return amendment
