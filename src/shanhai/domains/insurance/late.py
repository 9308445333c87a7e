"""A visit that came late is settled at its place in the year; what follows is settled anew where it changes.

The declared order of a person's year is by the last day of the visit, then by its number (ADR 0049). Nothing
is rewritten: what changes is taken back and settled again, and the next clearing asks for the difference.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines import settlement as engine
from shanhai.kernel import clock, context
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.later import may_record
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from . import explaining, lookup, rules
from .actions import amounts, held, number_for, require, taken_back, written
from .models import ClearingLine, MedicalVisit, Settlement
from .reconciling import insured_side
from .settling import Refusal, Trial, last_day, later, try_settlement

#: What another place in the year can change of a settlement; the bill stays.
CHANGEABLE = ("deductible", "pool", "serious", "assistance", "account_pay", "cash_pay")
_FUNDS, _OWN = ("pool", "serious", "assistance"), ("account_pay", "cash_pay")


@dataclass(frozen=True)
class Item:
    """One amount as it is and as it would be. Unit: yuan."""

    name: str
    label: str
    old: Decimal
    new: Decimal

    @property
    def difference(self) -> Decimal:
        return self.new - self.old


@dataclass(frozen=True)
class Change:
    """A settlement of the year that the late one comes before, and what it would be then."""

    row: Settlement
    settled: engine.Settled
    #: Number of the clearing that has it; "" where none has.
    cleared_in: str

    @cached_property
    def items(self) -> list[Item]:
        """What differs, line by line."""
        new, fields = amounts(self.settled), {one.name: one for one in Settlement._meta.fields}
        found = (
            Item(name, str(fields[name].verbose_name), getattr(self.row, name), new[name])
            for name in CHANGEABLE
        )
        return [one for one in found if one.difference]

    def sum(self, names: Sequence[str]) -> Decimal:
        return sum((one.difference for one in self.items if one.name in names), Decimal(0))


@dataclass(frozen=True)
class Plan:
    """What settling a late visit would do. Shape: `changes` are in the declared order; `kept` stay."""

    trial: Trial
    refusals: tuple[Refusal, ...]
    changes: tuple[Change, ...] = ()
    kept: int = 0

    @property
    def funds(self) -> Decimal:
        """How much more the funds pay of what was settled before. Unit: yuan."""
        return sum((one.sum(_FUNDS) for one in self.changes), Decimal(0))

    @property
    def own(self) -> Decimal:
        """How much more people pay of what was settled before. Unit: yuan."""
        return sum((one.sum(_OWN) for one in self.changes), Decimal(0))

    @property
    def seen(self) -> str:
        """Equal for plans that write the same: what is confirmed is what was looked at."""
        settled = self.trial.settled
        told: list[Any] = [self.trial.visit.pk, amounts(settled) if settled else ""]
        told += [(one.row.pk, [(item.name, item.new) for item in one.items]) for one in self.changes]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def plan_of(visit: MedicalVisit, actor: Actor) -> Plan:
    """What settling the visit at its place would do, or why it cannot be. Nothing is written."""
    after = later(visit)
    trial = try_settlement(visit, after=after)
    if trial.settled is None:
        return Plan(trial, trial.refusals)
    keys = [one.pk for one in after]
    rows = {row.pk: row for row in Settlement.objects.filter(pk__in=keys).select_related("visit")}
    foreign = [one for one in after if one.pk not in rows or not _may_change(rows[one.pk], actor)]
    if foreign:
        return Plan(trial, tuple(_of_others(foreign)))
    try:
        settled = list(_anew([rows[key] for key in keys], trial.settled.after))
    except engine.SettlementError as refused:
        return Plan(trial, (Refusal("204", str(refused)),))
    lines = ClearingLine.objects.filter(settlement__in=keys, is_released=False)
    cleared = dict(lines.values_list("settlement", "clearing__number"))
    found = [Change(row, one, cleared.get(row.pk, "")) for row, one in settled]
    changes = tuple(one for one in found if one.items)
    return Plan(trial, (), changes, len(found) - len(changes))


def _may_change(row: Settlement, actor: Actor) -> bool:
    return may_record(registry.get(MedicalVisit.ledger_key()), row.visit, actor)


def _of_others(foreign: Sequence[lookup.Stood]) -> Iterator[Refusal]:
    numbers = "、".join(one.number for one in foreign)
    yield Refusal(
        "306",
        _("其后的结算 %(numbers)s 由本方别的单位办理，请由能办理它们的人来结算。") % {"numbers": numbers},
    )


def _anew(
    rows: Sequence[Settlement], before: engine.Accumulators
) -> Iterator[tuple[Settlement, engine.Settled]]:
    """The same bills, one after the other from there on, by the rules of their days.

    Errors: SettlementError.
    """
    for row in rows:
        settled = engine.settle(_claim_of(row), _rules_of(row), before)
        before = settled.after
        yield row, settled


def _claim_of(row: Settlement) -> engine.Claim:
    """The bill as it was settled: what became of catalogue, category or filing since changes nothing."""
    names = ("medical_fee", "own_pay", "over_price", "pre_pay")
    total, own_pay, over_price, pre_pay = (rules.fen(getattr(row, name)) for name in names)
    category = lookup.CATEGORIES.index(row.category)
    account = rules.fen(row.visit.account_offered)
    return engine.Claim(total, own_pay, over_price, pre_pay, category=category, account=account)


def _rules_of(row: Settlement) -> engine.Rules:
    insured = lookup.Insured(row.insured_side or insured_side(row), row.insurance, row.category)
    last, visit = last_day(row.visit), row.visit
    found = lookup.layers(insured, visit.care, visit.hospital_level, row.filing_kind, last)
    if found is None:
        told = {"number": row.number, "day": last}
        raise engine.SettlementError(_("%(number)s：参保地没有 %(day)s 适用的待遇规定。") % told)
    return found


def settle_late(pk: UUID, *, reason: str, seen: str, actor: Actor, row_version: int) -> list[Settlement]:
    """Settle a visit at its place, as `seen`; what follows and changes is taken back and settled again.

    Returns what was written, in its order. Errors: RuleViolated with a number; Conflict; NotAllowed;
    NotVisible.
    """
    visit = held(pk, actor, row_version)
    plan = plan_of(visit, actor)
    require(plan.refusals)
    if not reason.strip():
        raise RuleViolated(_("请写明原因。"), code="reason_missing")
    if plan.seen != seen:
        raise Conflict
    told = _("迟到结算 %(number)s：%(reason)s") % {"number": visit.number, "reason": reason.strip()}
    with context.because(told):
        back = [taken_back(one.row, told, actor) for one in reversed(plan.changes)]
        late = written(plan.trial, actor)
        late.save(force_insert=True)
        again = [_again(one, actor) for one in plan.changes]
    return [*back, late, *again]


def _again(change: Change, actor: Actor) -> Settlement:
    """The settlement that stands from now on."""
    row, settled = change.row, change.settled
    same = ("visit", "person_index", "year", "insurance", "category", "filing_kind", "insured_side")
    made = Settlement(
        **{name: getattr(row, name) for name in same},
        **amounts(settled),
        number=number_for(row.visit),
        settled_on=clock.today(),
        settled_by=actor.name,
        counted=list(settled.counted),
        steps=explaining.steps_of(settled),
    )
    made.save(force_insert=True)
    return made
