"""Corrections of the clauses of a draft: their words, their span, cut in two, put together.

Every one keeps what makes a version trustworthy: spans follow one another without overlap, the text of a
clause is its span of the source, and a duty lies in the clause it belongs to.
"""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from shanhai.domains.scheme.models import Duty, SchemeVersion, Section, Task
from shanhai.domains.scheme.rules import MIN_PIECE, part, trimmed
from shanhai.engines.clauses.layout import flow_of
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.scope import Actor

from .drafts import correcting


def change_section(
    version: UUID, section: UUID, *, actor: Actor, edition: int, path: str, heading: str, start: int, end: int
) -> Section:
    """Number, title and span. A clause that begins earlier takes the end of the one before, duties included.

    Errors: RuleViolated when it would reach into the clause after it, or lose a duty.
    """
    with correcting(version, actor=actor, edition=edition) as draft:
        row = section_of(draft, section)
        row.path, row.heading = path.strip()[:60], heading.strip()[:300]
        if (start, end) != (row.start, row.end):
            _move(draft, row, start, end)
        row.save()
        Task.of_versions.filter(section=row).update(path=row.path, title=row.heading or row.text[:40])
    return row


def split_section(version: UUID, section: UUID, *, actor: Actor, edition: int, at: int) -> Section:
    """Cut a clause before offset `at`. The new clause takes the rest: words, duties, the clauses below.

    Errors: RuleViolated outside the clause's own part, or inside the name of a unit.
    """
    with correcting(version, actor=actor, edition=edition) as draft:
        row = section_of(draft, section)
        if not row.start + MIN_PIECE <= at <= row.end - MIN_PIECE:
            raise RuleViolated(_("请在条文中间选择断开的位置。"), code="bad_cut")
        if Duty.objects.filter(task__section=row, start__lt=at, end__gt=at).exists():
            raise RuleViolated(_("不能在单位名称中间断开。"), code="bad_cut")
        source = draft.document.text
        rest = Section(version=draft, parent=row.parent, start=trimmed(source, at, row.end)[0], end=row.end)
        row.end = trimmed(source, row.start, at)[1]
        for piece in (row, rest):
            piece.text = _words(draft, piece)
        rest.heading = _first_words(rest.text)
        row.save()
        rest.save(force_insert=True)
        row.children.update(parent=rest)
        _hand_over(Duty.objects.filter(task__section=row, start__gte=at), rest)
    return rest


def merge_section(version: UUID, section: UUID, *, actor: Actor, edition: int) -> Section:
    """Put a clause together with the one before it, which takes its words, its duties and the clauses below.

    Errors: RuleViolated for the first clause of a document.
    """
    with correcting(version, actor=actor, edition=edition) as draft:
        row = section_of(draft, section)
        before = _before(draft, row.start)
        if before is None:
            raise RuleViolated(_("前面没有可以合并的条款。"), code="first_clause")
        _hand_over(Duty.objects.filter(task__section=row), before)
        row.children.update(parent=before)
        end = row.end
        row.delete()
        before.end = end
        before.text = _words(draft, before)
        before.save()
    return before


def section_of(draft: SchemeVersion, pk: UUID) -> Section:
    found: Section | None = draft.sections.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def _before(draft: SchemeVersion, start: int) -> Section | None:
    found: Section | None = draft.sections.filter(start__lt=start).order_by("-start").first()
    return found


def _words(draft: SchemeVersion, section: Section) -> str:
    return part(flow_of(draft.document.text), section.start, section.end)


def _first_words(text: str) -> str:
    return text.partition("。")[0].strip()[:40]


def _move(draft: SchemeVersion, row: Section, start: int, end: int) -> None:
    source = draft.document.text
    start, end = trimmed(source, max(start, 0), min(end, len(source)))
    after = draft.sections.filter(start__gt=row.start).order_by("start").first()
    before = _before(draft, row.start)
    if end - start < MIN_PIECE or (after is not None and end > after.start):
        raise RuleViolated(_("起止位置不对：条款不能为空，也不能伸到下一条里面。"), code="bad_span")
    if before is not None and start < before.start + MIN_PIECE:
        raise RuleViolated(_("起止位置不对：不能占去前一条的全部；可以与前一条合并。"), code="bad_span")
    if Duty.objects.filter(Q(start__lt=start) | Q(end__gt=end), task__section=row).exists():
        raise RuleViolated(_("起止位置不对：有责任单位会落在条款之外。"), code="bad_span")
    row.start, row.end = start, end
    row.text = _words(draft, row)
    if before is not None and before.end > start:
        if Duty.objects.filter(task__section=before, start__lt=start, end__gt=start).exists():
            raise RuleViolated(_("不能在单位名称中间断开。"), code="bad_cut")
        before.end = trimmed(source, before.start, start)[1]
        before.text = _words(draft, before)
        before.save()
        _hand_over(Duty.objects.filter(task__section=before, start__gte=start), row)


def _hand_over(duties: "object", section: Section) -> None:
    """Duties go to the task of another clause; a task left without any is none."""
    rows = list(duties)  # type: ignore[call-overload]
    if not rows:
        return
    left = {row.task_id for row in rows}
    task = task_of(section)
    Duty.objects.filter(pk__in=[row.pk for row in rows]).update(task=task)
    for one in Task.of_versions.filter(pk__in=left, duties__isnull=True):
        if task.previous_id is None and one.previous_id is not None:
            task.previous = one.previous
            task.save()
        one.delete()


def task_of(section: Section) -> Task:
    """The task of a clause, made when it has none."""
    task, _is_new = Task.of_versions.get_or_create(
        section=section,
        defaults={
            "scheme": section.version.scheme,
            "path": section.path,
            "title": section.heading or section.text[:40],
        },
    )
    return task  # type: ignore[no-any-return]
