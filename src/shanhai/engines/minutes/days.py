"""Days as minutes write them: 2021年9月30日前, 9月底前, 年底前; of the meeting's year where none is said."""

import calendar
import re
from datetime import date

_DAY = re.compile(
    r"(?:(?P<year>\d{4})\s*年|(?P<next>明年))?\s*(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*[日号]|(?P<part>上旬|中旬|下旬|底|末))"
)
_YEAR_END = re.compile(r"(?:(?P<year>\d{4})\s*年|(?P<next>明年)|今年|本年)?年?(?:底|末)(?:以前|之前|前)")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_PARTS = {"上旬": 10, "中旬": 20}


def find_day(text: str, meeting: date | None) -> date | None:
    """The last day that a text names; None where it names none, or no day there is."""
    text = text.translate(_FULL_WIDTH)
    found = [*_ISO.finditer(text), *_DAY.finditer(text)]
    for match in sorted(found, key=lambda one: -one.start()):
        if (day := _day_of(match.groupdict(), meeting)) is not None:
            return day
    end = _YEAR_END.search(text)
    year = _year(end.groupdict(), meeting) if end else None
    return date(year, 12, 31) if year else None


def _year(said: dict[str, str | None], meeting: date | None) -> int | None:
    if said.get("year"):
        return int(said["year"] or 0)
    if meeting is None:
        return None
    return meeting.year + 1 if said.get("next") else meeting.year


def _day_of(said: dict[str, str | None], meeting: date | None) -> date | None:
    year, month = _year(said, meeting), int(said["month"] or 0)
    if year is None or not 1 <= month <= 12 or not 1 <= year <= 9999:  # noqa: PLR2004
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(said["day"] or 0) if said.get("day") else _PARTS.get(said.get("part") or "", last)
    if not 1 <= day <= last:
        return None
    found = date(year, month, day)
    has_year = bool(said.get("year") or said.get("next"))
    # «3月底前» in the minutes of November is next year's.
    if not has_year and meeting and found < meeting:
        return date(year + 1, month, min(day, calendar.monthrange(year + 1, month)[1]))
    return found
