"""A side says what it makes of a difference."""

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.indicators.reconcile import Match, Pair, pair_of
from shanhai.kernel.scope import Actor

from ..compared import Compared
from ..models import SideOpinion
from ..targets import is_manager, managed_side

_LONGEST = 200


def may_opine(actor: Actor) -> bool:
    """Whoever manages figures of a side speaks for it."""
    return actor.home is not None and is_manager(actor)


def difference(found: Compared, mark: str) -> Pair:
    """The pair of a mark. Errors: Conflict when a side has changed it since it was shown."""
    pair = pair_of(found.version, found.asking.period, mark, found.only) if found.is_matched else None
    if pair is None:
        raise Conflict(_("这处差异已经变了：一方改过，或双方已经一致。请回到对账页看现在的。"))
    return pair


def opine(found: Compared, mark: str, choice: str, reason: str, *, actor: Actor) -> SideOpinion:
    """What the actor's side says of a difference; no row is changed.

    Errors: NotAllowed; Conflict; RuleViolated for a pair that one side cannot see, an unknown choice, keeping
    apart without a reason.
    """
    side, pair, reason = managed_side(actor), difference(found, mark), reason.strip()
    if pair.match is Match.SAME or not pair.is_told:
        sentence = _("只对双方都看得到、内容不同的记录提意见；本方未共享的先共享。")
        raise RuleViolated(sentence, code="not_decidable")
    if choice not in SideOpinion.Choice:
        raise RuleViolated(_("请选择核对意见。"), code="unknown_choice")
    if choice == SideOpinion.Choice.APART and not reason:
        raise RuleViolated(_("分别保留须写明理由。"), code="reason_missing")
    if len(reason) > _LONGEST:
        raise RuleViolated(_("理由不超过 %(most)s 字。") % {"most": _LONGEST}, code="reason_too_long")
    made = SideOpinion(
        side=side,
        ledger=found.version.source,
        pair_mark=mark,
        choice=choice,
        reason=reason,
        opined_by=actor.key,
        opined_at=clock.now(),
    )
    with context.because(reason or str(SideOpinion.Choice(choice).label)):
        made.save(force_insert=True)
    return made
