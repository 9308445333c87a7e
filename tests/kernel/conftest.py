"""What tests of several connections share."""

from collections.abc import Iterator
from typing import Any

import pytest

from casting import Cast
from committing import committing


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """A cast that other connections see."""
    with committing(django_db_blocker):
        yield Cast()
