"""Lines of a plan one by one, for those who look at some of them: the page, the API, tests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from shanhai.kernel.sheets.problems import SheetProblem
from shanhai.kernel.sheets.reading import ABSENT
from shanhai.kernel.surfaces.fields import ResolvedColumn

from .batch import NEW, Batch
from .building import Rows


@dataclass(frozen=True, slots=True)
class Change:
    """One field that the file changes; values as the model holds them."""

    column: ResolvedColumn
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Shape: `stored` is the row it is about, None for a new one; `row` is the row as it would be, None for a
    line with problems; `changes` is what differs from `stored`, all that it says for a new one.
    """

    number: int
    sheet: str
    stored: Any
    row: Any
    changes: tuple[Change, ...]
    problems: tuple[SheetProblem, ...]


class Lines(Sequence[Line]):
    """Some lines of a batch, made when they are looked at."""

    def __init__(self, batch: Batch, positions: Sequence[int]) -> None:
        self._batch, self._positions = batch, positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> "Lines": ...
    def __getitem__(self, index: int | slice) -> "Line | Lines":
        if isinstance(index, slice):
            return Lines(self._batch, self._positions[index])
        return self._line(self._positions[index])

    def __iter__(self) -> Iterator[Line]:
        matches = (self._batch.match[line] for line in self._positions)
        self._batch.stored.load(position for position in matches if position != NEW)
        return map(self._line, self._positions)

    def _line(self, line: int) -> Line:
        batch, position = self._batch, self._batch.match[line]
        problems = tuple(batch.problems.get(line, ()))
        return Line(
            batch.table.numbers[line],
            batch.table.places[line].sheet,
            None if position == NEW else batch.stored.row(position),
            None if problems else Rows(batch).row(line),
            tuple(self._changes(line, position)),
            problems,
        )

    def _changes(self, line: int, position: int) -> Iterator[Change]:
        batch = self._batch
        for name, column in batch.fields.items():
            said = batch.values.get(name)
            if said is None or said[line] is ABSENT:
                continue
            if position == NEW:
                yield Change(column, None, said[line])
            elif name in batch.changed.get(line, ()):
                yield Change(column, getattr(batch.stored.row(position), name), said[line])
        for name, values in batch.custom_values.items():
            column, value = batch.customs[name], values[line]
            if position == NEW and value is not ABSENT:
                yield Change(column, None, value)
            elif name in batch.changed.get(line, ()):
                yield Change(column, column.value(batch.stored.row(position)), value)
