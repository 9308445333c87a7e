"""What the chapter adds to the API: its checks, and how far a project has come."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.check_operations import register_checks

from . import actions
from .models import Project, Stage
from .pages import CHECKS

register_checks("funds", CHECKS)


class AdvanceBody(Sent):
    """Stage and physical progress now."""

    row_version: int
    stage: Stage = Field(description=f"项目阶段：{'、'.join(Stage.values)}")
    progress: Decimal = Field(description="形象进度，0 到 100")


@register_operations(Project.ledger_key())
def advancing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/advance/", response=row, auth=may, **named(ledger, "advance", "登记项目进度"))
    def advance_project(request: Found, pk: UUID, body: AdvanceBody) -> dict[str, Any]:
        actor = actor_of(request)
        version = body.row_version
        actions.advance_project(
            pk, stage=body.stage, progress=body.progress, actor=actor, row_version=version
        )
        return read_row(ledger, pk, actor)
