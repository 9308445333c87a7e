"""Pages of jobs: one's own with their results, for administrators everybody's states."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import INSTALLATION, Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.keyset import Page, SortKey, page_of, read_cursor, write_cursor
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.views import actor_of

from . import files, runner
from .drawing import draw_job
from .models import Job
from .ranges import resumable

_SIZE = 30
_PURPOSE = "cursor:jobs"


def visible_jobs(actor: Actor) -> Any:
    """Jobs `actor` may see in any form."""
    key: Any = actor.user_id
    jobs = Job.objects.select_related("requester")
    if actor.through:  # what the person did otherwise may tell of more than it reaches
        return jobs.filter(requester_id=key, through__key=actor.through.key)
    return jobs if administers(actor) else jobs.filter(requester_id=key)


def administers(actor: Actor) -> bool:
    """Whether `actor` looks after the installation: jobs, files, never business rows."""
    return any(grant.role.allows(Verb.ADMINISTER, INSTALLATION) for grant in actor.grants)


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    cursor = read_cursor(request.GET.get("page", ""), _PURPOSE)
    found = visible_jobs(actor)
    page = page_of(found, [SortKey("id", is_descending=True)], cursor, _SIZE)
    shown = {
        "title": _("后台任务"),
        "sub": _("导入、导出等较长的工作。可以离开页面，做完在这里看结果。"),
        "crumbs": [],
        "actions": [],
        "jobs": [draw_job(job, actor) for job in page.rows],
        "pager": _pager(page, found.count()),
        "empty": {
            "title": _("还没有后台任务"),
            "text": _("导入大文件或导出很多行时，进度和结果会出现在这里。"),
            "actions": [],
        },
    }
    return respond(request, "kernel/jobs.html", "jobs", shown)


def _pager(page: Page, number: int) -> dict[str, Any]:
    url = reverse("jobs")

    def at(cursor: Any) -> str:
        return with_query(url, {"page": write_cursor(cursor, _PURPOSE)}) if cursor else ""

    shown = _("本页 %(number)s 项") % {"number": len(page.rows)}
    first = url if page.previous else ""
    total = _("共 %(number)s 项") % {"number": f"{number:,}"}
    turns = {"first": first, "previous": at(page.previous), "next": at(page.next)}
    return {"total": total, "shown": shown, **turns}


@require_GET
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One job; asked by the page itself while the job runs, only the job's own part."""
    actor = actor_of(request)
    found = _job(actor, pk)
    drawn = draw_job(found, actor, is_alone=True)
    crumbs = [{"label": _("后台任务"), "url": reverse("jobs")}]
    shown = {"title": drawn["label"], "sub": "", "crumbs": crumbs, "actions": [], "job": drawn}
    return respond(request, "kernel/job.html", "job", shown)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    runner.cancel(_own_job(actor, pk))
    return HttpResponseRedirect(reverse("job", args=[pk]))


@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse | FileResponse:
    found = _own_job(actor_of(request), pk)
    until = found.result.get("until", "")  # where a file may be fetched for a time only
    if until and datetime.fromisoformat(until) <= clock.now():
        raise NotVisible(_("下载的有效时间已过。请重新申请。"))
    suffix = found.result.get("path", "") if found.state == Job.State.DONE else ""
    opened = files.opened(files.RESULTS, found.pk, suffix) if suffix else None
    if opened is None:
        raise NotVisible(_("这个文件已经删除。请重新导出。"))
    return resumable(request, files.path_of(files.RESULTS, found.pk, suffix), opened, found.result["name"])


def _job(actor: Actor, pk: UUID) -> Job:
    found: Job | None = visible_jobs(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def _own_job(actor: Actor, pk: UUID) -> Job:
    """Only its requester changes a job or gets what it made. Errors: NotVisible."""
    found = _job(actor, pk)
    if found.requester_id != actor.user_id:
        raise NotVisible
    return found
