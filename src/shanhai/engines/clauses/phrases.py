"""The inside of a list of units: which words are names, and which role each name has.

    甲牵头，乙、丙等部门按职责分工负责
    牵头单位：甲；责任单位：乙、丙
    甲会同乙、丙和各县人民政府落实

A phrase is cut at separators and joining words, each piece is freed of the verb it ends in, and the verb
gives its role to the pieces since the verb before. Nothing here decides whether the whole is a list at all;
`lists` does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from shanhai.engines.clauses import units, words

BOUNDARY = re.compile(r"[、，,；;：:∶﹕。.．\s（(）)\[\]［］【】〔〕\d①-⑳★☆※●■▲—·]")
SEPARATOR = re.compile(f"[{words.SEPARATORS}。\n\t]")
COLON = re.compile("[：:∶﹕]")
MAX_LABEL = 14
MAX_GLUED = 40  # a label and the name it is glued to
MAX_VERB_LABEL = 4  # 牵头：, 市级牵头：; anything longer is a unit with its verb
MIN_RIGHT = 2
MAX_PIECE = 240  # a longer run without separators is a sentence, not names
VERBS = sorted(words.VERBS, key=lambda pair: -len(pair[0]))
VERB_ENDINGS = tuple(verb for verb, _ in VERBS)
ADVERBS = tuple(sorted(words.ADVERBS, key=len, reverse=True))
ET_CETERA = re.compile(words.ET_CETERA)
MAX_OTHERS = 12
JOINER = re.compile("|".join(words.JOINERS))
JOINING_PLACES = tuple(
    place for place in words.PLACES if len(place) >= MIN_RIGHT and place not in ("乡镇", "地区")
)
INNER_LEAD = re.compile("牵头(?!单位|部门|领导)")
BLANK_OR_SLASH = re.compile(r"[ \u3000]+(?![（(\[［〔])|[/／]")
REMARK = re.compile(r"[（(]([^（()）]{1,60})[)）]$")
STRENGTH = (words.LEAD, words.SUPPORT, words.PLAIN)

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a list with its span in the flow; `role` is lead, support or plain (the list decides)."""

    name: str
    start: int
    end: int
    role: str
    verb: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A span between separators, with the role its own verb gives and whether 会同 stands before it.

    Shape: `remark` is the role that a bracket behind the name gives to this name only.
    """

    start: int
    end: int
    role: str | None = None
    joined: bool = False
    remark: str | None = None


@lru_cache(maxsize=4096)
def label_kind(label: str) -> str | None:
    """What a word before a colon announces: lead, support or plain units, persons, another matter, or
    nothing.
    """
    bare = units.INNER.sub("", label).strip()
    if not MIN_RIGHT <= len(bare) <= MAX_LABEL or bare.startswith("各") or BOUNDARY.search(bare):
        return None
    if any(word in bare for word in words.LABEL_PERSONS):
        return words.PERSON
    if bare.endswith(words.LABEL_TAILS) or (bare.endswith(words.LABEL_VERBS) and len(bare) <= MAX_VERB_LABEL):
        for kind, table in (
            (words.LEAD, words.LABEL_LEADS),
            (words.SUPPORT, words.LABEL_SUPPORTS),
            (words.PLAIN, words.LABEL_PLAINS),
        ):
            if any(word in bare for word in table):
                return kind
        return None
    return words.OTHER if any(bare.endswith(word) for word in words.LABEL_OTHERS) else None


def label_before(text: str, colon: int, floor: int) -> tuple[int, str] | None:
    """Start and kind of the label that ends at a colon, None if no label ends there."""
    while colon > floor and text[colon - 1] in " \u3000":
        colon -= 1
    start = _label_start(text, colon, floor)
    if colon - start > MAX_GLUED:
        return None
    glued = _glued(text, start, colon)
    if glued is not None:
        return glued
    kind = label_kind(text[start:colon])
    if kind is not None:
        return start, kind
    opened = max(text.rfind(one, max(floor, start - MAX_GLUED), start) for one in "（(")
    if opened < 0 or text[start - 1 : start] not in tuple("）)"):
        return None
    begin = _label_start(text, opened, floor)  # 责任部门（单位）, 牵头（责任）单位
    kind = label_kind(text[begin:opened] + text[start:colon])
    return None if kind is None or begin == opened else (begin, kind)


def _label_start(text: str, end: int, floor: int) -> int:
    """Where the run of characters that ends here begins, as far back as a label with a name may reach."""
    start = end
    while start > floor and end - start <= MAX_GLUED and not BOUNDARY.match(text, start - 1):
        start -= 1
    return start


def _glued(text: str, start: int, colon: int) -> tuple[int, str] | None:
    """A label right behind a name: 责任单位：县水务局完成时限：年底."""
    for begin in range(colon - MIN_RIGHT, max(colon - MAX_LABEL, start + MIN_RIGHT) - 1, -1):
        name = text[start:begin]
        named = name.endswith(words.STRONG + words.PLACES) and not name.startswith(words.LABEL_BEGINS)
        if not named or not units.is_unit(name):
            continue
        kind = label_kind(text[begin:colon])
        if kind is not None and not text.endswith(words.LABEL_VERBS, begin, colon):
            return begin, kind
    return None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A span and the label that announces it; `label` is empty for what stands before the first one."""

    label: str
    kind: str
    start: int
    end: int


