"""Dates and reporting periods in cells, in the many ways people and Excel write them."""

import datetime
import math
import re

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.problems import CellRefused
from shanhai.kernel.sheets.texts import Raw, half_width, shown

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_EPOCH = datetime.date(1899, 12, 30)  # day 0 of Excel, which believes that 1900 was a leap year
_SERIALS = range(61, 109_574)  # 1900-03-01 to 2199-12-31: below, Excel's own count is off by a day
_EIGHT_DIGITS = range(19_000_101, 21_991_232)
_SIX_DIGITS = range(190_001, 219_913)
_YEARS = range(_FIRST_YEAR, _LAST_YEAR + 1)

_DATE = re.compile(
    r"(?P<year>\d{4})(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.])(?P<day>\d{1,2})日?"
    r"(?:[T星期周一二三四五六日()]*\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_SERIAL = re.compile(r"\d{5}")
_MONTH_ONLY = re.compile(r"\d{4}(?:年|[-/.])\d{1,2}月?")
_SHORT_YEAR = re.compile(r"\d{1,2}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_DATE_HOW = "请写成 2021-03-02 这样的日期。"
_PERIOD_HOW = "请写成 2021年9月、2021年三季度 或 2021年。"
_SPOKEN_QUARTER = re.compile(r"(?P<year>\d{4})年?度?第?(?P<number>[1-4一二三四])季度?")
_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4"}


def parse_date(column: SheetColumn, raw: Raw) -> datetime.date:
    """One day; a time of day is left out.

    Shape: dates of Excel, its serial numbers, 2021-03-02 with any of - . /, 2021年3月2日, 20210302.
    Errors: CellRefused for anything that could be read in two ways: a short year, a year at the end, no day.
    """
    if isinstance(raw, datetime.datetime):
        return _in_reach(raw.date())
    if isinstance(raw, datetime.date):
        return _in_reach(raw)
    if isinstance(raw, bool | datetime.time | datetime.timedelta):
        raise CellRefused("not_a_date", f"这里应是日期。{_DATE_HOW}")
    if isinstance(raw, int | float):
        return _date_of_number(column, raw)
    return _date_of_text(column, str(raw))


def _date_of_number(column: SheetColumn, raw: float) -> datetime.date:
    whole = int(raw) if math.isfinite(raw) else 0
    if whole in _EIGHT_DIGITS and whole == raw:
        return _date_of_text(column, str(whole))
    if whole in _SERIALS and whole not in _YEARS:
        return _EPOCH + datetime.timedelta(days=whole)
    if whole in _YEARS:
        raise CellRefused("no_day", f"只写了年或年月，缺少日。{_DATE_HOW}")
    raise CellRefused("not_a_date", f"“{shown(column, raw)}”不是有效日期。{_DATE_HOW}")


def _date_of_text(column: SheetColumn, raw: str) -> datetime.date:
    compact = "".join(half_width(raw).replace("。", ".").split())
    if _SERIAL.fullmatch(compact):
        return _date_of_number(column, int(compact))
    found = _DATE.fullmatch(compact) or _COMPACT.fullmatch(compact)
    if not found:
        raise _not_a_date(column, raw, compact)
    try:
        day = datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise CellRefused("not_a_date", f"{shown(column, raw)} 不是有效日期。{_DATE_HOW}") from None
    return _in_reach(day)


def _not_a_date(column: SheetColumn, raw: str, compact: str) -> CellRefused:
    if _MONTH_ONLY.fullmatch(compact) or (compact.isdecimal() and len(compact) in {4, 6}):
        return CellRefused("no_day", f"只写了年或年月，缺少日。{_DATE_HOW}")
    if _SHORT_YEAR.fullmatch(compact):
        return CellRefused("short_year", f"年份要写四位。{_DATE_HOW}")
    if _YEAR_LAST.fullmatch(compact):
        return CellRefused("year_last", f"年份写在最后时分不清月和日。{_DATE_HOW}")
    return CellRefused("not_a_date", f"“{shown(column, raw)}”不是有效日期。{_DATE_HOW}")


def _in_reach(day: datetime.date) -> datetime.date:
    if day.year not in _YEARS:
        raise CellRefused("out_of_range", f"年份 {day.year} 超出 {_FIRST_YEAR}—{_LAST_YEAR}，请核对。")
    return day


def parse_period(column: SheetColumn, raw: Raw) -> Period:
    """A month, quarter or year.

    Shape: whatever `Period.parse` reads, and the first day of a month, which Excel makes of 2021年9月.
    Errors: CellRefused; the number 2021.1 is refused because Excel shows October (2021.10) the same way.
    """
    if isinstance(raw, datetime.date):
        return _period_of_day(raw)
    if isinstance(raw, bool | datetime.time | datetime.timedelta):
        raise CellRefused("not_a_period", f"这里应是报告期。{_PERIOD_HOW}")
    if isinstance(raw, int | float):
        return _period_of_number(column, raw)
    compact = "".join(half_width(str(raw)).split())
    if found := _SPOKEN_QUARTER.fullmatch(compact):
        compact = f"{found['year']}Q{_DIGITS.get(found['number'], found['number'])}"
    return _period(column, raw, compact)


def _period_of_day(day: datetime.date) -> Period:
    if day.day != 1:
        raise CellRefused("too_precise", f"这里写的是具体日期，应是报告期。{_PERIOD_HOW}")
    return Period.of(_in_reach(day), PeriodKind.MONTH)


def _period_of_number(column: SheetColumn, raw: float) -> Period:
    if float(raw).is_integer():
        whole = int(raw)
        if whole in _YEARS or whole in _SIX_DIGITS:
            return _period(column, raw, str(whole))
        if whole in _SERIALS:
            return _period_of_day(_EPOCH + datetime.timedelta(days=whole))
    written = f"{raw:.15g}"
    if written.endswith(".1"):
        raise CellRefused(
            "ambiguous",
            f"Excel 里 {written} 分不清是 1 月还是 10 月。请写成 {int(raw)}年1月 或 {int(raw)}年10月。",
        )
    return _period(column, raw, written)


def _period(column: SheetColumn, raw: Raw, compact: str) -> Period:
    try:
        return Period.parse(compact)
    except PeriodError:
        raise CellRefused("not_a_period", f"“{shown(column, raw)}”不是报告期。{_PERIOD_HOW}") from None
