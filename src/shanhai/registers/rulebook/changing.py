"""A change of a rule: asked for by one person, approved by another, written so that no two hold at once.

What holds before ends the day before; what is known for later days stays. A rule asked for on the first day
of one that is there takes its place: history keeps what it said.
"""

import datetime
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.dated import DatedRule
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.jobs import runner
from shanhai.kernel.scope import Actor

from .book import Rule, book, rule_of
from .models import RuleChange

_SHORTEST, _LONGEST = 2, 200
_DAY = datetime.timedelta(days=1)


def ask(
    rule: Rule,
    kind: str,
    texts: Mapping[str, str],
    *,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
    source: str,
    reason: str,
    actor: Actor,
) -> RuleChange:
    """Ask for a rule from a day on, or for its end.

    Errors: NotAllowed; RuleViolated by field, also when the same waits already or nothing would change.
    """
    sides = rule.sides(actor)
    if not sides:
        raise NotAllowed
    is_end = kind == RuleChange.Kind.END
    change = RuleChange(
        rule=rule.label,
        kind=kind,
        values={name: texts.get(name, "") for name in (rule.key if is_end else rule.fields)},
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        reason=reason.strip()[:_LONGEST],
        side=actor.home.side if actor.home and actor.home.side in sides else min(sides),
        requester=runner.account_of(actor),
        asked_at=clock.now(),
    )
    _check(rule, change)
    with context.because(change.reason):
        change.save()
    return change


def _check(rule: Rule, change: RuleChange) -> None:
    problems: dict[str, list[str]] = {}
    if len(change.reason) < _SHORTEST:
        problems["reason"] = [_("写明为什么要改，至少 2 个字。")]
    if not change.source:
        problems["source"] = [_("写明依据的文件名称、文号和条款。")]
    if problems:
        raise RuleViolated(problems=problems)
    before, after = planned(rule, change)
    if change.kind == RuleChange.Kind.END and not rule.model.MAY_END:
        raise RuleViolated(_("这项规定不能没有：请写一条新的来接替。"), code="rule_needed")
    if after is not None and before is not None and _is_same(rule, before, after):
        raise RuleViolated(problems={"valid_from": [_("与这一天已在用的完全相同，不用改。")]})
    waiting = RuleChange.objects.filter(rule=rule.label, state=RuleChange.State.WAITING)
    keys = {f"values__{name}": change.values[name] for name in rule.key}
    if waiting.filter(**keys).exists():
        raise RuleViolated(_("这一条已有一份变更在等批准，先办完那一份。"), code="change_waits")


def _is_same(rule: Rule, one: DatedRule, other: DatedRule) -> bool:
    names = [rule.field(name).attname for name in rule.said] + ["source", "valid_to"]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def planned(rule: Rule, change: RuleChange) -> tuple[DatedRule | None, DatedRule | None]:
    """What holds today on the day of the change, and what would; nothing is written.

    Errors: RuleViolated where a value is none, or there is nothing to end.
    """
    rows = _rows(rule, change)
    held = next((row for row in rows if row.holds_on(change.valid_from)), None)
    if change.kind == RuleChange.Kind.END:
        if held is None:
            raise RuleViolated(problems={"valid_from": [_("这一天没有在用的规定，不用停用。")]})
        return held, None
    return held, _made(rule, change, rows)


def _rows(rule: Rule, change: RuleChange) -> list[DatedRule]:
    try:
        return list(rule.among(change.values))
    except ValidationError as wrong:
        raise RuleViolated(problems=_problems(wrong)) from None


def _made(rule: Rule, change: RuleChange, rows: list[DatedRule]) -> DatedRule:
    """The row as it would be written: the one of the same first day, changed, or a new one."""
    day = change.valid_from
    row = copy(next((one for one in rows if one.valid_from == day), None)) or rule.model(valid_from=day)
    following = next((one for one in rows if one.valid_from > day), None)
    ends = [one for one in (change.valid_to, following.valid_from - _DAY if following else None) if one]
    row.valid_to, row.source = min(ends, default=None), change.source
    if row.valid_to is not None and row.valid_to < day:
        raise RuleViolated(problems={"valid_to": [_("停用日期不能早于启用日期。")]})
    if change.valid_to and not rule.model.MAY_END and not _is_followed(change.valid_to, following):
        sentence = _("这项规定不能没有：停用日期之后还没有接替的。请留空，要换的时候再写一条新的来接替。")
        raise RuleViolated(problems={"valid_to": [sentence]})
    try:
        for name, value in rule.values(change.values).items():
            setattr(row, name, value)
        row.clean_fields()
        row.clean()
        # That no two hold at once is seen to when it is written: what holds before has not been ended yet.
        row.validate_constraints(exclude={"valid_to"})
    except ValidationError as wrong:
        raise RuleViolated(problems=_problems(wrong)) from None
    return row