class PhraseReader:
    """Reads names out of spans of one text. `known` says of a string that it is surely one name."""

    def __init__(self, text: str, known: Known) -> None:
        self._text = text
        self._known = known

    def mentions(self, start: int, end: int, kind: str = words.PLAIN) -> list[Mention]:
        """The names of one phrase, all after the same label or after none."""
        pieces = [piece for span in self._split(start, end) for piece in self._parts(*span)]
        return self._with_roles(self._merged(pieces), kind)

    def labelled(self, start: int, end: int, kind: str = words.PLAIN) -> list[Labelled]:
        """The parts of a span, each with the label before it; `kind` is that of the part before them all."""
        found: list[tuple[int, str, str, int]] = []
        for colon in COLON.finditer(self._text, start, end):
            label = label_before(self._text, colon.start(), start)
            if label is not None:
                written = self._text[label[0] : colon.start()].strip()
                found.append((label[0], written, label[1], colon.end()))
        stops = [begin for begin, *_ in found] + [end]
        parts = [Labelled("", kind, start, stops[0])]
        for (_, written, role, after), stop in zip(found, stops[1:], strict=True):
            parts.append(Labelled(written, role, after, stop))
        return parts

    def _split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans between separators that are not inside brackets of a name."""
        inner = _protected(self._text, start, end)
        at = start
        for found in SEPARATOR.finditer(self._text, start, end):
            if any(opened < found.start() < closed for opened, closed in inner):
                continue
            yield at, found.start()
            at = found.end()
        yield at, end

    def _parts(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of one span: cut at joining words and blanks, freed of prefixes and verbs."""
        start, end = self._trimmed(start, end)
        if end - start > MAX_PIECE or self._known(self._text[start:end]):
            yield Piece(start, end)
            return
        start, joined = self._without_prefix(start, end)
        bare, role = self._without_verb(start, end)
        bare, remark = self._without_remark(start, bare)
        cut = self._cut(start, bare)
        if cut is None:
            yield Piece(start, bare, role, joined, remark)
            return
        left, right, lead = cut
        for piece in self._parts(start, left):
            yield replace(
                piece, role=piece.role or (words.LEAD if lead else None), joined=joined or piece.joined
            )
        rest = list(self._parts(right, end))
        yield from (replace(piece, joined=piece.joined or lead) for piece in rest)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        blank = " \u3000\t\n\"'*★☆※●■▲"
        if self._text.count("“", start, end) != self._text.count("”", start, end):
            blank += "“”"
        while start < end and self._text[start] in blank:
            start += 1
        while end > start and self._text[end - 1] in blank:
            end -= 1
        return start, end

    def _without_prefix(self, start: int, end: int) -> tuple[int, bool]:
        for prefix in words.PREFIXES:
            if not self._text.startswith(prefix, start):
                continue
            after = start + len(prefix)
            rest = self._text[after:end]
            if (
                len(rest) > MIN_RIGHT
                and units.is_unit(self._bare(after, end))
                and not _names_itself(prefix, rest)
            ):
                return after, prefix in ("会同", "并会同", "联合")
        return start, False

    def _bare(self, start: int, end: int) -> str:
        return self._text[start : self._without_verb(start, end)[0]]

    def _without_verb(self, start: int, end: int) -> tuple[int, str | None]:
        """Where the name ends before its verbs, and the strongest role the verbs give."""
        roles: set[str] = set()
        while self._text.endswith(VERB_ENDINGS, start, end):
            if self._text.endswith(words.BODIES_AFTER_ALL, start, end):
                break
            found = next(pair for pair in VERBS if self._text.endswith(pair[0], start, end))
            end -= len(found[0])
            roles.add(found[1])
            end = self._without_tails(start, end, ADVERBS)
        others = ET_CETERA.search(self._text[max(start, end - MAX_OTHERS) : end])
        end = end if others is None else self._trimmed(start, end - len(others.group()))[1]
        return end, next((role for role in STRENGTH if role in roles), None)

    def _without_remark(self, start: int, end: int) -> tuple[int, str | None]:
        """县水务局（牵头）, 县水务局（列第一位的为牵头单位，下同）: the remark goes, a role in it stays."""
        found = REMARK.search(self._text[start:end])
        if found is None or not any(note in found[1] for note in words.NOTES):
            return end, None
        role = next((kind for verb, kind in VERBS if found[1] == verb), None)
        return self._trimmed(start, start + found.start())[1], role

    def _without_tails(self, start: int, end: int, tails: tuple[str, ...]) -> int:
        while True:
            tail = next((tail for tail in tails if self._text.endswith(tail, start, end)), None)
            if tail is None:
                return self._trimmed(start, end)[1]
            end -= len(tail)

    def _cut(self, start: int, end: int) -> tuple[int, int, bool] | None:
        """Where a span holds two names: end of the left, start of the right, whether the left one leads."""
        name = self._text[start:end]
        if self._known(name):
            return None
        inner = _protected(self._text, start, end)
        for found in JOINER.finditer(self._text, start, end):
            if any(opened < found.start() < closed for opened, closed in inner):
                continue
            if self._joins(start, found.start(), found.end(), end):
                return found.start(), found.end(), found.group() == "会同"
        lead = INNER_LEAD.search(self._text, start, end)
        if lead is not None and units.is_unit(self._bare(start, lead.start())):
            return lead.end(), lead.end(), False
        return self._blank(start, end)

    def _joins(self, start: int, left_end: int, right_start: int, end: int) -> bool:
        left, right = self._bare(start, left_end), self._bare(right_start, end)
        kind = JOINER.split(right, maxsplit=1)[0]
        if kind in words.GENERIC_TAILS or left in words.NATIONAL or not units.is_unit(right):
            return False
        return units.is_body(left) or left.endswith(JOINING_PLACES) or self._known(left)

    def _blank(self, start: int, end: int) -> tuple[int, int, bool] | None:
        found = BLANK_OR_SLASH.search(self._text, start, end)
        if found is None or not units.is_unit(self._bare(start, found.start())):
            return None
        return found.start(), found.end(), False

    def _merged(self, pieces: list[Piece]) -> list[Piece]:
        """各省、自治区、直辖市人民政府 is one name: what has no proper part belongs to the 各 before it."""
        merged: list[Piece] = []
        for piece in pieces:
            name = self._text[piece.start : piece.end]
            if merged and name and self._belongs(merged[-1], name):
                merged[-1] = replace(merged[-1], end=piece.end, role=piece.role)
            elif merged and self._level_alone(merged[-1], name):
                merged[-1] = replace(piece, start=merged[-1].start)
            else:
                merged.append(piece)
        return merged

    def _belongs(self, before: Piece, name: str) -> bool:
        if name in words.TAILS_ALONE:
            return before.role is None and units.is_group(self._text[before.start : before.end])
        return units.is_generic(name) and self._open_group(before)

    def _level_alone(self, before: Piece, name: str) -> bool:
        """中央 in 中央、省属驻市各单位."""
        level = self._text[before.start : before.end]
        return level in words.BARE_LEVELS and name[:1] in "省市区县州驻" and name.endswith(words.EXPLAINED)

    def _open_group(self, piece: Piece) -> bool:
        if piece.role is not None:
            return False
        parts = re.split("各级|各|有关|相关", self._text[piece.start : piece.end].rsplit("、", 1)[-1])
        whole = self._text[piece.start : piece.end]
        return (
            re.search("各|有关|相关", whole) is not None and units.INNER.sub("", parts[-1]) in words.GENERIC
        )

    def _with_roles(self, pieces: list[Piece], kind: str) -> list[Mention]:
        """Give every name the role of the verb that follows it, or the label's."""
        done: list[Mention] = []
        pending: list[Mention] = []
        follows = False
        for piece in pieces:
            name = self._text[piece.start : piece.end]
            follows = follows or piece.joined
            if name and name not in words.NOTHING:
                role = piece.remark or (words.SUPPORT if follows else words.PLAIN)
                pending.append(Mention(name, piece.start, piece.end, role))
            if piece.role is not None and not (name and not units.is_unit(name)):
                done.extend(_given(mention, piece.role) for mention in pending)
                pending, follows = [], False
        done.extend(pending)
        return [_labelled(mention, kind) for mention in done]


