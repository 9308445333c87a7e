"""What tests of several connections share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from casting import Cast


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """A cast that other connections see; the owner takes everything away afterwards."""
    with django_db_blocker.unblock():
        try:
            yield Cast()
        finally:
            connections["default"].close()
            tables = "accounts_user, parties_unit, places_place, django_session, kernel_history"
            with connections["owner"].cursor() as cursor:
                cursor.execute(f"TRUNCATE {tables} CASCADE")
            connections.close_all()
