"""Columns as their distinct values and, for every row, which of them: what repeats itself is handled once."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, Self, overload, runtime_checkable

import numpy as np
from numpy.typing import NDArray

#: Numbers of rows, from 0.
type Positions = NDArray[np.intp]
type Numbers = NDArray[np.uint32]
type Flags = NDArray[np.bool_]


@runtime_checkable
class Columnar(Protocol):
    """Values that are kept as columns themselves and stay so."""

    def picked(self, places: Sequence[int]) -> Sequence[Any]: ...
    def extended(self, values: Sequence[Any]) -> Sequence[Any]: ...


class Coded[Value](Sequence[Value]):
    """A column that reads like a list.

    Shape: `codes` has for every row the place of its value in `distinct`, whose values may repeat: two
    writings of one thing stay two. Neither is ever changed in place.
    """

    __slots__ = ("codes", "distinct")

    def __init__(self, distinct: Sequence[Value], codes: Numbers) -> None:
        self.distinct, self.codes = distinct, codes

    @classmethod
    def each(cls, values: Sequence[Value]) -> Self:
        """Values of which nobody knows whether they repeat."""
        return cls(values, np.arange(len(values), dtype=np.uint32))

    @classmethod
    def same(cls, value: Value, size: int) -> Self:
        return cls([value], np.zeros(size, np.uint32))

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> "Coded[Value]": ...
    def __getitem__(self, index: int | slice) -> "Value | Coded[Value]":
        if isinstance(index, slice):
            return Coded(self.distinct, self.codes[index])
        value: Value = self.distinct[self.codes[index]]
        return value

    def __iter__(self) -> Iterator[Value]:
        return map(self.distinct.__getitem__, self.codes.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        raise TypeError("as a list, a column is never a key")

    def __repr__(self) -> str:
        return f"Coded({list(self)!r})"

    def mapped[To](self, change: Callable[[Value], To]) -> "Coded[To]":
        """`change` of every value, called once for each distinct one."""
        return Coded(list(map(change, self.distinct)), self.codes)

    def flags(self, holds: Callable[[Value], Any]) -> Flags:
        """Of which rows something holds."""
        return self.where([bool(holds(value)) for value in self.distinct])

    def where(self, distinct: Sequence[Any] | Flags) -> Flags:
        """What is said of the distinct values, by row."""
        found: Flags = np.asarray(distinct, dtype=np.bool_)[self.codes]
        return found

    def any(self, holds: Callable[[Value], Any]) -> bool:
        """Whether something holds of a distinct value; maybe of one that no row has any more."""
        return any(map(holds, self.distinct))

    def take(self, rows: Positions | slice) -> "Coded[Value]":
        """Some rows, with all distinct values."""
        return Coded(self.distinct, self.codes[rows])

    def tight(self) -> "Coded[Value]":
        """The same without distinct values that no row has."""
        is_used = np.zeros(len(self.distinct), np.bool_)
        is_used[self.codes] = True
        if is_used.all():
            return self
        renumbered = np.cumsum(is_used, dtype=np.uint32) - np.uint32(1)
        return Coded(_picked(self.distinct, np.flatnonzero(is_used).tolist()), renumbered[self.codes])

    def part(self, rows: slice) -> list[Value]:
        return list(map(self.distinct.__getitem__, self.codes[rows].tolist()))

    def joined(self, other: "Coded[Value]") -> "Coded[Value]":
        """The other rows below."""
        codes = np.concatenate([self.codes, other.codes + np.uint32(len(self.distinct))])
        return Coded(_extended(self.distinct, other.distinct), codes)

    def replaced(self, rows: Positions, other: "Coded[Value]") -> "Coded[Value]":
        """The same with other values in some rows. Shape: one value of `other` for each of `rows`."""
        codes = self.codes.copy()
        codes[rows] = other.codes + np.uint32(len(self.distinct))
        return Coded(_extended(self.distinct, other.distinct), codes)


def _picked[Value](values: Sequence[Value], places: Sequence[int]) -> Sequence[Value]:
    if isinstance(values, Columnar):
        return values.picked(places)
    return [values[place] for place in places]


def _extended[Value](values: Sequence[Value], more: Sequence[Value]) -> Sequence[Value]:
    return values.extended(more) if isinstance(values, Columnar) else [*values, *more]


def one_code[Value](column: Coded[Value]) -> Coded[Value]:
    """The same with equal values once, as far as they can be told by a dictionary."""
    places: dict[Value, int] = {}
    try:
        new = [places.setdefault(value, len(places)) for value in column.distinct]
    except TypeError:
        return column
    return Coded(list(places), np.array(new, np.uint32)[column.codes])


class Groups:
    """Rows that agree in some columns, as far as those are one value; groups in the order of their first row.

    Shape: `firsts` has the first row of each group, `of` tells the group of each row.
    """

    def __init__(self, columns: Sequence[Coded[Any]], size: int) -> None:
        number = np.zeros(size, np.int64)
        for column in columns:
            number = np.unique(number * len(column.distinct) + column.codes, return_inverse=True)[1]
        _numbers, firsts, group = np.unique(number, return_index=True, return_inverse=True)
        order = np.argsort(firsts)
        rank = np.empty(len(order), np.intp)
        rank[order] = np.arange(len(order))
        self.firsts: list[int] = firsts[order].tolist()
        self.of: Positions = rank[group]
        self._sorted = np.argsort(self.of, kind="stable")
        self._starts = np.searchsorted(self.of[self._sorted], np.arange(len(order) + 1))

    def __len__(self) -> int:
        return len(self.firsts)

    def rows(self, group: int) -> list[int]:
        found: list[int] = self._sorted[self._starts[group] : self._starts[group + 1]].tolist()
        return found


class Grid:
    """The cells of a sheet, column by column; short rows end in empty cells."""

    def __init__(self, height: int, columns: Sequence[Coded[Any]]) -> None:
        self.height, self.columns = height, columns

    def __len__(self) -> int:
        return self.height

    def row(self, number: int) -> list[Any]:
        """Cells of a row, counted from 0."""
        return [column[number] for column in self.columns]

    def top(self, size: int) -> list[list[Any]]:
        """The first rows."""
        return [self.row(number) for number in range(min(size, self.height))]

    def below(self, first: int) -> "Grid":
        """The rows from `first` on, counted from 0."""
        return Grid(max(0, self.height - first), [column[first:] for column in self.columns])

    def column(self, place: int) -> Coded[Any]:
        """A column, an empty one beyond the last."""
        return self.columns[place] if place < len(self.columns) else Coded.same(None, self.height)
