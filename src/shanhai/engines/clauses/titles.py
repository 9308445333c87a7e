"""The title of the scheme: of the lines of a head, those that are titles, and of these the one that counts.

A notice that sends out a scheme has a title of its own; the scheme's is the one wanted.
"""

import re
from collections.abc import Iterator, Sequence

from shanhai.engines.clauses import units, words
from shanhai.engines.clauses.imprint import DATE, NUMBER, YEAR_AND_NUMBER
from shanhai.engines.clauses.metadata import is_metadata

SPACE = re.compile(r"\s+")
QUOTED = re.compile(r"《([^《》]{4,120})》")
SENT = re.compile(
    r"(?:印发|转发|批转|下发|现将)\s?《([^《》]{4,120})》|《([^《》]{4,120})》[^。]{0,30}?现[将予]?\s?印发"
)
SENDING = re.compile("(?:印发|转发|批转|下发)(.{4,120}?)的通知$")
TRAILING = re.compile(r"[（(][^（()）]{0,30}[)）]$")
NO_PART_OF_TITLE = re.compile(rf"全文|附|{YEAR_AND_NUMBER[:-1]}")
ISSUING = ("印发", "转发", "批转", "下发")
BODY_BEGINS = ("为", "根据", "按照", "依据", "经", "现", "请", "主题词", "抄送", "附件", "附表", "关键词")
SENTENCE = re.compile("[，,。；;]")
STOPS = re.compile("[，,。；;：:]")
MAX_TITLE = 120
MAX_TITLE_LINES = 5
MAX_LINE = 44


def titles_of(head: Sequence[str]) -> Iterator[str]:
    """Lines of the head that are titles, put together where a title takes several lines."""
    for index, text in enumerate(head):
        numbered = NUMBER.match(text)
        line = title_part((text if numbered is None else text[numbered.end() :]).strip())
        if line and not is_metadata(text):
            yield _unquoted(SPACE.sub("", _with_lines_above(head, index, line)))


def scheme_title(titles: Sequence[str], head: Sequence[str]) -> str | None:
    """The title of the scheme itself: what the notice sends out, where its text follows."""
    sent = next((found[1] or found[2] for found in map(SENT.search, head) if found is not None), None)
    if not titles:
        return None if sent is None else SPACE.sub("", sent)
    notice = titles[0]
    if not any(word in notice for word in ISSUING):
        return notice
    quoted = QUOTED.search(notice)
    if quoted is not None:
        return quoted[1]
    return next(iter(titles[1:]), None) or (sent if _sends(notice, sent) else None) or notice


def _sends(notice: str, sent: str | None) -> bool:
    """Whether the notice's own title names what the text under it sends out."""
    named = SENDING.search(notice)
    return sent is not None and named is not None and named[1].endswith(SPACE.sub("", sent)[-4:])


def title_part(line: str) -> str:
    """A title in a line, cut off where the text goes on without a break; empty if there is none."""
    if line.startswith(BODY_BEGINS):
        return ""
    bare = TRAILING.sub("", line).rstrip()
    whole = len(line) <= MAX_TITLE and not SENTENCE.search(_without_quotes(bare))
    if whole and SPACE.sub("", bare).endswith(words.TITLE_TAILS) and not re.search("[：:]", bare):
        return bare if NO_PART_OF_TITLE.search(line[len(bare) :]) else line
    end = title_end(line)
    return line[:end]


def title_end(text: str) -> int:
    """Where a title ends that has the text of the document right behind it; 0 if none begins here."""
    sentence = STOPS.search(text)
    limit = min(MAX_TITLE, len(text) if sentence is None else sentence.start())
    ends = sorted(found.end() for word in words.TITLE_TAILS for found in re.finditer(word, text[:limit]))
    for tail in ends:
        trailing = re.match(r"[（(][^（()）]{0,30}[)）]", text[tail : tail + MAX_LINE])
        end = tail + (trailing.end() if trailing is not None else 0)
        rest = text[end : end + MAX_LINE].lstrip(" \u3000》")
        if end < len(text) and (rest.startswith(words.PREAMBLES) or is_metadata(rest)):
            return end
    return 0


def _without_quotes(line: str) -> str:
    return QUOTED.sub("", line)


def _unquoted(title: str) -> str:
    """What a quotation mark opened and the cut left open: 《某方案》已经同意 names 某方案."""
    return title if title.count("《") == title.count("》") else title.rpartition("《")[2]


def _with_lines_above(head: Sequence[str], index: int, line: str) -> str:
    above = index - 1
    while above >= 0 and index - above <= MAX_TITLE_LINES:
        text = head[above].strip()
        if _no_title_line(text) or (_complete(line) and not _begins_title(text, line)):
            break
        line = text + line
        above -= 1
    return line


def _complete(title: str) -> bool:
    """Whether a title says who or what about; a bare 实施方案 is the end of a longer one."""
    return "关于" in title and title.count("《") == title.count("》")


def _begins_title(above: str, line: str) -> bool:
    """Whether a complete title has its beginning in the line above it: who issues, or an earlier 关于."""
    bodies = above.split()
    issuers = bool(bodies) and all(units.is_body(body) for body in bodies)
    return (issuers and line.startswith(("关于", *ISSUING))) or "关于" in above


def _no_title_line(text: str) -> bool:
    return (
        STOPS.search(_without_quotes(text)) is not None
        or len(text) > MAX_LINE
        or text.endswith(("文件", *words.TITLE_TAILS, "）", ")"))
        or NUMBER.search(text) is not None
        or DATE.search(text) is not None
        or is_metadata(text)
        or text.isdigit()
        or ">" in text  # where on the site the page stands
        or text.startswith(("附件", "附表", "朗读", "返回"))
    )
