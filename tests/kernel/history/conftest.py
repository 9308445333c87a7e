"""Days that pass: only a demonstration may tell the time of what it records, so these tests make one."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections


@pytest.fixture
def owner(cast: Any) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner beside the transaction of the test; what it does not commit is undone."""
    with psycopg.connect(**connections["owner"].get_connection_params()) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def days(owner: psycopg.Connection[Any]) -> Iterator[None]:
    owner.execute(
        "INSERT INTO kernel_installation (id, is_demonstration, created_at) VALUES (1, true, now())"
    )
    owner.commit()
    yield
    owner.rollback()
    owner.execute("DELETE FROM kernel_installation")
    owner.commit()
