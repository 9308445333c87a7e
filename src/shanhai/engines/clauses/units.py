"""Names of bodies: what looks like one, which are groups, which are known, which two are perhaps the same.

Suspicion is never acted upon here: two names are one unit only if a person or the register says so.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from shanhai.engines.clauses import words
from shanhai.engines.clauses.model import KnownUnit

CACHED = 8192  # a document names the same few hundred bodies again and again
MIN_NAME, MAX_NAME = 2, 45
MIN_CORE = 4  # one differing character says something only in a name longer than 财政, 民政
MIN_SHORT = 3
MAX_BUCKET = 400  # names compared pairwise; a document names a few hundred bodies at the very most
INNER = re.compile(r"[（(〔〈﹝][^（()）〔〕〈〉﹝﹞]{0,40}[)）〕〉﹞]")
ENDS_IN_BRACKET = re.compile(r"^(.{2,}?)[（(〔〈﹝][^（()）〔〕〈〉﹝﹞]{1,40}[)）〕〉﹞]$")
SPACE = re.compile(r"\s+")
PLACE_LEVEL = re.compile(r"^(?:.{1,6}?(?:省|市|县|自治区|州))?(?:国家|全国|中国|省|市|区|县|州|旗)?")
HAS_DIGIT = re.compile(r"\d{2}|\d年|\d月")


@lru_cache(maxsize=CACHED)
def fold(name: str) -> str:
    """A name without spaces and with brackets of one width: equal folds are the same written name."""
    return SPACE.sub("", name).replace("(", "（").replace(")", "）")


@lru_cache(maxsize=CACHED)
def is_body(name: str) -> bool:
    """Whether a string ends as the name of a body does, by itself."""
    bare = _without_bracket(name)
    if not _plausible(bare):
        return False
    return bare.endswith(words.STRONG) or is_group(bare)


@lru_cache(maxsize=CACHED)
def is_unit(name: str) -> bool:
    """Whether a string may be a unit beside others or before a verb: a body, a place or a group."""
    bare = _without_bracket(name)
    return is_body(name) or (_plausible(bare) and bare.endswith(words.PLACES))


def _without_bracket(name: str) -> str:
    found = ENDS_IN_BRACKET.match(name)
    return INNER.sub("", name) if found is None else found[1]


def _plausible(name: str) -> bool:
    if not MIN_NAME <= len(name) <= MAX_NAME or HAS_DIGIT.search(name):
        return False
    if name.endswith(words.NOT_BODIES) and not (name[0] == "各" or name.endswith(words.BODIES_AFTER_ALL)):
        return False
    return not any(word in name for word in words.SENTENCE_LIKE)


@lru_cache(maxsize=CACHED)
def is_group(name: str) -> bool:
    """Whether a name stands for several units: 各镇（街道）, 市直有关部门, 县（市、区）人民政府."""
    bare = INNER.sub("", fold(name))
    for level in words.LEVELS:
        if bare.startswith(level) and any(bare[len(level) :].startswith(word) for word in words.GROUP_WORDS):
            return True
    if bare.startswith(words.GROUP_WORDS) or bare.endswith(words.GROUP_TAILS):
        return True
    if (
        "各" in bare[1:]
        or "有关部门" in bare
        or "相关部门" in bare
        or "有关单位" in bare
        or "相关单位" in bare
    ):
        return True
    return is_generic(bare)


def is_generic(name: str) -> bool:
    """Whether a name has no proper part, as 县人民政府 or 街道 in 各镇、街道."""
    bare = INNER.sub("", fold(name))
    if bare in words.GENERIC:
        return True
    return any(bare.endswith(tail) and bare[: -len(tail)] in words.GENERIC for tail in words.GENERIC_TAILS)


class Register:
    """Known units by every way they are written."""

    def __init__(self, units: Sequence[KnownUnit] = ()) -> None:
        self._by_name: dict[str, KnownUnit] = {}
        for unit in units:
            for name in (unit.name, *unit.aliases):
                self._by_name.setdefault(fold(name), unit)

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def find(self, name: str) -> KnownUnit | None:
        """The unit that is written exactly so, brackets of either width."""
        return self._by_name.get(fold(name))

    def names(self) -> Iterator[str]:
        """The names of all known units, each once."""
        return iter(dict.fromkeys(unit.name for unit in self._by_name.values()))


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two names that are perhaps one unit, and why."""

    first: str
    second: str
    reason: str


