"""Who owes what on which task, and who is late. Read-only; callers have asked for the scheme first."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.models import Obligation
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import GroupMember, Unit

from .models import Duty, ProgressReport, Question, SchemeVersion, Task
from .rules import Reported, due_day, owed_quarters, standing

LEDGER = "scheme.progressreport"

#: Task → unit → role, groups opened.
type Bound = dict[UUID, dict[UUID, str]]
#: Reports by task, unit and period.
type Reports = dict[tuple[UUID, UUID, str], ProgressReport]


def in_force(scheme: Any) -> SchemeVersion | None:
    found: SchemeVersion | None = (
        SchemeVersion.objects.filter(scheme=scheme, state=SchemeVersion.State.IN_FORCE)
        .select_related("scheme", "document")
        .first()
    )
    return found


def tasks_of(version: SchemeVersion) -> list[Task]:
    """In the order of the text, with their duties at hand."""
    rows = Task.of_versions.filter(section__version=version).order_by("section__start")
    return list(rows.select_related("section", "scheme").prefetch_related("duties__unit", "duties__group"))


def bound_units(duties: Iterable[Duty]) -> Bound:
    """Which units answer for which task; of two duties of a unit the leading one counts. One query."""
    listed = list(duties)
    members = group_members({duty.group_id for duty in listed if duty.group_id})
    bound: Bound = defaultdict(dict)
    for duty in listed:
        for unit in (duty.unit_id, *members.get(duty.group_id, ())) if duty.group_id else (duty.unit_id,):
            if unit is not None and bound[duty.task_id].get(unit) != Duty.Role.LEAD:
                bound[duty.task_id][unit] = duty.role
    return dict(bound)


def group_members(groups: Iterable[Any]) -> dict[Any, list[UUID]]:
    """Units in each group today."""
    wanted = set(groups)
    if not wanted:
        return {}
    today = clock.today()
    found: dict[Any, list[UUID]] = defaultdict(list)
    for member in GroupMember.objects.filter(group__in=wanted, valid_from__lte=today).order_by("unit__path"):
        if member.valid_to is None or member.valid_to >= today:
            found[member.group_id].append(member.unit_id)
    return found


def reports_of(tasks: Iterable[Task]) -> Reports:
    """(task, unit, period) → the report, voided ones left out, whoever asks.

    Shape: whether a report came is for every reader of the scheme, since progress is supervised in the open;
    what it says is shown only to those who may view the row.
    """
    rows = ProgressReport._base_manager.filter(task__in=tasks).exclude(state=State.VOIDED)
    found = rows.select_related("owner_unit", "place")
    return {(row.task_id, row.owner_unit_id, row.period): row for row in found}


@dataclass(frozen=True)
class Owed:
    """One unit, one task, one quarter."""

    task: Task
    unit_id: UUID
    period: Period
    due: datetime.date
    report: Any
    word: str

    @property
    def is_late(self) -> bool:
        return self.word == "late"


def nil_returns(side: str) -> set[tuple[UUID, str]]:
    """(unit, period) for which a unit of the side declared that there is nothing to report. One query."""
    return set(Obligation.objects.filter(nil_stands(), side=side).values_list("unit", "period"))


def nil_stands() -> Q:
    """Nil returns of progress that no report of the unit has overtaken."""
    reported = ProgressReport._base_manager.filter(
        owner_unit=OuterRef("unit"), period=OuterRef("period"), state__in=REPORTED_STATES
    )
    return Q(ledger=LEDGER, nil_at__isnull=False) & ~Q(Exists(reported))


def owed(
    tasks: Sequence[Task], bound: Bound, found: Reports, nil: Collection[tuple[UUID, str]] = ()
) -> list[Owed]:
    """Every report that is or was due, by task, quarter and unit in order."""
    today, rows = clock.today(), []
    for task in tasks:
        for period in owed_quarters(task.frequency, task.due_on, task.scheme.reports_since, today):
            due = due_day(period, task.scheme.due_days)
            for unit in bound.get(task.pk, ()):
                report = found.get((task.pk, unit, period.code))
                is_nil = (unit, period.code) in nil
                word = standing(_reported(report), due, today, is_nil=is_nil)
                rows.append(Owed(task, unit, period, due, report, word))
    return rows


def _reported(report: Any) -> Reported | None:
    if report is None:
        return None
    on = timezone.localdate(report.submitted_at) if report.submitted_at else None
    return Reported(report.state, on, report.percent)


def late_marks(tasks: Sequence[Task], bound: Bound) -> Counter[tuple[UUID, UUID]]:
    """(task, unit) → quarters overdue and not reported. Two queries."""
    nil = nil_returns(tasks[0].scheme.side) if tasks else set()
    rows = owed(tasks, bound, reports_of(tasks), nil)
    return Counter((one.task.pk, one.unit_id) for one in rows if one.is_late)


def names_of(units: Iterable[UUID]) -> dict[UUID, Unit]:
    """Units by key, in the order of their tree."""
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=set(units)).order_by("path")}


def summary() -> dict[str, int]:
    """Tasks, duties as written, distinct names, flags of the versions in force."""
    versions = SchemeVersion.objects.filter(state=SchemeVersion.State.IN_FORCE)
    duties = Duty.objects.filter(task__section__version__in=versions)
    return {
        "tasks": Task.of_versions.filter(section__version__in=versions).count(),
        "duties": duties.count(),
        "distinct units": duties.order_by().values("name").distinct().count(),
        "flags": Question.objects.filter(version__in=versions).count(),
    }
