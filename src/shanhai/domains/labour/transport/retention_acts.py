"""The answer to a check: the register, the spell, the month and the placement follow, each once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.actions import create_row, get_row, step_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.workflow import SUBMIT, State

from ..matching_acts import advance
from ..models import EmploymentSpell, MonthlyFact, Placement, RetentionCheck, WorkerRegistration
from ..retention_schedule import confirm_earlier, write
from ..stations.acts import tell

_Outcome = RetentionCheck.Outcome
#: Told where nobody answered; the check stays open.
UNREACHED = "unreached"
#: Beyond it a wage is a slip of the hand, and no month's.
_MOST_WAGE = Decimal(10_000_000)


def may_answer(row: RetentionCheck, actor: Actor) -> bool:
    """Whether `actor` answers this open check."""
    is_open = row.state != State.VOIDED and row.outcome == _Outcome.DUE
    return is_open and covers(actor, Verb.EDIT, RetentionCheck.ledger_key(), row)


def answer(
    pk: UUID, outcome: str, values: Mapping[str, Any], *, actor: Actor, row_version: int
) -> RetentionCheck:
    """Write down what was heard. `values`: checked_on, wage (yuan), left_on, reason, new_employer, note.

    Shape: the same answer sent twice changes nothing the second time.
    Errors: RuleViolated by field; Conflict; NotAllowed; NotVisible.
    """
    row = _held(pk, actor)
    is_again = row.outcome == outcome or (outcome == UNREACHED and row.tried_on == clock.today())
    if is_again and row.row_version == row_version + 1:
        return row  # this very answer was kept a moment ago
    if row.row_version != row_version:
        raise Conflict
    if row.outcome != _Outcome.DUE:
        told = {"now": row.get_outcome_display()}
        raise RuleViolated(_("这次回访已经记为“%(now)s”。") % told, code="bad_check")
    given = _checked(row, outcome, values)
    with transaction.atomic():
        if outcome == UNREACHED:
            write(row, {"tried_on": given["checked_on"], "note": given["note"]}, _("没有联系上"))
            return row
        write(row, given | {"outcome": outcome}, _("稳岗回访"))
        if outcome == _Outcome.STAYED:
            _stayed(row, actor)
        else:
            _left(row, actor)
        _heard(row, actor)
    return row


def _held(pk: UUID, actor: Actor) -> RetentionCheck:
    get_row(registry.get(RetentionCheck.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    rows = RetentionCheck.objects.select_related(
        "owner_unit", "place", "placement__person", "placement__spell", "placement__owner_unit"
    )
    row: RetentionCheck = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.state == State.VOIDED:
        raise RuleViolated(_("已作废的记录不能再办理。"), code="bad_check")
    return row


def _checked(row: RetentionCheck, outcome: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Errors: RuleViolated by field."""
    if outcome not in {_Outcome.STAYED, _Outcome.CHANGED, _Outcome.LEFT, UNREACHED}:
        raise RuleViolated(_("请选择回访结果。"), code="bad_check")
    today, hired = clock.today(), row.placement.hired_on
    day = values.get("checked_on") or today
    kept: dict[str, Any] = {"checked_on": day, "note": (values.get("note") or "").strip()[:300]}
    problems: dict[str, list[Any]] = {}
    if day > today or (hired and day < hired):
        problems["checked_on"] = [_("回访日期不能早于到岗日期，也不能晚于今天。")]
    if outcome == _Outcome.STAYED:
        wage: Decimal | None = values.get("wage")
        kept["wage"] = wage
        if wage is not None and not (wage.is_finite() and 0 < wage < _MOST_WAGE):
            problems["wage"] = [_("月工资要大于零、按元填写；没有问到的请留空。")]
        if day < row.due_on:
            told = _("到 %(day)s 才满期，仍在岗请到期以后再记。")
            problems["checked_on"] = [told % {"day": row.due_on.isoformat()}]
    elif outcome != UNREACHED:
        kept |= _gone(row, outcome, values, day, problems)
    if problems:
        raise RuleViolated(problems=problems, code="bad_check")
    return kept


