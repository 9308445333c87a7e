"""What pages, files and the API say of workshops: read within the scope, then judged by the rules."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shanhai.engines.findings import Finding
from shanhai.engines.values import Period
from shanhai.kernel import clock

from .models import Workshop, WorkshopMonth, WorkshopReview, WorkshopStandard
from .rules import workshops as rules

_MONTH = ("period", "jobs", "ex_poor_jobs", "premium")


def standards(side: str) -> list[rules.Standard]:
    """Reported standards of the side, of any day."""
    rows = (
        WorkshopStandard.objects.reported()
        .filter(side=side)
        .values_list(
            "for_kind",
            "least_ex_poor",
            "least_premium",
            "alarm_months",
            "review_months",
            "valid_from",
            "valid_to",
            "source",
        )
    )
    return [rules.Standard(*row) for row in rows.order_by("valid_from", "code")]


def months_of(workshop: UUID) -> list[rules.Month]:
    """Reported months of one workshop, the earliest first."""
    rows = WorkshopMonth.objects.reported().filter(workshop=workshop).order_by("period")
    return [rules.Month(*row) for row in rows.values_list(*_MONTH)]


def workshops(side: str) -> list[rules.Workshop]:
    """Reported workshops of a side that the reader sees, with their months and reviews."""
    months: dict[UUID, list[rules.Month]] = defaultdict(list)
    for pk, *told in (
        WorkshopMonth.objects.reported()
        .filter(side=side)
        .order_by("period")
        .values_list("workshop_id", *_MONTH)
    ):
        months[pk].append(rules.Month(*told))
    reviews: dict[UUID, list[Any]] = defaultdict(list)
    for pk, day in (
        WorkshopReview.objects.reported()
        .filter(side=side)
        .order_by()
        .values_list("workshop_id", "reviewed_on")
    ):
        reviews[pk].append(day)
    rows = (
        Workshop.objects.reported()
        .filter(side=side)
        .order_by("code")
        .values_list("pk", "workshop_kind", "recognition", "recognised_on", "rectify_by")
    )
    return [
        rules.Workshop(pk, kind, recognition, since, until, tuple(months[pk]), tuple(reviews[pk]))
        for pk, kind, recognition, since, until in rows
    ]


def workshop_findings(sides: Sequence[str]) -> list[Finding]:
    """What is wrong with workshops at work, by kind of finding as `rules.check` orders them."""
    today = clock.today()
    return [one for side in sides for one in rules.check(workshops(side), standards(side), today)]


def workshops_by_id(keys: Sequence[Any]) -> dict[Any, dict[str, Any]]:
    """Name and unit of workshops."""
    rows = Workshop.objects.filter(pk__in=keys).values("id", "name", "owner_unit_id")
    return {row["id"]: row for row in rows}


def workshop_book(side: str, month: Period) -> list[dict[str, Any]]:
    """车间台账 of a month: each workshop at work on its last day, with what it reported of the month."""
    told = {
        row.workshop_id: row for row in WorkshopMonth.objects.reported().filter(side=side, period=month.code)
    }
    known = {one.id: one for one in workshops(side)}
    own = standards(side)
    rows = (
        Workshop.objects.reported()
        .filter(side=side, recognised_on__lte=month.end)
        .exclude(cancelled_on__lte=month.end)
        .select_related("place", "run_by")
        .order_by("code")
    )
    return [_line(row, told.get(row.pk), known[row.pk], own, month) for row in rows]


def _line(
    row: Workshop,
    told: WorkshopMonth | None,
    known: rules.Workshop,
    own: Sequence[rules.Standard],
    month: Period,
) -> dict[str, Any]:
    until = [one for one in known.months if one.period <= month.code]
    alarm = rules.alarm_of(until, own, known.kind)
    average = told.wage_bill / told.jobs if told and told.jobs else None
    return {
        "id": row.pk,
        "key": str(row.pk),
        "code": row.code,
        "name": row.name,
        "kind": str(row.get_workshop_kind_display()),
        "place": row.place.name if row.place else "",
        "run_by": row.run_by.name,
        "recognition": str(row.get_recognition_display()),
        "recognised_on": row.recognised_on,
        "jobs": told.jobs if told else None,
        "ex_poor": told.ex_poor_jobs if told else None,
        "wage_bill": told.wage_bill if told else None,
        "average": round(average, 2) if average is not None else None,
        "premium": told.premium if told else None,
        "under": len(alarm.months) if alarm else 0,
        "alarms": int(bool(alarm and alarm.is_raised)),
        "alarm": alarm.sentence if alarm and alarm.is_raised else "",
    }


def under_in(rows: Sequence[UUID], side: str, month: Period) -> dict[UUID, list[str]]:
    """Months up to `month` in which each workshop lies under the standard without a break."""
    own = standards(side)
    found = {}
    for one in workshops(side):
        if one.id in rows:
            until = [known for known in one.months if known.period <= month.code]
            alarm = rules.alarm_of(until, own, one.kind)
            found[one.id] = [known.period for known in alarm.months] if alarm else []
    return found  # type: ignore[return-value]


def alarm_of(row: Workshop) -> rules.Alarm | None:
    """How a workshop stands now; None while it meets the standard or does not work."""
    if row.recognition not in rules.AT_WORK:
        return None
    return rules.alarm_of(months_of(row.pk), standards(row.side), row.workshop_kind)
