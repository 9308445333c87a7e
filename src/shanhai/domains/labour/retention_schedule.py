"""Checks of who stayed: made with the post, closed by what becomes known otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import context
from shanhai.kernel.actions import create_row, step_row
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import SUBMIT

from . import retention_rules as rules
from .models import Placement, RetentionCheck, RetentionInterval


def schedule(placement: Placement, *, actor: Actor) -> Sequence[RetentionCheck]:
    """One reported check for each interval in force on the day of arrival, as far as there is none yet."""
    if placement.hired_on is None:
        return []
    known = set(
        RetentionCheck.objects.live().filter(placement=placement).values_list("after_months", flat=True)
    )
    ledger, made = registry.get(RetentionCheck.ledger_key()), []
    for one in RetentionInterval.objects.in_force(placement.hired_on).order_by("after_months"):
        if one.after_months in known:
            continue
        day = rules.due_on(placement.hired_on, one.after_months)
        values = {
            "placement": placement,
            "after_months": one.after_months,
            "due_on": day,
            "late_on": rules.late_on(day, one.within_days),
            "owner_unit": placement.owner_unit,
            "place": placement.place,
        }
        made.append(step_row(ledger, create_row(ledger, values, actor=actor), SUBMIT, actor=actor))
    return made


def open_checks(placement: Placement) -> list[RetentionCheck]:
    """Those nobody has answered, locked."""
    rows = RetentionCheck.objects.live().filter(placement=placement, outcome=rules.DUE)
    return list(rows.select_for_update(of=("self",)).order_by("due_on"))


def close(placement: Placement, left_on: date) -> int:
    """The worker left: what is open is answered by that day; how many were."""
    found = open_checks(placement)
    implied = rules.implied_by_leaving(_as_values(found), left_on)
    for row in found:
        if implied[row.pk]:
            write(row, {"outcome": rules.STAYED}, _("按离开日期"))
        else:
            write(row, {"outcome": rules.LEFT, "left_on": left_on}, _("按离开日期"))
    return len(found)


def reopen(placement: Placement, left_on: date) -> int:
    """The day of leaving was a mistake: what it alone answered is open again; how many are."""
    rows = RetentionCheck.objects.live().filter(
        placement=placement, outcome=rules.LEFT, left_on=left_on, checked_on__isnull=True
    )
    found = list(rows.select_for_update(of=("self",)).order_by("due_on"))
    for row in found:
        write(row, {"outcome": rules.DUE, "left_on": None}, _("撤回离岗日期"))
    return len(found)


def confirm_earlier(placement: Placement, seen_on: date) -> int:
    """The worker was seen at work: earlier days need no asking; how many were open."""
    found = open_checks(placement)
    implied = set(rules.implied_by_staying(_as_values(found), seen_on))
    for row in found:
        if row.pk in implied:
            write(row, {"outcome": rules.STAYED}, _("按之后的回访"))
    return len(implied)


def _as_values(rows: Sequence[RetentionCheck]) -> list[rules.Check]:
    return [rules.Check(row.pk, row.due_on, row.outcome, row.left_on) for row in rows]


def write(row: RetentionCheck, values: dict[str, Any], reason: str) -> None:
    """Written with why, in whatever state of its row."""
    for name, value in values.items():
        setattr(row, name, value)
    row.row_version += 1
    with context.because(reason):
        row.save()
