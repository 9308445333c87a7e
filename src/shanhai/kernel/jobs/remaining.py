"""How long a running job will still take: by how far it is, else by how long the last of its kind took."""

import math
from datetime import timedelta

from django.utils.translation import ngettext

from shanhai.kernel import clock

from .models import Job

_MINUTE = 60
_STEP = 5  # seconds are told in fives: more would pretend


def time_left(job: Job) -> str:
    """In words, empty when nothing is known; one query at most."""
    seconds = _seconds_left(job)
    if seconds is None or seconds <= 0:
        return ""
    if seconds > _MINUTE:
        minutes = math.ceil(seconds / _MINUTE)
        return ngettext("约还需 %(number)s 分钟", "约还需 %(number)s 分钟", minutes) % {"number": minutes}
    rounded = math.ceil(seconds / _STEP) * _STEP
    return ngettext("约还需 %(number)s 秒", "约还需 %(number)s 秒", rounded) % {"number": rounded}


def _seconds_left(job: Job) -> float | None:
    if job.state != Job.State.RUNNING or job.started_at is None or not job.total:
        return None
    elapsed = (clock.now() - job.started_at).total_seconds()
    if job.done:
        return elapsed * (job.total - job.done) / job.done
    pace = _pace(job.kind)
    return None if pace is None else (pace * job.total).total_seconds() - elapsed


def _pace(kind: str) -> timedelta | None:
    """Time per row of the last job of this kind that was done."""
    done = Job._base_manager.filter(kind=kind, state=Job.State.DONE, total__gt=0, started_at__isnull=False)
    last = done.order_by("-ended_at").values_list("started_at", "ended_at", "total").first()
    if last is None or last[0] is None or last[1] is None:
        return None
    return (last[1] - last[0]) / last[2]
