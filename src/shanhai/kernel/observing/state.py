"""Figures of the installation, read when Prometheus asks: jobs, seal, disk, worker."""

import shutil
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.metrics_core import Metric

from shanhai.kernel import clock, context, health
from shanhai.kernel.chain.state import state
from shanhai.kernel.jobs.models import Job


class Installation:
    """A collector as `prometheus_client` asks it. Where the database does not answer, only that is told."""

    def collect(self) -> Iterable[Metric]:
        yield _one("shanhai_disk_free_bytes", "Of the disk with the files.", _free())
        try:
            with context.unscoped("监控"):
                found = [*_jobs(), *_seal()]
        except DatabaseError:
            yield _one("shanhai_database_up", "Whether the database answers.", 0)
            return
        yield _one("shanhai_database_up", "Whether the database answers.", 1)
        yield _one("shanhai_worker_up", "Whether a worker beats.", health.has_worker())
        yield from found


def register(registry: CollectorRegistry) -> None:
    registry.register(Installation())


def _one(name: str, said: str, value: float) -> Metric:
    return Gauge(name, said, value=value)


def _free() -> int:
    return shutil.disk_usage(health.existing(settings.SHANHAI_FILES)).free


def _jobs() -> Iterator[Metric]:
    counted = Gauge("shanhai_jobs", "Jobs by kind and state.", labels=["kind", "state"])
    for kind, at, number in Job.objects.order_by().values_list("kind", "state").annotate(number=Count("pk")):
        counted.add_metric([kind, at], number)
    yield counted
    oldest = Job.objects.filter(state=Job.State.QUEUED).aggregate(at=Min("created_at"))["at"]
    waited = (clock.now() - oldest).total_seconds() if oldest else 0.0
    yield _one("shanhai_oldest_waiting_job_seconds", "0 when none waits.", max(0.0, waited))


def _seal() -> Iterator[Metric]:
    found = state()
    if found.last:
        age = (timezone.now() - found.last.sealed_at).total_seconds()  # sealed by the machine's clock
        yield _one("shanhai_seal_age_seconds", "Since the newest block of history was sealed.", age)
    since = found.unsealed_since
    waited = (clock.now() - since).total_seconds() if since else 0.0
    yield _one("shanhai_unsealed_entries", "Entries of history that wait for the seal.", found.unsealed)
    yield _one("shanhai_unsealed_seconds", "How long the oldest of them has waited.", max(0.0, waited))
    if found.check:
        yield _one("shanhai_chain_whole", "What the last verification found.", found.check.is_whole)
