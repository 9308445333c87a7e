"""Where the clauses stop: signatures, lists of annexes, copies and remarks at the foot of a document."""

import re
from dataclasses import dataclass, field

from shanhai.engines.clauses.imprint import is_date_line

PARAGRAPH = re.compile(r"[^\n]+")
FOOT = re.compile(r"(?:附件\s?[：:]|附\s?[：:]|抄送|（此件|\(此件|联系人\s?[：:]|印发机关|公开方式)")
ANNEX_TITLE = re.compile(r"附(?:件|表)\s?[\d一二三四五六七八九十]{0,3}\s?[：:]?")
ANNEX_LIST = re.compile(r"附(?:件)?\s?[：:]")
NUMBERED = re.compile(r"\d{1,2}\s?[.．、](?!\d(?!\d{3}年))[^。]{0,60}")


@dataclass(slots=True)
class Closings:
    """Starts of paragraphs that end the clause before them, and spans in which no number is a clause's."""

    starts: list[int] = field(default_factory=list)
    masked: list[tuple[int, int]] = field(default_factory=list)


def closings(text: str) -> Closings:
    """The feet of the document and of its parts, in reading order."""
    found = Closings()
    in_list = False
    for paragraph in PARAGRAPH.finditer(text):
        line = paragraph.group().strip()
        if ANNEX_LIST.match(line):
            found.masked.append(paragraph.span())
            in_list = True
        elif in_list and NUMBERED.fullmatch(line):
            found.masked.append(paragraph.span())
        else:
            in_list = False
        if FOOT.match(line) or ANNEX_TITLE.fullmatch(line) or is_date_line(line):
            found.starts.append(paragraph.start())
    return found
