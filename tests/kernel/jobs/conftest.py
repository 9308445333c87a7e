"""Jobs run on other connections, in other processes and threads: tests commit, and the owner clears up."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

#: What tests of this folder write, with everything that hangs on it.
WRITTEN = (
    "kernel_job",
    "kernel_import",
    "kernel_history",
    "toys_workshop",
    "accounts_user",
    "parties_unit",
    "places_place",
    "django_session",
    "procrastinate_jobs",
)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that undoes other tests; only the owner may empty tables."""
    with django_db_blocker.unblock():
        yield
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(WRITTEN)} CASCADE")
        for alias in ("default", "owner"):
            connections[alias].close()
