"""Identifiers that are the same on every run: two demonstrations must be equal to the last row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import UUID

from shanhai.kernel import clock
from shanhai.kernel.database import recorded_models


def counted() -> Callable[[], UUID]:
    """Shape: UUID v7 (RFC 9562) of the demonstration's clock, with a counter where chance would stand."""
    serial = count(1)

    def identifier() -> UUID:
        moment = int(clock.now().timestamp() * 1000)
        return UUID(int=moment << 80 | 7 << 76 | 2 << 62 | next(serial))

    return identifier


@contextmanager
def deterministic_identifiers() -> Iterator[None]:
    """New rows of every recorded table take counted identifiers inside the block."""
    identifier = counted()
    # What a field asks when a row is built; the declared default stays as migrations know it.
    fields: list[Any] = [model._meta.pk for model in recorded_models()]
    usual = [field._get_default for field in fields]
    try:
        for field in fields:
            field._get_default = identifier
        yield
    finally:
        for field, default in zip(fields, usual, strict=True):
            field._get_default = default
