"""From the lines of a page back to the sentences of the author.

A page breaks lines, and a careless copy keeps the breaks. `flow_of` joins again what belongs together and
remembers where every character came from, so that everything found in the joined text can be shown in the
original.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from shanhai.engines.clauses import units, words
from shanhai.engines.clauses.headings import Marker, marker_at
from shanhai.engines.clauses.phrases import label_kind

LINE = re.compile(r"[^\n\f\v\x85\u2028\u2029]+")
MARGIN = " \u3000\u00a0\ufeff"
NOISE = re.compile(
    r"(?:[-—–－·•]\s{0,3}\d{1,4}\s{0,3}[-—–－·•]|第\s?\d{1,4}\s?页.{0,14}|\d{1,3}\s?/\s?\d{1,3}|\d{1,3})"
)
DATE_LINE = re.compile(
    r"[（(]?\s{0,2}[\d一二三四五六七八九〇○零Ｏ]{4}\s?[年.\-/]\s?[\d一二三四五六七八九十]{1,3}\s?[月.\-/]"
    r"\s?[\d一二三四五六七八九十]{1,3}\s?[日号]?\s?[）)]?"
)
NUMBER_LINE = re.compile(r".{0,16}[〔\[［（(]\d{4}[〕\]］）)].{0,4}\d{1,5}\s?号")
ALONE = re.compile(r"(?:附件|附表|附：|抄送|主送|——|（此件|\(此件|（代章|（盖章|联系人)")
GAP = re.compile(r"[ \u3000]{2,}")
NAME_CUT = re.compile("[、，,；;：: \u3000]")
NEVER_FIRST = "、，。；：？！,;）)】］］”’》"
PUNCTUATED = re.compile(r"[，。；：,;]")
BRACKET = re.compile(r"[（()）\[\]［］【】]")
OPENING = "（([［【"
WIDE = "WFA"

MIN_WRAPPED_LINES = 6
MAX_WRAP_WIDTH = 110  # half-width cells: 55 Chinese characters, more than any page of the standard holds
MIN_WRAP_WIDTH = 40
WRAP_SLACK = 5
WRAP_SHARE = 0.3
LONG_LINE = 18  # a sentence broken by a page has at least most of one printed line before the break
HEADING_LINE = 45
LABEL_LINE = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without its margins."""

    text: str
    start: int
    after_gap: bool


@dataclass(slots=True)
class Flow:
    """The rejoined text, paragraphs parted by a line feed, with the way back to the source.

    Shape: `breaks` are the places in the flow where lines were joined over a blank line or a page's end.
    """

    text: str
    breaks: list[int] = field(default_factory=list)
    flow_starts: list[int] = field(default_factory=list)
    source_starts: list[int] = field(default_factory=list)

    def source(self, offset: int) -> int:
        """Where the character at this offset stands in the source."""
        piece = max(bisect_right(self.flow_starts, offset) - 1, 0)
        return self.source_starts[piece] + offset - self.flow_starts[piece]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that holds exactly this span of the flow, joined breaks included."""
        return self.source(start), self.source(end - 1) + 1 if end > start else self.source(start)


def flow_of(text: str) -> Flow:
    """The sentences of a text whose lines were broken by pages. Linear in the length of the text."""
    lines = list(_lines(text))
    return _Joiner(lines).flow()


def is_row(text: str) -> bool:
    """Whether a line is a row of a table: cells parted by tabs, bars or at least two runs of spaces."""
    return "\t" in text or text.count("|") > 1 or len(GAP.findall(text)) > 1


def _lines(text: str) -> Iterator[Line]:
    end = 0
    for found in LINE.finditer(text):
        raw = found.group()
        stripped = raw.lstrip(MARGIN)
        if not stripped.strip():
            continue
        stripped = (stripped if "\t" in stripped.strip() else stripped.strip()).rstrip(MARGIN)
        start = found.start() + raw.index(stripped[0])
        if NOISE.fullmatch(stripped):
            continue
        between = text[end : found.start()]
        yield Line(stripped, start, between.count("\n") > 1 or "\f" in between)
        end = found.end()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in WIDE else 1 for character in text)


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which the page wrapped its lines, None if every line is a paragraph."""
    widths = sorted(_width(line.text[:MAX_WRAP_WIDTH]) for line in lines)
    if len(widths) < MIN_WRAPPED_LINES:
        return None
    widest = widths[int(len(widths) * 0.95)]
    full = sum(1 for width in widths if widest - WRAP_SLACK <= width <= widest + WRAP_SLACK)
    open_ended = sum(1 for line in lines if line.text[-1] not in words.CLAUSE_ENDS + words.CLOSERS)
    wrapped = MIN_WRAP_WIDTH <= widest <= MAX_WRAP_WIDTH and full >= len(widths) * WRAP_SHARE
    return widest if wrapped and open_ended >= len(lines) * WRAP_SHARE else None


