"""What comes late: claims after their last day, and facts that entitle whoever was refused before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError

from . import rules
from .entitled import Entitled, Line
from .models import Claim, Policy, PolicyRelease, Standing


@dataclass(frozen=True)
class Late:
    """How late a claim is, and until when by which clause it could be made."""

    days: int
    deadline: rules.Deadline


@dataclass(frozen=True)
class Fit:
    """One who was refused, and is entitled by the rows of today."""

    claim: Claim
    line: Line


def keep_texts(rows: Iterable[Claim]) -> None:
    """Tells every row which text of its policy is in force. One query."""
    rows = list(rows)
    found = PolicyRelease.objects.filter(policy__in={row.policy_id for row in rows})
    texts = dict(
        found.order_by("policy", "-number").distinct("policy").values_list("policy", "text").iterator()
    )
    for row in rows:
        row.text_in_force = texts.get(row.policy_id)  # type: ignore[attr-defined]


def late(row: Claim) -> Late | None:
    """Of who applied: by the text in force; None in time, and for whom we found ourselves."""
    if row.origin == Claim.Origin.FOUND or row.applied_on is None:
        return None
    if not hasattr(row, "text_in_force"):
        keep_texts([row])
    text: Any = row.text_in_force  # type: ignore[attr-defined]
    try:
        deadline = rules.deadline_of(text, Period.parse(row.benefit_period)) if text else None
    except PeriodError:
        return None
    days = deadline.days_late(row.applied_on) if deadline else 0
    return Late(days, deadline) if deadline and days else None


def late_problems(row: Claim) -> list[Any]:
    """A late claim says why; whether that is good is judged by who reviews it."""
    found = late(row)
    if found is None or row.late_reason.strip():
        return []
    return [_said(found) + _("确有理由的，请写逾期理由，由复审人判断。")]


def told_late(row: Claim) -> str:
    """Beside a claim: how late, and why; "" in time."""
    found = late(row)
    return f"{_said(found)}{row.late_reason}" if found else ""


def _said(found: Late) -> str:
    told = {"day": found.deadline.last_day, "days": found.days, "clause": found.deadline.clause}
    return _("申领截止 %(day)s（%(clause)s），迟了 %(days)s 天。") % told


def refused_yet_entitled(policy: Policy, found: Entitled) -> Sequence[Fit]:
    """Refused claims of the period whose subject is entitled now and has no other claim that counts."""
    rows = Claim.objects.live().filter(policy=policy, benefit_period=found.period.code)
    told = list(rows.select_related("person", "firm").order_by("number"))
    again = {one.subject.pk for one in told if one.standing != Standing.REFUSED}
    lines = [(one, found.lines.get(one.subject.pk)) for one in told if one.subject.pk not in again]
    return [Fit(claim, line) for claim, line in lines if line is not None and line.amount > 0]
