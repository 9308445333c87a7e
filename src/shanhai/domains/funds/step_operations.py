"""Steps of projects over the API: where each stands, what is missing, a step or an agreed change taken."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_ledger, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from . import steps
from .models import Project, Stage
from .step_pages import file_listed, listed
from .step_reports import Path, path_of


class WayAnswer(Schema):
    """A step that may follow: who decides it and what is missing; nothing missing means it is open."""

    stage: str
    label: str
    decider: str
    missing: list[str]


class MoveAnswer(Schema):
    """A step that was taken."""

    from_stage: str
    to_stage: str
    moved_on: date
    decided_unit: str
    moved_by: str
    document: str
    note: str
    consent: str | None


class PathAnswer(Schema):
    """A project on its way."""

    id: UUID
    code: str
    name: str
    stage: str
    must_tell_again: bool = Field(description="变更或暂停之后须重新公示期满才能继续")
    ways: list[WayAnswer]
    moves: list[MoveAnswer]


class PathsAsked(Schema):
    """Of which stage; all without."""

    stage: str = ""


class PathFileAsked(PathsAsked):
    """In which form."""

    format: Literal["xlsx", "docx"] = "xlsx"


class MoveBody(Sent):
    """A step: where to, when, on which document."""

    row_version: int
    stage: Stage = Field(description=f"新阶段：{'、'.join(Stage.values)}")
    moved_on: date | None = None
    document: str = ""
    note: str = ""


class ChangeBody(Sent):
    """The consent whose change is written in."""

    row_version: int
    consent: UUID
    document: str = ""


@register_operations(Project.ledger_key())
def stepping(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_edit, may_read = on_row(ledger, Verb.EDIT), on_row(ledger, Verb.VIEW)
    may_list, may_export = on_ledger(ledger, Verb.VIEW), on_ledger(ledger, Verb.EXPORT)

    @router.get("/paths/", response=list[PathAnswer], auth=may_list, **named(ledger, "paths", "项目流程一览"))
    def read_paths(request: HttpRequest, asked: Query[PathsAsked]) -> list[dict[str, Any]]:
        return [_told(one) for one in listed(actor_of(request), asked.stage)]

    told = named(ledger, "paths_file", "项目流程一览的 Excel、Word")

    @router.get("/paths/file/", auth=may_export, **told)
    def read_paths_file(request: HttpRequest, asked: Query[PathFileAsked]) -> HttpResponse:
        return file_listed(actor_of(request), asked.stage, asked.format)

    told = named(ledger, "path", "一个项目走过的步骤和能走的下一步")

    @router.get("/{uuid:pk}/path/", response=PathAnswer, auth=may_read, **told)
    def read_path(request: Found, pk: UUID) -> dict[str, Any]:
        return _told(path_of(request.auth, actor_of(request)))

    @router.post("/{uuid:pk}/move/", response=row, auth=may_edit, **named(ledger, "move", "办理项目阶段"))
    def move_project(request: Found, pk: UUID, body: MoveBody) -> dict[str, Any]:
        actor = actor_of(request)
        steps.move_project(pk, actor=actor, **body.dict())
        return read_row(ledger, pk, actor)

    told = named(ledger, "change_by_consent", "按对方同意的会商变更项目")

    @router.post("/{uuid:pk}/change/", response=row, auth=may_edit, **told)
    def change_project(request: Found, pk: UUID, body: ChangeBody) -> dict[str, Any]:
        actor = actor_of(request)
        steps.change_project(pk, actor=actor, **body.dict())
        return read_row(ledger, pk, actor)


def _told(path: Path) -> dict[str, Any]:
    project = path.project
    return {
        "id": project.pk,
        "code": project.code,
        "name": project.name,
        "stage": project.stage,
        "must_tell_again": path.must_tell_again,
        "ways": [
            {
                "stage": one.step.target,
                "label": one.label,
                "decider": one.decider,
                "missing": list(one.missing),
            }
            for one in path.ways
        ],
        "moves": [
            {
                "from_stage": one.from_stage,
                "to_stage": one.to_stage,
                "moved_on": one.moved_on,
                "decided_unit": str(one.decided_unit),
                "moved_by": one.moved_by,
                "document": one.document,
                "note": one.note,
                "consent": str(one.consent) if one.consent else None,
            }
            for one in path.moves
        ],
    }
