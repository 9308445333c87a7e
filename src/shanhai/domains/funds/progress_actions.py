"""State changes of milestones: one was done, and the project has come so far."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor

from . import progress_rules
from .models import Milestone, Project
from .steps import require_going


def parts_of(project: Project) -> list[progress_rules.Part]:
    """Reported milestones of a project."""
    rows = Milestone.objects.reported().filter(project=project).order_by("due_on", "id")
    return [progress_rules.Part(*one) for one in rows.values_list("weight", "due_on", "done_on")]


def finish_milestone(pk: UUID, *, done_on: date, actor: Actor, row_version: int) -> Milestone:
    """A reported milestone was done; where milestones make up the whole work, the project comes as far.

    Errors: RuleViolated where work must not go on or the day is to come; Conflict; NotAllowed; NotVisible.
    """
    ledger = registry.get(Milestone.ledger_key())
    milestone: Milestone = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    project: Project = get_row(registry.get(Project.ledger_key()), milestone.project_id, actor=actor)
    if milestone.done_on is not None:
        raise RuleViolated(_("这个节点已经登记完成；填错的请更正。"), code="step_closed")
    require_going(project)
    values = {"done_on": done_on}
    done: Milestone = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason=_("节点完成")
    )
    parts = parts_of(project)
    if progress_rules.is_whole(parts) and project.state in REPORTED_STATES:
        progress = progress_rules.reached(parts, clock.today())
        if progress != project.progress:
            _come_so_far(project, progress, done, actor)
    return done


def _come_so_far(project: Project, progress: Decimal, done: Milestone, actor: Actor) -> None:
    record_later(
        registry.get(Project.ledger_key()),
        project.pk,
        {"progress": progress},
        actor=actor,
        row_version=project.row_version,
        reason=_("节点完成：%(name)s") % {"name": done.name},
    )


def require_reached(project: Project, progress: Decimal) -> None:
    """Errors: RuleViolated for more than the milestones that make up the whole work say."""
    parts = parts_of(project)
    if not progress_rules.is_whole(parts):
        return
    reached = progress_rules.reached(parts, clock.today())
    if progress > reached:
        told = {"reached": f"{reached.normalize():f}", "told": f"{progress.normalize():f}"}
        sentence = _("按项目节点已完成 %(reached)s%%，不能登记 %(told)s%%，请先登记完成的节点。")
        raise RuleViolated(problems={"progress": [sentence % told]})
