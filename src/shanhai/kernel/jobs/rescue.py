"""Jobs whose worker is gone go back to the queue within seconds, never while somebody still works at them.

Whoever works at a job holds an advisory lock on it, which ends with the connection: the database knows at
once who is dead. Heartbeats are asked only about jobs that were fetched and never begun.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, connections
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from shanhai.kernel import context

from .models import Job

logger = logging.getLogger(__name__)

#: Name of the task in the queue; `tasks` registers it.
RUN_JOB = "shanhai.run_job"
#: How often is looked. Unit: seconds.
INTERVAL = 2.0
#: A worker silent for so long that fetched a job without beginning it is taken for dead. Unit: seconds.
SILENCE = 15

_HOLD = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_ABANDONED = """
WITH candidate AS MATERIALIZED (
    SELECT job.id FROM kernel_job job
    WHERE job.state = 'running' OR job.state = 'queued' AND NOT EXISTS (
        SELECT FROM procrastinate_jobs queued
        LEFT JOIN procrastinate_workers worker ON worker.id = queued.worker_id
        WHERE queued.task_name = %(task)s AND queued.args ->> 'job_id' = job.id::text
        AND (queued.status = 'todo' OR queued.status = 'doing'
             AND worker.last_heartbeat > now() - make_interval(secs => %(silence)s))
    )
)
SELECT id FROM candidate WHERE pg_try_advisory_xact_lock(hashtextextended(id::text, 0))
"""
_FETCHED = (
    "UPDATE procrastinate_jobs SET status = 'failed'"
    " WHERE status = 'doing' AND task_name = %s AND args ->> 'job_id' = %s"
)


def hold(holder: Any, key: UUID) -> bool:
    """Hold a job over connection `holder` until that ends; False while somebody else does."""
    with holder.cursor() as cursor:
        cursor.execute(_HOLD, [str(key)])
        return bool(cursor.fetchone()[0])


def rescue() -> int:
    """Queue the jobs anew that nobody works at any longer; how many. Their transactions ended with them."""
    with context.unscoped("找回中断的任务"), connection.cursor() as cursor:
        cursor.execute(_ABANDONED, {"task": RUN_JOB, "silence": SILENCE})
        keys = [key for (key,) in cursor.fetchall()]
        for key in keys:
            cursor.execute(_FETCHED, [RUN_JOB, str(key)])
            enqueue(key)
        Job.objects.filter(pk__in=keys).update(state=Job.State.QUEUED, message="")
    return len(keys)


def enqueue(key: UUID) -> None:
    """Give a job to the queue, in the current transaction.

    Not through the application of the queue: inside a worker that is connected by the worker's event loop,
    which other threads must not touch (both stood still for half a minute), and outside our transaction.
    """
    manager = JobManager(DjangoConnector(alias="default"))
    configure_task(name=RUN_JOB, job_manager=manager, queue="jobs").defer(job_id=str(key))


@contextmanager
def watching() -> Iterator[None]:
    """While the block runs, a thread looks after abandoned jobs."""
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(over,), name="rescue", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(INTERVAL)


def _watch(over: threading.Event) -> None:
    while True:
        try:
            if rescued := rescue():
                logger.warning("%s abandoned jobs were queued anew", rescued)
        except DatabaseError:
            logger.warning("the database does not answer; abandoned jobs are looked after later")
            connections.close_all()
        if over.wait(INTERVAL):
            connections.close_all()
            return
