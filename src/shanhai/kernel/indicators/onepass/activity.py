"""When a row lies in a window, as a range of the months in which such windows end.

Every attribution of `declare` asks for one unbroken stretch of windows: that is what makes one pass enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

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


@dataclass(frozen=True)
class Series:
    """Windows of one length, told apart by the month in which they end; `size` in months."""

    name: str
    size: int


#: Windows that reach back to New Year, or to no beginning: only their end tells them apart.
ENDS = Series("end", 1)


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
            return all(_is_day(one) for one in fields)
        case InPeriods():
            return span is not Span.POINT and isinstance(resolve_path(model, time.path), models.CharField)
        case InYear():
            return isinstance(resolve_path(model, time.path), models.CharField)
        case _:
            return False


def _is_day(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)


def active(time: Attribution, span: Span, size: int, columns: Iterator[str]) -> str:
    """SQL of the range; `columns` are those of `time.paths`, in their order."""
    match time:
        case Both():
            first = active(time.first, span, size, columns)
            return f"({first} * {active(time.second, span, size, columns)})"
        case OnDate():
            return _of_day(span, size, next(columns))
        case Overlapping():
            return _of_stretch(span, size, next(columns), next(columns))
        case Since():
            return f"kernel_active(kernel_window_end(kernel_month({next(columns)}), {size}), NULL)"
        case InPeriods():
            return _of_period(span, size, next(columns))
        case _:
            column = next(columns)
            year = f"left({column}, 4)::integer * 12"
            kept = f"kernel_active({year}, {year} + 12)"
            return f"CASE WHEN {column} ~ '^[0-9]{{4}}$' THEN {kept} ELSE 'empty'::int4range END"


def _new_year_after(month: str) -> str:
    return f"({month}) / 12 * 12 + 12"


def _of_day(span: Span, size: int, day: str) -> str:
    month = f"kernel_month({day})"
    match span:
        case Span.YEAR_TO_DATE:
            return f"kernel_active({month}, {_new_year_after(month)})"
        case Span.WITHIN:
            end = f"kernel_window_end({month}, {size})"
            return f"kernel_active({end}, {end} + 1)"
        case Span.POINT:  # only the last day of a month is the last day of a window
            return f"kernel_active({month}, kernel_month({day} + 1))"


def _of_stretch(span: Span, size: int, first: str, last: str) -> str:
    begins = f"kernel_window_end(kernel_month({first}), {size})"
    match span:
        case Span.YEAR_TO_DATE:
            ends = _new_year_after(f"kernel_month({last})")
        case Span.WITHIN:
            ends = f"kernel_window_end(kernel_month({last}), {size}) + 1"
        case Span.POINT:
            ends = f"kernel_month({last} + 1)"
    return f"kernel_active({begins}, {ends})"


def _of_period(span: Span, size: int, code: str) -> str:
    first, last = f"kernel_period_first({code})", f"kernel_period_last({code})"
    if span is Span.YEAR_TO_DATE:
        return f"kernel_active({last}, {_new_year_after(last)})"
    end = f"kernel_window_end({last}, {size})"
    is_inside = f"{first} / {size} = {last} / {size}"
    return f"CASE WHEN {is_inside} THEN kernel_active({end}, {end} + 1) ELSE 'empty'::int4range END"


def tallied(tally: Tally, span: Span, columns: Iterator[str]) -> str:
    """SQL of the months in whose windows a tallied row counts."""
    if not tally.is_from_start:
        return active(tally.time, span, 1, columns)
    # `period <= the window's last month`, compared as text: a quarter stands behind the months of its year.
    code = next(columns)
    first = f"kernel_period_first({code})"
    cases = f"WHEN {code} = '' THEN 0 WHEN length({code}) = 6 THEN {_new_year_after(first)}"
    begins = f"CASE {cases} ELSE {first} END"
    return f"kernel_active({begins}, NULL)"
