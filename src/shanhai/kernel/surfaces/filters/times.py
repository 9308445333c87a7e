"""Dates and periods: between two of them, or relative to today, so that a saved view stays right."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.typed import parse

from .base import PRESENCE, Filter

type Days = tuple[date, date]

RELATIVE = "_in"
_DAYS = re.compile(r"(last|next)_([1-9]\d{0,3})_days")


def _calendar(kind: PeriodKind, *, back: int = 0) -> Callable[[date], Period]:
    def found(today: date) -> Period:
        period = Period.of(today, kind)
        for _again in range(back):
            period = period.previous()
        return period

    return found


#: Periods by their distance from today.
PERIODS: dict[str, tuple[Any, Callable[[date], Period]]] = {
    "this_month": (lazy("本月"), _calendar(PeriodKind.MONTH)),
    "last_month": (lazy("上月"), _calendar(PeriodKind.MONTH, back=1)),
    "this_quarter": (lazy("本季度"), _calendar(PeriodKind.QUARTER)),
    "last_quarter": (lazy("上季度"), _calendar(PeriodKind.QUARTER, back=1)),
    "this_year": (lazy("今年"), _calendar(PeriodKind.YEAR)),
    "last_year": (lazy("去年"), _calendar(PeriodKind.YEAR, back=1)),
}
_WEEK = 6
#: Days counted from today; any other number is read too.
_OFFERED_DAYS = ("last_7_days", "last_30_days", "last_90_days", "next_30_days")


def days_of(code: str, today: date) -> Days | None:
    """First and last day that `code` means on `today`; None when it means nothing."""
    if code in PERIODS:
        period = PERIODS[code][1](today)
        return period.start, period.end
    if code == "today":
        return today, today
    if code == "this_week":
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=_WEEK)
    if not (found := _DAYS.fullmatch(code)):
        return None
    number = int(found[2])
    if found[1] == "last":
        return today - timedelta(days=number - 1), today
    return today, today + timedelta(days=number)


def relative_label(code: str) -> str:
    """`last_30_days` in words; a code nobody knows stays as it is."""
    if code in PERIODS:
        return str(PERIODS[code][0])
    if found := _DAYS.fullmatch(code):
        told = _("近 %(number)s 天") if found[1] == "last" else _("今后 %(number)s 天")
        return told % {"number": found[2]}
    return {"today": _("今天"), "this_week": _("本周")}.get(code, code)


def _offers(codes: Iterator[str], chosen: str) -> list[dict[str, Any]]:
    found = dict.fromkeys(["", *codes, *([chosen] if chosen else [])])
    return [
        {"value": c, "label": relative_label(c) if c else _("不限"), "selected": c == chosen} for c in found
    ]


class DateFilter(Filter):
    """From and to, both included, or days relative to today."""

    endings: ClassVar = ("_from", "_to", RELATIVE)

    def read(self) -> Q:
        ends = [self._end(ending) for ending in ("_from", "_to")]
        first, last = ends
        if first and last and first > last:
            return self.refuse(_("起始日期晚于截止日期。"))
        condition = self.between(first, last) if first or last else Q()
        if code := self.first(RELATIVE):
            days = days_of(code, clock.today())
            if days is None:
                return self.refuse(_("没有“%(value)s”这个时间范围。") % {"value": code[:40]})
            condition &= self.between(*days)
        return condition

    def _end(self, ending: str) -> date | None:
        if not self.chosen[f"{self.name}{ending}"]:
            return None
        value = parse(self.column, self.first(ending))
        if isinstance(value, CellProblem):
            self.refuse(value.message)
        elif value is None:  # nothing but characters that nobody can see
            self.refuse(_("这里没有可读的内容。"))
        return value if isinstance(value, date) else None

    def between(self, first: date | None, last: date | None) -> Q:
        """Rows from the first to the last day; an instant is compared as such, so that an index serves."""
        is_instant = isinstance(self.column.model_field, models.DateTimeField)
        condition = Q()
        if first:
            start: date = datetime.combine(first, time.min, clock.CHINA) if is_instant else first
            condition &= Q(**{f"{self.name}__gte": start})
        if last and is_instant:
            following = datetime.combine(last + timedelta(days=1), time.min, clock.CHINA)
            return condition & Q(**{f"{self.name}__lt": following})
        return condition & Q(**{f"{self.name}__lte": last}) if last else condition

    def single(self, value: Any) -> dict[str, list[str]]:
        """The days of a month (a Period) that the ends chosen before leave of it."""
        ends = {"_from": max(value.start, self._end("_from") or value.start)}
        ends["_to"] = min(value.end, self._end("_to") or value.end)
        days = {f"{self.name}{ending}": [day.isoformat()] for ending, day in ends.items()}
        return self._instead(self.chosen | {f"{self.name}{PRESENCE}": []} | days)

    def said(self) -> str:
        first, last = self.first("_from"), self.first("_to")
        span = first if first == last else f"{first} – {last}" if first and last else ""
        half = f"≥ {first}" if first else f"≤ {last}" if last else ""
        return "、".join(filter(None, (relative_label(self.first(RELATIVE)), span or half)))

    def fields(self) -> list[dict[str, Any]]:
        offered = _offers(iter(("today", "this_week", *PERIODS, *_OFFERED_DAYS)), self.first(RELATIVE))
        return [
            self.field(f"{self.name}{RELATIVE}", _("时间范围"), "select", options=offered),
            self.field(f"{self.name}_from", _("从"), "date"),
            self.field(f"{self.name}_to", _("到"), "date"),
        ]


class PeriodFilter(Filter):
    """Any of several periods; a quarter or year stands for every period inside it."""

    kind = "several"
    endings: ClassVar = ("", RELATIVE)
    _offered: ClassVar = ((PeriodKind.YEAR, 3), (PeriodKind.QUARTER, 6), (PeriodKind.MONTH, 12))

    def read(self) -> Q:
        codes: list[str] = []
        for code in self.chosen[f"{self.name}{RELATIVE}"]:
            if code not in PERIODS:
                return self.refuse(_("没有“%(value)s”这个时间范围。") % {"value": code[:40]})
            codes += PERIODS[code][1](clock.today()).within()
        for text in self.values():
            try:
                codes += Period.parse(text).within()
            except PeriodError as error:
                return self.refuse(str(error))
        return Q(**{f"{self.name}__in": codes})

    def said(self) -> str:
        relative = [relative_label(code) for code in self.chosen[f"{self.name}{RELATIVE}"]]
        return "、".join([*relative, *(period_label(value) for value in self.values())])

    def options(self) -> list[dict[str, Any]]:
        relative = self.chosen[f"{self.name}{RELATIVE}"]
        drawn = [
            {"value": c, "label": str(label), "selected": c in relative, "name": f"{self.name}{RELATIVE}"}
            for c, (label, _period) in PERIODS.items()
        ]
        offered = dict.fromkeys([*self.values(), *self._recent(clock.today())])
        return drawn + [
            {"value": c, "label": period_label(c), "selected": c in self.values()} for c in offered
        ]

    def _recent(self, today: date) -> Iterator[str]:
        for kind, number in self._offered:
            period = Period.of(today, kind)
            for _again in range(number):
                yield period.code
                period = period.previous()


def is_date(column: Any) -> bool:
    return bool(column.kind is Kind.DATE)
