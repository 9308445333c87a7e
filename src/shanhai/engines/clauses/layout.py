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
from itertools import pairwise

from shanhai.engines.clauses import units, words
from shanhai.engines.clauses.headings import Marker, marker_at
from shanhai.engines.clauses.metadata import is_metadata
from shanhai.engines.clauses.paragraphs import head_breaks
from shanhai.engines.clauses.phrases import COLON, label_before, label_kind

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
KINDS_OF_PLACES = re.compile(r"[（(](?:街道|乡|镇|市|区|县|州|社区|办事处)[、，）)]")
NAME_END = re.compile("[、，,；;：:。（(）)\\d \u3000]|[一二三四五六七八九十]+、")
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
MIN_FULL_LINES = 4
BROKEN_SHARE = 0.7
LONG_LINE = 18  # a sentence broken by a page has at least most of one printed line before the break
HEADING_LINE = 45
LABEL_LINE = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without its margins; `indent` is the left one in half-width columns."""

    text: str
    start: int
    after_gap: bool
    indent: int = 0

    @property
    def width(self) -> int:
        """Columns the line takes on the page, its left margin included, as far as a page is wide."""
        return self.indent + _width(self.text[: MAX_WRAP_WIDTH + 1])


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
    flow = _Joiner(lines).flow()
    return _parted(flow, head_breaks(flow.text))


def _parted(flow: Flow, breaks: list[int]) -> Flow:
    """The flow with a line feed more at each of these places; the source stays as it is."""
    if not breaks:
        return flow
    parts = [flow.text[start:end] for start, end in pairwise([0, *breaks, len(flow.text)])]
    pieces = sorted({*flow.flow_starts, *breaks})
    return Flow(
        text="\n".join(parts),
        breaks=[at + bisect_right(breaks, at) for at in flow.breaks],
        flow_starts=[at + bisect_right(breaks, at) for at in pieces],
        source_starts=[flow.source(at) for at in pieces],
    )


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
        indent = _width(raw[: start - found.start()])
        yield Line(stripped, start, between.count("\n") > 1 or "\f" in between, indent)
        end = found.end()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in WIDE else 1 for character in text)


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which the page wrapped its lines, None if every line is a paragraph."""
    widths = sorted(line.width for line in lines)
    if len(widths) < MIN_WRAPPED_LINES:
        return None
    widest = widths[int(len(widths) * 0.95)]
    full = sum(1 for width in widths if widest - WRAP_SLACK <= width <= widest + WRAP_SLACK)
    open_ended = sum(1 for line in lines if _open_ended(line))
    wrapped = MIN_WRAP_WIDTH <= widest <= MAX_WRAP_WIDTH and full >= len(widths) * WRAP_SHARE
    if wrapped and open_ended >= len(lines) * WRAP_SHARE:
        return widest
    return _margin(lines, widths[-1])


def _margin(lines: list[Line], widest: int) -> int | None:
    """The width of a page most of whose lines are short: its few long ones break off in mid sentence."""
    full = [line for line in lines if line.width >= widest - WRAP_SLACK]
    broken = sum(1 for line in full if _open_ended(line))
    fits = MIN_WRAP_WIDTH <= widest <= MAX_WRAP_WIDTH and len(full) >= MIN_FULL_LINES
    return widest if fits and broken >= len(full) * BROKEN_SHARE else None


def _open_ended(line: Line) -> bool:
    return line.text[-1] not in words.CLAUSE_ENDS + words.CLOSERS


