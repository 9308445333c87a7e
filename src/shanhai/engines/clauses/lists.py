"""Finds the lists of responsible units in rejoined text.

A list stands in brackets at the end of a sentence, or after a label such as 责任单位：. Far more brackets
are no lists: document numbers, explanations, kinds of places. A bracket is taken only for positive reasons:
a label, a verb such as 负责 after a unit, or nothing but names of bodies where a sentence has ended.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shanhai.engines.clauses import units, words
from shanhai.engines.clauses.brackets import Pair, outer_pairs
from shanhai.engines.clauses.phrases import (
    Known,
    Mention,
    PhraseReader,
    label_before,
    label_kind,
    places_only,
)

MAX_LIST = 2500
MAX_TAIL = 50
MAX_ITEM = 80
HARD_EXPLAINS = (
    "以下",
    "下称",
    "简称",
    "包括",
    "包含",
    "不含",
    "其中",
    "详见",
    "例如",
    "统称",
    "列第一位",
    "排在第一位",
    "第一责任",
    "排名第一",
    "排第一",
    "除标注",
    "具体见",
)
ENOUGH = 0.8
ENOUGH_WITH_VERB = 0.5
TWO = 2
COLONS = "：:∶﹕"
ANNOUNCING = re.compile(
    r"[：:∶﹕]|[】\]］][：:∶﹕ ]*(?=[^\n])|(?<=[单部主][位门体])[\t \u3000]+(?=[^\s：:∶﹕])"
)
FILLER = re.compile(r"[\s，,；;。、）)\]］】（(\[［【]*")
POINT = re.compile(
    r"第?[一二三四五六七八九十]{1,2}是|[①-⑳]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]"
)
DEADLINE = re.compile(r"\d{4}年|\d{1,2}月|[^，]{0,8}(?:底前|月底|年底|持续|长期|全年|常态|每[年月季])")
BRIEFLY = re.compile(  # 发改、财政等部门按职责分工负责
    r"[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6})+等(?:有关|相关)?部门.{0,8}(?:负责|牵头|落实|配合)"
)
NEXT_POINT = re.compile("[一二三四五六七八九]是|[①-⑳]")


@dataclass(frozen=True, slots=True)
class UnitList:
    """One list of responsible units: its span in the flow, its names with their roles, and what is wrong
    with it.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    labels: frozenset[str] = frozenset()
    closed: bool = True
    mismatched: bool = False
    cut: bool = False

    def resolved(self) -> "UnitList":
        """The list with every role decided: where nobody leads by a word, the first listed leads."""
        leads = any(mention.role == words.LEAD for mention in self.mentions)
        decided: list[Mention] = []
        for mention in self.mentions:
            role = mention.role
            if role == words.PLAIN:
                role = words.SUPPORT if leads else words.LEAD
                leads = True
            decided.append(replace(mention, role=role))
        unique = {units.fold(mention.name): mention for mention in reversed(decided)}
        return replace(self, mentions=tuple(sorted(unique.values(), key=lambda mention: mention.start)))


def find_lists(text: str, headings: Sequence[int], known: Known) -> list[UnitList]:
    """All lists of the text in reading order. Linear in its length.

    Shape: `headings` are the offsets where clauses begin, in order: an unclosed list ends there at the
    latest.
    """
    finder = _Finder(text, headings, known)
    found = sorted([*finder.bracketed(), *finder.labelled()], key=lambda one: one.start)
    return [one.resolved() for one in _merged(text, found) if one.mentions]


def _merged(text: str, found: list[UnitList]) -> Iterator[UnitList]:
    """Join 牵头单位：… and 责任单位：… that follow each other, on one line or on several."""
    current: UnitList | None = None
    for one in found:
        if current is not None and _continues(text, current, one):
            current = replace(
                current,
                end=one.end,
                mentions=current.mentions + one.mentions,
                labels=current.labels | one.labels,
                closed=current.closed and one.closed,
                mismatched=current.mismatched or one.mismatched,
                cut=one.cut,
            )
            continue
        if current is not None:
            yield current
        current = one
    if current is not None:
        yield current


