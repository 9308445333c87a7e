"""Rows one by one: in which windows each counts, remembered for equal times and equal tallies."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from shanhai.engines import stretches
from shanhai.kernel.indicators.windows import Span

from .activity import active, as_read
from .again import Record
from .columns import Array, as_columns
from .counted import Rows, times_of
from .derived import Derivations, Rules, tally_columns
from .summing import Entry, Months
from .terms import Term
from .tree import PlaceTree

#: Different tallies that are remembered.
MOST_REMEMBERED = 4096
_NO_KEY = bytes(16)

type Words = tuple[int, ...]
#: Names of columns with what they hold.
type Kinds = tuple[tuple[str, str], ...]


class Windows:
    """Of the rows of one term, as long as its rules and the lots of months stay."""

    def __init__(self, term: Term, size: int, rules: Rules, months: Months) -> None:
        self._term, self._size, self._rules, self._months = term, size, rules, months
        self._kinds: Kinds = tuple((name, one.kind) for name, one in times_of(term).items())
        #: What is tallied for a row → where its conditions hold.
        self._allowed: dict[tuple[bytes, ...], Words] = {}

    def entries(self, records: Sequence[Record], tree: PlaceTree) -> list[Entry]:
        """Shape: all rows of an object stand together, the last word first."""
        owner, taken = b"", list[int]()
        found = []
        for one in records:
            words = self._of(one)
            if self._term.is_distinct:
                taken = taken if one.owner == owner else [0] * len(words)
                owner = one.owner
                free = tuple(word & ~other for word, other in zip(words, taken, strict=True))
                taken = [word | other for word, other in zip(words, taken, strict=True)]
                words = free
            found.append(Entry(tree.number_at(one.place), one.weight, words))
        return found

    def _of(self, record: Record) -> Words:
        indicator = self._term.indicator
        time: Any = indicator.time
        since, until = _stretch(time, indicator.span, self._size, self._kinds, record.times)
        found = tuple(stretches.word(since - start, until - start) for start in self._months.starts)
        if not indicator.derived:
            return found
        if record.tallied not in self._allowed:
            if len(self._allowed) >= MOST_REMEMBERED:
                self._allowed.clear()
            self._allowed[record.tallied] = self._judged(record.tallied)
        allowed = self._allowed[record.tallied]
        return tuple(word & other for word, other in zip(found, allowed, strict=True))

    def _judged(self, tallied: tuple[bytes, ...]) -> Words:
        """As all rows are, of one row alone."""
        columns = {
            name: _columns("row", tuple((n, one.kind) for n, one in tally_columns(tally).items()), sent)
            for (name, tally), sent in zip(self._term.tallies.items(), tallied, strict=True)
        }
        row = Rows({"key": np.frombuffer(_NO_KEY, "V16")}, np.empty(0, np.bool_))
        derivations = Derivations(self._term, row, columns, self._rules)
        return tuple(int(derivations.may_count(lot)[0]) for lot in self._months.arrays())


@lru_cache(maxsize=16384)
def _stretch(time: Any, span: Span, size: int, kinds: Kinds, times: bytes) -> tuple[int, int]:
    """Months from and until before which windows end in which a row of these times lies."""
    columns = _columns("key", kinds, times)
    found = active(time, span, size, (as_read(columns[name]) for name, _ in kinds))
    return int(found.since[0]), int(found.until[0])


def _columns(key: str, kinds: Kinds, sent: bytes) -> dict[str, Array]:
    """Columns of times, with a key that is the same in all rows."""
    layout = {name: kind for name, kind in kinds if name.startswith("time")}
    count = len(sent) // sum(np.dtype(kind).itemsize for kind in layout.values())
    return {key: np.frombuffer(_NO_KEY * count, "V16")} | as_columns([(sent, count)], layout)
