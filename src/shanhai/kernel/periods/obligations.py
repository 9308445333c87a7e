"""From dated rules to obligations: who owes which ledger for which period by which day."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.scope import Side

from .models import Obligation, ObligationRule, ObligationRuleUnit

_BATCH = 1000
_FIELDS = ("rule_id", "side", "due_on", "minimum_rows")

#: Ledger, unit, period: what an obligation is unique by.
type Key = tuple[str, UUID, str]


@dataclass(frozen=True)
class Made:
    """What `ensure_obligations` changed."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0


def ensure_obligations(until: datetime.date, side: Side | str | None = None) -> Made:
    """Bring the obligations of every period that has begun by `until` in line with the rules.

    Shape: of one side, or of both. Run as often as one likes. A rule governs the periods whose last day it
    is in force on; of two rules for the same ledger and unit the later one counts. What fell due before
    today is settled and stays as it was; what is still open follows a changed rule, and goes with a rule
    that ended, nil returns excepted.
    """
    sides = list(Side) if side is None else [side]
    wanted = {_key(one): one for one in _wanted(until, sides)}
    known = {_key(one): one for one in Obligation.objects.filter(side__in=sides)}
    new = [one for key, one in wanted.items() if key not in known]
    Obligation.objects.bulk_create(new, _BATCH, ignore_conflicts=True)
    is_open = {key: one for key, one in known.items() if one.due_on >= clock.today()}
    changed = [
        _taken_over(one, wanted[key]) for key, one in is_open.items() if _differs(one, wanted.get(key))
    ]
    Obligation.objects.bulk_update(changed, _FIELDS, _BATCH)
    over = [
        one.pk
        for key, one in is_open.items()
        if key not in wanted and one.nil_at is None and Period.parse(one.period).start <= until
    ]
    Obligation.objects.filter(pk__in=over).delete()
    return Made(len(new), len(changed), len(over))


def planned(rule: ObligationRule, units: Iterable[Any], until: datetime.date) -> Iterator[Obligation]:
    """The obligations, unsaved, that the rule by itself makes of `units` for periods begun by `until`.

    Shape: none that would fall due before the rule holds, none for a unit that ends before the period does.
    """
    bound = list(units)
    for period in Period.between(rule.valid_from, max(until, rule.valid_from), PeriodKind(rule.frequency)):
        due_on = period.end + datetime.timedelta(days=rule.due_days)
        if period.start > until or due_on < rule.valid_from or not _in_force(rule, period.end):
            continue
        for unit in bound:
            if _in_force(unit, period.end):
                yield Obligation(
                    rule=rule,
                    ledger=rule.ledger,
                    side=rule.side,
                    unit=unit,
                    period=period.code,
                    due_on=due_on,
                    minimum_rows=rule.minimum_rows,
                )


def _wanted(until: datetime.date, sides: Sequence[Side | str]) -> Iterator[Obligation]:
    """Of all rules, those that begin later last, so that they count."""
    members: dict[UUID, list[Any]] = {}
    for bond in ObligationRuleUnit.objects.select_related("unit").order_by("unit__path"):
        members.setdefault(bond.rule_id, []).append(bond.unit)
    rules = ObligationRule.objects.filter(valid_from__lte=until, side__in=sides)
    for rule in rules.order_by("valid_from", "id"):
        yield from planned(rule, members.get(rule.pk, []), until)


def _in_force(what: Any, day: datetime.date) -> bool:
    return bool(what.valid_from <= day and (what.valid_to is None or day <= what.valid_to))


def _key(one: Obligation) -> Key:
    return one.ledger, one.unit_id, one.period


def _differs(known: Obligation, wanted: Obligation | None) -> bool:
    return wanted is not None and any(getattr(known, name) != getattr(wanted, name) for name in _FIELDS)


def _taken_over(known: Obligation, wanted: Obligation) -> Obligation:
    for name in _FIELDS:
        setattr(known, name, getattr(wanted, name))
    return known
