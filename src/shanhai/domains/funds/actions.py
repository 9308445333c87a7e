"""State changes of projects that row life does not cover."""

from decimal import Decimal
from uuid import UUID

from shanhai.kernel.later import record_later
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .models import Project, Stage


def advance_project(pk: UUID, *, stage: Stage, progress: Decimal, actor: Actor, row_version: int) -> Project:
    """Write down how far a reported project has come, by the moves in force. Errors: as `record_later`."""
    ledger = registry.get(Project.ledger_key())
    values = {"stage": stage, "progress": progress}
    project: Project = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason="项目进度"
    )
    return project
