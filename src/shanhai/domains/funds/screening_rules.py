"""Screening of projects: the negative list, and the same thing paid for twice. Values only."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

NEGATIVE, DUPLICATE = "negative", "duplicate"
WHOLE = 100  # per cent
#: What every name has and what says nothing of the thing itself.
_EMPTY_WORDS = re.compile(r"项目|工程|建设|新建|一处|配套|附属设施|[\s，。、；（）()《》“”]")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the list in force. Shape: `by` is term, category or account."""

    by: str
    sought: str
    forbidden: str


@dataclass(frozen=True, slots=True)
class Screened:
    """What the screening looks at in a project. Shape: `places` are names that are taken out of texts."""

    id: Hashable
    code: str
    name: str
    year: str = ""
    content: str = ""
    kind: str = ""
    kind_label: str = ""
    account_code: str = ""
    place_id: Hashable = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """Something found. `key` stays the same while it is the same thing; `other` is the row it is like."""

    project: Hashable
    code: str
    key: str
    sentence: str
    other: Hashable = None


def forbidden(one: Screened, items: Iterable[Item]) -> Iterator[Objection]:
    """What the list says against a project."""
    for item in items:
        if not item.sought:
            continue
        where = _where(one, item)
        if where:
            sentence = f"{where}“{item.sought}”，属负面清单“{item.forbidden}”。"
            yield Objection(one.id, NEGATIVE, f"{NEGATIVE}:{item.by}:{item.sought}"[:120], sentence)


def _where(one: Screened, item: Item) -> str:
    match item.by:
        case "term" if item.sought in one.name:
            return "项目名称含"
        case "term" if item.sought in one.content:
            return "建设内容含"
        case "category" if item.sought in {one.kind, one.kind_label}:
            return "项目类别是"
        case "account" if one.account_code.startswith(item.sought):
            return "预算科目编码开头是"
    return ""


def plain(text: str, places: Sequence[str]) -> str:
    """A name without its places and without words that every project has."""
    for place in sorted(filter(None, places), key=len, reverse=True):
        text = text.replace(place, "")
    return _EMPTY_WORDS.sub("", text)


def likeness(first: str, second: str) -> int:
    """How alike two texts are. Unit: per cent, 0–100; symmetric, 100 for equal texts, 0 for empty ones.

    Shape: twice the pairs of neighbouring signs they share, of all they have (Dice).
    """
    if not first or not second:
        return 0
    if first == second:
        return WHOLE
    one, two = _pairs(first), _pairs(second)
    total = one.total() + two.total()
    return min(WHOLE - 1, 2 * (one & two).total() * WHOLE // total) if total else 0


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def duplicates(screened: Iterable[Screened], least: int) -> Iterator[Objection]:
    """Pairs in one place whose names or contents are alike, told at the later one (by year and code)."""
    by_place: dict[Hashable, list[Screened]] = defaultdict(list)
    for one in sorted(screened, key=lambda row: (row.year, row.code)):
        if one.place_id is None:
            continue
        for before in by_place[one.place_id]:
            if found := _alike(before, one, least):
                yield found
        by_place[one.place_id].append(one)


def _alike(before: Screened, one: Screened, least: int) -> Objection | None:
    names = likeness(plain(before.name, before.places), plain(one.name, one.places))
    contents = likeness(plain(before.content, before.places), plain(one.content, one.places))
    best = max(names, contents)
    if best < least:
        return None
    why = "名称" if names >= contents else "建设内容"
    place = one.places[0] if one.places else ""
    like = f"与 {before.year} 年“{before.name}”（{before.code}）同在{place}，{why}相似 {best}%，"
    return Objection(one.id, DUPLICATE, f"{DUPLICATE}:{before.id}", f"{like}可能重复安排资金。", before.id)
