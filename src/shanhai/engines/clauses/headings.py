"""Numbers of clauses: 第一章, 一、, （一）, 1., （1）, ①.

`markers` proposes, `accepted` disposes: a number is a heading where a line begins with it, or where a
sentence has ended and the number is the next one in its row, because a document may come without any
paragraph breaks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shanhai.engines.clauses import words
from shanhai.engines.clauses.numerals import numeral, value_of
from shanhai.engines.clauses.phrases import COLON, label_before

CHAPTER, ARTICLE, FIRST, SECOND, THIRD, FOURTH, FIFTH = "章", "条", "一、", "（一）", "1.", "（1）", "①"
PART, VOLUME, DIVISION = "部分", "编", "节"
ORDINAL = (PART, VOLUME, CHAPTER, DIVISION, ARTICLE)
RANKS = {
    PART: 0,
    VOLUME: 0,
    CHAPTER: 1,
    DIVISION: 2,
    ARTICLE: 3,
    FIRST: 4,
    SECOND: 5,
    THIRD: 6,
    FOURTH: 7,
    FIFTH: 8,
}
_N = f"[{words.NUMERALS}]{{1,5}}"
MARKER = re.compile(
    rf"第(?P<ordinal>{_N}|\d{{1,3}})(?P<kind>部分|[编章节条])(?=[\s、：:，（【\u4e00-\u9fff])"
    rf"|(?P<first>{_N})(?:\s?[、．]|\.(?!\d))(?![一二三四五六七八九十][、产级类期批次线个])"
    rf"|[（(〔]\s{{0,2}}(?P<second>{_N})\s{{0,2}}[)）〕]、?"
    r"|(?P<third>\d{1,3})(?:\s?[、．]|\.(?!\d)|\.(?=(?:19|20)\d\d年))"
    r"|[（(]\s{0,2}(?P<fourth>\d{1,3})\s{0,2}[)）]"
    r"|(?P<half>\d{1,2})[)）](?=[\u4e00-\u9fff“])"
    r"|(?P<sign>[①-⑳⑴-⒇⒈-⒛㈠-㈩])"
)
SIGNS = (("①", FIFTH), ("⑴", FOURTH), ("⒈", THIRD), ("㈠", SECOND))
SIGNS_IN_ROW = 20
GROUPS = (("first", FIRST), ("second", SECOND), ("third", THIRD), ("fourth", FOURTH), ("half", FOURTH))
MAX_HEADING = 60
MAX_RUN = 70  # how far a heading without a full stop may reach before its first sub-number
TWO = 2
MAX_ITEM = 400  # how far an item of a row of one is read for its full stop
MAX_LABELLED = 400
UNIT_LABELS = (words.LEAD, words.SUPPORT, words.PLAIN)
FULL_STOPS = re.compile(r"[。；;\n]")
PAUSES = re.compile("[，,、]")
REFERS = re.compile("[：:，,、第]$|第[^，。]{0,6}$|(?:围绕|按照|依据|根据|见|中|和|与|及)$")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number that may begin a clause: its style, its value and its span in the flow."""

    style: str
    value: int
    start: int
    end: int

    @property
    def rank(self) -> int:
        return RANKS[self.style]

    @property
    def written(self) -> str:
        """The number the way a citation writes it, in one bracket width."""
        if self.style in ORDINAL:
            return f"第{numeral(self.value)}{self.style}"
        if self.style == FIRST:
            return numeral(self.value)
        if self.style == SECOND:
            return f"（{numeral(self.value)}）"
        if self.style == FOURTH:
            return f"（{self.value}）"
        if self.style == FIFTH and self.value <= SIGNS_IN_ROW:
            return chr(ord("①") + self.value - 1)
        return str(self.value)


def marker_at(text: str, offset: int) -> Marker | None:
    """The number that begins at this offset, if any."""
    found = MARKER.match(text, offset)
    return None if found is None else _marker(found)


def markers(text: str) -> Iterator[Marker]:
    """Everything in the text that has the form of a clause's number."""
    for found in MARKER.finditer(text):
        marker = _marker(found)
        if marker is not None:
            yield marker