def _continues(text: str, before: UnitList, after: UnitList) -> bool:
    if not before.labels or not after.labels or before.labels & after.labels:
        return False
    gap = text[before.end : after.start]
    return after.start >= before.end and len(gap) < MAX_LIST and FILLER.fullmatch(gap) is not None


def _no_name(name: str) -> bool:
    """A rule for reading the list, or the time by which its units have to be done."""
    return name.startswith(HARD_EXPLAINS) or DEADLINE.match(name) is not None


class _Finder:
    def __init__(self, text: str, headings: Sequence[int], known: Known) -> None:
        self._text = text
        self._headings = headings
        self._known = known
        self._reader = PhraseReader(text, known)
        self._taken: list[tuple[int, int]] = []

    def bracketed(self) -> Iterator[UnitList]:
        reach = -1
        for pair in outer_pairs(self._text):
            if pair.start < reach:
                continue
            found = self._from_pair(pair)
            if found is not None:
                reach = found.end
                self._taken.append((found.start, found.end))
                yield found

    def _from_pair(self, pair: Pair) -> UnitList | None:
        start, end = pair.inner
        unbalanced = False
        if not pair.closed:
            end, unbalanced = self._open_end(start, end)
        if not TWO <= end - start <= MAX_LIST or label_kind(self._text[start:end]):
            return None
        labels, mentions = self._clauses(start, end)
        whole = replace(pair, end=end + (1 if pair.closed or unbalanced else 0))
        good = (
            self._labelled_well(labels, mentions) if labels else self._named_well(whole, mentions, start, end)
        )
        if not good:
            return None
        closed = pair.closed or unbalanced
        vouched = bool(labels) or BRIEFLY.fullmatch(self._text, start, end) is not None
        fitting = tuple(one for one in mentions if (self._fits(one) if vouched else self._plausible(one)))
        return UnitList(
            pair.start, whole.end, fitting, labels, closed, pair.mismatched or unbalanced, not closed
        )

    def _open_end(self, start: int, end: int) -> tuple[int, bool]:
        """Where an unclosed list ends at the latest, and whether a closing bracket stands there after all."""
        at = bisect_left(self._headings, start)
        if at < len(self._headings):
            end = min(end, self._headings[at])
        end = min(end, start + MAX_LIST + 1)
        stop = self._text.find("。", start, end)
        end = end if stop < 0 else stop
        while end > start and self._text[end - 1] in " \n\u3000":
            end -= 1
        return (end - 1, True) if self._swallowed(start, end) else (end, False)

    def _swallowed(self, start: int, end: int) -> bool:
        """Whether the last bracket closes the list although a bracket inside it took it:
        （甲、各镇（街道、乙）.
        """
        if self._text[end - 1 : end] not in tuple(words.CLOSERS):
            return False
        opened = max(self._text.rfind(one, start, end) for one in words.OPENERS)
        inner = self._text[opened + 1 : end - 1]
        return opened >= 0 and any(one in inner for one in words.SEPARATORS) and not places_only(inner)

    def _clauses(self, start: int, end: int) -> tuple[frozenset[str], list[Mention]]:
        """The labels of a span and the names after each; names before the first label are plain."""
        before, *parts = self._reader.labelled(start, end)
        mentions = self._reader.mentions(before.start, before.end)
        # a rule for reading the list, such as 排在第一位的为牵头单位, may stand in it
        mentions = mentions[:1] + [one for one in mentions[1:] if not _no_name(one.name)]
        for part in parts:
            if part.kind not in (words.PERSON, words.OTHER):
                named = self._reader.mentions(part.start, part.end, part.kind)
                mentions += [one for one in named if self._fits(one)]
        return frozenset(part.label for part in parts), mentions

    def _fits(self, mention: Mention) -> bool:
        """Whether a word after a label can be a name at all; labels vouch for names of unusual form."""
        name = mention.name
        if self._known(name) or units.is_unit(name):
            return True
        return (
            units.MIN_NAME <= len(name) <= units.MAX_NAME
            and not any(word in name for word in words.SENTENCE_LIKE)
            and units.HAS_DIGIT.search(name) is None
        )

    def _plausible(self, mention: Mention) -> bool:
        """Whether a word of a list that no label vouches for is taken: a unit, or a name with its verb."""
        return self._unit(mention) or (mention.verb and self._fits(mention))

    def _labelled_well(self, labels: frozenset[str], mentions: list[Mention]) -> bool:
        kinds = {label_kind(label) for label in labels}
        if sum(label_kind(one.name) is not None for one in mentions) * TWO > len(mentions):
            return False  # 牵头单位 责任单位 完成时限 is the head of a table
        return bool(kinds & {words.LEAD, words.SUPPORT, words.PLAIN}) and any(
            self._unit(one) for one in mentions
        )

    def _unit(self, mention: Mention) -> bool:
        return self._known(mention.name) or units.is_unit(mention.name)

    def _named_well(self, pair: Pair, mentions: list[Mention], start: int, end: int) -> bool:
        """Whether unlabelled brackets hold responsible units, by their words and by where they stand."""
        content = self._text[start:end]
        verb = any(one.verb for one in mentions)
        if BRIEFLY.fullmatch(content):
            return self._at_pause(pair, content)
        if not mentions or content.startswith(HARD_EXPLAINS):
            return False
        if content.startswith(words.EXPLAINS) and not (verb or units.is_body(mentions[0].name)):
            return False
        judged = mentions if pair.closed or len(mentions) == 1 else mentions[:-1]
        share = sum(1 for one in judged if self._unit(one)) / len(judged)
        bodies = sum(1 for one in mentions if units.is_body(one.name) or self._known(one.name))
        if verb:
            leads = mentions[0].verb and units.is_body(mentions[0].name)
            return (share >= ENOUGH_WITH_VERB or leads) and self._at_pause(pair, content)
        enough = bodies * TWO >= len(judged) or (self._ended(pair) and len(mentions) > 1)
        return share >= ENOUGH and enough and self._at_end(pair, len(mentions))

    def _before(self, pair: Pair) -> str:
        at = pair.start
        while at > 0 and self._text[at - 1] in " \u3000":
            at -= 1
        return self._text[at - 1] if at else "\n"

    def _after(self, pair: Pair) -> str:
        at = pair.end
        while at < len(self._text) and self._text[at] in " \u3000":
            at += 1
        return self._text[at] if at < len(self._text) else "\n"

    def _ended(self, pair: Pair) -> bool:
        before = self._before(pair)
        return before in words.SENTENCE_ENDS + "；;\n" or (
            before in words.CLOSERS and self._after(pair) in "\n。"
        )

    def _at_pause(self, pair: Pair, content: str) -> bool:
        after = self._after(pair)
        if after in "，,、":
            return self._ended(pair) or not content.startswith("由")
        return self._ended(pair) or after in "。；;！\n" + words.OPENERS or self._heading_next(pair)

    def _at_end(self, pair: Pair, count: int) -> bool:
        after = self._after(pair)
        if self._ended(pair):
            opens = self._before(pair) == "\n" and not self._after_sentence(pair)
            return (
                after not in "，,、" and not (opens and after != "\n") and (count >= TWO or self._stops(pair))
            )
        said = self._text[max(pair.start - TWO, 0) : pair.start]
        stops = after in "。；;\n" or self._heading_next(pair)
        return stops and said not in words.EXPLAINED and (count >= TWO or self._whole_item(pair))

    def _after_sentence(self, pair: Pair) -> bool:
        """Whether the line above a bracket that begins a line ends a sentence, or a clause follows it."""
        above = self._text[max(pair.start - MAX_ITEM, 0) : pair.start].rstrip()
        return above.endswith(tuple(words.SENTENCE_ENDS)) or self._heading_next(pair)

    def _whole_item(self, pair: Pair) -> bool:
        """推进某项改革（市某局） as a whole numbered line or point: one body of some level is its duty."""
        if self._text[pair.inner[0]] not in words.LEVEL_CHARACTERS:
            return False
        since = max(pair.start - MAX_ITEM, 0)
        point = max(self._text.rfind(stop, since, pair.start) for stop in "。；;：:\n")
        if point >= 0 and POINT.match(self._text, point + 1) and self._after(pair) in "。；;":
            return True
        begin = self._text.rfind("\n", since, pair.start) + 1
        at = bisect_left(self._headings, begin)
        numbered = at < len(self._headings) and self._headings[at] == begin
        return numbered and self._after(pair) == "\n"

    def _stops(self, pair: Pair) -> bool:
        if NEXT_POINT.match(self._text, pair.end):
            return True
        return self._after(pair) in "\n。" + words.OPENERS or self._heading_next(pair)

    def _heading_next(self, pair: Pair) -> bool:
        at = bisect_left(self._headings, pair.end)
        return at < len(self._headings) and not self._text[pair.end : self._headings[at]].strip()

    def labelled(self) -> Iterator[UnitList]:
        """Lists after a label outside brackets; must run after `bracketed`."""
        taken = iter([*self._taken, (len(self._text) + 1, len(self._text) + 1)])
        start, end = next(taken)
        reach = 0
        for at, after in self._announcements():
            while at >= end:
                start, end = next(taken)
            if at < reach or start <= at:
                continue
            stop = self._stop(after)
            reach = stop
            found = self._run(at, after, stop)
            if found is not None:
                yield found

    def _announcements(self) -> Iterator[tuple[int, int]]:
        """Start of a label and start of what follows it: 责任单位：甲 and 【责任单位】甲."""
        for found in ANNOUNCING.finditer(self._text):
            if found.group()[0] not in "】]］":
                label = label_before(self._text, found.start(), max(found.start() - MAX_LIST, 0))
                if label is not None:
                    yield label[0], found.end()
                continue
            opened = max(self._text.rfind(one, max(found.start() - 15, 0), found.start()) for one in "【[［")
            if opened >= 0 and label_kind(self._text[opened + 1 : found.start()]):
                yield opened, found.end()

    def _stop(self, after: int) -> int:
        heading = bisect_left(self._headings, after)
        end = self._headings[heading] if heading < len(self._headings) else len(self._text)
        return min(self._run_end(after), end)

    def _run(self, at: int, after: int, stop: int) -> UnitList | None:
        label = self._text[at:after].strip(COLONS + "【】[]［］\t \u3000")
        kind = label_kind(label)
        labels, mentions = self._clauses(at, stop) if self._text[after - 1] in COLONS else (frozenset(), [])
        if not labels and kind is not None:
            labels, mentions = frozenset({label}), self._reader.mentions(after, stop, kind)
        if kind in (words.PERSON, words.OTHER) and not mentions:
            return UnitList(at, stop, (), labels)
        if not self._labelled_well(labels, mentions):
            return None
        return UnitList(
            at, stop, tuple(mentions), labels, mismatched=self._stray(stop), cut=self._cut_off(stop, mentions)
        )

    def _run_end(self, after: int) -> int:
        """End of the sentence or line, or a closing bracket that nothing in the run opens."""
        depth = 0
        limit = min(len(self._text), after + MAX_LIST)
        for found in re.compile(r"[。\n（()）\[\]［］【】]").finditer(self._text, after, limit):
            character = found.group()
            if character in words.OPENERS:
                if character in "【[［" and depth == 0:
                    return found.start()
                depth += 1
            elif character in words.CLOSERS and depth:
                depth -= 1
            elif character not in words.CLOSERS or depth == 0:
                return found.start()
        return limit

    def _stray(self, stop: int) -> bool:
        return self._text[stop : stop + 1] in tuple(words.CLOSERS)

    def _cut_off(self, stop: int, mentions: list[Mention]) -> bool:
        written = self._text[max(stop - MAX_TAIL, 0) : stop].rstrip()
        return written[-1:] in tuple("、，,") or (stop >= len(self._text) and not self._unit(mentions[-1]))