def _names_itself(prefix: str, rest: str) -> bool:
    """商 in 商务局 and 和 in 和平区 are parts of the name."""
    return (prefix == "商" and rest.startswith(("务", "业", "会", "城"))) or (
        prefix in ("和", "及", "与") and rest.startswith(("平", "田", "政", "林", "硕", "顺", "静", "县"))
    )


def _given(mention: Mention, role: str) -> Mention:
    return replace(mention, role=role if mention.role == words.PLAIN else mention.role, verb=True)


def _labelled(mention: Mention, kind: str) -> Mention:
    return replace(mention, role=kind) if mention.role == words.PLAIN else mention


def _protected(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Closed brackets inside a span; where an opening is left over, only those that hold kinds of places."""
    stack: list[int] = []
    closed: list[tuple[int, int]] = []
    surplus = False
    for found in re.compile(r"[（(）)［\[\]］【】〔〕〈〉﹝﹞]").finditer(text, start, end):
        if found.group() in words.OPENERS:
            stack.append(found.start())
        elif stack:
            closed.append((stack.pop(), found.start()))
        else:
            surplus = True
    if not stack and not surplus:
        return closed
    return [(opened, at) for opened, at in closed if places_only(text[opened + 1 : at])]


def places_only(inner: str) -> bool:
    """Whether a bracket holds nothing but kinds of places: （市、区）, （街道）."""
    return all(part in words.GENERIC for part in re.split("[、，,/]", inner))
