"""Clauses of a draft, and tasks, over the API."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from . import actions
from . import scheme_schemas as schemas
from .access import get_section, get_task, require_manager
from .mine import standings
from .models import Duty, Section, Task
from .scheme_operations import units_named
from .scheme_told import whole_section, whole_task


def _readable(request: HttpRequest, actor: Actor) -> Section:
    return get_section(actor, argument(request, "pk"))


def _editable(request: HttpRequest, actor: Actor) -> Section:
    found = _readable(request, actor)
    require_manager(actor, found.version.scheme)
    if not found.version.is_draft:
        raise NotVisible
    return found


def _with_duty(request: HttpRequest, actor: Actor) -> Section:
    found = _editable(request, actor)
    if not Duty.objects.filter(task__section=found, pk=argument(request, "duty")).exists():
        raise NotVisible
    return found


def _task(request: HttpRequest, actor: Actor) -> Task:
    return get_task(actor, argument(request, "pk"))


def _managed_task(request: HttpRequest, actor: Actor) -> Task:
    found = _task(request, actor)
    require_manager(actor, found.scheme)
    return found


@register_routes("/schemes/sections/")
def sections_router() -> Router:
    router = Router(tags=["schemes"])
    answer, editable = schemas.SectionAnswer, Door(_editable)
    one, changed = called("section", "一个条款"), called("section_change", "改条款号、标题和起止")
    cut, merged = called("section_split", "断开条款"), called("section_merge", "与前一条合并")

    @router.get("/{uuid:pk}/", response=answer, auth=Door(_readable), **one)
    def read_section(request: Found, pk: UUID) -> dict[str, Any]:
        return whole_section(request.auth)

    @router.patch("/{uuid:pk}/", response=answer, auth=editable, **changed)
    def change_section(request: Found, pk: UUID, body: schemas.SectionChange) -> dict[str, Any]:
        found, said = request.auth, body.dict(exclude_none=True)
        now = {name: getattr(found, name) for name in ("path", "heading", "start", "end")}
        row = actions.change_section(found.version_id, pk, actor=actor_of(request), **{**now, **said})
        return whole_section(row)

    @router.post("/{uuid:pk}/split/", response={201: answer}, auth=editable, **cut)
    def split_section(request: Found, pk: UUID, body: schemas.SectionCut) -> Status[dict[str, Any]]:
        version = request.auth.version_id
        rest = actions.split_section(version, pk, actor=actor_of(request), edition=body.edition, at=body.at)
        return Status(201, whole_section(rest))

    @router.post("/{uuid:pk}/merge/", response=answer, auth=editable, **merged)
    def merge_section(request: Found, pk: UUID, body: schemas.Edition) -> dict[str, Any]:
        version = request.auth.version_id
        before = actions.merge_section(version, pk, actor=actor_of(request), edition=body.edition)
        return whole_section(before)

    _add_duties(router)
    return router


def _add_duties(router: Router) -> None:
    answer, editable, owned = schemas.SectionAnswer, Door(_editable), Door(_with_duty)
    added, changed = called("duty_create", "增加责任单位"), called("duty_change", "改为牵头或配合")
    removed = called("duty_remove", "移除责任单位")

    @router.post("/{uuid:pk}/duties/", response={201: answer}, auth=editable, **added)
    def add_duty(request: Found, pk: UUID, body: schemas.DutyNew) -> Status[dict[str, Any]]:
        (unit,) = units_named([body.unit])
        actions.add_duty(
            request.auth.version_id,
            pk,
            actor=actor_of(request),
            edition=body.edition,
            unit=unit,
            role=body.role,
            name=body.name,
        )
        return Status(201, whole_section(request.auth))

    @router.patch("/{uuid:pk}/duties/{uuid:duty}/", response=answer, auth=owned, **changed)
    def change_duty(request: Found, pk: UUID, duty: UUID, body: schemas.DutyRole) -> dict[str, Any]:
        version = request.auth.version_id
        actions.change_role(version, duty, actor=actor_of(request), edition=body.edition, role=body.role)
        return whole_section(request.auth)

    @router.delete("/{uuid:pk}/duties/{uuid:duty}/", response=answer, auth=owned, **removed)
    def remove_duty(request: Found, pk: UUID, duty: UUID, asked: Query[schemas.Edition]) -> dict[str, Any]:
        version = request.auth.version_id
        actions.remove_duty(version, duty, actor=actor_of(request), edition=asked.edition)
        return whole_section(request.auth)


@register_routes("/tasks/")
def tasks_router() -> Router:
    router = Router(tags=["schemes"])
    mine, one = called("tasks", "本单位的任务；看全方的为全方的任务"), called("task", "一项任务")
    plan = called("task_plan", "期限、频次、关联的台账和指标")

    @router.get("/", response=list[schemas.TaskLine], auth=Door(), **mine)
    def list_tasks(request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                "id": str(one.task.pk),
                "path": one.task.path,
                "title": one.task.title,
                "scheme": str(one.task.scheme_id),
                "due_on": one.task.due_on.isoformat() if one.task.due_on else None,
                "role": one.role,
                "late": one.late,
                "standing": one.now,
            }
            for one in standings(actor_of(request))
        ]

    @router.get("/{uuid:pk}/", response=schemas.TaskWhole, auth=Door(_task), **one)
    def read_task(request: Found, pk: UUID) -> dict[str, Any]:
        return whole_task(request.auth, actor_of(request))

    @router.put("/{uuid:pk}/plan/", response=schemas.TaskWhole, auth=Door(_managed_task), **plan)
    def plan_task(request: Found, pk: UUID, body: schemas.TaskPlan) -> dict[str, Any]:
        actor = actor_of(request)
        planned = actions.set_plan(
            request.auth,
            actor=actor,
            frequency=body.frequency,
            due_on=body.due_on,
            ledger_keys=body.ledgers,
            indicator_codes=body.indicators,
        )
        return whole_task(planned, actor)

    return router