def _marker(found: re.Match[str]) -> Marker | None:
    span = (found.start(), found.end())
    if found["kind"]:
        value = value_of(found["ordinal"])
        return Marker(found["kind"], value, *span) if value else None
    if found["sign"]:
        for origin, style in SIGNS:
            if 0 <= ord(found["sign"]) - ord(origin) < SIGNS_IN_ROW:
                return Marker(style, ord(found["sign"]) - ord(origin) + 1, *span)
    for group, style in GROUPS:
        if found[group]:
            value = value_of(found[group])
            return Marker(style, value, *span) if value else None
    return None


def accepted(text: str, masked: list[tuple[int, int]]) -> list[Marker]:
    """The numbers that begin clauses, in reading order.

    Shape: `masked` are spans (rows of tables, lists of annexes) in which no number counts, in order.
    """
    reader = _HeadingReader(text)
    offered = list(_unmasked(text, masked))
    for marker, following in zip(offered, _following(offered), strict=True):
        reader.offer(marker, following)
    return reader.accepted


def _unmasked(text: str, masked: list[tuple[int, int]]) -> Iterator[Marker]:
    spans = iter([*masked, (len(text) + 1, len(text) + 1)])
    start, end = next(spans)
    for marker in markers(text):
        while marker.start >= end and end <= len(text):
            start, end = next(spans)
        if not start <= marker.start < end:
            yield marker


def _following(offered: list[Marker]) -> list[Marker | None]:
    """For every number the one after it: the next of its style, or the next of any style if its row ends."""
    following: list[Marker | None] = []
    later: dict[str, Marker] = {}
    nearest: Marker | None = None
    for marker in reversed(offered):
        same = later.get(marker.style)
        following.append(same if same is not None and same.value == marker.value + 1 else nearest)
        later[marker.style] = nearest = marker
    return following[::-1]


