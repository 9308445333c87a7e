"""State changes of projects that row life does not cover."""

from decimal import Decimal
from uuid import UUID

from shanhai.kernel.actions import get_row
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .models import Project, Stage
from .progress_actions import require_reached
from .steps import move_project, require_going


def advance_project(pk: UUID, *, stage: Stage, progress: Decimal, actor: Actor, row_version: int) -> Project:
    """Write down how far a reported project has come; another stage is a step that is kept (`steps`).

    Errors: as `move_project`; RuleViolated where work must not go on, or its milestones say less.
    """
    ledger = registry.get(Project.ledger_key())
    project: Project = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    require_reached(project, progress)
    if stage != project.stage:
        return move_project(pk, stage=stage, progress=progress, actor=actor, row_version=row_version)
    require_going(project)
    values = {"progress": progress}
    advanced: Project = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason="项目进度"
    )
    return advanced
