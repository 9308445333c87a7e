"""Schemes, versions, clauses and tasks as the API tells them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from shanhai.engines import clauses
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers

from .access import manages
from .matrix import answerable
from .models import Duty, Question, Scheme, SchemeVersion, Section, Task
from .reading import as_values
from .reports import LEDGER, bound_units, names_of, nil_returns, owed, reports_of

type Told = dict[str, Any]


def told_version(found: SchemeVersion) -> Told:
    return {
        "id": str(found.pk),
        "ordinal": found.ordinal,
        "state": found.state,
        "edition": found.edition,
        "saved_at": found.saved_at.isoformat() if found.saved_at else None,
    }


def told_scheme(found: Scheme) -> Told:
    return {
        "id": str(found.pk),
        "title": found.title,
        "number": found.number,
        "issuer": found.issuer,
        "dated_on": found.dated_on.isoformat() if found.dated_on else None,
        "side": found.side,
        "sharing": found.sharing,
    }


def whole_scheme(found: Scheme, actor: Actor) -> Told:
    """Drafts for who manages it, replaced versions for its own side, as the pages show them."""
    versions = found.versions.order_by("-ordinal")
    if not manages(actor, found):
        versions = versions.exclude(state=SchemeVersion.State.DRAFT)
    if found.side not in actor.sides:
        versions = versions.filter(state=SchemeVersion.State.IN_FORCE)
    return {
        **told_scheme(found),
        "addressees": found.addressees,
        "reports_since": found.reports_since.isoformat(),
        "due_days": found.due_days,
        "versions": [told_version(one) for one in versions],
    }


def whole_version(found: SchemeVersion) -> Told:
    """Four queries."""
    tasks = dict(Task.of_versions.filter(section__version=found).values_list("section", "pk"))
    duties: dict[UUID, list[Duty]] = defaultdict(list)
    rows = Duty.objects.filter(task__section__version=found).select_related("unit", "group")
    for duty in rows.order_by("start", "pk"):
        duties[duty.task_id].append(duty)
    open_ones = found.questions.filter(answer=Question.Answer.OPEN).order_by("start", "kind")
    return {
        **told_version(found),
        "scheme": str(found.scheme_id),
        "text": found.document.text,
        "sections": [
            _section(one, found, tasks.get(one.pk), duties[tasks[one.pk]] if one.pk in tasks else [])
            for one in found.sections.order_by("start")
        ],
        "questions": [_question(one) for one in open_ones],
    }


def whole_section(found: Section) -> Told:
    task = Task.of_versions.filter(section=found).values_list("pk", flat=True).first()
    duties = Duty.objects.filter(task__section=found).select_related("unit", "group").order_by("start", "pk")
    version = SchemeVersion.objects.get(pk=found.version_id)  # as it is after the act
    return _section(found, version, task, list(duties))


def _section(found: Section, version: SchemeVersion, task: UUID | None, duties: list[Duty]) -> Told:
    return {
        "id": str(found.pk),
        "version": str(version.pk),
        "edition": version.edition,
        "parent": str(found.parent_id) if found.parent_id else None,
        "path": found.path,
        "heading": found.heading,
        "text": found.text,
        "start": found.start,
        "end": found.end,
        "task": str(task) if task else None,
        "duties": [_duty(one) for one in duties],
    }


def _duty(one: Duty) -> Told:
    return {
        "id": str(one.pk),
        "name": one.name,
        "role": one.role,
        "unit": _named(one.unit),
        "group": _named(one.group),
        "start": one.start,
        "end": one.end,
    }


def _named(row: Any) -> dict[str, str] | None:
    return None if row is None else {"id": str(row.pk), "text": str(row)}


def _question(one: Question) -> Told:
    names = ("kind", "name", "likeness", "text", "reason", "start", "end")
    return {"id": str(one.pk), **{name: getattr(one, name) for name in names}}


def told_difference(base: SchemeVersion, draft: SchemeVersion) -> Iterator[Told]:
    """Clause by clause: added, removed, changed."""
    found = clauses.diff_schemes(as_values(base), as_values(draft))
    for added in found.added:
        yield _changed("added", None, added, {"duties_added": [_written(duty) for duty in added.duties]})
    for removed in found.removed:
        yield _changed(
            "removed", removed, None, {"duties_removed": [_written(duty) for duty in removed.duties]}
        )
    for one in found.changed:
        duties = {
            "duties_added": [_written(duty) for duty in one.duties_added],
            "duties_removed": [_written(duty) for duty in one.duties_removed],
            "roles_changed": [
                {**_written(duty), "before": before.value} for duty, before in one.roles_changed
            ],
        }
        yield _changed("changed", one.old, one.new, duties)


def _changed(
    change: str, old: clauses.Section | None, new: clauses.Section | None, duties: dict[str, Any]
) -> Told:
    nothing: dict[str, list[Any]] = {"duties_added": [], "duties_removed": [], "roles_changed": []}
    return {"change": change, "old": _clause(old), "new": _clause(new), **nothing, **duties}


def _clause(one: clauses.Section | None) -> dict[str, str] | None:
    if one is None:
        return None
    return {"path": one.path or "", "heading": one.heading or "", "text": one.text}


def _written(duty: clauses.Duty) -> dict[str, str]:
    return {"name": duty.name, "role": duty.role.value}


def told_matrix(version: SchemeVersion) -> Told:
    found = answerable(version)
    units: list[Told] = [
        {
            "unit": str(unit.pk),
            "name": str(unit),
            "roles": {str(task): roles[unit.pk] for task, roles in found.bound.items() if unit.pk in roles},
            "late": {str(task): number for (task, one), number in found.late.items() if one == unit.pk},
        }
        for unit in found.units
    ]
    units += [
        {
            "unit": None,
            "name": name,
            "roles": {str(task): role for task, role in roles.items()},
            "late": {},
        }
        for name, roles in found.unknown.items()
    ]
    return {
        "tasks": [{"id": str(one.pk), "path": one.path, "title": one.title} for one in found.tasks],
        "units": units,
    }


def whole_task(found: Task, actor: Actor) -> Told:
    """A report's key only for who may read it; whether it came is for every reader of the scheme."""
    duties = list(Duty.objects.filter(task=found).select_related("unit", "group"))
    bound = bound_units(duties)
    rows = owed([found], bound, reports_of([found]), nil_returns(found.scheme.side))
    units = names_of(bound.get(found.pk, ()))
    return {
        "id": str(found.pk),
        "scheme": str(found.scheme_id),
        "version": str(found.section.version_id),
        "section": str(found.section_id),
        "text": found.section.text,
        "due_on": found.due_on.isoformat() if found.due_on else None,
        **{name: getattr(found, name) for name in ("path", "title", "frequency", "ledgers", "indicators")},
        "duties": [_duty(one) for one in duties],
        "reports": [
            {
                "unit": _named(units[one.unit_id]),
                "period": one.period.code,
                "due_on": one.due.isoformat(),
                "standing": one.word,
                "report": _readable(one.report, actor),
            }
            for one in rows
            if one.unit_id in units
        ],
    }


def _readable(report: Any, actor: Actor) -> str | None:
    may_read = report is not None and covers(actor, Verb.VIEW, LEDGER, report)
    return str(report.pk) if may_read else None
