"""State changes of pushes: those whom a policy fits are put on, told, and heard to know."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row, save_row, step_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Sharing
from shanhai.kernel.workflow import EDITABLE, SUBMIT, State

from . import rules
from .entitled import place_of
from .models import PolicyPush, PushRecipient
from .notice_actions import held, saved
from .push_reports import whom_of
from .reports import last_release

_BAD = "bad_push"


def push_out(pk: UUID, *, digest: str, actor: Actor, row_version: int) -> list[PushRecipient]:
    """A draft for everyone whom the policy fits and who is not on the push: their units are to tell them.

    Errors: Conflict when the list is another than `digest` names; RuleViolated for a release that another
    push brings, or nobody new; NotAllowed; NotVisible.
    """
    push: PolicyPush = held(PolicyPush.ledger_key(), pk, actor, row_version)
    whom = whom_of(push)
    if whom.digest != digest:
        raise Conflict(_("名单在您查看之后变了，请看过新名单再推送。"))
    if not whom.lines:
        raise RuleViolated(_("没有新的推送对象。"), code=_BAD)
    is_person = rules.is_of_people(push.policy.recipients)
    rows = [
        PushRecipient(
            side=push.side,
            owner_unit=line.subject.owner_unit,
            place=place_of(line.subject),
            sharing=Sharing.PRIVATE,
            state=State.DRAFT,
            number=f"{push.number}-{running:04}",
            push=push,
            person=line.subject if is_person else None,
            firm=None if is_person else line.subject,
            fit=line.fit,
            amount=line.amount,
            lacking=line.lacking,
        )
        for running, line in enumerate(whom.lines, push.recipient_count + 1)
    ]
    push.release = last_release(push.policy)
    push.recipient_count += len(rows)
    said = _("政策推送 %(number)s：%(count)s 个") % {"number": push.number, "count": len(rows)}
    with constraint_sentences():
        saved(push, said)
    with context.beyond_reach(said), constraint_sentences():  # the rows are those of who looks after them
        PushRecipient.objects.bulk_create(rows)
    return rows


def tell(keys: Collection[UUID], *, way: str, told_on: date, actor: Actor) -> int:
    """These were told, all in one way on one day; how many.

    Errors: RuleViolated for who was told before, or a day to come; NotAllowed; NotVisible.
    """
    if way not in PushRecipient.Way.values:
        raise RuleViolated(_("请选择通知方式。"), code=_BAD)
    ledger = registry.get(PushRecipient.ledger_key())
    for key in sorted(keys):
        row = get_row(ledger, key, actor=actor, verb=Verb.EDIT)
        if row.told_on is not None or row.state not in EDITABLE:
            told = {"number": row.number, "who": str(row)}
            raise RuleViolated(_("%(number)s %(who)s 已经通知过，不再通知。") % told, code=_BAD)
        values = {"told_on": told_on, "told_way": way}
        step_row(
            ledger,
            save_row(ledger, row, values, actor=actor, row_version=row.row_version),
            SUBMIT,
            actor=actor,
        )
    if not keys:
        raise RuleViolated(_("请先勾选通知了谁。"), code=_BAD)
    return len(keys)


def know(pk: UUID, *, actor: Actor, row_version: int) -> PushRecipient:
    """Who was told knows of it, from today. Errors: RuleViolated; Conflict; NotAllowed; NotVisible."""
    ledger = registry.get(PushRecipient.ledger_key())
    reason = str(_("本人已知晓"))
    values = {"read_on": clock.today()}
    row: PushRecipient = record_later(ledger, pk, values, actor=actor, row_version=row_version, reason=reason)
    return row
