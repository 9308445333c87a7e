"""What the counties owe each other, as entries between two accounts: sums, the advance, ageing.

Debits equal credits by construction; balances are sums over entries and kept nowhere.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor

from . import lookup, rules
from .models import Account, Clearing, ClearingStep, LedgerEntry

NOTHING = Decimal(0)


def refuse(number: str, sentence: str) -> RuleViolated:
    """A numbered refusal, to be raised."""
    return RuleViolated(f"{number} {sentence}", code="bad_clearing_step")


def book(
    clearing: Clearing | None,
    debit: Account,
    credit: Account,
    amount: Decimal,
    actor: Actor,
    day: date,
    summary: str,
    *,
    side: str = "",
) -> None:
    """An entry; below nought the other way round, of nothing none."""
    if amount < 0:
        debit, credit, amount = credit, debit, -amount
    if amount:
        LedgerEntry.objects.create(
            side=clearing.side if clearing else side,
            clearing=clearing,
            debit=debit,
            credit=credit,
            amount=amount,
            booked_on=day,
            booked_by=actor.name[:120],
            summary=summary[:200],
        )


def entries_of(entries: Any, account: str) -> Any:
    """Entries that touch an account; all without one."""
    return entries.filter(Q(debit=account) | Q(credit=account)) if account else entries


def turnover(entries: Any, account: Account) -> dict[str, Decimal]:
    """Debits and credits of an account. Unit: yuan."""
    sums = entries_of(entries, account).aggregate(
        debits=Sum("amount", filter=Q(debit=account)), credits=Sum("amount", filter=Q(credit=account))
    )
    return {name: value or NOTHING for name, value in sums.items()}


def balance(entries: Any, account: Account) -> Decimal:
    """Debits less credits of an account. Unit: yuan."""
    found = turnover(entries, account)
    return found["debits"] - found["credits"]


def outstanding(clearing: Clearing) -> Decimal:
    """What the insured county still owes of a clearing. Unit: yuan."""
    return balance(clearing.entries, Account.RECEIVABLE)


def advance_balance(side: str) -> Decimal:
    """What is left of the advance that the place of care holds. Unit: yuan."""
    return -balance(LedgerEntry.objects.filter(side=side), Account.ADVANCE)


def total_of(clearing: Clearing) -> Decimal:
    """What the funds paid of all settlements in the clearing. Unit: yuan."""
    found = clearing.lines.filter(is_released=False).aggregate(total=Sum("fund_paid"))["total"]
    return found or NOTHING


def move_advance(amount: Decimal, day: date, note: str, *, actor: Actor) -> LedgerEntry:
    """The insured county's advance arrives, or below nought a part of it goes back. Unit: yuan.

    Errors: RuleViolated with a number; NotAllowed.
    """
    grants = actor.grants_for(Verb.EDIT, Clearing.ledger_key())
    if not grants:
        raise NotAllowed
    side = str(grants[0].side)
    lookup.hold_books(side)
    if not amount:
        raise refuse("410", _("请填写金额。"))
    if day > clock.today():
        raise refuse("403", _("办理日期不能晚于今天。"))
    left = advance_balance(side)
    if left + amount < 0:
        raise refuse("406", _("预付金只余 %(left)s 元，不够退回。") % {"left": f"{left:,}"})
    said = note.strip() or (_("收到预付金") if amount > 0 else _("退回预付金"))
    with context.because(said):
        book(None, Account.BANK, Account.ADVANCE, amount, actor, day, said, side=side)
    return LedgerEntry.objects.filter(side=side).latest("id")  # type: ignore[no-any-return]


def ageing(side: str, bands: Iterable[int]) -> list[rules.Aged]:
    """What is owed by clearing, in bands of days since it was asked for."""
    asked = ClearingStep.objects.filter(kind=ClearingStep.Kind.REQUESTED, clearing=OuterRef("pk"))
    rows = Clearing.objects.filter(Exists(asked), side=side)
    owed = []
    for one in rows.order_by("period", "number"):
        amount = outstanding(one)
        if amount:
            day = one.steps.get(kind=ClearingStep.Kind.REQUESTED).taken_on
            owed.append(rules.Owed(one.pk, one.number, amount, (clock.today() - day).days))
    return rules.aged(owed, bands)
