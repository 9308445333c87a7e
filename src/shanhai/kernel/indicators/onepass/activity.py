"""When a row lies in a window, as a stretch of the months in which such windows end.

Every attribution of `declare` asks for one unbroken stretch of windows: that is what makes one pass enough.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import models

from shanhai.engines.stretches import Ints, Stretches
from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.indicators.declare import (
    Attribution,
    Both,
    Indicator,
    InPeriods,
    InYear,
    OnDate,
    Overlapping,
    Since,
    Tally,
)
from shanhai.kernel.indicators.windows import Span

from .columns import Array, Column, day_column, is_day, text_column, texts

#: A month after all.
NEVER = 2**31 - 1
_CODE = re.compile(r"(?P<year>[0-9]{4})(Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.ASCII)
_YEAR, _QUARTER = 4, 6


@dataclass(frozen=True)
class Series:
    """Windows of one length, told apart by the month in which they end; `size` in months."""

    name: str
    size: int


#: Windows that reach back to New Year, or to no beginning: only their end tells them apart.
ENDS = Series("end", 1)


@lru_cache(maxsize=1024)
def series_of(indicator: Indicator) -> tuple[Series, ...]:
    """The series an indicator is asked for: one for each kind of period where the figure is of it alone."""
    if indicator.span is not Span.WITHIN:
        return (ENDS,)
    kinds = [kind for kind in PeriodKind if kind.months >= indicator.period_kind.months]
    return tuple(Series(kind.value, kind.months) for kind in kinds)


def position(indicator: Indicator, period: Period) -> tuple[str, int] | None:
    """Name of the series and number of the month for a period; None where the kind is too short."""
    month = period.end.year * 12 + period.end.month - 1
    if indicator.span is not Span.WITHIN:
        return ENDS.name, month
    kept = {one.name for one in series_of(indicator)}
    return (period.kind.value, month) if period.kind.value in kept else None


def is_plain(time: Attribution, model: type[models.Model], span: Span) -> bool:
    """Whether the attribution is one of those below, over fields of the kind it expects."""
    match time:
        case Both():
            return is_plain(time.first, model, span) and is_plain(time.second, model, span)
        case OnDate() | Overlapping() | Since():
            fields = [resolve_path(model, path) for path in time.paths]
            return all(is_day(one) for one in fields)
        case InPeriods():
            return span is not Span.POINT and isinstance(resolve_path(model, time.path), models.CharField)
        case InYear():
            return isinstance(resolve_path(model, time.path), models.CharField)
        case _:
            return False


@dataclass(frozen=True)
class Codes:
    """Reporting periods of rows by their codes.

    Shape: `first` and `last` month, `NEVER` for what is no code.
    """

    code: Sequence[str]
    number: Ints

    def of_each(self, told: Callable[[str], int]) -> Ints:
        return np.array([told(one) for one in self.code], np.int64)[self.number]

    @property
    def first(self) -> Ints:
        return self.of_each(lambda code: _months_of(code)[0])

    @property
    def last(self) -> Ints:
        return self.of_each(lambda code: _months_of(code)[1])


def _months_of(code: str) -> tuple[int, int]:
    """First and last month of a code as it is stored; other writings of a period are none here."""
    if found := _CODE.fullmatch(code):
        year, quarter, month = int(found["year"]) * 12, found["quarter"], found["month"]
        if month:
            return (year + int(month) - 1,) * 2
        return (year + int(quarter) * 3 - 3, year + int(quarter) * 3 - 1) if quarter else (year, year + 11)
    return NEVER, NEVER


def time_column(field: "models.Field[Any, Any]", column: str) -> Column:
    """How a field of time is read."""
    return day_column(column) if is_day(field) else text_column(column)


def as_read(column: Array) -> Any:
    """Days or codes, as `active` takes them."""
    return column if column.dtype.kind == "i" else Codes(*texts(column))


def active(time: Attribution, span: Span, size: int, columns: Iterator[Any]) -> Stretches:
    """The months in which windows end that a row lies in; `columns` are those of `time.paths`, in order."""
    match time:
        case Both():
            first = active(time.first, span, size, columns)
            return first & active(time.second, span, size, columns)
        case OnDate():
            return _of_day(span, size, next(columns))
        case Overlapping():
            return _of_stretch(span, size, next(columns), next(columns))
        case Since():
            return _from(_window_end(_month(next(columns)), size))
        case InPeriods():
            return _of_period(span, size, next(columns))
        case _:
            years = next(columns).of_each(lambda code: _months_of(code)[0] if len(code) == _YEAR else NEVER)
            return Stretches(years, years + 12)


def _month(day: Ints) -> Ints:
    """Year × 12 + month − 1 of days since 1970."""
    months: Ints = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12


def _from(month: Ints) -> Stretches:
    return Stretches(month, np.full_like(month, NEVER))


def _window_end(month: Ints, size: int) -> Ints:
    """The last month of the window of `size` months in which a month lies."""
    return month // size * size + size - 1


def _new_year_after(month: Ints) -> Ints:
    return month // 12 * 12 + 12


def _of_day(span: Span, size: int, day: Ints) -> Stretches:
    month = _month(day)
    match span:
        case Span.YEAR_TO_DATE:
            return Stretches(month, _new_year_after(month))
        case Span.WITHIN:
            end = _window_end(month, size)
            return Stretches(end, end + 1)
        case Span.POINT:  # only the last day of a month is the last day of a window
            return Stretches(month, _month(day + 1))


def _of_stretch(span: Span, size: int, first: Ints, last: Ints) -> Stretches:
    begins = _window_end(_month(first), size)
    match span:
        case Span.YEAR_TO_DATE:
            return Stretches(begins, _new_year_after(_month(last)))
        case Span.WITHIN:
            return Stretches(begins, _window_end(_month(last), size) + 1)
        case Span.POINT:
            return Stretches(begins, _month(last + 1))


def _of_period(span: Span, size: int, code: Codes) -> Stretches:
    first, last = code.first, code.last
    if span is Span.YEAR_TO_DATE:
        return Stretches(last, _new_year_after(last))
    end = _window_end(last, size)
    return Stretches(np.where(first // size == last // size, end, NEVER), end + 1)


def tallied(tally: Tally, span: Span, columns: Iterator[Any]) -> Stretches:
    """The months in whose windows a tallied row counts."""
    return (
        _from(next(columns).of_each(_from_start))
        if tally.is_from_start
        else active(tally.time, span, 1, columns)
    )


def _from_start(code: str) -> int:
    """The first month whose code, as text, does not stand before this one: quarters stand behind months."""
    first, last = _months_of(code)
    if not code:
        return 0
    return last // 12 * 12 + 12 if first < NEVER and len(code) == _QUARTER else first
