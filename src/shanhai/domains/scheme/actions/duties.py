"""Who answers for a task, by when, and what proves it."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shanhai.domains.scheme.access import require_manager
from shanhai.domains.scheme.bindings import bind_reports
from shanhai.domains.scheme.models import Duty, SchemeVersion, Task
from shanhai.engines.clauses.units import fold
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Unit

from .clauses import section_of, task_of
from .drafts import correcting


def add_duty(
    version: UUID, section: UUID, *, actor: Actor, edition: int, unit: Unit, role: str, name: str = ""
) -> Duty:
    """Lay a clause on a unit. Where the clause writes its name, the duty lies there.

    Errors: RuleViolated for a unit that answers for it already, or is of the other side.
    """
    with correcting(version, actor=actor, edition=edition) as draft:
        row = section_of(draft, section)
        if unit.side != draft.scheme.side:
            raise RuleViolated(_("请选择本方的单位。"), problems={"unit": [_("请选择本方的单位。")]})
        task = task_of(row)
        written = fold(name) or unit.name
        if task.duties.filter(unit=unit).exists():
            raise RuleViolated(_("这个单位已是这项任务的责任单位。"), code="has_duty")
        at = draft.document.text.find(written, row.start, row.end)
        if task.duties.filter(start=at).exists():
            at = -1
        span = {"start": at, "end": at + len(written)} if at >= 0 else {}
        return Duty.objects.create(task=task, unit=unit, name=written[:120], role=Duty.Role(role), **span)  # type: ignore[no-any-return]


def change_role(version: UUID, duty: UUID, *, actor: Actor, edition: int, role: str) -> Duty:
    """Lead or support."""
    with correcting(version, actor=actor, edition=edition) as draft:
        row = _duty(draft, duty)
        row.role = Duty.Role(role)
        row.save()
    return row


def remove_duty(version: UUID, duty: UUID, *, actor: Actor, edition: int) -> None:
    """What the grammar took for a responsible unit is none; a task without any is none either."""
    with correcting(version, actor=actor, edition=edition) as draft:
        row = _duty(draft, duty)
        row.delete()
        if not Duty.objects.filter(task=row.task_id).exists():
            Task.of_versions.filter(pk=row.task_id).delete()


def _duty(draft: SchemeVersion, pk: UUID) -> Duty:
    found: Duty | None = Duty.objects.filter(task__section__version=draft, pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def set_plan(
    task: Task,
    *,
    actor: Actor,
    frequency: str,
    due_on: datetime.date | None,
    ledger_keys: Sequence[str],
    indicator_codes: Sequence[str],
) -> Task:
    """How often progress is reported, by when the task is done, and which ledgers and indicators show it.

    Shape: also for a version in force, since the words of the document do not change.
    Errors: RuleViolated for a replaced version, `once` without a day, unknown ledgers or indicators.
    """
    require_manager(actor, task.scheme)
    state = task.section.version.state
    if state == SchemeVersion.State.REPLACED:
        raise RuleViolated(_("这一版已被新版替换，不再修改。"), code="replaced")
    if any(key not in ledgers for key in ledger_keys) or any(
        code not in indicators for code in indicator_codes
    ):
        raise RuleViolated(_("没有这个台账或指标。"), code="unknown_link")
    task.frequency, task.due_on = frequency, due_on
    task.ledgers, task.indicators = list(dict.fromkeys(ledger_keys)), list(dict.fromkeys(indicator_codes))
    try:
        task.full_clean()
    except ValidationError as error:
        raise RuleViolated(problems=error.message_dict) from error
    task.save()
    if state == SchemeVersion.State.IN_FORCE:
        bind_reports(task.scheme.side)
    return task
