"""The rows that sums are of, so that an object can be taken out of them as it was."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import numpy as np

from shanhai.engines.keys import Lookup, ranges, words_of
from shanhai.engines.stretches import Ints

from .again import Record
from .columns import Array
from .counted import Rows
from .summing import Addends, Entry


class Held:
    """What each object has added. Unit: a few dozen bytes a row."""

    def __init__(self, rows: Rows, addends: Addends, *, is_distinct: bool) -> None:
        words = words_of(rows.objects)
        order = np.argsort(words[:, 1], kind="stable")
        self._first, self._last = words[order, 0], words[order, 1]
        self._addends = addends.where(order)
        self._by_key = Lookup(rows.keys[order]) if is_distinct else None
        #: What was read since: object → what it adds, key → object; it stands in place of the rows above.
        self._later: dict[bytes, list[tuple[bytes, Entry]]] = {}
        self._object_of: dict[bytes, bytes] = {}

    @property
    def nbytes(self) -> int:
        by_key = self._by_key.nbytes if self._by_key else 0
        return int(self._first.nbytes + self._last.nbytes + self._addends.nbytes + by_key)

    @property
    def later(self) -> int:
        """How many objects were read since."""
        return len(self._later)

    def objects_of(self, keys: Collection[str]) -> set[str]:
        """The objects that rows had added to. Error: where two keys end alike, those of either."""
        if self._by_key is None or not keys:
            return set(keys)
        wanted = [as_bytes(key) for key in keys]
        rows = self._by_key.rows_of(_column(wanted))
        words = np.stack([self._first[rows], self._last[rows]], axis=1).tobytes()
        found = {words[at : at + 16] for at in range(0, len(words), 16)}
        found |= {self._object_of[key] for key in wanted if key in self._object_of}
        return {str(UUID(bytes=key)) for key in found}

    def added_by(self, objects: Iterable[bytes]) -> list[Entry]:
        """What objects have added until now."""
        found: list[Entry] = []
        first: list[bytes] = []
        for one in objects:
            if one in self._later:
                found += [entry for _, entry in self._later[one]]
            else:
                first.append(one)
        return [*found, *self._from_the_first(first)]

    def put(self, objects: Iterable[bytes], records: Sequence[Record], entries: Sequence[Entry]) -> None:
        """In place of what these objects have added until now. Shape: all rows that they have."""
        for one in objects:
            for key, _ in self._later.get(one, ()):
                self._object_of.pop(key, None)
            self._later[one] = []
        for record, entry in zip(records, entries, strict=True):
            self._later[record.owner].append((record.key, entry))
            self._object_of[record.key] = record.owner

    def _from_the_first(self, objects: list[bytes]) -> list[Entry]:
        if not objects:
            return []
        rows, found = self._rows_of(objects), self._addends
        cells, lots = found.cells[rows].tolist(), [one[rows].tolist() for one in found.windows]
        weights = [1] * len(cells) if found.weights is None else found.weights[rows].tolist()
        return [Entry(*one) for one in zip(cells, weights, zip(*lots, strict=True), strict=True)]

    def _rows_of(self, objects: list[bytes]) -> Ints:
        words = words_of(_column(objects))
        found: list[Any] = [np.empty(0, np.int64)]
        for first, there in zip(words[:, 0], ranges(self._last, words[:, 1]), strict=True):
            rows = np.arange(there.start, there.stop)
            found.append(rows[self._first[there] == first])
        return np.concatenate(found)


def as_bytes(key: str) -> bytes:
    return bytes.fromhex(key.replace("-", ""))


def _column(keys: list[bytes]) -> Array:
    return np.frombuffer(b"".join(keys), "V16")
