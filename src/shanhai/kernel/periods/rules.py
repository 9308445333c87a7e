"""Rules of what is owed: made, looked at before they are made, and ended; nothing is ever overwritten."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.locking.calendar import days_of
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side

from .models import Obligation, ObligationRule, ObligationRuleUnit
from .obligations import Made, ensure_obligations, planned


@dataclass(frozen=True)
class UnitGroupChoice:
    """A named set of units that a rule may bind at once; its members are settled when the rule is made."""

    key: str
    label: str
    unit_ids: tuple[UUID, ...]


#: Groups of one side as they are on a day; contributed by whoever knows units.
type GroupFinder = Callable[[Side, datetime.date], Sequence[UnitGroupChoice]]

_finders: list[GroupFinder] = []


def register_groups(finder: GroupFinder) -> GroupFinder:
    """Decorator."""
    _finders.append(finder)
    return finder


def groups_of(side: Side, day: datetime.date) -> list[UnitGroupChoice]:
    return [group for finder in _finders for group in finder(side, day)]


def units_of(side: Side, day: datetime.date) -> list[Any]:
    """Units of the side that exist on the day, in the order of the tree."""
    model = apps.get_model(settings.SHANHAI_UNIT_MODEL)
    rows = model._base_manager.filter(side=side).order_by("path")
    return [unit for unit in rows if unit.valid_to is None or unit.valid_to >= day]


def managed_sides(actor: Actor) -> list[Side]:
    """Sides whose rules the actor may make."""
    grants = [grant for ledger in registry for grant in actor.grants_for(Verb.MANAGE, ledger.key)]
    return sorted({grant.side for grant in grants})


def is_managing(actor: Actor, rule: ObligationRule) -> bool:
    return any(grant.side == rule.side for grant in actor.grants_for(Verb.MANAGE, rule.ledger))


def require_managing(actor: Actor, side: str, ledger: str) -> None:
    """Errors: NotAllowed."""
    current = context.current()
    if current and current.is_unscoped:
        return
    if not any(grant.side == side for grant in actor.grants_for(Verb.MANAGE, ledger)):
        raise NotAllowed


def visible_rules(actor: Actor) -> list[ObligationRule]:
    """Rules of the actor's side about ledgers the actor reads, with the units they bind."""
    rules = ObligationRule.objects.filter(side__in=actor.sides).prefetch_related("units__unit")
    return [rule for rule in rules if actor.allows(Verb.VIEW, rule.ledger)]


def get_rule(pk: UUID, *, actor: Actor) -> ObligationRule:
    """Errors: NotVisible for a rule of the other side, or of a ledger out of the actor's reach."""
    rule = ObligationRule.objects.filter(pk=pk, side__in=actor.sides).first()
    if rule is None or not actor.allows(Verb.VIEW, rule.ledger):
        raise NotVisible
    return rule


@dataclass(frozen=True)
class Preview:
    """What a rule would make until a day, beside what is owed already."""

    #: New obligations by period, and how many of them are past due at once.
    by_period: tuple[tuple[str, int], ...]
    past: int
    #: Owed already for the same ledger, unit and period: still open, which follow the rule, and settled.
    taken_over: int
    settled: int
    #: Periods that are locked as soon as the rule holds.
    locked: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        return sum(number for _period, number in self.by_period)


def preview(rule: ObligationRule, units: Sequence[Any], until: datetime.date) -> Preview:
    """What `add_rule` would make of the unsaved rule."""
    made = {(one.unit_id, one.period): one for one in planned(rule, units, until)}
    owed = Obligation.objects.filter(ledger=rule.ledger, unit__in=list(units)).select_related("rule")
    known = {(one.unit_id, one.period): one for one in owed if (one.unit_id, one.period) in made}
    new = [one for key, one in made.items() if key not in known]
    open_days = [one.due_on for one in known.values() if one.rule.valid_from <= rule.valid_from]
    taken_over = sum(day >= clock.today() for day in open_days)
    return Preview(
        by_period=tuple(sorted(Counter(one.period for one in new).items())),
        past=sum(one.due_on < clock.today() for one in new),
        taken_over=taken_over,
        settled=len(known) - taken_over,
        locked=tuple(sorted({period for _unit, period in made if _is_locked_by(rule, period)})),
    )


def _is_locked_by(rule: ObligationRule, period: str) -> bool:
    return days_of(rule, Period.parse(period)).is_locked


def add_rule(rule: ObligationRule, units: Iterable[Any], *, actor: Actor) -> Made:
    """Save a new rule with the units it binds, and make what is owed by it today.

    Errors: NotAllowed; RuleViolated with problems by field.
    """
    require_managing(actor, rule.side, rule.ledger)
    bound = list({unit.pk: unit for unit in units}.values())
    problems = problems_of(rule, bound)
    if problems:
        raise RuleViolated(problems=problems)
    with context.because(rule.source):
        rule.save(force_insert=True)
        ObligationRuleUnit.objects.bulk_create(ObligationRuleUnit(rule=rule, unit=unit) for unit in bound)
        return ensure_obligations(clock.today(), rule.side)


def problems_of(rule: ObligationRule, units: Sequence[Any]) -> dict[str, list[str]]:
    """What is wrong with a rule beyond its single fields."""
    problems: dict[str, list[str]] = {}
    kind = registry.get(rule.ledger).period_kind if rule.ledger in registry else None
    if kind is None:
        problems["ledger"] = [_("这个台账不分期，不能设应报规则。")]
    elif kind != rule.frequency:
        problems["frequency"] = [_("频次须与台账的所属期一致：按%(kind)s。") % {"kind": kind.label}]
    if rule.minimum_rows < 1:
        problems["minimum_rows"] = [_("至少 1 行；没有内容的期次由单位报零报告。")]
    if not units:
        problems["units"] = [_("请至少选一个单位或单位组。")]
    elif any(unit.side != rule.side for unit in units):
        problems["units"] = [_("只能选本方的单位。")]
    if not rule.source.strip():
        problems["source"] = [_("请写明依据的文件和条款。")]
    return problems


def end_rule(rule: ObligationRule, last_day: datetime.date, reason: str, *, actor: Actor) -> Made:
    """Let a rule end; what is still open beyond its last day is withdrawn.

    Errors: NotAllowed; RuleViolated for a day before it began or an end that was passed already, or no
    reason.
    """
    locked = ObligationRule.objects.select_for_update().get(pk=rule.pk)
    require_managing(actor, locked.side, locked.ledger)
    if not reason.strip():
        raise RuleViolated(problems={"reason": [_("停用规则必须写明原因。")]}, code="reason_missing")
    if last_day < locked.valid_from:
        told = _("停用日期不能早于启用日期。")
        raise RuleViolated(problems={"last_day": [told]}, code="rule_end_before_start")
    if locked.valid_to is not None and locked.valid_to < clock.today():
        raise RuleViolated(_("这条规则已经停用。"), code="rule_ended")
    locked.valid_to = last_day
    with context.because(reason.strip()):
        locked.save(update_fields=["valid_to"])
        return ensure_obligations(clock.today(), rule.side)


def obligations_made(rules: Sequence[ObligationRule]) -> dict[UUID, int]:
    """How many obligations rest on each rule."""
    return dict(
        Counter(Obligation.objects.filter(rule__in=rules).order_by().values_list("rule_id", flat=True))
    )
