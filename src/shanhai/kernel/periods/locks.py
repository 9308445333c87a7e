"""Which periods are open or locked for whom, and the re-openings an actor sees."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.locking.calendar import Days, days_of
from shanhai.kernel.locking.models import PeriodReopening
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor

from .filed import owed_ledgers
from .models import ObligationRule
from .visible import in_reach

#: Periods told of each rule, the one under way included.
_SHOWN = {PeriodKind.MONTH: 6, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 3}
_REOPENINGS = 50
_LAST_MOMENT = datetime.time(23, 59, 59)


class Standing(StrEnum):
    """How a period stands today."""

    AHEAD = "ahead"
    OPEN = "open"
    DUE = "due"
    LOCKED = "locked"


@dataclass(frozen=True)
class LockLine:
    """One period of one rule that opens or locks."""

    rule: ObligationRule
    period: Period
    days: Days
    #: How many units the rule binds.
    units: int

    @property
    def standing(self) -> Standing:
        if self.days.is_ahead:
            return Standing.AHEAD
        if self.days.is_locked:
            return Standing.LOCKED
        return Standing.DUE if clock.today() > self.days.due_on else Standing.OPEN


def lock_lines(actor: Actor) -> Iterator[LockLine]:
    """The latest periods of every rule of the actor's side that opens or locks."""
    keys = [one.key for one in owed_ledgers() if actor.allows(Verb.VIEW, one.key)]
    rules = ObligationRule.objects.filter(side__in=actor.sides, ledger__in=keys).prefetch_related("units")
    for rule in rules:
        if rule.lock_days is None and rule.open_days is None:
            continue
        period = Period.of(clock.today(), PeriodKind(rule.frequency))
        for _again in range(_SHOWN[period.kind]):
            if rule.valid_from <= period.end and (rule.valid_to is None or period.end <= rule.valid_to):
                yield LockLine(rule, period, days_of(rule, period), len(rule.units.all()))
            period = period.previous()


def visible_reopenings(actor: Actor) -> list[PeriodReopening]:
    """Of the units in reach, the latest first."""
    rows = PeriodReopening.objects.filter(in_reach(actor)).select_related("unit")
    return list(rows.order_by("-opened_at", "-id")[:_REOPENINGS])


def get_reopening(pk: UUID, *, actor: Actor) -> PeriodReopening:
    """Errors: NotVisible."""
    found = PeriodReopening.objects.filter(in_reach(actor), pk=pk).select_related("unit").first()
    if found is None:
        raise NotVisible
    return found


def is_in_force(one: PeriodReopening) -> bool:
    return one.ended_at is None and one.until > clock.now()


def end_of(day: datetime.date) -> datetime.datetime:
    """The last moment of a day, until which a period may be open again."""
    return datetime.datetime.combine(day, _LAST_MOMENT, clock.CHINA)
