"""Figures that the processes count themselves, for Prometheus. All processes of an installation add up.

`PROMETHEUS_MULTIPROC_DIR`, set by whoever starts the processes, is where each keeps its own.
"""

import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Histogram, Summary

logger = logging.getLogger(__name__)

#: The thresholds of the issue on load lie on edges. Unit: seconds.
_EDGES = (0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("shanhai_requests", "Answers by route, method and status.", ["route", "method", "status"])
REQUEST_SECONDS = Histogram("shanhai_request_seconds", "From arrival to answer.", ["route"], buckets=_EDGES)
REQUEST_STATEMENTS = Summary("shanhai_request_statements", "Statements to the database.", ["route"])
DATABASE_SECONDS = Summary("shanhai_request_database_seconds", "Waiting for the database.", ["route"])
SLOW_STATEMENTS = Counter("shanhai_slow_statements", "Above SHANHAI_SLOW_STATEMENT_MS.", ["place"])
SIGN_INS = Counter("shanhai_sign_ins", "Lines of the record of sign-ins, by kind.", ["kind"])


@contextmanager
def counting() -> Iterator[None]:
    """A figure that cannot be kept, as on a full disk or in a damaged file, is no reason for work to fail."""
    try:
        yield
    except (OSError, ValueError, RuntimeError, struct.error) as error:
        logger.warning("a figure was not kept: %s", error)
