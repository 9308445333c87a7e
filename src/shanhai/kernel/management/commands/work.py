"""The worker: runs queued jobs and nightly tasks until it is told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from shanhai.kernel.jobs import rescue

_HEARTBEAT_SECONDS = 2.0
_POLLING_SECONDS = 2.0
#: How long a worker waits for the database: one that ends together with it must not stay for half a minute.
_DATABASE_SECONDS = 5.0


class Command(BaseCommand):
    help = "Run queued jobs until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--grace", type=float, default=30.0, help="seconds a job has to end when stopped")

    def handle(self, *arguments: Any, grace: float, **options: Any) -> None:
        connector = PsycopgConnector(kwargs=connector_params(), timeout=_DATABASE_SECONDS)
        with rescue.watching(), app.replace_connector(connector) as worker:
            worker.run_worker(
                shutdown_graceful_timeout=grace,
                fetch_job_polling_interval=_POLLING_SECONDS,
                update_heartbeat_interval=_HEARTBEAT_SECONDS,
                stalled_worker_timeout=rescue.SILENCE,
            )
