"""Which work is under way in this thread: a request, a job, or neither; for logs and for figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

type Place = Literal["request", "job", "other"]


@dataclass
class Work:
    """A piece of work and what it has asked of the database so far."""

    place: Place
    #: As history records it: the log and what was written tell the same number.
    number: str = ""
    statements: int = 0
    #: Unit: seconds.
    seconds: float = 0.0


_current: ContextVar[Work | None] = ContextVar("shanhai_work", default=None)


def current() -> Work | None:
    return _current.get()


@contextmanager
def under_way(place: Place, number: str) -> Iterator[Work]:
    token = _current.set(work := Work(place, number))
    try:
        yield work
    finally:
        _current.reset(token)
