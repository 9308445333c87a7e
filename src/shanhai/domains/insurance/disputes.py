"""Inquiries of the insured county about a settlement it is to pay for, and what came of them."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from . import lookup
from .bookkeeping import NOTHING, book, refuse
from .clearing import Kind, conclude, of_care, of_insured, standing
from .models import Account, Clearing, Dispute, Threshold

#: While a clearing stands here its settlements may be asked about.
DISPUTABLE = frozenset({Kind.REQUESTED, Kind.CONFIRMED})


def raise_dispute(pk: UUID, line: UUID, inquiry: str, *, actor: Actor) -> Dispute:
    """The insured county asks about a settlement. Errors: as `take_step`."""
    clearing: Clearing = get_row(registry.get(Clearing.ledger_key()), pk, actor=actor)
    if not of_insured(clearing, actor):
        raise NotAllowed
    lookup.hold_books(clearing.side)
    found = clearing.lines.filter(pk=line, is_released=False).first()
    if found is None:
        raise NotVisible
    if standing(clearing) not in DISPUTABLE:
        raise refuse("407", _("拨付之后不能再提协查。"))
    if not inquiry.strip():
        raise RuleViolated(_("请写明协查事由。"), code="reason_missing")
    if found.disputes.filter(conclusion="").exists():
        raise refuse("408", _("这次结算已在协查。"))
    with context.because(inquiry.strip()):
        return Dispute.objects.create(  # type: ignore[no-any-return]
            clearing=clearing,
            clearing_line=found,
            inquiry=inquiry.strip()[:200],
            raised_on=clock.today(),
            raised_by=actor.name[:120],
            due_on=clock.today() + timedelta(days=_dispute_days()),
        )


def _dispute_days() -> int:
    """As set; a fault of the installation is told where it is met."""
    rows = Threshold.objects.in_force(clock.today()).filter(code=Threshold.Code.DISPUTE_DAYS)
    value = rows.values_list("value", flat=True).first()
    if value is None:
        raise refuse("409", _("没有规定协查几天答复，请先设定。"))
    return int(value)


def answer_dispute(pk: UUID, dispute: UUID, *, refused_amount: Decimal, reply: str, actor: Actor) -> Dispute:
    """The place of care answers: the settlement stands, or so much of it is not asked for. Unit: yuan.

    Errors: as `take_step`.
    """
    clearing: Clearing = get_row(registry.get(Clearing.ledger_key()), pk, actor=actor)
    if not of_care(clearing, actor):
        raise NotAllowed
    lookup.hold_books(clearing.side)
    found = clearing.disputes.select_related("clearing_line").filter(pk=dispute, conclusion="").first()
    if found is None:
        raise NotVisible
    if not reply.strip():
        raise RuleViolated(_("请写明协查答复。"), code="reason_missing")
    left = found.clearing_line.fund_paid - refused_of(found.clearing_line.disputes.all())
    if refused_amount < 0 or refused_amount > max(left, NOTHING):
        told = {"left": f"{max(left, NOTHING):,}"}
        raise refuse("411", _("核减应在 0 和这次结算余下的基金支付 %(left)s 元之间。") % told)
    conclusion = Dispute.Outcome.REFUSED if refused_amount else Dispute.Outcome.UPHELD
    today = clock.today()
    with context.because(reply.strip()):
        conclude(
            found,
            conclusion,
            refused_amount=refused_amount,
            reply=reply.strip()[:200],
            concluded_on=today,
            concluded_by=actor.name[:120],
        )
        said = _("协查核减 %(number)s") % {"number": found.clearing_line.number}
        book(clearing, Account.REFUSED, Account.RECEIVABLE, refused_amount, actor, today, said)
    return found


def refused_of(disputes: Iterable[Dispute]) -> Decimal:
    return sum((one.refused_amount for one in disputes), NOTHING)
