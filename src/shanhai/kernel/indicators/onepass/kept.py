"""Sums stay in the process that read them; of what is written later only the objects it touches are read.

What is kept is never more than what one process holds: nothing is stored, nothing is written when a row is,
and a process that ends loses it. A transaction that has written something keeps nothing of what it sees.
"""

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from django.db import connection

from shanhai.kernel.history.known import known_on

from .answers import Answers
from .changes import MOST, Change, Moment, Since, since
from .counted import Reading, decimals
from .derived import Rules, tallies
from .following import Sums, Wanted, follow
from .held import Held
from .involved import involved_in
from .summing import Months, Totals, addends
from .tree import PlaceTree
from .windowing import Windows

#: Bytes of arrays that a process keeps.
MOST_BYTES = 96 * 2**20
#: Unit: seconds. What was asked for since makes room for nothing: where all that is asked for again and again
#: is more than a process keeps, part of it stays rather than each in turn being read for nothing.
IDLE = 600.0

#: Sums with the months they are asked for.
type Asked = Mapping[Wanted, Collection[int]]


class Cold:
    """Whole sums read in one call: each statement and the tree of places once."""

    def __init__(self) -> None:
        self._tree: PlaceTree | None = None
        self._readings: dict[tuple[str, bool], Reading] = {}

    def read(self, wanted: Wanted, months: Months) -> Sums:
        self._tree = tree = self._tree or PlaceTree()
        of = wanted.side, wanted.is_open
        reading = self._readings.setdefault(of, Reading(wanted.side, is_open=wanted.is_open))
        term, rules, rows = wanted.term, Rules(wanted.term), reading.rows(wanted.term)
        found = addends(term, wanted.size, rows, tallies(term), rules, months, tree)
        values = Totals(found, tree, is_count=False)
        counts = values if found.weights is None else Totals(found, tree, is_count=True)
        held = Held(rows, found, is_distinct=term.is_distinct)
        scale = term.indicator.scale.scaleb(-decimals(term.indicator))
        windows = Windows(term, wanted.size, rules, months)
        return Sums(months, tree, windows, held, values, counts, Answers(tree, scale), [])


@dataclass
class Book:
    """The sums of one database, all as of one moment but for what is pending. Shape: last asked for, last."""

    moment: Moment | None = None
    sums: dict[Wanted, Sums] = field(default_factory=dict)
    #: When each was asked for. Unit: seconds of the clock that only goes forward.
    asked_at: dict[Wanted, float] = field(default_factory=dict)
    #: Bytes of what found no room.
    refused: dict[Wanted, int] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in self.sums.values())

    def tables(self, asked: Asked) -> list[str]:
        return sorted(frozenset().union(*(involved_in(one.term).tables for one in {*self.sums, *asked})))

    def learn(self, written: Since) -> None:
        """What was written since the moment waits with the sums it concerns; those it upsets are dropped."""
        was, self.moment = self.moment, written.now
        if was is None or written.is_too_much or was.server != written.now.server:
            self.sums.clear()
            return
        renamed = {table for table, file in was.files.items() if written.now.files.get(table, file) != file}
        for wanted, sums in list(self.sums.items()):
            involved = involved_in(wanted.term)
            own: list[Change] = [one for one in written.changes if one.table in involved.tables]
            sums.pending += own
            is_upset = any(one.table in involved.wholly for one in own) or renamed & involved.tables
            if is_upset or len(sums.pending) > MOST:
                del self.sums[wanted]

    def room(self, wanted: Wanted, size: int, most: int) -> bool:
        """Whether there is room, made where need be from what nobody has asked for of late."""
        for other in [one for one in self.sums if one != wanted]:
            if self.nbytes + size <= most:
                break
            if self.asked_at[other] < time.monotonic() - IDLE:
                del self.sums[other]
        return self.nbytes + size <= most


class Keeper:
    """The sums of this process."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._books: dict[str, Book] = {}
        self._lock = RLock()

    @contextmanager
    def now(self, asked: Asked, *, only_kept: bool = False) -> Iterator[Mapping[Wanted, Sums]]:
        """The sums as of now; they do not change while the block lasts, and may afterwards.

        Shape: `only_kept` leaves out what cannot be kept, in place of reading it for this once.
        """
        found: dict[Wanted, Sums] = {}
        with self._lock:
            if known_on() is None:
                found = self._kept(asked)
            if not only_kept:
                cold = Cold()
                for wanted in asked.keys() - found.keys():
                    found[wanted] = cold.read(wanted, Months().extended(asked[wanted]))
            yield found

    def _kept(self, asked: Asked) -> dict[Wanted, Sums]:
        book = self._books.setdefault(str(connection.settings_dict["NAME"]), Book())
        asked = {wanted: months for wanted, months in asked.items() if involved_in(wanted.term).is_followed}
        if not asked:
            return {}
        written = since(book.moment if book.sums else None, book.tables(asked))
        if not written.is_settled or (book.moment and written.now.is_before(book.moment)):
            return {}
        book.learn(written)
        stale = {one: book.sums.pop(one) for one in asked if one in book.sums and book.sums[one].pending}
        book.sums |= follow(stale)
        cold = Cold()
        for wanted, months in asked.items():
            self._keep(book, wanted, months, cold)
        return {wanted: book.sums[wanted] for wanted in asked if wanted in book.sums}

    def _keep(self, book: Book, wanted: Wanted, months: Collection[int], cold: Cold) -> None:
        kept = book.sums.pop(wanted, None)
        held = kept.months if kept else Months()
        whole = held.extended(months)
        if kept is None or whole != held:
            if not book.room(wanted, book.refused.get(wanted, 0), self._most_bytes):
                return
            kept = cold.read(wanted, whole)
            if not book.room(wanted, kept.nbytes, self._most_bytes):
                book.refused[wanted] = kept.nbytes
                return
        book.sums[wanted] = kept
        book.asked_at[wanted] = time.monotonic()


KEEPER = Keeper()
