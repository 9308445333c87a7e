"""Clearing: requested by the place of care, confirmed and paid by the insured county, and every fen booked.

A settlement is in one clearing at most; books are entries between two accounts, so that debits equal credits
however steps follow one another. Each refusal has a number.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.later import may_record
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers

from . import lookup
from .bookkeeping import NOTHING, advance_balance, book, outstanding, refuse, total_of
from .models import (
    Account,
    Clearing,
    ClearingLine,
    ClearingStep,
    Dispute,
    Settlement,
    SettlementDifference,
)
from .reconciling import counties, insured_side, values_of

Kind = ClearingStep.Kind
#: Which step may follow which; "" before the first.
FOLLOWS: dict[str, tuple[ClearingStep.Kind, ...]] = {
    "": (Kind.REQUESTED,),
    Kind.REQUESTED: (Kind.CONFIRMED, Kind.UNDONE),
    Kind.CONFIRMED: (Kind.PAID, Kind.UNDONE),
    Kind.PAID: (Kind.COMPLETED,),
}
#: Steps of the insured county; the others are the place of care's.
OF_INSURED = frozenset({Kind.CONFIRMED, Kind.PAID})


def standing(clearing: Clearing) -> str:
    """The last step; "" before the first."""
    found: str | None = clearing.steps.order_by("-ordinal").values_list("kind", flat=True).first()
    return found or ""


def of_insured(clearing: Clearing, actor: Actor) -> bool:
    """Whether the actor acts for the insured county."""
    grants = actor.grants_for(Verb.EDIT, Clearing.ledger_key())
    return any(grant.side == clearing.insured_side for grant in grants)


def of_care(clearing: Clearing, actor: Actor) -> bool:
    """Whether the actor keeps the clearing."""
    return covers(actor, Verb.EDIT, Clearing.ledger_key(), clearing)


def due_settlements(side: str, last: date) -> list[Settlement]:
    """Settled at the place of care for the other county's insured, in no clearing that stands, undisputed.

    Shape: in the order of settling; with an undecided difference neither the settlement nor its reversal.
    """
    undecided = SettlementDifference.objects.filter(SettlementDifference.OPEN)
    held = Exists(undecided.filter(settlement=OuterRef("pk"))) | Exists(
        undecided.filter(settlement=OuterRef("reverses"))
    )
    cleared = Exists(ClearingLine.objects.filter(settlement=OuterRef("pk"), is_released=False))
    rows = Settlement.objects.filter(visit__side=side, settled_on__lte=last).exclude(insured_side=side)
    found = rows.exclude(held).exclude(cleared).select_related("visit").order_by("id")
    return [one for one in found if one.insured_side or insured_side(one) != side]


def take_step(
    pk: UUID,
    kind: str,
    *,
    actor: Actor,
    seen: int,
    day: date | None = None,
    reason: str = "",
    from_advance: Decimal = NOTHING,
) -> ClearingStep:
    """The next step of a clearing. `seen`: how many steps the actor saw. Unit: yuan.

    Errors: RuleViolated with a number; Conflict; NotAllowed; NotVisible.
    """
    clearing: Clearing = get_row(registry.get(Clearing.ledger_key()), pk, actor=actor)
    if not (of_insured if kind in OF_INSURED else of_care)(clearing, actor):
        raise NotAllowed
    lookup.hold_books(clearing.side)
    now, taken = standing(clearing), clearing.steps.count()
    if taken != seen:
        raise Conflict
    if kind not in FOLLOWS.get(now, ()):
        told = {"now": Kind(now).label if now else _("未申请"), "next": _label(kind)}
        raise refuse("402", _("现在是“%(now)s”，不能办理“%(next)s”。") % told)
    day = day or clock.today()
    if day > clock.today():
        raise refuse("403", _("办理日期不能晚于今天。"))
    with context.because(reason.strip() or _label(kind)), constraint_sentences():
        _effect(clearing, Kind(kind), actor, day, reason, from_advance)
        return _stepped(clearing, Kind(kind), taken + 1, actor, day, reason)


def _label(kind: str) -> str:
    return str(Kind(kind).label) if kind in Kind.values else kind


def _stepped(
    clearing: Clearing, kind: ClearingStep.Kind, ordinal: int, actor: Actor, day: date, reason: str
) -> ClearingStep:
    return ClearingStep.objects.create(  # type: ignore[no-any-return]
        clearing=clearing,
        ordinal=ordinal,
        kind=kind,
        taken_on=day,
        handled_by=actor.name[:120],
        reason=reason.strip()[:200],
    )


def _effect(
    clearing: Clearing,
    kind: ClearingStep.Kind,
    actor: Actor,
    day: date,
    reason: str,
    from_advance: Decimal,
) -> None:
    """What a step does beside being taken."""
    match kind:
        case Kind.REQUESTED:
            _request(clearing, actor, day)
        case Kind.UNDONE:
            _undo(clearing, actor, day, reason)
        case Kind.PAID:
            _require_answers(clearing)
        case Kind.COMPLETED:
            _receive(clearing, actor, day, from_advance)
        case _:
            pass


def _request(clearing: Clearing, actor: Actor, day: date) -> None:
    """Collect what is due to the end of the month, and book it as owed."""
    if not may_record(registry.get(Clearing.ledger_key()), clearing, actor):
        raise refuse("400", _("清算还没有报，请先提交。"))
    found = due_settlements(clearing.side, Period.parse(clearing.period).end)
    if not found:
        raise refuse("401", _("到这个月末没有待清算的结算；有未处理差异的不进清算。"))
    codes = counties()
    ClearingLine.objects.bulk_create(
        ClearingLine(
            clearing=clearing,
            settlement=one,
            number=one.number,
            person_index=one.person_index,
            settled_on=one.settled_on,
            insurance=one.insurance,
            fund_paid=one.pool + one.serious + one.assistance,
            told={name: str(value) for name, value in values_of(one, codes).items()},
        )
        for one in found
    )
    book(clearing, Account.RECEIVABLE, Account.FRONTED, total_of(clearing), actor, day, _("申请清算"))


def _undo(clearing: Clearing, actor: Actor, day: date, reason: str) -> None:
    """Take every entry back, and let the settlements go."""
    if not reason.strip():
        raise RuleViolated(_("请写明撤销原因。"), code="reason_missing")
    for one in list(clearing.entries.order_by("id")):
        book(clearing, Account(one.credit), Account(one.debit), one.amount, actor, day, _("撤销清算"))
    withdrawn = {"concluded_on": day, "concluded_by": actor.name[:120], "reply": reason.strip()[:200]}
    for dispute in clearing.disputes.filter(conclusion=""):
        conclude(dispute, Dispute.Outcome.WITHDRAWN, **withdrawn)
    clearing.lines.update(is_released=True)


def _require_answers(clearing: Clearing) -> None:
    number = clearing.disputes.filter(conclusion="").count()
    if number:
        raise refuse("404", _("还有 %(number)s 件协查没有结论，不能拨付。") % {"number": number})


def _receive(clearing: Clearing, actor: Actor, day: date, from_advance: Decimal) -> None:
    """What came is booked: so much from the advance, the rest through the bank."""
    owed = outstanding(clearing)
    if from_advance < 0 or from_advance > max(owed, NOTHING):
        raise refuse("405", _("从预付金抵扣应在 0 和应收 %(owed)s 元之间。") % {"owed": f"{owed:,}"})
    left = advance_balance(clearing.side)
    if from_advance > left:
        raise refuse("406", _("预付金只余 %(left)s 元，不够抵扣。") % {"left": f"{left:,}"})
    book(clearing, Account.ADVANCE, Account.RECEIVABLE, from_advance, actor, day, _("预付金抵扣"))
    book(clearing, Account.BANK, Account.RECEIVABLE, owed - from_advance, actor, day, _("清算款到账"))


def conclude(dispute: Dispute, conclusion: Dispute.Outcome, **values: Any) -> None:
    dispute.conclusion = conclusion
    for name, value in values.items():
        setattr(dispute, name, value)
    dispute.save()
