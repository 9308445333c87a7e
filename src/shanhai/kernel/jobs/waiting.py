"""Jobs that have waited longer than the operator holds right: a worker that died, or one job before all."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from shanhai.kernel import clock

from .models import Job

if TYPE_CHECKING:
    from django.db.models import QuerySet


def late_jobs() -> "QuerySet[Job]":
    """Of those that the reader may see: queued, and not begun within `SHANHAI_JOB_WAIT_SECONDS`."""
    since = clock.now() - timedelta(seconds=settings.SHANHAI_JOB_WAIT_SECONDS)
    return Job.objects.filter(state=Job.State.QUEUED, created_at__lt=since)
