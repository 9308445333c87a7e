"""失业返乡预警: the signs in rows a reader looks after, told with what was done about them."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind

from ..models import (
    EmploymentSpell,
    FollowUpVisit,
    JobOrder,
    MonthlyFact,
    ReturnHome,
    Threshold,
    TroubleDeadline,
    WorkerRegistration,
    WorkerTrouble,
)
from ..stations.rules import OPEN
from . import signs as rules
from .asking import Asked, numbers_on

LABELS: Mapping[str, Any] = {
    rules.IDLE: gettext_lazy("离岗未再就业"),
    rules.HOME: gettext_lazy("返乡未再就业"),
    rules.UNPAID: gettext_lazy("工资中断"),
    rules.TROUBLE: gettext_lazy("诉求逾期"),
    rules.CLUSTER: gettext_lazy("集中离岗"),
    rules.ORDER_ENDED: gettext_lazy("用工单位停止招聘"),
}
LEVELS: Mapping[str, Any] = {
    rules.Level.RED: gettext_lazy("红色"),
    rules.Level.YELLOW: gettext_lazy("黄色"),
}
_Plan = ReturnHome.Plan
#: Plans of who looks for work; the others have found what they do.
_SEEKING = (_Plan.AWAY_AGAIN, _Plan.NEARBY, _Plan.TRAINING, _Plan.UNDECIDED)
_Code = Threshold.Code


@dataclass(frozen=True)
class Warned:
    """One sign as it is told. `handled_on`: the last visit since it counts, or none."""

    registration: WorkerRegistration
    code: str
    level: rules.Level
    since: date
    sentence: str
    handled_on: date | None


def lines_on(day: date) -> rules.Lines:
    """From where on a sign is one, by the rules in force."""
    known = numbers_on(day)
    return rules.Lines(
        idle_days=known.get(_Code.WARN_IDLE_DAYS),
        home_days=known.get(_Code.WARN_HOME_DAYS),
        unpaid_months=known.get(_Code.WARN_UNPAID_MONTHS),
        trouble_days=known.get(_Code.WARN_TROUBLE_DAYS),
        cluster=known.get(_Code.WARN_CLUSTER),
        cluster_days=known.get(_Code.WARN_CLUSTER_DAYS),
        order_days=known.get(_Code.WARN_ORDER_DAYS),
        red_times=known.get(_Code.WARN_RED_TIMES, 2),
    )


def warnings(asked: Asked, *, code: str = "", level: str = "", handled: str = "") -> list[Warned]:
    """Red first, then the longest waiting. Statements: nine, whatever the number of rows."""
    registered = {
        row.person_id: row
        for row in WorkerRegistration.objects.reported()
        .filter(asked.reach, side=asked.side)
        .exclude(status=WorkerRegistration.Status.UNAVAILABLE)
        .select_related("person__place", "owner_unit")
    }
    seen = dict(
        FollowUpVisit.objects.reported()
        .filter(side=asked.side, visited_on__lte=asked.day, outcome=FollowUpVisit.Outcome.REACHED)
        .order_by()
        .values_list("registration")
        .annotate(last=Max("visited_on"))
    )
    found = []
    for one in _signals(asked):
        row = registered.get(one.who)
        if row is None or not asked.holds(row.person.place, row.owner_unit_id):
            continue
        visited = seen.get(row.pk)
        handled_on = visited if visited is not None and visited >= one.since else None
        told = Warned(row, one.code, one.level, one.since, _sentence(one), handled_on)
        if _is_asked(told, code, level, handled):
            found.append(told)
    return sorted(found, key=_gravest_first)


def _is_asked(told: Warned, code: str, level: str, handled: str) -> bool:
    is_handled = "yes" if told.handled_on else "no"
    return code in {"", told.code} and level in {"", told.level} and handled in {"", is_handled}


def _gravest_first(one: Warned) -> Any:
    return (one.level != rules.Level.RED, one.since, one.code, str(one.registration.pk))


def _signals(asked: Asked) -> Iterator[rules.Signal]:
    lines, day = lines_on(asked.day), asked.day
    spells = _spells(asked)
    busy = rules.at_work(spells, day)
    returned = _returned(asked)
    yield from rules.idle(spells, returned, day, lines)
    yield from rules.home(returned, busy, day, lines)
    yield from _unpaid(asked, lines)
    yield from rules.troubles(_troubles(asked), day, lines)
    yield from rules.clusters(spells, day, lines)
    yield from rules.orders_ended(spells, _last_open(day, lines), day, lines)


def _spells(asked: Asked) -> list[rules.Work]:
    rows = (
        EmploymentSpell.objects.reported()
        .filter(side=asked.side, started_on__lte=asked.day)
        .order_by("id")
        .values_list("person", "employer", "employer__name", "employer_name", "started_on", "ended_on")
    )
    return [
        rules.Work(who, employer or written, name or written, started_on, ended_on)
        for who, employer, name, written, started_on, ended_on in rows
    ]


def _returned(asked: Asked) -> dict[Hashable, date]:
    """Who came home last and looks for work, by person."""
    rows = (
        ReturnHome.objects.reported()
        .filter(
            side=asked.side,
            returned_on__lte=asked.day,
            registration__status=WorkerRegistration.Status.RETURNED_HOME,
        )
        .order_by("registration_id", "-returned_on", "-id")
        .distinct("registration_id")
        .values_list("registration__person", "returned_on", "plan")
    )
    return {who: day for who, day, plan in rows if plan in _SEEKING}


def _unpaid(asked: Asked, lines: rules.Lines) -> Iterator[rules.Signal]:
    if not lines.unpaid_months:
        return
    month, months = Period.of(asked.day, PeriodKind.MONTH), []
    for _number in range(lines.unpaid_months * lines.red_times):
        month = month.previous()
        months.append(month)
    rows = (
        MonthlyFact.objects.reported()
        .filter(
            side=asked.side,
            period__in=[one.code for one in months],
            spell__started_on__lt=months[lines.unpaid_months - 1].start,
        )
        .exclude(spell__ended_on__lt=asked.day)
        .order_by("period", "id")
    )
    paid: dict[Hashable, list[bool]] = defaultdict(list)
    names: dict[Hashable, str] = {}
    told = rows.values_list(
        "spell__person", "spell__employer__name", "spell__employer_name", "is_in_post", "wage"
    )
    for who, name, written, is_in_post, wage in told:
        paid[who].append(bool(is_in_post and wage))
        names[who] = name or written
    yield from rules.unpaid(paid, names, months[0].end, lines)


def _troubles(asked: Asked) -> list[tuple[Hashable, date]]:
    days = {one.kind: one.days for one in TroubleDeadline.objects.in_force(asked.day)}
    rows = (
        WorkerTrouble.objects.reported()
        .filter(side=asked.side, stage__in=OPEN, received_on__lte=asked.day)
        .order_by("id")
        .values_list("registration__person", "kind", "received_on", "due_on")
    )
    return [
        (who, due_on or received_on + timedelta(days=days[kind]))
        for who, kind, received_on, due_on in rows
        if due_on or kind in days
    ]


def _last_open(day: date, lines: rules.Lines) -> dict[Hashable, date]:
    """Employer → the day its last order was open, where none is open any more."""
    if lines.order_days is None:
        return {}
    rows = JobOrder.objects.reported().order_by().values_list("employer").annotate(last=Max("open_until"))
    return {employer: last for employer, last in rows if employer is not None and last < day}


_SENTENCES: Mapping[str, Any] = {
    rules.IDLE: gettext_lazy("%(since)s 离开%(employer)s，已 %(number)s 天没有新的务工记录。"),
    rules.HOME: gettext_lazy("%(since)s 返乡，已 %(number)s 天没有新的务工记录。"),
    rules.UNPAID: gettext_lazy("在%(employer)s，到 %(since)s 连续 %(number)s 个月没有工资。"),
    rules.TROUBLE: gettext_lazy("诉求应在 %(since)s 前办结，已逾期 %(number)s 天。"),
    rules.CLUSTER: gettext_lazy("%(since)s 离开%(employer)s，该单位近期有 %(number)s 人离岗。"),
    rules.ORDER_ENDED: gettext_lazy("%(employer)s的岗位需求 %(since)s 全部截止，已 %(number)s 天。"),
}


def _sentence(one: rules.Signal) -> str:
    told = {"since": one.since.isoformat(), "number": f"{one.number:,}", "employer": one.employer}
    return str(_SENTENCES[one.code]) % told


def summary(found: Sequence[Warned]) -> str:
    """How many are told, how grave, and how many of them nobody has been to see."""
    told = {
        "all": f"{len(found):,}",
        "red": f"{sum(one.level == rules.Level.RED for one in found):,}",
        "open": f"{sum(one.handled_on is None for one in found):,}",
    }
    return _("共 %(all)s 条，红色 %(red)s 条，没有走访过的 %(open)s 条") % told
