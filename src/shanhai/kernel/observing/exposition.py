"""All figures as Prometheus reads them: those of every process, and those of the installation."""

import os

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from . import state

#: Read by `prometheus_client` when it is loaded; `ops.serve` sets it.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def latest() -> tuple[bytes, str]:
    """The figures, and the kind of their text."""
    own = CollectorRegistry()
    state.register(own)
    if os.environ.get(FOLDER):
        MultiProcessCollector(own)  # type: ignore[no-untyped-call]
        return generate_latest(own), CONTENT_TYPE_PLAIN_0_0_4
    return generate_latest(own) + generate_latest(REGISTRY), CONTENT_TYPE_PLAIN_0_0_4