class _HeadingReader:
    """Keeps the numbers met so far, so that a number inside a line can be told from a reference."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last: dict[str, int] = {}
        self._ever: dict[str, int] = {}
        self.accepted: list[Marker] = []

    def offer(self, marker: Marker, following: Marker | None) -> None:
        at_start = marker.start == 0 or self._text[marker.start - 1] == "\n"
        if at_start or self._inside(marker, following):
            self._last[marker.style] = self._ever[marker.style] = marker.value
            for style, rank in RANKS.items():
                # 条 and （一） may run on through the whole document; others start anew
                if rank > marker.rank and style not in (ARTICLE, SECOND, THIRD):
                    self._last.pop(style, None)
            self.accepted.append(marker)

    def _inside(self, marker: Marker, following: Marker | None) -> bool:
        """Whether a number in the middle of a paragraph begins a clause all the same."""
        if not self._next_in_row(marker):
            return False
        before = self._before(marker)
        if self._ends_sentence(before):
            return True
        bare = before.rstrip(words.CLOSING_QUOTES)
        if not self.accepted:
            return marker.style in (CHAPTER, FIRST) and self._opens(marker, following, bare)
        return self._goes_on(self.accepted[-1], marker, following, bare)

    def _goes_on(self, current: Marker, marker: Marker, following: Marker | None, before: str) -> bool:
        """Whether a number after no full stop begins the clause after the current one, or its first part."""
        if self._after_open_list(current, marker, before) or self._after_label(current.end, marker):
            return True
        if before.endswith(("；", ";")):
            return current.style == marker.style and marker.value == current.value + 1
        if before.endswith(("：", ":")):
            return self._over(marker, following)
        return self._ends_heading(current, marker, following)

    def _before(self, marker: Marker) -> str:
        return self._text[max(marker.start - MAX_RUN, 0) : marker.start].rstrip(" \u3000")

    def _ends_sentence(self, before: str) -> bool:
        bare = before.rstrip(words.CLOSING_QUOTES)
        return bare.endswith(tuple(words.SENTENCE_ENDS)) or before.endswith(tuple(words.CLOSERS))

    def _opens(self, marker: Marker, following: Marker | None, before: str) -> bool:
        """Whether the first number of a document stands after its title, or has a second one to follow it."""
        if before.endswith((*words.TITLE_TAILS, "：", ":")):
            return True
        if following is None or (following.style, following.value) != (marker.style, TWO):
            return False
        return FULL_STOPS.search(self._text, marker.end, following.start) is not None

    def _over(self, marker: Marker, following: Marker | None) -> bool:
        """Whether what a number begins is a sentence, over where the following one stands.

        The items of 措施：1.修路。2.改厕。 are; those of 做好：（一）修路；（二）改厕 are parts of one.
        """
        if following is None or following.rank > marker.rank:
            return words.SENTENCE_ENDS[0] in self._text[marker.end : marker.end + MAX_ITEM]
        return self._ends_sentence(self._before(following)) or self._after_label(marker.end, following)

    def _after_open_list(self, current: Marker, marker: Marker, before: str) -> bool:
        """The next number after a list that nobody closed: …（甲、乙（二）…."""
        tail = before.rpartition("。")[2]
        opened = sum(tail.count(one) for one in words.OPENERS) > sum(tail.count(one) for one in words.CLOSERS)
        return opened and marker.rank <= current.rank and tail.endswith(words.STRONG)

    def _after_label(self, since: int, marker: Marker) -> bool:
        """The next number after a list behind a label: …。责任单位：甲、乙2.…."""
        begin = max(since, marker.start - MAX_LABELLED)
        tail = self._text[begin : marker.start].rpartition("。")[2]
        balanced = sum(map(tail.count, words.OPENERS)) == sum(map(tail.count, words.CLOSERS))
        if not balanced or tail.endswith(tuple(words.SEPARATORS)):
            return False
        labels = (label_before(tail, colon.start(), 0) for colon in COLON.finditer(tail))
        return any(label is not None and label[1] in UNIT_LABELS for label in labels)

    def _next_in_row(self, marker: Marker) -> bool:
        if marker.value == 1:
            return (
                not self.accepted
                or marker.rank > self.accepted[-1].rank
                or self._last.get(marker.style) is None
            )
        return marker.value - 1 in (self._last.get(marker.style, 0), self._ever.get(marker.style, 0))

    def _ends_heading(self, current: Marker, marker: Marker, following: Marker | None) -> bool:
        """一、总体要求（一）指导思想: the first sub-number ends a heading that has no full stop."""
        between = self._text[current.end : marker.start]
        first = marker.value == 1 or marker.style == SECOND
        short = 0 < len(between.strip()) <= MAX_RUN and FULL_STOPS.search(between) is None
        if not first or not short or marker.rank <= current.rank or REFERS.search(between):
            return False
        if not PAUSES.search(between):
            return True
        return self._over(marker, following)


CLAUSE_STOP = re.compile(r"[，,：:]")
RUN_IN_SPACE = re.compile(r"(?<![0-9A-Za-z])[ \u3000\t]+(?![0-9A-Za-z])")
MIN_HEADING_AFTER_SPACE = 15
MAX_SPACED_HEADING = 25


def _standard(sentence: str) -> str:
    """A heading that stands by itself, freed of the sentence behind it: 总体要求以…为指导."""
    for heading in words.STANDARD_HEADINGS:
        rest = sentence.removeprefix(heading)
        if rest != sentence and len(rest) > len(heading) and rest.startswith(words.HEADING_FOLLOWERS):
            return heading
    return sentence


def heading_of(text: str) -> str | None:
    """The heading in a clause's own text after its number, lists of units already cut off; None if it has
    none.
    """
    paragraph, _, _ = text.lstrip("、．. \u3000\t").partition("\n")
    sentence = re.split(r"[。；;！]", paragraph, maxsplit=1)[0].strip()
    spaced = RUN_IN_SPACE.split(sentence, maxsplit=1)
    rest_length = len(paragraph) - len(spaced[0])
    short = 1 < len(spaced[0]) <= MAX_SPACED_HEADING and not CLAUSE_STOP.search(spaced[0])
    if len(spaced) > 1 and short and rest_length > MIN_HEADING_AFTER_SPACE:
        sentence = spaced[0]
    head, colon, rest = sentence.partition("：")
    if colon and rest and head and "，" not in head:
        sentence = head
    if len(sentence) > MAX_HEADING:
        sentence = CLAUSE_STOP.split(sentence, maxsplit=1)[0]
    sentence = _standard(sentence).rstrip("：: \u3000")
    return sentence if 0 < len(sentence) <= MAX_HEADING else None
