"""What a government's web page prints around a document: index number, agency, dates, counters.

Officials copy the whole page. These lines are no part of the document, but its number and date may stand
nowhere else.
"""

import re

from shanhai.engines.clauses import words

BLANK = re.compile(r"[\s\u3000]+")
LEADING = "•·>|-* \u3000\t"
_LABEL = "|".join(words.METADATA)
LABELLED = re.compile(rf"(?:{_LABEL})[：:|]")
PARTED = re.compile(rf"(?:{'|'.join(words.METADATA_BLANK)})(?![：:])")
LABELS_IN_LINE = re.compile(rf"(?:{_LABEL})[：:|]")
MAX_LINE = 400
MAX_HEAD = 40
AGENCY = ("发文机关", "发文单位", "制发机关", "发布机构")
DATED = ("成文日期", "发文日期", "印发日期")
NUMBERED = ("发文字号", "发文文号", "文件编号", "文件字号", "文号", "字号", "编号")


def is_metadata(line: str) -> bool:
    """Whether a line is one of those a web page prints around a document."""
    bare = line.lstrip(LEADING)
    if len(line) > MAX_LINE:
        return False
    head = BLANK.sub("", bare[:MAX_HEAD])
    if LABELLED.match(head) is not None:
        return True
    return PARTED.match(head) is not None and BLANK.search(bare) is not None


def value_of_label(lines: list[str], labels: tuple[str, ...]) -> str | None:
    """What stands after the first of these labels in lines of metadata."""
    wanted = re.compile(rf"(?:{'|'.join(labels)})[：:|]*(.+)")
    for line in lines:
        if not is_metadata(line):
            continue
        found = wanted.search(BLANK.sub("", line))
        if found is not None:
            value = LABELS_IN_LINE.split(found[1], maxsplit=1)[0].strip("|：:")
            if value:
                return value
    return None
