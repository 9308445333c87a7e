"""Today and now, in one place: the demonstration year has its own, tests freeze it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

CHINA = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("shanhai_frozen_now", default=None)


def now() -> datetime:
    """The instant at which what happens now is recorded. Aware, in China time."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    actual = timezone.now().astimezone(CHINA)
    if settings.SHANHAI_DEMONSTRATION_TODAY:
        return datetime.combine(settings.SHANHAI_DEMONSTRATION_TODAY, actual.time(), CHINA)
    return actual


def today() -> date:
    """The date in force for due dates, periods and defaults."""
    return now().date()


def is_set() -> bool:
    """Whether `now` differs from the machine's clock (demonstration, seed, tests)."""
    return _frozen.get() is not None or bool(settings.SHANHAI_DEMONSTRATION_TODAY)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Freeze the clock: for the seed, which writes a year's history, and for tests."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9, 0), CHINA)
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
