"""The page of a task, and the tasks of one's own unit."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.respond import respond

from . import actions
from .access import get_task
from .asking import actor_of, attempt
from .mine import mine_context
from .plan_form import plan_values
from .task_view import task_context


@require_GET
def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    return respond(request, "scheme/task.html", "", task_context(actor, get_task(actor, pk)))


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    return respond(request, "scheme/mine.html", "", mine_context(actor_of(request)))


@require_POST
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Deadline, frequency, ledgers and indicators of a task."""
    actor = actor_of(request)
    found = get_task(actor, pk)

    def act() -> str:
        actions.set_plan(found, actor=actor, **plan_values(request))
        return _("已保存任务的期限与关联。")

    is_draft = found.section.version.is_draft
    back = link_to("scheme:section", pk=found.section_id) if is_draft else link_to("scheme:task", pk=pk)
    return attempt(request, act, back)
