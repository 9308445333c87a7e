"""Long work: exports of a list as jobs, and jobs themselves, which belong to who asked for them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.exports import pages as exports
from shanhai.kernel.exports.approval import ask
from shanhai.kernel.exports.approval_operations import PlainExportAnswer, plain_export_json
from shanhai.kernel.exports.formats import Format
from shanhai.kernel.history import known
from shanhai.kernel.jobs import pages as jobs
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.views import actor_of

from .bodies import Sent
from .doors import Door, Found, argument, on_ledger
from .naming import named
from .paging import CURSOR, newest_first


class JobAnswer(Schema):
    """A job and how far it is."""

    id: str
    kind: str
    label: str
    state: str = Field(description="queued、running、done、failed、cancelled")
    done: int = Field(description="已处理的行数")
    total: int = Field(description="总行数；未知为 0")
    message: str = Field(description="正在做什么，或为什么没有完成")
    file: str | None = Field(description="结果文件的地址；没有则为空")
    created_at: str


class JobPage(Schema):
    """A page of one's own jobs, newest first."""

    items: list[JobAnswer]
    next: str | None
    previous: str | None


class ExportBody(Sent):
    """In which form; the rows are those of the address' filters, in its order and columns."""

    format: Format = Field(Format.XLSX, description="xlsx、csv、parquet 或 pdf")


class PlainExportBody(ExportBody):
    """The same with sensitive values as they stand."""

    reason: str = Field(description="为什么要原文；批准的人和审计都会看到")


def add_exporting(router: Router, ledger: Ledger[Any]) -> None:
    told = named(ledger, "export", "导出列表（后台任务）")
    may = on_ledger(ledger, Verb.EXPORT)

    @router.post("/exports/", response={202: JobAnswer}, auth=may, **told)
    def start_export(request: HttpRequest, body: ExportBody) -> Status[dict[str, Any]]:
        with known.as_known_on(known.asked(request.GET)):
            listing = Listing(ledger, request.GET, actor_of(request))
            return Status(202, job_json(exports.start(listing, body.format)))

    told = named(ledger, "export_plain", "申请导出敏感信息原文（须另一人批准）")

    may = on_ledger(ledger, Verb.UNMASK)

    @router.post("/exports/plain/", response={201: PlainExportAnswer}, auth=may, **told)
    def ask_plain_export(request: HttpRequest, body: PlainExportBody) -> Status[dict[str, Any]]:
        listing = Listing(ledger, request.GET, actor_of(request))
        return Status(201, plain_export_json(ask(listing, body.format, body.reason)))


def _own(request: HttpRequest, actor: Actor) -> Job:
    found = jobs.visible_jobs(actor).filter(pk=argument(request, "pk"), requester_id=actor.user_id).first()
    if found is None:
        raise NotVisible
    return found  # type: ignore[no-any-return]


def jobs_router() -> Router:
    """Below `/jobs/`: one's own; what administrators see of others' is a matter of their page."""
    router = Router(tags=["jobs"])
    own = Door(_own)

    @router.get("/", response=JobPage, operation_id="jobs", summary="我的后台任务", openapi_extra=CURSOR)
    def list_jobs(request: HttpRequest) -> dict[str, Any]:
        actor = actor_of(request)
        found = jobs.visible_jobs(actor).filter(requester_id=actor.user_id)
        return newest_first(request, found, _all, "cursor:jobs")

    @router.get("/{uuid:pk}/", response=JobAnswer, auth=own, operation_id="job", summary="一个后台任务")
    def read_job(request: Found, pk: UUID) -> dict[str, Any]:
        return job_json(request.auth)

    @router.post(
        "/{uuid:pk}/cancel/", response=JobAnswer, auth=own, operation_id="job_cancel", summary="取消后台任务"
    )
    def cancel_job(request: Found, pk: UUID) -> dict[str, Any]:
        runner.cancel(request.auth)
        request.auth.refresh_from_db()
        return job_json(request.auth)

    @router.get("/{uuid:pk}/file/", auth=own, operation_id="job_file", summary="后台任务的结果文件")
    def job_file(request: Found, pk: UUID) -> HttpResponseBase:
        if request.auth.state in {Job.State.FAILED, Job.State.CANCELLED}:
            raise RuleViolated(request.auth.message, code="job_failed")
        return jobs.download(request, pk)

    return router


def _all(found: Sequence[Job]) -> list[dict[str, Any]]:
    return [job_json(job) for job in found]


def job_json(job: Job) -> dict[str, Any]:
    has_file = job.state == Job.State.DONE and bool(job.result.get("path"))
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "label": job.label,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "file": f"/api/v1/jobs/{job.pk}/file/" if has_file else None,
        "created_at": job.created_at.isoformat(),
    }
