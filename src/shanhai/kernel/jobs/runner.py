"""Starting and running jobs."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from shanhai.kernel import clock, context
from shanhai.kernel.errors import DiskFull, NotAllowed, ShanhaiError, is_of_full_disk
from shanhai.kernel.observing import work
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import installed_keyring
from shanhai.kernel.sheets.problems import SheetRefused

from .models import ASKED, Job
from .progress import JobCancelled, Progress
from .rescue import enqueue

logger = logging.getLogger(__name__)

#: How often a job is begun before it is given up: one that brings down its worker must not do so for ever.
MOST_ATTEMPTS = 20
#: What the runner itself reads and writes is no reader's: states of jobs, whoever asked for them.
_UPKEEP = "后台任务"
UNDER_WAY = (Job.State.QUEUED, Job.State.RUNNING)

#: Does the work inside the requester's kernel transaction and gives what came of it (see `Job.result`).
type Work = Callable[[Job, Actor, Progress], dict[str, Any]]


@dataclass(frozen=True)
class JobKind:
    """A kind of long work."""

    code: str
    #: What administrators, who see no data, read instead of the job's own label.
    label: Any
    work: Work
    #: Removes what the work left outside the database; called when it failed or was cancelled.
    clean: Callable[[Job], None] = lambda job: None


_kinds: dict[str, JobKind] = {}


def register_kind(kind: JobKind) -> JobKind:
    """Errors: ValueError for a code that is taken."""
    if kind.code in _kinds:
        raise ValueError(f"two kinds of job are called {kind.code}")
    _kinds[kind.code] = kind
    return kind


def kind_of(job: Job) -> JobKind:
    return _kinds[job.kind]


def start(
    kind: JobKind,
    label: str,
    arguments: dict[str, Any],
    *,
    actor: Actor,
    asked: dict[str, Any] | None = None,
    total: int = 0,
) -> Job:
    """Queue a job, in the current transaction; asked for twice, the one under way is the answer.

    Shape: what may name a person's number goes into `asked`, which is kept sealed, and never into the label.
    Errors: NotAllowed for an actor without an account.
    """
    requester, through = account_of(actor), actor.through.told() if actor.through else {}
    sealed, index = _sealed(asked)
    same = Job.objects.filter(
        requester=requester, kind=kind.code, arguments=arguments, asked_index=index, through=through
    )
    if under_way := same.filter(state__in=UNDER_WAY).first():
        return under_way
    job = Job.objects.create(
        kind=kind.code,
        label=label[:200],
        requester=requester,
        arguments=arguments,
        asked=sealed,
        asked_index=index,
        through=through,
        total=total,
        created_at=clock.now(),
    )
    enqueue(job.pk)
    return job


def _sealed(asked: dict[str, Any] | None) -> tuple[str, str]:
    """Token and blind index."""
    if not asked:
        return "", ""
    ring, told = installed_keyring(), json.dumps(asked, sort_keys=True)
    return ring.seal(told, ASKED), ring.blind_index(told)


def account_of(actor: Actor) -> Any:
    """The account behind an actor. Errors: NotAllowed when there is none."""
    if actor.user_id is None:
        raise NotAllowed
    return get_user_model()._default_manager.get(pk=str(actor.user_id))


def run(job_id: UUID | str, language: str = "zh-hans") -> None:
    """Run a queued job to its end; a job that has ended already, or is gone, is left alone.

    Shape: called outside a transaction. The work and the mark that it is done are one transaction; a job
    found running belongs to a worker that died, and begins anew.
    Errors: what the database says when its connection is lost; the job is then begun anew by `rescue`.
    """
    with context.unscoped(_UPKEEP):
        job = Job.objects.select_related("requester").filter(pk=job_id).first()
    if job is None or not job.is_running:
        return
    with Progress(job) as progress, override(language), work.under_way("job", str(job.pk)):
        if not _held(progress, job) or not _claim(job):
            return
        if job.attempts > MOST_ATTEMPTS:
            _end(job, Job.State.FAILED, _("多次中断，已停止，没有留下任何改动。请联系管理员查看日志。"))
            return
        began_with = connection.connection
        try:
            _work(job, progress)
        except JobCancelled:
            _end(job, Job.State.CANCELLED, _("已按您的要求取消，没有留下任何改动。"))
        except (ShanhaiError, SheetRefused) as refused:
            _end(job, Job.State.FAILED, str(refused))
        except Exception as error:
            logger.exception("job %s (%s) failed", job.pk, job.kind)
            if connection.connection is not began_with:
                raise  # lost and perhaps made anew: the server went down, or somebody cut it
            _end(job, Job.State.FAILED, _told(error))


def _held(progress: Progress, job: Job) -> bool:
    """Whether the job is ours now. Tried a few times: `rescue` holds a job for an instant while it looks."""
    for pause in (0.0, 0.2, 0.5):
        time.sleep(pause)
        if progress.hold():
            return True
    logger.info("job %s is under way elsewhere", job.pk)
    return False


def _claim(job: Job) -> bool:
    changes = {"state": Job.State.RUNNING, "started_at": clock.now(), "done": 0, "message": ""}
    with context.unscoped(_UPKEEP):
        running = Job.objects.filter(pk=job.pk, state__in=UNDER_WAY)
        if not running.update(**changes, attempts=F("attempts") + 1):
            return False
        job.refresh_from_db(fields=["attempts", *changes])
    return True


def _work(job: Job, progress: Progress) -> None:
    if not job.requester.is_active:
        raise NotAllowed
    actor = job.actor()
    with context.acting(actor, reason=job.label, request_id=str(job.pk)):
        progress.check()
        result = kind_of(job).work(job, actor, progress)
        progress.check()
        job.result = result
        _finish(job, Job.State.DONE, "", "result", "done", "total")


def _told(error: Exception) -> str:
    if is_of_full_disk(error):
        return str(DiskFull())
    return _("程序出错，没有留下任何改动，管理员可在日志中查看。请稍后重试。")


def _end(job: Job, state: Job.State, message: str) -> None:
    with context.unscoped(_UPKEEP):
        kind_of(job).clean(job)
        _finish(job, state, message)


def _finish(job: Job, state: Job.State, message: str, *more: str) -> None:
    """`more` are fields the work has set; how far a job came that did not end well stays as told."""
    job.state, job.message, job.ended_at = state, message[:1000], clock.now()
    job.save(update_fields=["state", "message", "ended_at", *more])


def cancel(job: Job) -> None:
    """Ask a job to stop: a queued one never begins, a running one stops at its next step and is undone."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    message = _("已取消，没有开始。")
    if not waiting.update(state=Job.State.CANCELLED, ended_at=clock.now(), message=message):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(is_cancel_requested=True)