class _Joiner:
    """Decides line by line whether the next line goes on with the sentence."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._wrap = _wrap_width(lines)
        self._run_in = _run_in_styles(lines)
        self._depth = 0
        self._last: dict[str, int] = {}

    def flow(self) -> Flow:
        flow = Flow("")
        parts: list[str] = []
        length = 0
        previous: Line | None = None
        for line in self._lines:
            if previous is not None and self._continues(previous, line):
                if line.after_gap or self._wrap is None:
                    flow.breaks.append(length)
            else:
                self._depth = 0
                if previous is not None:
                    parts.append("\n")
                    length += 1
            previous = line
            flow.flow_starts.append(length)
            flow.source_starts.append(line.start)
            parts.append(line.text)
            length += len(line.text)
            self._remember(line)
        flow.text = "".join(parts)
        return flow

    def _remember(self, line: Line) -> None:
        for bracket in BRACKET.findall(line.text):
            self._depth = self._depth + 1 if bracket in OPENING else max(self._depth - 1, 0)
        marker = marker_at(line.text, 0)
        if marker is not None:
            self._last[marker.style] = marker.value

    def _expected(self, marker: Marker | None) -> bool:
        return marker is not None and marker.value in (1, self._last.get(marker.style, 0) + 1)

    def _continues(self, previous: Line, line: Line) -> bool:
        before, after = previous.text, line.text
        if is_row(before) or is_row(after):
            return False
        marker = marker_at(after, 0)
        if self._expected(marker) or ALONE.match(after) or DATE_LINE.fullmatch(after):
            return False
        if self._depth and self._closes(before, after):
            return True
        if marker is not None and before[-1] not in words.LIST_CONTINUES:
            return before[-1] not in words.CLAUSE_ENDS + words.CLOSERS and self._broken(before, after)
        return self._broken(before, after)

    def _closes(self, before: str, after: str) -> bool:
        """Whether an open bracket is closed by the next line, or plainly goes on in it."""
        depth = 0
        for found in re.finditer(r"[（()）\[\]［］【】。]", after):
            if found.group() == "。":
                break
            depth += 1 if found.group() in OPENING else -1
            if depth < 0:
                return True
        return before[-1] in words.LIST_CONTINUES or "。" not in after

    def _broken(self, before: str, after: str) -> bool:
        """Whether a line breaks off in the middle of a sentence."""
        last = before.rstrip(words.CLOSING_QUOTES)[-1:] or before[-1]
        if last in words.LIST_CONTINUES or after[0] in NEVER_FIRST:
            return True
        if last in words.CLAUSE_ENDS + words.CLOSERS or after[0] in words.OPENERS:
            return before[-1] in words.CLOSERS and (self._full(before) or _kind_goes_on(before, after))
        if _label_line(after) or NUMBER_LINE.fullmatch(before):
            return False
        if _label_line(before):
            return self._full(before) or _names_go_on(before, after)
        if self._wrap is not None and self._full(before):
            return True
        return self._sentence(before, after)

    def _full(self, text: str) -> bool:
        return self._wrap is not None and _width(text[: MAX_WRAP_WIDTH + 1]) >= self._wrap - WRAP_SLACK

    def _sentence(self, before: str, after: str) -> bool:
        """Whether an unfinished line is running text, not a title or a heading on its own line."""
        marker = marker_at(before, 0)
        if marker is not None and not re.search(r"[。；]", before):
            return len(before) > HEADING_LINE or (marker.style in self._run_in and "。" in after)
        return len(before) >= LONG_LINE and PUNCTUATED.search(before) is not None


def _run_in_styles(lines: list[Line]) -> frozenset[str]:
    """Heading styles whose headings are mostly followed by text on the same line."""
    with_text: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for line in lines:
        marker = marker_at(line.text, 0)
        if marker is not None:
            (with_text if "。" in line.text[:-1] else alone)[marker.style] += 1
    return frozenset(style for style, count in with_text.items() if count > alone[style])


def _kind_goes_on(before: str, after: str) -> bool:
    """Whether a list after a label breaks between 各县（市、区） and 人民政府."""
    return _label_line(before) and NAME_CUT.split(after.rstrip("。"))[0] in words.GENERIC_TAILS


def _names_go_on(before: str, after: str) -> bool:
    """Whether the names after a label go on in the next line: it ends the last one or is all names."""
    last, first = NAME_CUT.split(before)[-1], NAME_CUT.split(after)[0]
    if not units.is_body(last) and units.is_unit(last + first):
        return True
    names = [name for name in NAME_CUT.split(after.rstrip("。")) if name]
    return "。" not in after[:-1] and len(names) > 1 and all(units.is_unit(name) for name in names[:-1])


def _label_line(text: str) -> bool:
    """Whether a line begins with a label such as 责任单位：."""
    head = text[: LABEL_LINE + 1].lstrip("（([［【")
    colon = max(head.find("："), head.find(":"))
    return colon > 0 and label_kind(head[:colon]) is not None
