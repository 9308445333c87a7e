"""Who is to be visited today, and which troubles run: of rows the reader looks after. Two statements each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DurationField,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import State

from ..models import FollowUpVisit, TroubleDeadline, VisitInterval, WorkerRegistration, WorkerTrouble
from . import rules

#: Shown at once: what one person does in a day, and some more.
SHOWN = 60


@dataclass(frozen=True)
class Due:
    """One worker to be heard from."""

    registration: WorkerRegistration
    heard_on: date
    tried_on: date | None
    due_on: date
    light: rules.Light


def due_visits(
    actor: Actor, area: Q | None = None, *, until: date | None = None
) -> tuple[Sequence[Due], int]:
    """The first `SHOWN` whose day has come, the longest waiting first, and how many there are in all.

    `area`: of which registrations alone.
    """
    today = clock.today()
    rows = _dated(actor).filter(area or Q(), due_on__lte=until or today)
    people = rows.select_related("person", "person__place", "owner_unit")
    found = list(people.order_by("due_on", "pk")[:SHOWN])
    number = len(found) if len(found) < SHOWN else rows.count()
    return [_due(row, today) for row in found], number


def due_of(registration: WorkerRegistration, actor: Actor) -> Due | None:
    """The same of one worker; None where no rule asks for visits."""
    found = _dated(actor).select_related("person", "person__place").filter(pk=registration.pk).first()
    return _due(found, clock.today()) if found else None


def _due(row: Any, today: date) -> Due:
    return Due(row, row.heard_on, row.tried_on, row.due_on, rules.light(row.due_on, today))


def _dated(actor: Actor) -> QuerySet[Any]:
    """Registrations in the reader's care with `heard_on`, `tried_on`, `due_on`: `rules.visit_due` in SQL."""
    intervals = list(VisitInterval.objects.in_force(clock.today()))
    rows: QuerySet[Any] = WorkerRegistration.objects.visible_to(actor, Verb.EDIT).live()
    if not intervals:
        return rows.none()
    days = _by_status(intervals, "days")
    again = _by_status(intervals, "again_days")
    rows = rows.filter(status__in=[one.status for one in intervals]).annotate(
        # Greatest leaves out what is null.
        heard_on=Greatest("registered_on", "last_contact_on", _last(True), output_field=DateField()),
        tried_on=_last(False),
    )
    since = Case(When(tried_on__gt=F("heard_on"), then=F("tried_on")), default=None, output_field=DateField())
    dated: QuerySet[Any] = rows.annotate(
        due_on=Greatest(
            Cast(F("heard_on") + days, DateField()),
            Cast(since + again, DateField()),
        )
    )
    return dated


def _last(is_reached: bool) -> Any:
    reached = Q(outcome=FollowUpVisit.Outcome.REACHED)
    visits = FollowUpVisit.objects.filter(reached if is_reached else ~reached, registration=OuterRef("pk"))
    last = visits.exclude(state=State.VOIDED).order_by().values("registration")
    return Subquery(last.annotate(last=Max("visited_on")).values("last"), output_field=DateField())


def _by_status(intervals: Sequence[VisitInterval], name: str) -> Any:
    cases = [
        When(status=one.status, then=Value(timedelta(days=getattr(one, name)), DurationField()))
        for one in intervals
    ]
    return Case(*cases, output_field=DurationField())


def running_troubles(actor: Actor, area: Q | None = None) -> tuple[Sequence[WorkerTrouble], int]:
    """Troubles in the reader's care that are not closed, the nearest last day first; and how many."""
    rows = WorkerTrouble.objects.visible_to(actor, Verb.EDIT).live()
    rows = rows.filter(area or Q(), stage__in=rules.OPEN)
    people = rows.select_related("registration__person", "employer").annotate(last_day=_last_day())
    found = list(people.order_by("last_day", "pk")[:SHOWN])
    return found, len(found) if len(found) < SHOWN else rows.count()


def last_day_of(trouble: WorkerTrouble) -> date | None:
    """What was agreed for the trouble, else what the deadline of its kind gives; None without either."""
    if trouble.due_on:
        return trouble.due_on
    rule = TroubleDeadline.objects.in_force(trouble.received_on).filter(kind=trouble.kind).first()
    return trouble.received_on + timedelta(days=rule.days) if rule else None


def _last_day() -> Any:
    """The same of many, by the deadlines of today."""
    days = [
        When(kind=one.kind, then=Value(timedelta(days=one.days), DurationField()))
        for one in TroubleDeadline.objects.in_force(clock.today())
    ]
    if not days:
        return F("due_on")
    by_rule = Cast(F("received_on") + Case(*days, output_field=DurationField()), DateField())
    return Coalesce("due_on", by_rule)
