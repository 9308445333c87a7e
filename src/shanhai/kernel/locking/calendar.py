"""When the periods of a ledger open, fall due and lock: computed from the rules, stored nowhere."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.periods.models import ObligationRule, ObligationRuleUnit

from .models import PeriodReopening

_DAY = datetime.timedelta(days=1)

#: Side, unit, period.
type Key = tuple[str, UUID, str]


@dataclass(frozen=True)
class Days:
    """The days of one period for one unit. None: no limit on that side."""

    #: First day on which rows may be filed.
    opens_on: datetime.date | None
    due_on: datetime.date
    #: Last day on which rows may be changed; the period is locked from the next day on.
    last_open: datetime.date | None

    @property
    def is_locked(self) -> bool:
        return self.last_open is not None and clock.today() > self.last_open

    @property
    def is_ahead(self) -> bool:
        """Not open yet."""
        return self.opens_on is not None and clock.today() < self.opens_on


def days_of(rule: ObligationRule, period: Period) -> Days:
    """What one rule says of a period."""
    due_on = period.end + rule.due_days * _DAY
    return Days(
        opens_on=None if rule.open_days is None else period.start + rule.open_days * _DAY,
        due_on=due_on,
        last_open=None if rule.lock_days is None else due_on + rule.lock_days * _DAY,
    )


@dataclass(frozen=True)
class Calendar:
    """The rules of one ledger with the units they bind, and the re-openings in force."""

    rules: tuple[ObligationRule, ...] = ()
    #: Rule → units it binds.
    units: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    reopenings: dict[Key, PeriodReopening] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: str) -> Self:
        """Shape: one query where no rule opens or locks anything, else three."""
        rules = tuple(ObligationRule.objects.filter(ledger=ledger).order_by("valid_from", "id"))
        if all(rule.open_days is None and rule.lock_days is None for rule in rules):
            return cls()
        bound: dict[UUID, set[UUID]] = {}
        pairs = ObligationRuleUnit.objects.filter(rule__in=rules).values_list("rule_id", "unit_id")
        for rule, unit in pairs:
            bound.setdefault(rule, set()).add(unit)
        return cls(
            rules,
            {rule: frozenset(units) for rule, units in bound.items()},
            {(one.side, one.unit_id, one.period): one for one in reopenings_in_force(ledger)},
        )

    def days(self, side: str, unit: UUID, period: Period) -> Days | None:
        """The days of a period for a unit; None where no rule governs it.

        Shape: of the rules in force on the period's last day the latest that binds the unit counts. A unit
        that none binds goes by the most generous of the side, so that no row stays open for ever.
        """
        governing = [rule for rule in self.rules if rule.side == side and _in_force(rule, period.end)]
        own = [rule for rule in governing if unit in self.units.get(rule.pk, ())]
        if own:
            return days_of(own[-1], period)
        return _most_generous(days_of(rule, period) for rule in governing)

    def reopening(self, side: str, unit: UUID, period: Period) -> PeriodReopening | None:
        return self.reopenings.get((side, unit, period.code))


def reopenings_in_force(*ledgers: str) -> Iterable[PeriodReopening]:
    """Re-openings that hold now, the one that ends last coming last; of all ledgers when none is named."""
    rows = PeriodReopening.objects.filter(until__gt=clock.now(), ended_at__isnull=True)
    return (rows.filter(ledger__in=ledgers) if ledgers else rows).order_by("until", "id")


def _in_force(rule: ObligationRule, day: datetime.date) -> bool:
    return rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)


def _most_generous(several: Iterable[Days]) -> Days | None:
    found = list(several)
    if not found:
        return None
    opens = [one.opens_on for one in found if one.opens_on is not None]
    lasts = [one.last_open for one in found if one.last_open is not None]
    return Days(
        opens_on=min(opens) if len(opens) == len(found) else None,
        due_on=max(one.due_on for one in found),
        last_open=max(lasts) if len(lasts) == len(found) else None,
    )
