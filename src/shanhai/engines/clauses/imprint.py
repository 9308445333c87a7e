"""Document numbers and dates, as official documents write them."""

import datetime
import re

from shanhai.engines.clauses.numerals import value_of

DIGIT_NUMERALS = "〇○零一二三四五六七八九Ｏ"
DATE = re.compile(
    rf"(\d{{4}}|[{DIGIT_NUMERALS}]{{4}})\s?[年.\-/]\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?[月.\-/]\s?"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日号]?"
)
YEAR_AND_NUMBER = r"[〔\[［（(【]\s?\d{4}\s?[〕\]］）)】]\s?第?\s?\d{1,5}\s?号"
NUMBER = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{1,24}}\s?{YEAR_AND_NUMBER}")
BRACKETED = re.compile(r"[（(〔【].{0,30}[）)〕】]")
MAX_DATE_LINE = 26


def date_in(text: str) -> str | None:
    """The first date in a text, in ISO form; None if there is none or the calendar does not have it."""
    found = DATE.search(text)
    if found is None:
        return None
    year = "".join(
        str(max(DIGIT_NUMERALS.find(one) - 2, 0)) if not one.isdigit() else one for one in found[1]
    )
    try:
        return datetime.date(int(year), value_of(found[2]), value_of(found[3])).isoformat()
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Whether a paragraph is nothing but a date, as under a signature."""
    bare = text.strip().strip("（()）")
    return len(bare) <= MAX_DATE_LINE and DATE.fullmatch(bare) is not None
