"""What rests on what, and whether it still stands on a day. Numbers and days in, words out; nothing stored.

A clause is known by the 文号 of its document and its number in it, whichever side wrote it down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

#: 文号 and number of the clause.
type Key = tuple[str, str]
type Edges = Mapping[Key, Sequence[Key]]

#: From the top: a clause rests on one of its own level or above.
LEVELS = ("nation", "province", "city", "county")
IN_FORCE, NOT_YET, EXPIRED, ENDED = "in_force", "not_yet", "expired", "ended"
#: What nothing may rest on any more.
GONE = frozenset({EXPIRED, ENDED})
CLAUSE_GONE, TASK_GONE, RULE_GONE = "basis_gone", "task_basis_gone", "rule_source_gone"
#: What may stand before a 文号 without being part of it.
_LEADS = ("依据", "根据", "按照", "依照", "按", "据", "见", "及", "和", "与", "以")


@dataclass(frozen=True, slots=True)
class Days:
    """From when to when a document says it holds. Shape: `valid_to` the last day, none for ever."""

    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a document or a clause. Shape: `clause` "" for the whole; `by` 文号 of what follows."""

    number: str
    clause: str
    on: date
    by: str = ""

    def ends(self, key: Key, day: date) -> bool:
        return self.number == key[0] and self.clause in {"", key[1]} and day >= self.on


def ending_of(key: Key, endings: Iterable[Ending], day: date) -> Ending | None:
    """The first end of a clause by `day`; of the document itself with an empty number."""
    return min((one for one in endings if one.ends(key, day)), key=lambda one: one.on, default=None)


def standing(key: Key, days: Days, endings: Iterable[Ending], day: date) -> str:
    """One word: ended by another document before anything the document says of itself."""
    if ending_of(key, endings, day) is not None:
        return ENDED
    if days.valid_to is not None and day > days.valid_to:
        return EXPIRED
    return NOT_YET if day < days.valid_from else IN_FORCE


def walked(start: Key, edges: Edges) -> list[tuple[int, Key]]:
    """What `edges` reach from `start`: distance and clause, the near first, each once; ends in any graph."""
    seen, found, ring, depth = {start}, [], [start], 0
    while ring:
        depth += 1
        ahead = []
        for one in ring:
            for other in edges.get(one, ()):
                if other not in seen:
                    seen.add(other)
                    ahead.append(other)
        found += [(depth, one) for one in ahead]
        ring = ahead
    return found


def turned(edges: Edges) -> dict[Key, list[Key]]:
    """The same relations read from the other end."""
    found: dict[Key, list[Key]] = {}
    for lower, uppers in edges.items():
        for upper in uppers:
            found.setdefault(upper, []).append(lower)
    return found


def closes_circle(lower: Key, upper: Key, edges: Edges) -> bool:
    """Whether `lower` resting on `upper` makes a clause rest on itself; `edges` may hold this one already."""
    return lower == upper or any(one == lower for _depth, one in walked(upper, edges))


def is_below(lower: str, upper: str) -> bool:
    """Whether a document of level `lower` may rest on one of level `upper`."""
    return LEVELS.index(upper) <= LEVELS.index(lower)


def cited(source: str, known: Mapping[str, Iterable[str]]) -> Iterator[Key]:
    """Which documents a text rests on, as far as it tells; with the clause that stands right behind.

    Shape: `known` 文号 → numbers of its clauses. A 文号 within a longer one is not meant:
    委农组〔2021〕3号 in 斗委农组〔2021〕3号.
    """
    for number, clauses in known.items():
        at = source.find(number)
        while at >= 0:
            before, rest = source[:at], source[at + len(number) :].lstrip(" 》」第")
            if _begins(before):
                fitting = [one for one in clauses if one and _is_clause(rest, one)]
                yield number, max(fitting, key=len, default="")
            at = source.find(number, at + 1)


def _begins(before: str) -> bool:
    return not before or before.endswith(_LEADS) or not (before[-1].isalnum())


def _is_clause(rest: str, number: str) -> bool:
    """Whether a text goes on with this clause: not 1 where 12 stands."""
    following = rest[len(number) : len(number) + 1]
    return rest.startswith(number) and not (number[-1].isdigit() and following.isdigit())
