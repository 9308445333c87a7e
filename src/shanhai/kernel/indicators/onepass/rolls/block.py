"""Candidates as arrays: whole objects, those of one object together, the last word first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from shanhai.engines.stretches import Bits, Flags, Ints
from shanhai.kernel.indicators.onepass.columns import Array, texts
from shanhai.kernel.indicators.onepass.counted import as_rows

from .lexicon import Lexicon
from .shape import UNKNOWN, Shape

type Words = NDArray[np.uint64]


#: Of one dimension.
MOST_MEMBERS = 2**15 - 1


class Unreadable(Exception):
    """Rows hold what no number tells: a value that is none of its field's choices, or too many of them."""


class Lexicons(dict[str, Lexicon]):
    """Of each column of numbers its texts; shared by all blocks of a roll."""

    def __init__(self, shape: Shape) -> None:
        fixed = {shape.column_of(code): shape.fixed_members(code) or () for code in shape.dimensions}
        super().__init__({name: Lexicon(members) for name, members in fixed.items()})
        self |= {name: Lexicon() for name in {shape.owner, shape.site} - self.keys()}
        self |= {f"time{n}": Lexicon() for n in range(len(shape.term.indicator.time.paths))}

    def compact(self, columns: Mapping[str, Array]) -> dict[str, Array]:
        """Keys and orders as they are, all else as small as it can be. Errors: Unreadable."""
        return {name: self._compact(name, column) for name, column in columns.items()}

    def _compact(self, name: str, column: Array) -> Array:
        if name.startswith("time"):
            if column.dtype.kind == "i":
                return column.astype(np.int32)
            words, numbers = texts(column)
            return np.array([self[name].number(word) for word in words], np.int32)[numbers]
        if name == "status":
            return column.astype(np.uint8)
        if column.dtype == np.int16:
            if (column == UNKNOWN).any():
                raise Unreadable(name)
            return column
        if name not in self:
            return column
        members = self[name].of_keys(column)
        if len(self[name]) > MOST_MEMBERS:
            raise Unreadable(name)
        return members.astype(np.int16)


def words_of_keys(column: Array) -> Words:
    """Rows × two numbers that stand in the order of the keys."""
    return column.view(">u8").reshape(-1, 2).astype(np.uint64)


def as_keys(words: Words) -> Array:
    return np.frombuffer(words.astype(">u8").tobytes(), "V16")


@dataclass
class Block:
    """Rows of whole objects.

    Shape: `starts` are the first rows of objects, whose keys are `objects`; of every row where all count.
    """

    columns: dict[str, Array]
    keys: Words
    starts: NDArray[np.int32]
    objects: Words
    #: Exclusion on derived values → by lot of months, for each `line`: the months in which it does not hold.
    allowed: dict[str, list[Bits]] = field(default_factory=dict)

    @classmethod
    def of(cls, shape: Shape, columns: Mapping[str, Array]) -> Self:
        """Shape: `columns` are compact, in any order."""
        rows = as_rows(shape.term, columns)
        if not shape.term.is_distinct:
            words = words_of_keys(rows.keys)
            order = np.lexsort((words[:, 1], words[:, 0]))
            kept = {name: column[order] for name, column in rows.columns.items() if name != "key"}
            keys = words[order]
            return cls(kept, keys, np.arange(len(order), dtype=np.int32), keys)
        starts = np.flatnonzero(rows.is_first).astype(np.int32)
        kept = {n: one for n, one in rows.columns.items() if n != "key" and not n.startswith("order")}
        return cls(kept, words_of_keys(rows.keys), starts, words_of_keys(rows.objects[starts]))

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def nbytes(self) -> int:
        whole = [*self.columns.values(), self.keys, self.starts]
        whole += [word for lots in self.allowed.values() for word in lots]
        return sum(one.nbytes for one in whole) + (0 if self.objects is self.keys else self.objects.nbytes)

    def without_rows(self) -> Self:
        """Columns alone."""
        columns = {name: one[:0] for name, one in self.columns.items()}
        allowed = {code: [one[:0] for one in lots] for code, lots in self.allowed.items()}
        return type(self)(columns, self.keys[:0], self.starts[:0], self.objects[:0], allowed)

    @cached_property
    def thing(self) -> NDArray[np.int32]:
        """The number of each row's object."""
        marks = np.zeros(len(self), np.int32)
        marks[self.starts] = 1
        found: NDArray[np.int32] = np.cumsum(marks, dtype=np.int32) - 1
        return found

    def rows_of(self, objects: Words) -> Ints:
        """All rows of some objects."""
        first = self.objects[:, 0]
        low = np.searchsorted(first, objects[:, 0], "left")
        high = np.searchsorted(first, objects[:, 0], "right")
        ends = np.append(self.starts[1:], len(self))
        found: list[Any] = [np.empty(0, np.int64)]
        for number, (begin, end) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
            for one in range(begin, end):
                if self.objects[one, 1] == objects[number, 1]:
                    found.append(np.arange(self.starts[one], ends[one]))
        return np.concatenate(found)

    def objects_of(self, keys: Words) -> Words:
        """The objects of some rows."""
        near = np.flatnonzero(np.isin(self.keys[:, 1], keys[:, 1]))
        there = near[np.isin(self.keys[near, 0], keys[:, 0])]
        return self.objects[self.thing[there]]


def joined(blocks: Sequence[tuple[Block, Flags]]) -> Block:
    """The chosen rows of some blocks, whole objects of each; no object is in two of them."""
    first = blocks[0][0]
    columns = {
        name: np.concatenate([one.columns[name][kept] for one, kept in blocks])
        for name in first.columns
        if name != "line"
    }
    keys = np.concatenate([one.keys[kept] for one, kept in blocks])
    owners = np.concatenate([one.objects[one.thing[kept]] for one, kept in blocks])
    if first.allowed:
        columns["line"] = np.concatenate(list(_lines(blocks)))
    order = np.lexsort((owners[:, 1], owners[:, 0]))  # stable: rows of one object stay in their order
    owners, keys = owners[order], keys[order]
    is_first = np.ones(len(owners), np.bool_)
    is_first[1:] = (owners[1:] != owners[:-1]).any(axis=1)
    starts = np.flatnonzero(is_first).astype(np.int32)
    allowed = {
        code: [np.concatenate(lots) for lots in zip(*(one.allowed[code] for one, _ in blocks), strict=True)]
        for code in first.allowed
    }
    return Block({name: one[order] for name, one in columns.items()}, keys, starts, owners[starts], allowed)


def _lines(blocks: Sequence[tuple[Block, Flags]]) -> Iterator[Array]:
    """Lines of each behind those of the blocks before."""
    before = 0
    for one, kept in blocks:
        yield one.columns["line"][kept] + np.int32(before)
        before += len(next(iter(one.allowed.values()))[0])
