"""A job as `components/job.html` draws it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment

from .models import Job
from .remaining import time_left
from .runner import kind_of

Drawn = dict[str, Any]

_STATE_KINDS = {
    Job.State.QUEUED: "wait",
    Job.State.RUNNING: "wait",
    Job.State.DONE: "ok",
    Job.State.FAILED: "late",
    Job.State.CANCELLED: "void",
}


def draw_job(job: Job, actor: Actor, *, is_alone: bool = False) -> Drawn:
    """Whole for its requester; for administrators its kind, state and progress, and no word of data.

    Shape: a job drawn alone tells how long it will still take, which asks the database.
    """
    is_own = job.requester_id == actor.user_id
    own = {"id": job.pk.hex, "url": reverse("job", args=[job.pk])}
    drawn: Drawn = {
        **own,
        "label": job.label if is_own else str(kind_of(job).label),
        "state": {"label": Job.State(job.state).label, "kind": _STATE_KINDS[Job.State(job.state)]},
        "running": job.is_running,
        "done": job.done,
        "total": job.total,
        "progress": " · ".join(filter(None, (_progress(job), time_left(job) if is_alone else ""))),
        "by": str(job.requester),
        "at": moment(job.created_at),
        "poll_url": own["url"],
    }
    return drawn | (_told(job) if is_own else {})


def _progress(job: Job) -> str:
    if job.total:
        return _("%(done)s / %(total)s 行") % {"done": f"{job.done:,}", "total": f"{job.total:,}"}
    return _("等待开始") if job.state == Job.State.QUEUED else ""


def _told(job: Job) -> Drawn:
    if job.is_running:
        asked = job.is_cancel_requested
        return {"note": _("正在取消……") if asked else job.message} | (
            {} if asked else {"cancel": _cancel(job)}
        )
    if job.state == Job.State.DONE:
        return {"result": {"text": job.result.get("text", ""), "url": _result_url(job)}}
    return {"error": job.message} if job.state == Job.State.FAILED else {"note": job.message}


def _result_url(job: Job) -> str:
    """Of a list, as it was asked for: its address may name a number, and is kept with what was asked."""
    if job.result.get("path"):
        return reverse("job_file", args=[job.pk])
    url: str = job.result.get("url", "")
    query = job.opened.get("query", "") if job.result.get("is_of_list") else ""
    return f"{url}?{query}" if query else url


def _cancel(job: Job) -> Drawn:
    return {
        "label": _("取消"),
        "url": reverse("job_cancel", args=[job.pk]),
        "kind": "link",
        "method": "post",
        "confirm": _("取消“%(job)s”？已做的会全部撤回。") % {"job": job.label},
    }
