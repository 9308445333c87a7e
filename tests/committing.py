"""Tests whose work other connections, processes and threads see: it is committed, and taken away after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

#: What every such test writes: who acts, what they remember.
_CAST = ("accounts_user", "parties_unit", "places_place", "django_session", "kernel_history")


@contextmanager
def committing(blocker: Any, *tables: str) -> Iterator[None]:
    """In place of the transaction that undoes other tests; `tables` are written beside the cast."""
    with blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()  # it may hold what is to be emptied
            empty(*tables)
            connections.close_all()


def empty(*tables: str) -> None:
    """The tables, the cast, and all that hangs on them. Only the owner may."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SET lock_timeout = '20s'"
        )  # a connection left open is to fail the test, not to hang it
        cursor.execute(f"TRUNCATE {', '.join({*_CAST, *tables})} CASCADE")
