"""Nil returns 零报告: a unit says that it has nothing to file for a period. Reported rows end it."""

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor

from .models import Obligation
from .states import obligation_states
from .visible import require_speaking


def declare_nil(obligation: Obligation, reason: str, *, actor: Actor) -> Obligation:
    """Say that nothing is to be filed.

    Errors: NotAllowed for who does not report for the unit; RuleViolated without a reason, when rows are
    reported, or when it was said before.
    """
    locked = _locked(obligation)
    require_speaking(actor, locked)
    state = obligation_states([locked])[locked.pk]
    if state.is_nil:
        raise RuleViolated(_("这一期已经报过零报告。"), code="nil_twice")
    if state.reported:
        raise RuleViolated(
            _("这一期已报 %(rows)s 条记录，不能再报零报告。") % {"rows": state.reported},
            code="nil_contradicted",
        )
    if not reason.strip():
        raise RuleViolated(_("零报告必须说明情况，例如“本月没有发生”。"), code="reason_missing")
    locked.nil_at, locked.nil_by = clock.now(), actor.key
    locked.nil_reason = reason.strip()[:200]
    with context.because(locked.nil_reason):
        locked.save()
    return locked


def withdraw_nil(obligation: Obligation, *, actor: Actor) -> Obligation:
    """Take the nil return back. Errors: NotAllowed; RuleViolated when there is none."""
    locked = _locked(obligation)
    require_speaking(actor, locked)
    if locked.nil_at is None:
        raise RuleViolated(_("这一期没有零报告。"), code="nil_missing")
    locked.nil_at, locked.nil_by, locked.nil_reason = None, "", ""
    with context.because(_("撤回零报告")):
        locked.save()
    return locked


def _locked(obligation: Obligation) -> Obligation:
    return Obligation.objects.select_related("unit").select_for_update(of=("self",)).get(pk=obligation.pk)
