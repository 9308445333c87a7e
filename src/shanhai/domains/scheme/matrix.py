"""The duty matrix: which unit leads or supports which task, on one page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.respond import respond
from shanhai.registers.parties.models import Unit

from .access import get_version
from .asking import Drawn, action, actor_of, crumbs, version_url
from .models import Duty, SchemeVersion, Task
from .reports import Bound, bound_units, late_marks, names_of

LEAD, SUPPORT = "●", "○"


@require_GET
def matrix(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    return respond(request, "scheme/matrix.html", "", matrix_context(actor, get_version(actor, pk)))


@dataclass(frozen=True)
class Answerable:
    """Who answers for the tasks of a version; units in the order in which the text names them."""

    tasks: Sequence[Task]
    units: Sequence[Unit]
    bound: Bound
    #: (task, unit) → quarters overdue.
    late: Counter[tuple[UUID, UUID]]
    #: Names that stand for no unit yet, as the document writes them: name → task → role.
    unknown: dict[str, dict[UUID, str]]


def answerable(version: SchemeVersion) -> Answerable:
    """Five queries."""
    rows = Task.of_versions.filter(section__version=version).select_related("scheme", "section")
    tasks = list(rows.order_by("section__start"))
    duties = list(Duty.objects.filter(task__in=tasks).select_related("group"))
    bound = bound_units(duties)
    late = late_marks(tasks, bound) if version.state == SchemeVersion.State.IN_FORCE else Counter()
    units = names_of(unit for roles in bound.values() for unit in roles)
    appearing = dict.fromkeys(unit for task in tasks for unit in bound.get(task.pk, ()))
    unknown: dict[str, dict[UUID, str]] = {}
    for duty in duties:
        if duty.unit_id is None and duty.group_id is None:
            unknown.setdefault(duty.name, {})[duty.task_id] = duty.role
    return Answerable(tasks, [units[pk] for pk in appearing if pk in units], bound, late, unknown)


def matrix_context(actor: Actor, version: SchemeVersion) -> Drawn:
    """What scheme/matrix.html shows. Five queries."""
    found = answerable(version)
    tasks, bound = found.tasks, found.bound
    rows = [_unit_row(unit, found) for unit in found.units]
    for name, roles in found.unknown.items():
        rows.append(_row(name, [_cell(task, roles.get(task.pk, ""), 0) for task in tasks], is_open=True))
    return {
        "title": _("责任矩阵"),
        "sub": f"{version.scheme.title} · {version}",
        "crumbs": crumbs(
            (_("方案"), link_to("scheme:schemes")), (version.scheme.title, version_url(version))
        ),
        "actions": task_tables(version.pk),
        "tasks": [
            {
                "path": t.path,
                "title": t.title,
                "url": link_to("scheme:task", pk=t.pk),
                "number": len(bound.get(t.pk, ())),
            }
            for t in tasks
        ],
        "rows": rows,
    }


def task_tables(version: UUID) -> list[Drawn]:
    """The tables of a version to hand out."""
    return [
        action(_("任务表 Excel"), link_to("scheme:tasks_xlsx", pk=version), icon="file-spreadsheet"),
        action(_("任务表 Word"), link_to("scheme:tasks_docx", pk=version), icon="file-text"),
    ]


def _unit_row(unit: Unit, found: Answerable) -> Drawn:
    cells = [
        _cell(task, found.bound.get(task.pk, {}).get(unit.pk, ""), found.late[task.pk, unit.pk])
        for task in found.tasks
    ]
    return _row(str(unit), cells, is_open=False)


def _row(name: str, cells: list[Drawn], *, is_open: bool) -> Drawn:
    leads = sum(cell["is_lead"] for cell in cells)
    total = sum(bool(cell["mark"]) for cell in cells)
    late = sum(cell["late"] for cell in cells)
    return {"name": name, "cells": cells, "leads": leads, "total": total, "late": late, "is_open": is_open}


def _cell(task: Task, role: str, late: int) -> Drawn:
    is_lead = role == Duty.Role.LEAD
    return {
        "mark": (LEAD if is_lead else SUPPORT) if role else "",
        "role": str(Duty.Role(role).label) if role else "",
        "is_lead": is_lead,
        "late": late,
        "task": str(task),
        "url": link_to("scheme:task", pk=task.pk) if role else "",
    }
