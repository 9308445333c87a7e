"""A task with everything about it: its words in their place, who answers, what came in, who is late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.models import Obligation
from shanhai.kernel.periods.states import obligation_states
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link, link_to, row_link, with_query
from shanhai.registers.parties.models import Unit
from shanhai.web.deeds import Subject, deeds_of

from .access import LEDGER as SCHEME
from .access import manages
from .asking import Drawn, action, crumbs, version_url
from .models import Duty, Section, Task, TaskBasis
from .plan_form import plan_context
from .policy_reports import BADGES, shelf
from .policy_reports import STANDINGS as POLICY_STANDINGS
from .reports import LEDGER, Owed, bound_units, names_of, nil_stands, owed, reports_of

#: Colour and word of each standing.
STANDINGS = {
    "verified": ("ok", gettext_lazy("已核")),
    "reported": ("", gettext_lazy("已报待核")),
    "late_reported": ("wait", gettext_lazy("迟报")),
    "returned": ("late", gettext_lazy("退回")),
    "late": ("late", gettext_lazy("逾期未报")),
    "open": ("wait", gettext_lazy("待报")),
    "nil": ("ok", gettext_lazy("零报告")),
}


def standing_badge(word: str) -> Drawn:
    kind, label = STANDINGS[word]
    return {"kind": kind, "label": str(label)}


def task_context(actor: Actor, task: Task) -> Drawn:
    """What scheme/task.html shows. At most ten queries with three linked ledgers."""
    version = task.section.version
    duties = list(Duty.objects.filter(task=task).select_related("unit", "group"))
    bound = bound_units(duties)
    units = names_of(bound.get(task.pk, ()))
    linked = _linked(actor, task)
    obligations = _obligations(actor, linked, units)
    nil = {(one.unit_id, one.period) for one in obligations if one.ledger == LEDGER}
    rows = owed([task], bound, reports_of([task]), nil)
    is_manager = manages(actor, task.scheme)
    return {
        "title": task.title,
        "sub": _described(task),
        "crumbs": crumbs((_("方案"), link_to("scheme:schemes")), (task.scheme.title, version_url(version))),
        "actions": [
            *_actions(actor, task, bound.get(task.pk, {})),
            *_deeds(actor, task, bound.get(task.pk, {})),
        ],
        "is_old": not version.is_draft and version.state == version.State.REPLACED,
        "section": task.section,
        "place": _place(task),
        "duties": _duties(duties, rows, units),
        "quarters": _quarters(actor, rows, units),
        "late": [f"{units[one.unit_id]} · {period_label(one.period)}" for one in rows if one.is_late],
        "ledgers": _ledgers(linked, obligations),
        "indicators": _indicators(task),
        "bases": _bases(task),
        "plan": plan_context(task) if is_manager and version.state != version.State.REPLACED else None,
    }


def _described(task: Task) -> str:
    due = _("期限 %(day)s") % {"day": task.due_on.isoformat()} if task.due_on else ""
    frequency = _("进展%(frequency)s报") % {"frequency": task.get_frequency_display()}
    return " · ".join(part for part in (task.path, task.scheme.source, due, frequency) if part)


def _actions(actor: Actor, task: Task, bound: dict[UUID, str]) -> list[Drawn]:
    grants = actor.grants_for(Verb.CREATE, LEDGER)
    own = any(grant.unit_id in bound for grant in grants)
    if not own or task.section.version.state != "in_force":
        return []
    period = Period.of(clock.today(), PeriodKind.QUARTER).code
    url = with_query(link_to("scheme:progressreport_create"), {"task": task.pk, "period": period})
    return [action(_("报进展"), url, kind="primary", main=True, icon="plus")]


def _deeds(actor: Actor, task: Task, bound: dict[UUID, str]) -> list[Drawn]:
    """What chapters above offer to do about a task in force; about its lead unit, if it has one."""
    if task.section.version.state != "in_force" or task.scheme.side not in actor.sides:
        return []
    leads = [unit for unit, role in bound.items() if role == Duty.Role.LEAD]
    unit = str(leads[0]) if leads else ""
    subject = Subject("scheme.task", None, f"{task.scheme.title} {task.path}", task.title, unit)
    return [action(deed.label, deed.url) for deed in deeds_of(actor, subject)]


def _place(task: Task) -> list[Drawn]:
    """Titles of the clauses above, in one query: a path is short and a clause begins after those above it."""
    section = task.section
    if section.parent_id is None:
        return []
    above: dict[Any, Section] = {
        one.pk: one
        for one in Section.objects.filter(version=section.version_id, start__lt=section.start).only(
            "pk", "parent_id", "path", "heading", "start", "version_id", "text"
        )
    }
    found: list[Drawn] = []
    parent = above.get(section.parent_id)
    while parent is not None:
        url = f"{version_url(section.version)}#s{parent.start}"
        found.insert(0, {"label": str(parent), "url": url})
        parent = above.get(parent.parent_id)
    return found


def _duties(duties: list[Duty], rows: list[Owed], units: dict[UUID, Unit]) -> list[Drawn]:
    """Every duty as written, with the units it stands for and how they stand."""
    late: dict[UUID, int] = defaultdict(int)
    last: dict[UUID, Owed] = {}
    for one in rows:
        late[one.unit_id] += one.is_late
        if one.report is not None:
            last[one.unit_id] = one
    found = []
    for duty in duties:
        found.append(
            {
                "name": duty.name,
                "role": duty.get_role_display(),
                "is_lead": duty.role == Duty.Role.LEAD,
                "known": str(duty.unit or duty.group or ""),
                "late": late.get(duty.unit_id, 0) if duty.unit_id else 0,
                "last": _last(last.get(duty.unit_id)) if duty.unit_id else "",
            }
        )
    return found


def _last(one: Owed | None) -> str:
    if one is None:
        return ""
    return f"{period_label(one.period)} {_percent(one.report.percent)}".strip()


def _percent(value: Decimal | None) -> str:
    """45%, 45.5%: no more digits than were given."""
    return "" if value is None else f"{value.normalize():f}%"


def _quarters(actor: Actor, rows: list[Owed], units: dict[UUID, Unit]) -> list[Drawn]:
    """Newest first; a report is opened only by those who may read it."""
    by_period: dict[Period, list[Owed]] = defaultdict(list)
    for one in rows:
        by_period[one.period].append(one)
    found = []
    for period in sorted(by_period, reverse=True):
        group = by_period[period]
        lines = [_line(actor, one, units[one.unit_id]) for one in group if one.unit_id in units]
        reported = sum(one.word in {"verified", "reported", "late_reported"} for one in group)
        found.append(
            {
                "label": period_label(period),
                "due": group[0].due.isoformat(),
                "bar": {"value": reported, "max": len(group), "label": f"{reported} / {len(group)}"},
                "late": sum(one.is_late for one in group),
                "lines": lines,
            }
        )
    return found


def _line(actor: Actor, one: Owed, unit: Unit) -> Drawn:
    report = one.report
    may_read = report is not None and covers(actor, Verb.VIEW, LEDGER, report)
    return {
        "unit": str(unit),
        "state": standing_badge(one.word),
        "url": row_link(report) if may_read else "",
        "text": report.narrative if may_read else "",
        "percent": _percent(report.percent) if may_read else "",
    }


def _linked(actor: Actor, task: Task) -> list[Ledger[Any]]:
    return [ledgers.get(key) for key in task.ledgers if key in ledgers and actor.allows(Verb.VIEW, key)]


def _obligations(actor: Actor, linked: Sequence[Ledger[Any]], units: Mapping[UUID, Unit]) -> list[Obligation]:
    """What is owed to the linked ledgers this quarter, and nil returns of progress. One query.

    Shape: by my own unit; by all units of the task for those who reach the side or have no unit in it.
    """
    grants = actor.grants_for(Verb.VIEW, SCHEME)
    reaches_side = any(grant.role.reach == Reach.SIDE for grant in grants)
    mine = {grant.unit_id for grant in grants} & set(units)
    shown = set(units) if reaches_side or not mine else mine
    quarter = Period.of(clock.today(), PeriodKind.QUARTER)
    asked = Q(
        ledger__in=[one.key for one in linked], unit__in=shown, period__in=[quarter.code, *quarter.within()]
    )
    nil = nil_stands() & Q(unit__in=set(units))
    return list(Obligation.objects.filter(asked | nil))


def _ledgers(linked: Sequence[Ledger[Any]], obligations: Sequence[Obligation]) -> list[Drawn]:
    """Linked ledgers with how their obligations of this quarter stand. One query per ledger that is owed."""
    states = obligation_states(one for one in obligations if one.ledger != LEDGER)
    found = []
    for ledger in linked:
        own = [states[duty.pk] for duty in obligations if duty.ledger == ledger.key]
        met, verified = sum(one.is_met for one in own), sum(one.verified for one in own)
        counted = _("应报 %(due)s，已报 %(met)s，已核 %(verified)s 条")
        found.append(
            {
                "label": ledger.label,
                "url": link(ledger, "list"),
                "text": counted % {"due": len(own), "met": met, "verified": verified}
                if own
                else _("本季没有应报要求"),
                "late": sum(one.is_late for one in own),
                "bar": {"value": met, "max": len(own), "label": f"{met} / {len(own)}"} if own else None,
            }
        )
    return found


def _bases(task: Task) -> list[Drawn]:
    """The clauses the task rests on, with their standing today."""
    rows = list(TaskBasis.objects.reported().filter(task=task).select_related("basis__document"))
    held = shelf() if rows else None
    today = clock.today()
    return [
        {
            "label": str(one.basis),
            "url": link_to("scheme:chain", pk=one.basis_id),
            "text": one.basis.wording,
            "state": {"kind": BADGES[stands], "label": str(POLICY_STANDINGS[stands])},
        }
        for one in rows
        if held is not None and (stands := held.standing(one.basis.key, today))
    ]


def _indicators(task: Task) -> list[Drawn]:
    found = [indicators.get(code) for code in task.indicators if code in indicators]
    return [
        {
            "label": f"{one.code} {one.name}",
            "unit": str(one.unit),
            "url": link_to("appraisal:indicator", code=one.code),
        }
        for one in found
    ]