def _gone(
    row: RetentionCheck, outcome: str, values: Mapping[str, Any], day: date, problems: dict[str, list[Any]]
) -> dict[str, Any]:
    left, hired = values.get("left_on"), row.placement.hired_on
    employer = (values.get("new_employer") or "").strip()[:120]
    if left is None:
        problems["left_on"] = [_("请填离开日期。")]
    elif left > day or (hired and left < hired):
        problems["left_on"] = [_("离开日期不能早于到岗日期，也不能晚于回访日期。")]
    if not values.get("reason"):
        problems["reason"] = [_("请选择离开原因。")]
    elif values["reason"] not in RetentionCheck.Reason.values:
        problems["reason"] = [_("没有这个离开原因。")]
    if outcome == _Outcome.CHANGED and not employer:
        problems["new_employer"] = [_("请填新用工单位。")]
    return {"left_on": left, "reason": values.get("reason") or "", "new_employer": employer}


def _stayed(row: RetentionCheck, actor: Actor) -> None:
    """The month of the check is one in post, where nobody has filed it; earlier checks follow."""
    confirm_earlier(row.placement, row.checked_on)  # type: ignore[arg-type]
    spell = row.placement.spell
    if spell is None or row.checked_on is None:
        return
    month = Period.of(row.checked_on, PeriodKind.MONTH).code
    if MonthlyFact.objects.live().filter(spell=spell, period=month).exists():
        return
    ledger = registry.get(MonthlyFact.ledger_key())
    values = {
        "spell": spell,
        "period": month,
        "is_in_post": True,
        "wage": row.wage,
        "owner_unit": row.owner_unit,
        "place": row.place,
    }
    try:
        with transaction.atomic():
            step_row(ledger, create_row(ledger, values, actor=actor), SUBMIT, actor=actor)
    except (RuleViolated, NotAllowed):
        return  # the month is closed to this unit: the check itself still says it


def _left(row: RetentionCheck, actor: Actor) -> None:
    """The post ends on the day told, and with it the spell; who changed begins another one."""
    placement, day = row.placement, row.left_on
    if placement.match_state != Placement.Standing.HIRED or day is None:
        return
    if row.outcome == _Outcome.CHANGED:
        _elsewhere(row, day, actor)
    advance(
        placement.pk,
        standing=Placement.Standing.LEFT,
        day=day,
        actor=actor,
        row_version=placement.row_version,
    )


def _elsewhere(row: RetentionCheck, day: date, actor: Actor) -> None:
    old = row.placement.spell
    spells = EmploymentSpell.objects.live().filter(person=row.placement.person_id, started_on__gte=day)
    if old is None or spells.exclude(pk=old.pk).exists():
        return
    ledger = registry.get(EmploymentSpell.ledger_key())
    values = {
        "person": row.placement.person,
        "owner_unit": row.owner_unit,
        "place": row.place,
        "employer_name": row.new_employer,
        "post": old.post,
        "destination": old.destination,
        "started_on": day,
        "channel": EmploymentSpell.Channel.OWN,
        "period": Period.of(day, PeriodKind.QUARTER).code,
    }
    create_row(ledger, values, actor=actor)


def _heard(row: RetentionCheck, actor: Actor) -> None:
    """The day of contact in the register."""
    rows = WorkerRegistration.objects.live().filter(person=row.placement.person_id)
    known = rows.select_related("owner_unit").first()
    if known is None or not covers(actor, Verb.EDIT, WorkerRegistration.ledger_key(), known):
        return
    if row.checked_on and (known.last_contact_on is None or known.last_contact_on < row.checked_on):
        values = {"last_contact_on": row.checked_on}
        tell(known, values, _("稳岗回访"), actor=actor, row_version=known.row_version)
