"""From a text to a version in force: import, correct, replace."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanhai.domains.scheme.access import managed_sides, manages, require_manager
from shanhai.domains.scheme.bindings import bind_reports
from shanhai.domains.scheme.models import (
    Duty,
    ProgressReport,
    Question,
    Scheme,
    SchemeVersion,
    Section,
    SourceDocument,
    Task,
    TaskBasis,
)
from shanhai.domains.scheme.reading import Register, as_values, write_rows
from shanhai.engines import clauses
from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.scope import Actor, Sharing, Side

from .drafts import correcting

LATEST_START = datetime.timedelta(days=366)
LONGEST_TEXT = 2_000_000  # characters: more is no scheme, and its page could not be read


def import_scheme(
    source: clauses.SourceDocument, *, actor: Actor, side: str, sharing: str = Sharing.PRIVATE
) -> SchemeVersion:
    """A new scheme with the draft of its first version. Errors: RuleViolated for a text without a clause."""
    scheme = Scheme(side=Side(side), sharing=Sharing(sharing), reports_since=clock.today())
    if side not in managed_sides(actor) and not manages(actor, scheme):
        raise NotAllowed
    register = Register.load(side)
    parsed = _parsed(source, register)
    _take_head(scheme, parsed, source.name)
    with transaction.atomic():
        scheme.save(force_insert=True)
        return _draft(scheme, source, parsed, register, ordinal=1)


def import_newer(scheme: Scheme, source: clauses.SourceDocument, *, actor: Actor) -> SchemeVersion:
    """The draft of a newer text; tasks that go on keep deadline, ledgers and indicators.

    Errors: RuleViolated while another draft is under correction.
    """
    require_manager(actor, scheme)
    register = Register.load(scheme.side)
    parsed = _parsed(source, register)
    with transaction.atomic():
        newest = _no_draft(scheme)
        version = _draft(scheme, source, parsed, register, ordinal=newest.ordinal + 1)
        base = (
            scheme.versions.filter(state=SchemeVersion.State.IN_FORCE)
            .select_related("document", "scheme")
            .first()
        )
        if base is not None:
            _continue_tasks(base, version)
    return version


def start_correction(scheme: Scheme, *, actor: Actor) -> SchemeVersion:
    """A draft that begins as a copy of the version in force."""
    require_manager(actor, scheme)
    with transaction.atomic():
        newest = _no_draft(scheme)
        base = scheme.versions.filter(state=SchemeVersion.State.IN_FORCE).first()
        if base is None:
            raise RuleViolated(_("这个方案还没有现行版本。"), code="nothing_in_force")
        draft = _create(scheme, base.document, newest.ordinal + 1)
        _copy_rows(base, draft)
    return draft


def save_version(pk: UUID, *, actor: Actor, edition: int) -> SchemeVersion:
    """Put a draft in force: reports follow their tasks out of the version before, units owe progress."""
    with correcting(pk, actor=actor, edition=edition) as version:
        if not Task.of_versions.filter(section__version=version).exists():
            raise RuleViolated(_("这一版没有一项任务。请先给条款指定责任单位。"), code="no_task")
        scheme = version.scheme
        scheme.versions.filter(state=SchemeVersion.State.IN_FORCE).update(state=SchemeVersion.State.REPLACED)
        version.state = SchemeVersion.State.IN_FORCE
        version.saved_at, version.saved_by = clock.now(), actor.key
        version.save(update_fields=["state", "saved_at", "saved_by"])
        _take_head(scheme, _head(version.document), version.document.name)
        scheme.save()
        _move_reports(version)
        bind_reports(scheme.side)
    return version


def discard_draft(pk: UUID, *, actor: Actor, edition: int) -> None:
    """Drop a draft; a scheme that never was in force goes with it. What was dropped stays in the history."""
    with correcting(pk, actor=actor, edition=edition) as version:
        pass
    scheme, document = version.scheme, version.document
    version.delete()
    if not document.versions.exists():
        document.delete()
    if not scheme.versions.exists():
        scheme.delete()


def set_terms(
    scheme: Scheme, *, actor: Actor, sharing: str, reports_since: datetime.date, due_days: int, reason: str
) -> Scheme:
    """With whom the scheme is shared, from when and how soon after a quarter progress is owed.

    Errors: RuleViolated for a first day more than a year ahead, or days that no rule allows.
    """
    require_manager(actor, scheme)
    if reports_since > clock.today() + LATEST_START:
        raise RuleViolated(problems={"reports_since": [_("起报日期太远。")]})
    scheme.sharing, scheme.reports_since, scheme.due_days = Sharing(sharing), reports_since, due_days
    try:
        scheme.full_clean()
    except ValidationError as error:
        raise RuleViolated(problems=error.message_dict) from error
    with context.because(reason):
        scheme.save()
        bind_reports(scheme.side)
    return scheme


def _parsed(source: clauses.SourceDocument, register: Register) -> clauses.Scheme:
    if len(source.text) > LONGEST_TEXT or "\x00" in source.text:
        raise RuleViolated(_("这个文件不像一份方案：太长，或不是文字。"), code="not_a_scheme")
    parsed = clauses.parse(source, register.known)
    if not parsed.sections:
        raise RuleViolated(_("没有从文件中认出条款。请确认它有“一、”“（一）”这样的标题。"), code="no_clause")
    return parsed


def _head(document: SourceDocument) -> clauses.Scheme:
    """What the grammar read at the head of a text; the clauses are in the rows."""
    found: dict[str, Any] = document.parsed
    return clauses.Scheme(
        title=found["title"],
        number=found["number"],
        issuer=found["issuer"],
        date=found["date"],
        addressees=tuple(found["addressees"]),
        source_text="",
        sections=(),
        duty_lists=found["duty_lists"],
        flags=(),
    )


def _take_head(scheme: Scheme, head: clauses.Scheme, name: str) -> None:
    scheme.title = (head.title or name or str(_("未命名方案")))[:300]
    scheme.number = (head.number or "")[:80]
    scheme.issuer = (head.issuer or "")[:200]
    scheme.dated_on = datetime.date.fromisoformat(head.date) if head.date else None
    scheme.addressees = list(head.addressees)


def _draft(
    scheme: Scheme,
    source: clauses.SourceDocument,
    parsed: clauses.Scheme,
    register: Register,
    *,
    ordinal: int,
) -> SchemeVersion:
    found = {key: value for key, value in clauses.to_json(parsed).items() if key != "source_text"}
    document = SourceDocument.objects.create(name=source.name[:200], text=parsed.source_text, parsed=found)
    version = _create(scheme, document, ordinal)
    write_rows(version, parsed, register)
    return version


def _create(scheme: Scheme, document: SourceDocument, ordinal: int) -> SchemeVersion:
    try:
        with transaction.atomic():
            version: SchemeVersion = SchemeVersion.objects.create(
                scheme=scheme, document=document, ordinal=ordinal, started_at=clock.now()
            )
    except IntegrityError as error:
        raise RuleViolated(_("他人刚刚建立了修订版本，请刷新后核对。"), code="draft_exists") from error
    return version


def _no_draft(scheme: Scheme) -> SchemeVersion:
    """The newest version. Errors: RuleViolated when it is a draft."""
    newest: SchemeVersion = scheme.versions.order_by("-ordinal")[0]
    if scheme.versions.filter(state=SchemeVersion.State.DRAFT).exists():
        raise RuleViolated(_("这个方案已有一个修订中的版本，请先让它生效或放弃。"), code="draft_exists")
    return newest


def _continue_tasks(base: SchemeVersion, draft: SchemeVersion) -> None:
    """Tasks of the newer text take over from those they continue."""
    pairs = clauses.diff_schemes(as_values(base), as_values(draft)).pairs
    before = {task.section.start: task for task in _tasks(base)}
    after = {task.section.start: task for task in _tasks(draft)}
    changed = []
    for old, new in pairs:
        if old.start in before and new.start in after:
            task, earlier = after[new.start], before[old.start]
            task.previous = earlier
            for name in ("frequency", "due_on", "ledgers", "indicators"):
                setattr(task, name, getattr(earlier, name))
            changed.append(task)
    Task.of_versions.bulk_update(changed, ["previous", "frequency", "due_on", "ledgers", "indicators"])


def _tasks(version: SchemeVersion) -> Iterable[Task]:
    found: Iterable[Task] = Task.of_versions.filter(section__version=version).select_related("section")
    return found


def _move_reports(version: SchemeVersion) -> None:
    """Reports on a task, and what it rests on, go on under the task that continues it."""
    with context.beyond_reach():  # those of the other side as well
        for task in _tasks(version):
            if task.previous_id is not None:
                ProgressReport._base_manager.filter(task=task.previous_id).update(task=task)
                TaskBasis._base_manager.filter(task=task.previous_id).update(task=task)


def _copy_rows(base: SchemeVersion, draft: SchemeVersion) -> None:
    sections = _copied(Section, base.sections.order_by("start"), version=draft)
    for copy in sections.values():
        copy.parent = sections[copy.parent_id] if copy.parent_id else None
    Section.objects.bulk_create(sections.values(), batch_size=500)
    originals = list(Task.of_versions.filter(section__version=base))
    tasks = _copied(Task, originals, scheme=draft.scheme)
    for original in originals:
        tasks[original.pk].section = sections[original.section_id]
        tasks[original.pk].previous = original
    Task.of_versions.bulk_create(tasks.values(), batch_size=500)
    duties = _copied(Duty, Duty.objects.filter(task__section__version=base))
    for duty in duties.values():
        duty.task = tasks[duty.task_id]
    Duty.objects.bulk_create(duties.values(), batch_size=500)
    Question.objects.bulk_create(
        _copied(Question, base.questions.all(), version=draft).values(), batch_size=500
    )


def _copied(model: type[Any], rows: Iterable[Any], **changed: Any) -> dict[Any, Any]:
    """Copies of rows with keys of their own, by the key of the original; not saved."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    found = {}
    for row in rows:
        copy = model(**{name: getattr(row, name) for name in names})
        for name, value in changed.items():
            setattr(copy, name, value)
        found[row.pk] = copy
    return found
