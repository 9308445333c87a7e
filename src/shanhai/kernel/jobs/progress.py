"""How far a job is, told while its transaction is still open."""

import time
from types import TracebackType
from typing import Any, Self

from django.db import connections

from shanhai.kernel.walls.told import SETTING

from . import rescue
from .models import Job

_SECONDS_BETWEEN = 0.5
_ROWS = (
    "UPDATE kernel_job SET done = %s, total = coalesce(%s, total) WHERE id = %s RETURNING is_cancel_requested"
)
_WORDS = "UPDATE kernel_job SET message = %s WHERE id = %s RETURNING is_cancel_requested"
_AS_REQUESTER = "SELECT set_config('shanhai.actor', %s, false), set_config(%s, '{}', false)"
_ASKED = "SELECT is_cancel_requested FROM kernel_job WHERE id = %s"


class JobCancelled(Exception):
    """The requester wants the job to stop; raised out of the work so that its transaction is undone."""


class Progress:
    """Tells over a connection of its own: readers see it although the work has not committed anything yet."""

    def __init__(self, job: Job) -> None:
        self._key, self._requester = job.pk, str(job.requester_id)
        self._connection: Any = connections["default"].copy()
        self._told_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def hold(self) -> bool:
        """Say that the job is being worked at, until this connection ends; False if somebody else does."""
        with self._connection.cursor() as cursor:
            # Of all rows this connection sees and writes the jobs of the requester alone.
            cursor.execute(_AS_REQUESTER, [self._requester, SETTING])
        return rescue.hold(self._connection, self._key)

    def __call__(self, done: int, total: int | None = None) -> None:
        """`done` of `total` are finished; told at most twice a second. Errors: JobCancelled."""
        if time.monotonic() - self._told_at >= _SECONDS_BETWEEN:
            self._told_at = time.monotonic()
            self._execute(_ROWS, done, total)

    def say(self, message: str) -> None:
        """What is being done now, in words. Errors: JobCancelled."""
        self._execute(_WORDS, message[:1000])

    def check(self) -> None:
        """Errors: JobCancelled when somebody asked for it."""
        self._execute(_ASKED)

    def _execute(self, statement: str, *values: Any) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, [*values, self._key])
            row = cursor.fetchone()
        if row and row[0]:
            raise JobCancelled