def suspected_aliases(lists: Iterable[Sequence[str]]) -> list[Suspicion]:
    """Pairs of names in a document that are perhaps one unit. 疑似同一单位

    Shape: names that stand side by side in one list are held to be different. Cost is quadratic only within
    `MAX_BUCKET` names that end alike.
    """
    together: set[tuple[str, str]] = set()
    names: dict[str, None] = {}
    for listed in lists:
        distinct = list(dict.fromkeys(fold(name) for name in listed if not is_group(name)))
        names.update(dict.fromkeys(distinct))
        together.update(pair for pair in combinations(sorted(distinct[:MAX_BUCKET]), 2))
    return [
        suspicion
        for suspicion in _similar(names)
        if _ordered(suspicion.first, suspicion.second) not in together
    ]


def _ordered(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _similar(names: Iterable[str]) -> Iterator[Suspicion]:
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in names:
        buckets[_shortened(_detached(name))[-1:]].append(name)
    for bucket in buckets.values():
        for first, second in combinations(bucket[:MAX_BUCKET], 2):
            reason = alias_reason(first, second)
            if reason:
                yield Suspicion(first, second, reason)


def alias_reason(first: str, second: str) -> str:
    """Why two different names are perhaps one unit, empty if nothing says so."""
    short, long = sorted((fold(first), fold(second)), key=len)
    if short == long:
        return ""
    if _detached(long) == _detached(short):
        return "只差“管委会”“人民政府”一类的后缀"
    short, long = sorted((_shortened(_detached(short)), _shortened(_detached(long))), key=len)
    if short == long:
        return "只是全称与简称之别"
    return next((reason for alike, reason in LIKENESSES if alike(short, long)), "")


def _detached(name: str) -> str:
    for tail in words.ATTACHED:
        bare = name.removesuffix(tail)
        if bare != name and (bare.endswith(words.PLACES) and not is_generic(bare)):
            return bare
    return name


def _shortened(name: str) -> str:
    for full, brief in words.FULL_ENDINGS:
        if name.endswith(full):
            return name.removesuffix(full) + brief
    return name


def _core(name: str) -> str:
    """A name without the place or level before it and the kind of body after it."""
    bare = name[_level_end(name) :]
    for tail in sorted(words.STRONG + words.PLACES, key=len, reverse=True):
        if bare.endswith(tail):
            return bare.removesuffix(tail)
    return bare


def _level_end(name: str) -> int:
    found = PLACE_LEVEL.match(name)
    return 0 if found is None else found.end()


def _one_differs(first: str, second: str) -> bool:
    if len(first) != len(second):
        return False
    places = [place for place, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    if len(places) != 1 or places[0] < max(_level_end(first), _level_end(second)):
        return False
    here, there = first[places[0]], second[places[0]]
    return not {here, there} <= set(words.ORDINALS) and min(len(_core(first)), len(_core(second))) >= MIN_CORE


def _adds_level(short: str, long: str) -> bool:
    if not long.endswith(short) or len(_core(short)) < MIN_NAME:
        return False
    added = long.removesuffix(short)
    bare = _level_end(short) == 0
    return bare and (added in words.NATIONAL or added[-1] in words.LEVEL_CHARACTERS)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the short name picks characters of the long one in order, with the same head and the same
    tail.
    """
    level = _level_end(long)
    if not MIN_SHORT <= len(short) < len(long) or short[:level] != long[:level] or short[-1] != long[-1]:
        return False
    inner = short[level:-1]
    if len(inner) < MIN_NAME or inner[0] != long[level]:
        return (
            _is_subsequence(inner, long[level:-1])
            and len(inner) >= MIN_NAME
            and long[level:-1].endswith(inner)
        )
    return _is_subsequence(inner, long[level:-1])


LIKENESSES: tuple[tuple[Callable[[str, str], bool], str], ...] = (
    (_one_differs, "只差一个字"),
    (_adds_level, "只差前面的地名或层级"),
    (_abbreviates, "一个像是另一个的简称"),
)


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)
