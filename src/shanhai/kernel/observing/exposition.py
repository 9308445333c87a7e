"""All figures as Prometheus reads them: those of every process, and those of the installation."""

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from . import state

#: Read by `prometheus_client` when it is loaded; `ops.serve` sets it.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Processes:
    """Adds up what all processes keep. What one left half written when it was killed is passed over."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def collect(self) -> Iterable[Metric]:
        whole = [str(one) for one in self.folder.glob("*.db") if _is_whole(one)]
        added: Iterable[Metric] = MultiProcessCollector.merge(whole)  # type: ignore[no-untyped-call]
        return added


def _is_whole(path: Path) -> bool:
    try:
        MultiProcessCollector.merge([str(path)])  # type: ignore[no-untyped-call]
    except (OSError, ValueError, RuntimeError, struct.error):
        return False
    return True


def latest() -> tuple[bytes, str]:
    """The figures, and the kind of their text."""
    own = CollectorRegistry()
    state.register(own)
    if folder := os.environ.get(FOLDER):
        own.register(Processes(folder))
        return generate_latest(own), CONTENT_TYPE_PLAIN_0_0_4
    return generate_latest(own) + generate_latest(REGISTRY), CONTENT_TYPE_PLAIN_0_0_4
