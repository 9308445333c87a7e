"""Some few objects of a term read again: their rows and what is tallied for these, by planned statements."""

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models

from shanhai.kernel.prepared import Planned, lines
from shanhai.kernel.scope import Side

from .columns import Column, packed, width_of
from .counted import columns_of, literal, rows_of_side
from .derived import tally_columns, tally_rows
from .terms import Term

#: A key that nobody has: where it stands in a statement, those asked for are put (`planned`).
ONE = UUID("ffffffff-ffff-4fff-bfff-fffffffffffe")
_LITERALS = (f"IN ('{ONE.hex}'::uuid)", f"IN ('{ONE}'::uuid)")
_KEYS = ("uuid[]", "uuid[]")


@dataclass(frozen=True)
class Few:
    """Objects by their own keys and by keys of rows that are theirs now."""

    objects: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()

    def __or__(self, other: "Few") -> "Few":
        return Few(self.objects | other.objects, self.rows | other.rows)

    def __bool__(self) -> bool:
        return bool(self.objects or self.rows)

    def __len__(self) -> int:
        return len(self.objects) + len(self.rows)


@dataclass(frozen=True)
class Record:
    """One row. Shape: times and what is tallied as bytes of their columns, the latter by tally."""

    owner: bytes
    key: bytes
    place: bytes
    weight: int
    times: bytes
    tallied: tuple[bytes, ...]


#: A term, the side, whether open rows only.
type Whose = tuple[Term, Side, bool]


def read_again(asked: Sequence[tuple[Whose, Few]]) -> list[list[Record]]:
    """All rows of these objects, the last word of each first; of all terms in one trip to the server."""
    plans = [_plans(*whose) for whose, _ in asked]
    keys = [(as_array(few.objects), as_array(few.rows)) for _, few in asked]
    # Terms that ask the same of the same objects share it.
    wanted = {
        (plan.name, own): (plan, own)
        for one, own in zip(plans, keys, strict=True)
        for plan in (one.rows, *one.tallies)
    }
    answers = zip(wanted, lines(list(wanted.values()), has_one_plan=True), strict=True)
    sent = {name: answer[0][0] or b"" for name, answer in answers}
    found = []
    for one, own in zip(plans, keys, strict=True):
        read = [sent[plan.name, own] for plan in (one.rows, *one.tallies)]
        found.append(one.read(read[0], read[1:]))
    return found


def as_array(keys: Iterable[str]) -> str:
    return "{%s}" % ",".join(sorted(keys))  # noqa: UP031  (braces)


@dataclass(frozen=True)
class _Plans:
    """How the rows of a term and its tallies are read."""

    rows: Planned
    tallies: Sequence[Planned]
    #: Bytes of a row's times, and of those of a tallied row.
    layout: struct.Struct
    tallied: Sequence[struct.Struct]
    is_weighed: bool
    rank: Callable[[Sequence[Any]], Any] | None

    def read(self, sent: bytes, tallied: Sequence[bytes]) -> list[Record]:
        by_row = [_by_row(one, layout) for one, layout in zip(tallied, self.tallied, strict=True)]
        values = list(self.layout.iter_unpack(sent))
        if self.rank:
            values.sort(key=self.rank)
        found = []
        for key, place, times, *rest in values:
            weight = rest.pop(0) if self.is_weighed else 1
            own = tuple(one.get(key, b"") for one in by_row)
            found.append(Record(rest[0] if self.rank else key, key, place, weight, times, own))
        return found


def _by_row(sent: bytes, layout: struct.Struct) -> dict[bytes, bytes]:
    """The times of what is tallied for each row, in an order of their own."""
    found: dict[bytes, list[bytes]] = {}
    for row, times in layout.iter_unpack(sent):
        found.setdefault(row, []).append(times)
    return {row: b"".join(sorted(times)) for row, times in found.items()}


@lru_cache(maxsize=1024)
def _plans(term: Term, side: Side, is_open: bool) -> _Plans:
    objects, by_object = objects_asked(term), {f"{term.object_path}__in": [ONE]}
    columns = columns_of(term)
    tallied = [struct.Struct(f"16s16x{_times(tally_columns(one))}s") for one in term.tallies.values()]
    return _Plans(
        planned(rows_of_side(term, side, is_open=is_open).filter(**by_object), objects, columns),
        tallies_again(term),
        struct.Struct(">16s16s" + f"{_times(columns)}s" + "".join(_format(term, columns))),
        tallied,
        "weight" in columns,
        _rank(term) if term.is_distinct else None,
    )


def tallies_again(term: Term) -> list[Planned]:
    """What is tallied for the rows of objects asked for."""
    own: models.QuerySet[Any, Any] = term.model._base_manager.filter(**{f"{term.object_path}__in": [ONE]})
    keys = f"ARRAY({_with(own.order_by().values('pk'), objects_asked(term))})"
    return [
        planned(tally_rows(tally).filter(**{f"{tally.through}__in": [ONE]}), keys, tally_columns(tally))
        for tally in term.tallies.values()
    ]


def _times(columns: Mapping[str, Column]) -> int:
    return sum(width_of(column) for name, column in columns.items() if name.startswith("time"))


def _format(term: Term, columns: Mapping[str, Column]) -> list[str]:
    """Of weight and order, which stand behind the times."""
    behind = [column for name, column in columns.items() if name.startswith(("weight", "order"))]
    return ["q" if one.kind == ">i8" else f"{width_of(one)}s" for one in behind]


def _rank(term: Term) -> Callable[[Sequence[Any]], Any]:
    """The order of `counted.as_rows`, of values of the layout."""
    is_descending = [path.startswith("-") for path in term.ranking[1:]]

    def rank(values: Sequence[Any]) -> Any:
        order = values[3:]
        words = [
            word if isinstance(word, int) else int.from_bytes(word) * (-1 if down else 1)
            for word, down in zip(order[1:], is_descending, strict=True)
        ]
        return order[0], *words, -int.from_bytes(values[0])

    return rank


def planned(rows: models.QuerySet[Any, Any], keys: str, columns: Mapping[str, Column]) -> Planned:
    return Planned(packed(_with(rows, keys), columns), _KEYS)


def objects_asked(term: Term) -> str:
    """SQL of the objects asked for, with those of the rows asked for."""
    if term.object_path == "pk":
        return "$1 || $2"
    own = term.model._base_manager.filter(pk__in=[ONE]).order_by().values(term.object_path)
    return f"$1 || ARRAY({_with(own, '$2')})"


def _with(rows: models.QuerySet[Any, Any], keys: str) -> str:
    """The statement of some rows with keys to be asked for. Errors: LookupError."""
    statement = literal(rows)
    places = [one for one in _LITERALS if one in statement]
    if len(places) != 1 or statement.count(places[0]) != 1:
        raise LookupError(f"no single place for keys in: {statement}")
    return statement.replace(places[0], f"= ANY ({keys})")
