"""Letting a unit in again after the lock: by who manages the rules, for a reason, until a moment."""

import datetime
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.periods.rules import require_managing
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .calendar import Calendar, reopenings_in_force
from .models import PeriodReopening

#: Nobody needs longer to mend a period; who does asks again.
LONGEST = datetime.timedelta(days=31)
REASON_LENGTH = 200


def reopen(
    ledger: str, unit: UUID, period: str, *, until: datetime.datetime, reason: str, actor: Actor
) -> PeriodReopening:
    """Open a locked period for one unit until a moment, after which it is locked again by itself.

    Errors: NotAllowed for who manages no rules of the ledger on the unit's side; NotVisible for an unknown
    ledger or unit; RuleViolated for a period that is not locked or open again already, a moment that is past
    or further than `LONGEST`, or no reason.
    """
    found = apps.get_model(settings.SHANHAI_UNIT_MODEL)._default_manager.filter(pk=unit).first()
    if found is None or ledger not in registry:
        raise NotVisible
    require_managing(actor, found.side, ledger)
    code = _locked_period(ledger, found, period)
    if not reason.strip():
        raise RuleViolated(problems={"reason": [_("重开必须写明原因。")]}, code="reason_missing")
    if not clock.now() < until <= clock.now() + LONGEST:
        sentence = _("重开的截止时间须在现在之后、%(days)s 天之内。")
        told = sentence % {"days": LONGEST.days}
        raise RuleViolated(problems={"until": [told]}, code="until_out_of_range")
    with context.because(reason.strip()[:REASON_LENGTH]):
        return PeriodReopening.objects.create(
            ledger=ledger,
            side=found.side,
            unit=found,
            period=code,
            until=until,
            reason=reason.strip()[:REASON_LENGTH],
            opened_at=clock.now(),
            opened_by=actor.key,
        )


def _locked_period(ledger: str, unit: object, text: str) -> str:
    try:
        period = Period.parse(text)
    except PeriodError as error:
        raise RuleViolated(problems={"period": [str(error)]}, code="period_unreadable") from None
    calendar = Calendar.of(ledger)
    days = calendar.days(unit.side, unit.pk, period)  # type: ignore[attr-defined]
    if days is None or not days.is_locked:
        raise RuleViolated(problems={"period": [_("这一期没有锁定，不用重开。")]}, code="not_locked")
    if calendar.reopening(unit.side, unit.pk, period):  # type: ignore[attr-defined]
        told = _("这一期正在重开。要改截止时间，请先结束现在的重开。")
        raise RuleViolated(problems={"period": [told]}, code="reopened_already")
    return period.code


def end_reopening(reopening: PeriodReopening, *, actor: Actor) -> PeriodReopening:
    """Lock again before the moment. Errors: NotAllowed; RuleViolated when it is over already."""
    require_managing(actor, reopening.side, reopening.ledger)
    locked = PeriodReopening.objects.select_for_update(of=("self",)).get(pk=reopening.pk)
    if locked.ended_at is not None or locked.until <= clock.now():
        raise RuleViolated(_("这次重开已经结束。"), code="reopening_over")
    locked.ended_at, locked.ended_by = clock.now(), actor.key
    with context.because(_("提前结束重开")):
        locked.save(update_fields=["ended_at", "ended_by"])
    return locked


def in_force() -> list[PeriodReopening]:
    """Every re-opening that holds now, with its unit; the caller limits them to what is the reader's."""
    rows = PeriodReopening.objects.filter(pk__in=[one.pk for one in reopenings_in_force()])
    return list(rows.select_related("unit").order_by("until", "id"))
