"""The tasks of one's own unit: on a page, and in short on the workbench."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Actor, Grant
from shanhai.kernel.surfaces.links import link_to

from .access import LEDGER
from .asking import Drawn, action
from .matrix import task_tables
from .models import Duty, Task
from .reports import Owed, bound_units, nil_returns, owed, reports_of
from .task_view import standing_badge


@dataclass(frozen=True)
class Standing:
    """One task as the reader stands to it."""

    task: Task
    role: str
    late: int
    #: The word for the quarter under way, "" when the task is not reported in it.
    now: str


def standings(actor: Actor) -> list[Standing]:
    """Tasks in force of the reader's units; of the whole side for those who reach it. Five queries."""
    grants = _grants(actor)
    if not grants:
        return []
    home, is_side = grants[0], _is_side(grants)
    tasks = list(Task.objects.filter(scheme__side=home.side).select_related("scheme", "section"))
    bound = bound_units(Duty.objects.filter(task__in=tasks))
    if not is_side:
        mine = {grant.unit_id for grant in grants}
        bound = {task: kept for task, units in bound.items() if (kept := _only(units, mine))}
        tasks = [task for task in tasks if task.pk in bound]
    rows = owed(tasks, bound, reports_of(tasks), nil_returns(home.side))
    return [
        _standing(
            task, _role(bound.get(task.pk, {}), is_side=is_side), [row for row in rows if row.task is task]
        )
        for task in tasks
    ]


def _grants(actor: Actor) -> list[Grant]:
    """Memberships that read schemes; the first decides whose tasks are «mine»."""
    return actor.grants_for(Verb.VIEW, LEDGER)


def _is_side(grants: Sequence[Grant]) -> bool:
    return bool(grants) and grants[0].role.reach == Reach.SIDE


def _only(units: dict[UUID, str], mine: set[UUID]) -> dict[UUID, str]:
    return {unit: role for unit, role in units.items() if unit in mine}


def _role(units: dict[UUID, str], *, is_side: bool) -> str:
    """Lead or support for a unit, the number of units for those who see them all."""
    if is_side:
        return ngettext("%(number)s 个单位", "%(number)s 个单位", len(units)) % {"number": len(units)}
    is_lead = Duty.Role.LEAD in units.values()
    return str((Duty.Role.LEAD if is_lead else Duty.Role.SUPPORT).label)


def _standing(task: Task, role: str, rows: Sequence[Owed]) -> Standing:
    period = Period.of(clock.today(), PeriodKind.QUARTER)
    words = [row.word for row in rows if row.period == period]
    order = ("late", "returned", "open", "late_reported", "reported", "nil", "verified")
    now = next((word for word in order if word in words), "")
    return Standing(task, role, sum(row.is_late for row in rows), now)


def table_of(found: Sequence[Standing]) -> Drawn:
    """As the table component draws it."""
    labels = (_("任务"), _("责任"), _("期限"), _("本季进展"), _("逾期"))
    columns = [
        {"label": label, "kind": "number" if at == len(labels) - 1 else ""} for at, label in enumerate(labels)
    ]
    return {"columns": columns, "rows": [_row(one, labels) for one in found]}


def _row(one: Standing, labels: Sequence[str]) -> Drawn:
    state = standing_badge(one.now) if one.now else None
    late_cell: Drawn = {"label": labels[4], "text": str(one.late), "kind": "number"}
    cells: list[Drawn] = [
        {"label": labels[0], "text": str(one.task), "kind": "long"},
        {"label": labels[1], "text": one.role},
        {"label": labels[2], "text": one.task.due_on.isoformat() if one.task.due_on else ""},
        {"label": labels[3], "kind": "state", "state": state},
        late_cell,
    ]
    url = link_to("scheme:task", pk=one.task.pk)
    return {"id": str(one.task.pk), "label": str(one.task), "url": url, "bad": bool(one.late), "cells": cells}


def mine_context(actor: Actor) -> Drawn:
    """What scheme/mine.html shows."""
    found = standings(actor)
    is_side = _is_side(_grants(actor))
    return {
        "title": _("全部任务") if is_side else _("我的任务"),
        "sub": _("现行方案中的任务；逾期是已过期限而没有报进展的次数"),
        "crumbs": [],
        "actions": _tables(found),
        "table": table_of(found),
        "empty": {"title": _("没有任务"), "text": _("现行方案没有把任务交给本单位。")},
    }


def _tables(found: Sequence[Standing]) -> list[Drawn]:
    """Where the tasks stand on one page, of the newest scheme among them."""
    if not found:
        return []
    version = max(found, key=lambda one: one.task.section.version_id).task.section.version_id
    matrix = action(
        _("责任矩阵"), link_to("scheme:matrix", pk=version), kind="primary", main=True, icon="columns"
    )
    return [*task_tables(version), matrix]


def latest_first(found: Sequence[Standing], number: int) -> list[Standing]:
    """The most pressing ones: late, then those still to be reported."""
    pressing = {"late": 0, "returned": 0, "open": 1}
    return sorted(found, key=lambda one: (-one.late, pressing.get(one.now, 2)))[:number]