class _Joiner:
    """Decides line by line whether the next line goes on with the sentence."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._wrap = _wrap_width(lines)
        self._run_in = _run_in_styles(lines)
        self._depth = 0
        self._labelled = False
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
                self._labelled = False
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
        self._labelled = (self._labelled and "。" not in line.text) or _announces(line.text)
        for bracket in BRACKET.findall(line.text):
            self._depth = self._depth + 1 if bracket in OPENING else max(self._depth - 1, 0)
        marker = marker_at(line.text, 0)
        if marker is not None:
            self._last[marker.style] = marker.value

    def _expected(self, marker: Marker | None) -> bool:
        return marker is not None and marker.value in (1, self._last.get(marker.style, 0) + 1)

    def _continues(self, previous: Line, line: Line) -> bool:
        before, after = previous.text, line.text
        if is_row(before) or is_row(after) or is_metadata(before) or is_metadata(after):
            return False
        marker = marker_at(after, 0)
        if self._expected(marker) or ALONE.match(after) or DATE_LINE.fullmatch(after):
            return False
        if self._depth and self._closes(before, after):
            return True
        if marker is not None and before[-1] not in words.LIST_CONTINUES:
            return before[-1] not in words.CLAUSE_ENDS + words.CLOSERS and self._broken(previous, after)
        return self._broken(previous, after)

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

    def _broken(self, previous: Line, after: str) -> bool:
        """Whether a line breaks off in the middle of a sentence."""
        before = previous.text
        last = before.rstrip(words.CLOSING_QUOTES)[-1:] or before[-1]
        if last in words.LIST_CONTINUES or after[0] in NEVER_FIRST:
            return True
        if last in "：:" and label_before(before, len(before) - 1, 0) and not _label_line(after):
            return _all_names(after)
        if last in words.CLAUSE_ENDS + words.CLOSERS or after[0] in words.OPENERS:
            labelled = self._labelled or _label_line(before)
            kind = before[-1] in words.CLOSERS and NAME_END.split(after, maxsplit=1)[0] in words.GENERIC_TAILS
            if labelled and (kind or KINDS_OF_PLACES.match(after) is not None):
                return True
            return before[-1] in words.CLOSERS and self._full(previous)
        if _label_line(after) or NUMBER_LINE.fullmatch(before):
            return False
        goes_on = _names_go_on if self._labelled or _label_line(before) else self._sentence
        return self._full(previous) or goes_on(before, after)

    def _full(self, line: Line) -> bool:
        return self._wrap is not None and line.width >= self._wrap - WRAP_SLACK

    def _sentence(self, before: str, after: str) -> bool:
        """Whether an unfinished line is running text, not a title or a heading on its own line."""
        marker = marker_at(before, 0)
        if marker is not None and not re.search(r"[。；]", before):
            return len(before) > HEADING_LINE or (marker.style in self._run_in and "。" in after)
        listed = before.count("、") > 1 and _name_breaks(before, after)
        return len(before) >= LONG_LINE and (listed or PUNCTUATED.search(before) is not None)


def _run_in_styles(lines: list[Line]) -> frozenset[str]:
    """Heading styles whose headings are mostly followed by text on the same line."""
    with_text: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for line in lines:
        marker = marker_at(line.text, 0)
        if marker is not None:
            (with_text if "。" in line.text[:-1] else alone)[marker.style] += 1
    return frozenset(style for style, count in with_text.items() if count > alone[style])


def _names_go_on(before: str, after: str) -> bool:
    """Whether the names after a label go on in the next line: it ends the last one or is all names."""
    if _name_breaks(before, after):
        return True
    names = _names_in(after)
    return len(names) > 1 and all(units.is_unit(name) for name in names[:-1])


def _name_breaks(before: str, after: str) -> bool:
    """Whether a line ends inside a name that the next line completes.

    No paragraph is a name with a number behind it, so such a name goes on from the line above.
    """
    last, first = NAME_CUT.split(before)[-1], NAME_END.split(after, maxsplit=1)[0]
    if not units.is_unit(last + first):
        return False
    # no paragraph is a name with a number behind it
    numbered = marker_at(after, len(first)) is not None
    return not units.is_body(last) or numbered or first in words.GENERIC or _inner_body(last, first)


def _inner_body(last: str, first: str) -> bool:
    """县委 and 宣传部, 某银行 and 某县支行: the second is a part of the first, no body of its own."""
    if first.endswith(words.BRANCHES):
        return True
    own = first[:1] in (*words.LEVEL_CHARACTERS, "各", "有", "相")
    return last.endswith(("委", "政府")) and units.is_body(first) and not own


def _all_names(text: str) -> bool:
    """Whether a line is nothing but names, as under a label that stands on a line of its own."""
    names = _names_in(re.split("[；;]", text, maxsplit=1)[0])
    whole = names[:-1] or names  # the last of several may go on in the line after
    return bool(names) and all(units.is_unit(name) for name in whole)


def _names_in(text: str) -> list[str]:
    """The pieces of a line between separators; none of a sentence."""
    return [] if "。" in text[:-1] else [name for name in NAME_CUT.split(text.rstrip("。")) if name]


def _announces(text: str) -> bool:
    """Whether the last sentence of a line is a list behind a label."""
    begin = text.rfind("。") + 1
    labels = (label_before(text, colon.start(), begin) for colon in COLON.finditer(text, begin))
    return any(label is not None and label[1] != words.OTHER for label in labels)


def _label_line(text: str) -> bool:
    """Whether a line begins with a label such as 责任单位：."""
    head = text[: LABEL_LINE + 1].lstrip("（([［【")
    colon = max(head.find("："), head.find(":"))
    return colon > 0 and label_kind(head[:colon]) is not None
