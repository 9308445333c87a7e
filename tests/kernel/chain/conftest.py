"""A committed history that the owner may tamper with."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from casting import Cast
from committing import committing, empty
from shanhai.kernel import clock, context
from shanhai.kernel.chain.readings import READINGS
from shanhai.kernel.models import FieldReading
from toys.models import Workshop

WRITTEN = ("kernel_sealblock", "kernel_archivedmonth", "kernel_chaincheck", "toys_workshop", *READINGS)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that undoes other tests: sealing waits for commits."""
    with committing(django_db_blocker, *WRITTEN):
        empty(*WRITTEN)
        yield


@pytest.fixture
def owner(db: None) -> Any:
    """`owner("DELETE …", 1)`: as whoever holds the owner's password, past the triggers."""

    def run(statement: str, *values: Any) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall()) if cursor.description else []

    return run


@pytest.fixture
def write(cast: Cast) -> Callable[..., Workshop]:
    """`write("W1", workers=3)`: a workshop in a transaction of its own."""

    def written(code: str, **values: Any) -> Workshop:
        with context.unscoped("toys"):
            return Workshop.objects.create(
                side=cast.mt.side, owner_unit=cast.mt, code=code, name=code, **values
            )

    return written


@pytest.fixture
def read(cast: Cast) -> Callable[..., FieldReading]:
    """`read(row)`: a sensitive value of the row was read."""

    def reading(row: Workshop) -> FieldReading:
        with context.unscoped("toys"):
            return FieldReading.objects.create(
                side=row.side, ledger="toys.workshop", row_id=row.pk, field="name", value_index="i",
                read_at=clock.now(), read_by="x", reason="核对",
            )  # fmt: skip

    return reading