def _is_followed(last: datetime.date, following: DatedRule | None) -> bool:
    """Whether a rule that is there begins on the day after `last` or before."""
    return following is not None and following.valid_from <= last + _DAY


def _problems(wrong: ValidationError) -> dict[str, list[str]]:
    return {"" if name == NON_FIELD_ERRORS else name: texts for name, texts in wrong.message_dict.items()}


def visible(rules: Iterable[Rule] | None = None) -> QuerySet[RuleChange]:
    """Changes of rules that are in the book, the last first."""
    labels = [rule.label for rule in (book() if rules is None else rules)]
    return RuleChange.objects.filter(rule__in=labels).select_related("requester", "handled_by")


def get(pk: UUID) -> RuleChange:
    """Errors: NotVisible."""
    found = visible().filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def to_decide(actor: Actor) -> QuerySet[RuleChange]:
    """Those that wait for `actor` as the second person."""
    own: Any = actor.user_id
    allowed = [rule for rule in book() if rule.sides(actor)]
    return visible(allowed).filter(state=RuleChange.State.WAITING).exclude(requester_id=own)


def may_decide(change: RuleChange, actor: Actor) -> bool:
    """Whether `actor` may do what the one who asked may, and is another."""
    waits = change.state == RuleChange.State.WAITING
    return waits and bool(rule_of(change.rule).sides(actor)) and change.requester_id != actor.user_id


def decide(found: RuleChange, *, approve: bool, reason: str, actor: Actor) -> RuleChange:
    """Agree, and the rule is written; or refuse.

    Errors: NotAllowed for who asked or changes no such rules; RuleViolated when it is decided, without
    a reason for refusing, or when it can no longer be written as asked.
    """
    if not rule_of(found.rule).sides(actor):
        raise NotAllowed
    change = _waiting(found)
    if not may_decide(change, actor):
        raise NotAllowed(_("自己提出的变更须由另一位有权管规定的人批准。"))
    reason = reason.strip()[:_LONGEST]
    if not approve and len(reason) < _SHORTEST:
        raise RuleViolated(_("不批准须写明理由。"), code="reason_missing")
    change.handled_by, change.decided_at, change.decision = runner.account_of(actor), clock.now(), reason
    change.state = RuleChange.State.APPROVED if approve else RuleChange.State.REFUSED
    with context.because(change.reason if approve else reason):
        if approve:
            change.row = _write(rule_of(change.rule), change)
        change.save()
    return change


def withdraw(found: RuleChange, *, actor: Actor) -> RuleChange:
    """Errors: NotAllowed for who did not ask; RuleViolated when it is decided already."""
    if found.requester_id != actor.user_id:
        raise NotAllowed
    change = _waiting(found)
    change.state, change.decided_at = RuleChange.State.WITHDRAWN, clock.now()
    with context.because(_("撤回规定的变更")):
        change.save()
    return change


def _waiting(found: RuleChange) -> RuleChange:
    locked = RuleChange.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if locked.state != RuleChange.State.WAITING:
        raise RuleViolated(_("这份变更已经办理。"), code="change_decided")
    return locked


def _write(rule: Rule, change: RuleChange) -> UUID | None:
    """Errors: RuleViolated."""
    list(rule.among(change.values).select_for_update())
    held, row = planned(rule, change)
    if held is not None and (row is None or held.pk != row.pk):
        _end(held, change.valid_from)
    if row is None:
        return held.pk if held else None
    try:
        row.validate_constraints()
    except ValidationError as wrong:
        raise RuleViolated(problems=_problems(wrong)) from None
    row.save()
    return row.pk


def _end(row: DatedRule, day: datetime.date) -> None:
    """Without effect from `day` on. One that is to begin that very day was never in force, and goes."""
    if row.valid_from < day:
        row.valid_to = day - _DAY
        row.save(update_fields=["valid_to"])
    elif day > clock.today():
        row.delete()
    else:
        raise RuleViolated(problems={"valid_from": [_("停用要晚于它的启用日期。")]})
