"""One version as a page: the source with its anchors lit, the tree of clauses beside it, questions first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel.scope import Actor, Sharing
from shanhai.kernel.surfaces.links import link_to
from shanhai.registers.parties.models import Unit

from .access import manages
from .asking import Drawn, crumbs
from .models import Duty, Question, SchemeVersion, Section, Task
from .rules import Mark, pieces

DEEPEST = 6
#: Questions drawn at once; the rest follows when these are settled.
MOST_ASKED = 60

_COLOURS = {"draft": "wait", "in_force": "ok", "replaced": "void"}


def tree_context(actor: Actor, version: SchemeVersion) -> Drawn:
    """What scheme/version.html shows. Six queries."""
    scheme = version.scheme
    is_manager = manages(actor, scheme)
    sections = list(version.sections.order_by("start"))
    tasks = {t.section_id: t for t in Task.of_versions.filter(section__version=version)}
    duties = list(
        Duty.objects.filter(task__section__version=version)
        .select_related("unit", "group")
        .order_by("start", "pk")
    )
    questions = list(version.questions.filter(answer=Question.Answer.OPEN).order_by("start", "kind"))
    units = list(Unit.objects.filter(side=scheme.side).order_by("path")) if is_manager else []
    can_answer = is_manager and version.state != SchemeVersion.State.REPLACED
    return {
        "title": scheme.title,
        "state": {"label": f"{version} · {version.get_state_display()}", "kind": _COLOURS[version.state]},
        "sub": _described(version, tasks.values(), duties),
        "crumbs": crumbs((_("方案"), link_to("scheme:schemes"))),
        "version": version,
        "is_manager": can_answer,
        "asked": _asked(questions, {unit.name for unit in units}),
        "checks": _checks(questions),
        "open": len(questions),
        "answer_url": link_to("scheme:answer", pk=version.pk),
        "units": units,
        "pieces": list(_source(version.document.text, sections, duties, questions)),
        "rows": list(_rows(sections, tasks, duties, is_editable=is_manager and version.is_draft)),
        "terms": _terms(version) if is_manager and version.state != SchemeVersion.State.REPLACED else None,
    }


def _described(version: SchemeVersion, tasks: Iterable[Task], duties: Sequence[Duty]) -> str:
    scheme = version.scheme
    names = {duty.name for duty in duties}
    counted = ngettext(
        "%(tasks)s 项任务，%(duties)s 个责任，%(names)s 个单位写法",
        "%(tasks)s 项任务，%(duties)s 个责任，%(names)s 个单位写法",
        len(duties),
    ) % {"tasks": len(list(tasks)), "duties": len(duties), "names": len(names)}
    head = [scheme.number, scheme.issuer, scheme.dated_on.isoformat() if scheme.dated_on else ""]
    return " · ".join(part for part in [*head, str(scheme.get_side_display()), counted] if part)


def _asked(questions: Sequence[Question], registered: set[str]) -> list[Drawn]:
    """Questions about names, one per name however often it is written."""
    by_name: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.name:
            by_name[question.name].append(question)
    found = []
    for name, group in list(by_name.items())[:MOST_ASKED]:
        likely = [one.likeness for one in group if one.likeness in registered]
        found.append(
            {
                "name": name,
                "kind": group[0].get_kind_display(),
                "is_group": any(one.kind == Question.Kind.GROUP for one in group),
                "sentences": list(dict.fromkeys(one.reason for one in group)),
                "at": f"q{group[0].start}",
                "ids": [str(one.pk) for one in group],
                "suggestion": likely[0] if likely else "",
            }
        )
    return found


def _checks(questions: Sequence[Question]) -> list[Drawn]:
    """Questions about the text alone, by kind."""
    by_kind: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if not question.name:
            by_kind[question.kind].append(question)
    return [
        {
            "label": Question.Kind(kind).label,
            "reason": group[0].reason,
            "lines": [{"id": str(q.pk), "text": q.text, "at": f"q{q.start}"} for q in group[:MOST_ASKED]],
            "number": len(group),
        }
        for kind, group in by_kind.items()
    ]


def _source(
    text: str, sections: Sequence[Section], duties: Sequence[Duty], questions: Sequence[Question]
) -> Iterator[Drawn]:
    """The source in pieces: plain, the beginning of a clause, the name of a unit, a doubtful place."""
    marks: list[Mark] = []
    for duty in duties:
        if duty.start is not None and duty.end is not None:
            marks.append(Mark(duty.start, duty.end, duty))
    asked = {question.start for question in questions}
    marks += [Mark(question.start, question.end, question) for question in questions]
    begins = {section.start for section in sections}
    for start, end, key in pieces(text, marks, begins):
        piece: Drawn = {"text": text[start:end]}
        if start in begins:
            piece["clause"] = f"s{start}"
        if start in asked:
            piece["question"] = f"q{start}"
        if isinstance(key, Duty):
            is_open = key.unit_id is None and key.group_id is None
            piece |= {"kind": "doubt" if is_open else key.role, "to": f"u{key.start}"}
            piece["id"] = f"d{start}" if start == key.start else ""
        elif key is not None:
            piece["kind"] = "doubt"
        yield piece


def _rows(
    sections: Sequence[Section], tasks: dict[Any, Task], duties: Sequence[Duty], *, is_editable: bool
) -> Iterator[Drawn]:
    """The tree, flat: every clause knows its depth."""
    depth: dict[Any, int] = {}
    by_task: dict[Any, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_task[duty.task_id].append(duty)
    for section in sections:
        depth[section.pk] = depth.get(section.parent_id, -1) + 1
        task = tasks.get(section.pk)
        yield {
            "depth": min(depth[section.pk], DEEPEST),
            "path": section.path,
            "heading": section.heading or section.text[:40],
            "at": f"s{section.start}",
            "task": link_to("scheme:task", pk=task.pk) if task else "",
            "edit": link_to("scheme:section", pk=section.pk) if is_editable else "",
            "due": task.due_on.isoformat() if task and task.due_on else "",
            "frequency": task.get_frequency_display() if task else "",
            "duties": [_drawn_duty(duty) for duty in by_task[task.pk]] if task else [],
        }


def _drawn_duty(duty: Duty) -> Drawn:
    known = duty.unit or duty.group
    return {
        "name": duty.name,
        "id": f"u{duty.start}" if duty.start is not None else "",
        "at": f"d{duty.start}" if duty.start is not None else "",
        "kind": "doubt" if known is None else duty.role,
        "is_lead": duty.role == Duty.Role.LEAD,
        "known": str(known) if known is not None and str(known) != duty.name else "",
    }


def _terms(version: SchemeVersion) -> Drawn:
    scheme = version.scheme
    return {
        "url": link_to("scheme:terms", pk=scheme.pk),
        "sharings": [
            {"value": value, "label": label, "selected": value == scheme.sharing}
            for value, label in Sharing.choices
            if value != Sharing.JOINT
        ],
        "reports_since": scheme.reports_since.isoformat(),
        "due_days": scheme.due_days,
    }
