"""One version as a page: the source with its anchors lit, the tree of clauses beside it, questions first."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel.scope import Actor, Sharing
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.registers.parties.models import Unit

from .access import manages
from .asking import Drawn, crumbs
from .models import Duty, Question, SchemeVersion, Section, Task
from .rules import Mark, pieces

DEEPEST = 6
#: Clauses drawn at once: a longer document is read part by part, so that its page opens at once on a phone.
MOST_CLAUSES = 100
#: Questions drawn at once; the rest follows when these are settled.
MOST_ASKED = 60

_COLOURS = {"draft": "wait", "in_force": "ok", "replaced": "void"}


@dataclass(frozen=True)
class Part:
    """The stretch of a long document that one page shows."""

    number: int
    start: int
    end: int
    label: str

    def holds(self, offset: int | None) -> bool:
        return offset is not None and self.start <= offset < self.end


def parts_of(sections: Sequence[Section], length: int) -> list[Part]:
    """The whole text in parts of some hundred clauses; a new part begins with a chapter where it can."""
    begins, count = [sections[0]] if sections else [], 0
    for section in sections:
        count += 1
        is_chapter = section.parent_id is None and count > MOST_CLAUSES // 2
        if section is not sections[0] and (is_chapter or count > MOST_CLAUSES):
            begins.append(section)
            count = 1
    cuts = [0, *(section.start for section in begins[1:]), length]
    labels = [str(section) for section in begins] or [""]
    return [Part(n, *span, label) for n, (span, label) in enumerate(zip(pairwise(cuts), labels, strict=True))]


def tree_context(actor: Actor, version: SchemeVersion, number: int = 0) -> Drawn:
    """What scheme/version.html shows, of a long document its part `number`. Six queries."""
    scheme, text = version.scheme, version.document.text
    is_manager = manages(actor, scheme)
    can_answer = is_manager and version.state != SchemeVersion.State.REPLACED
    sections = list(version.sections.order_by("start").defer("text"))
    parts = parts_of(sections, len(text))
    part = parts[number] if number < len(parts) else parts[0]
    tasks = {t.section_id: t for t in Task.of_versions.filter(section__version=version)}
    duties = _duties(version)
    questions = list(version.questions.filter(answer=Question.Answer.OPEN).order_by("start", "kind"))
    units = list(Unit.objects.filter(side=scheme.side).order_by("path")) if can_answer else []
    here = [section for section in sections if part.holds(section.start)]
    places = Places(version, parts, part)
    return {
        "title": scheme.title,
        "state": {"label": f"{version} · {version.get_state_display()}", "kind": _COLOURS[version.state]},
        "sub": _described(version, len(tasks), duties),
        "crumbs": crumbs((_("方案"), link_to("scheme:schemes"))),
        "version": version,
        "is_manager": can_answer,
        "parts": places.chips() if len(parts) > 1 else [],
        "asked": _asked(questions, {unit.name for unit in units}, places),
        "checks": _checks(questions, places),
        "open": len(questions),
        "answer_url": link_to("scheme:answer", pk=version.pk),
        "units": units,
        "pieces": list(_source(text, part, here, duties, questions)),
        "rows": list(_rows(sections, part, tasks, duties, is_editable=is_manager and version.is_draft)),
        "terms": _terms(version) if can_answer else None,
        "tables": [
            {"label": "Excel", "url": link_to("scheme:tasks_xlsx", pk=version.pk)},
            {"label": "Word", "url": link_to("scheme:tasks_docx", pk=version.pk)},
        ],
    }


def _duties(version: SchemeVersion) -> list[Duty]:
    rows = Duty.objects.filter(task__section__version=version).select_related("unit", "group")
    return list(rows.order_by("start", "pk"))


@dataclass(frozen=True)
class Places:
    """Addresses of places in the source, on this page or in another part."""

    version: SchemeVersion
    parts: Sequence[Part]
    here: Part

    def url(self, offset: int, anchor: str) -> str:
        if self.here.holds(offset):
            return f"#{anchor}"
        number = bisect_right([part.start for part in self.parts], offset) - 1
        return f"{self._page(max(number, 0))}#{anchor}"

    def chips(self) -> list[Drawn]:
        return [
            {"label": part.label, "url": self._page(part.number), "here": part is self.here}
            for part in self.parts
        ]

    def _page(self, number: int) -> str:
        return with_query(link_to("scheme:version", pk=self.version.pk), {"part": str(number)})


def _described(version: SchemeVersion, tasks: int, duties: Sequence[Duty]) -> str:
    scheme = version.scheme
    names = {duty.name for duty in duties}
    counted = ngettext(
        "%(tasks)s 项任务，%(duties)s 个责任，%(names)s 个单位写法",
        "%(tasks)s 项任务，%(duties)s 个责任，%(names)s 个单位写法",
        len(duties),
    ) % {"tasks": tasks, "duties": len(duties), "names": len(names)}
    head = [scheme.number, scheme.issuer, scheme.dated_on.isoformat() if scheme.dated_on else ""]
    return " · ".join(part for part in [*head, str(scheme.get_side_display()), counted] if part)


def _asked(questions: Sequence[Question], registered: set[str], places: Places) -> list[Drawn]:
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
                "url": places.url(group[0].start, f"q{group[0].start}"),
                "ids": [str(one.pk) for one in group],
                "suggestion": likely[0] if likely else "",
            }
        )
    return found


def _checks(questions: Sequence[Question], places: Places) -> list[Drawn]:
    """Questions about the text alone, by kind."""
    by_kind: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if not question.name:
            by_kind[question.kind].append(question)
    return [
        {
            "label": Question.Kind(kind).label,
            "reason": group[0].reason,
            "lines": [
                {
                    "id": str(q.pk),
                    "text": q.text,
                    "at": f"q{q.start}",
                    "url": places.url(q.start, f"q{q.start}"),
                }
                for q in group[:MOST_ASKED]
            ],
            "number": len(group),
        }
        for kind, group in by_kind.items()
    ]


def _source(
    text: str,
    part: Part,
    sections: Sequence[Section],
    duties: Sequence[Duty],
    questions: Sequence[Question],
) -> Iterator[Drawn]:
    """The part's source in pieces: plain, the beginning of a clause, the name of a unit, a doubtful place."""
    marks: list[Mark] = []
    for duty in duties:
        if part.holds(duty.start) and duty.start is not None and duty.end is not None:
            marks.append(Mark(duty.start - part.start, duty.end - part.start, duty))
    here = [question for question in questions if part.holds(question.start)]
    marks += [Mark(one.start - part.start, one.end - part.start, one, rank=1) for one in here]
    asked, begins = {one.start for one in here}, {section.start for section in sections}
    stops = [start - part.start for start in begins]
    for first, last, key in pieces(text[part.start : part.end], marks, stops):
        start, end = first + part.start, last + part.start
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
    sections: Sequence[Section],
    part: Part,
    tasks: dict[Any, Task],
    duties: Sequence[Duty],
    *,
    is_editable: bool,
) -> Iterator[Drawn]:
    """The part's tree, flat: every clause knows its depth."""
    depth: dict[Any, int] = {}
    by_task: dict[Any, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_task[duty.task_id].append(duty)
    for section in sections:
        depth[section.pk] = depth.get(section.parent_id, -1) + 1
        if not part.holds(section.start):
            continue
        task = tasks.get(section.pk)
        yield {
            "depth": min(depth[section.pk], DEEPEST),
            "path": section.path,
            "heading": section.heading or _("（无标题）"),
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
