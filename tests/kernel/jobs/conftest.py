"""Jobs run on other connections, in other processes and threads: tests commit, and the owner clears up."""

from collections.abc import Iterator
from typing import Any

import pytest

from committing import committing


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that undoes other tests."""
    with committing(django_db_blocker, "kernel_job", "kernel_import", "toys_workshop", "procrastinate_jobs"):
        yield
