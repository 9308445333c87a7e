"""Reporting periods: the month, quarter or year a row, an obligation or an indicator value belongs to."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering
from typing import Self

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_CHINESE_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_NUMERALS = "〇一二三四"


class PeriodError(ValueError):
    """What was given names no period; the text is a Chinese sentence for the user."""


class PeriodKind(StrEnum):
    """How long a period is; the value is what the database stores."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return _MONTHS_IN[self]

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
_KIND_LABELS = {PeriodKind.MONTH: "月", PeriodKind.QUARTER: "季度", PeriodKind.YEAR: "年度"}

# People type periods into spreadsheets in many ways; each pattern names exactly one kind.
_WRITINGS = (
    (PeriodKind.YEAR, re.compile(r"(?P<year>\d{4})(年|年度)?")),
    (PeriodKind.QUARTER, re.compile(r"(?P<year>\d{4})[-/]?Q(?P<number>[1-4])", re.IGNORECASE)),
    (PeriodKind.QUARTER, re.compile(r"(?P<year>\d{4})年第?(?P<number>[1-4一二三四])季度?")),
    (PeriodKind.MONTH, re.compile(r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})")),
    (PeriodKind.MONTH, re.compile(r"(?P<year>\d{4})(?P<number>\d{2})")),
    (PeriodKind.MONTH, re.compile(r"(?P<year>\d{4})年(?P<number>\d{1,2})月份?")),
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One month, quarter or year of the calendar.

    Shape: `number` is 1–12 for a month, 1–4 for a quarter, 1 for a year. Periods of all kinds sort together,
    by first day, the longer one first: a year stands before its quarters and they before their months.
    Errors: PeriodError for a number or year that does not exist.
    """

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise PeriodError(f"年份 {self.year} 超出 {_FIRST_YEAR}—{_LAST_YEAR}。")
        if not 1 <= self.number <= 12 // self.kind.months:
            raise PeriodError(f"一年没有第 {self.number} 个{self.kind.label}。")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period code, or a common writing of it (2021年9月, 2021年第三季度, 2021/9, 202109)."""
        compact = "".join(unicodedata.normalize("NFKC", text).split())
        for kind, pattern in _WRITINGS:
            if found := pattern.fullmatch(compact):
                number = found.groupdict().get("number", "1")
                return cls(kind, int(found["year"]), _CHINESE_DIGITS.get(number) or int(number))
        raise PeriodError(f"«{text}»不是报告期：月写 2021-09，季度写 2021Q3，年写 2021。")

    @classmethod
    def of(cls, day: datetime.date, kind: PeriodKind) -> Self:
        """The period of this kind that the day falls in."""
        return cls(kind, day.year, (day.month - 1) // kind.months + 1)

    @classmethod
    def between(cls, first: datetime.date, last: datetime.date, kind: PeriodKind) -> tuple[Self, ...]:
        """Every period of this kind that shares a day with first–last (both inclusive), in order."""
        start, end = cls.of(first, kind), cls.of(last, kind)
        return tuple(cls._at(kind, position) for position in range(start._position, end._position + 1))

    @classmethod
    def _at(cls, kind: PeriodKind, position: int) -> Self:
        year, index = divmod(position, 12 // kind.months)
        return cls(kind, year, index + 1)

    @property
    def _position(self) -> int:
        return self.year * (12 // self.kind.months) + self.number - 1

    @property
    def code(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year}Q{self.number}"
            case PeriodKind.YEAR:
                return str(self.year)

    @property
    def label(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}年{self.number}月"
            case PeriodKind.QUARTER:
                return f"{self.year}年第{_NUMERALS[self.number]}季度"
            case PeriodKind.YEAR:
                return f"{self.year}年"

    @property
    def start(self) -> datetime.date:
        return datetime.date(self.year, (self.number - 1) * self.kind.months + 1, 1)

    @property
    def end(self) -> datetime.date:
        """The last day, which belongs to the period."""
        year, month = divmod(self.year * 12 + self.number * self.kind.months, 12)
        return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)

    def __str__(self) -> str:
        return self.code

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.start, -self.kind.months) < (other.start, -other.kind.months)

    def contains(self, what: "datetime.date | Period") -> bool:
        """Whether the day, or the whole of the other period, lies inside this one."""
        if isinstance(what, Period):
            return self.start <= what.start and what.end <= self.end
        day = what.date() if isinstance(what, datetime.datetime) else what
        return self.start <= day <= self.end

    def previous(self) -> Self:
        return self._at(self.kind, self._position - 1)

    def next(self) -> Self:
        return self._at(self.kind, self._position + 1)

    def year_earlier(self) -> Self:
        """The same period one year before, for 同比."""
        return self._at(self.kind, self._position - 12 // self.kind.months)

    def months(self) -> tuple[Self, ...]:
        return self.between(self.start, self.end, PeriodKind.MONTH)

    def quarters(self) -> tuple[Self, ...]:
        """The quarters inside the period; for a month, the quarter it lies in."""
        return self.between(self.start, self.end, PeriodKind.QUARTER)

    def within(self) -> tuple[str, ...]:
        """Codes of every period of any kind that lies wholly inside this one, itself included."""
        return self._codes_from(self.start)

    def year_to_date(self) -> tuple[str, ...]:
        """Codes of every period of any kind that lies wholly between 1 January and the end of this one."""
        return self._codes_from(datetime.date(self.year, 1, 1))

    def _codes_from(self, first: datetime.date) -> tuple[str, ...]:
        touched = sorted(period for kind in PeriodKind for period in self.between(first, self.end, kind))
        return tuple(period.code for period in touched if first <= period.start and period.end <= self.end)
