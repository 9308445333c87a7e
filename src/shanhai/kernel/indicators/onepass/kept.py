"""Sums stay in the process that read them; of what is written later only the objects it touches are read.

What is kept is never more than what one process holds: nothing is stored, nothing is written when a row is,
and a process that ends loses it. A transaction that has written something keeps nothing of what it sees.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from django.db import connection

from shanhai.kernel.history.known import known_on

from .answers import Answers
from .changes import MOST, Change, Moment, Since, since
from .counted import Reading, decimals
from .derived import Rules, tallies
from .following import Sums, Wanted, follow
from .held import Held
from .rolls.block import Unreadable
from .rolls.roll import Roll, RollOf, follow_rolls, read_roll
from .summing import Months, Totals, addends
from .tree import PlaceTree
from .windowing import Windows

#: Bytes of arrays that a process keeps.
MOST_BYTES = 256 * 2**20
#: Unit: seconds. What was asked for since makes room for nothing: where all that is asked for again and again
#: is more than a process keeps, part of it stays rather than each in turn being read for nothing.
IDLE = 600.0

#: What may be kept, and what is.
type Key = Wanted | RollOf
type Kept = Sums | Roll
#: With the months it is asked for.
type Asked[K: Key] = Mapping[K, Collection[int]]


class Cold:
    """Whole sums read in one call: each statement and the tree of places once."""

    def __init__(self) -> None:
        self._tree: PlaceTree | None = None
        self._readings: dict[tuple[str, bool], Reading] = {}

    def read(self, wanted: Key, months: Months) -> Kept:
        """Errors: Unreadable for a roll."""
        return self.sums(wanted, months) if isinstance(wanted, Wanted) else read_roll(wanted, months)

    def sums(self, wanted: Wanted, months: Months) -> Sums:
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
    """What is kept of one database, as of one moment but for what is pending. Shape: last asked for, last."""

    moment: Moment | None = None
    kept: dict[Key, Kept] = field(default_factory=dict)
    #: When each was asked for. Unit: seconds of the clock that only goes forward.
    asked_at: dict[Key, float] = field(default_factory=dict)
    #: Bytes of what found no room.
    refused: dict[Key, int] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in self.kept.values())

    def tables(self, asked: Iterable[Key]) -> list[str]:
        return sorted(frozenset().union(*(one.involved.tables for one in {*self.kept, *asked})))

    def learn(self, written: Since) -> None:
        """What was written since the moment waits with the sums it concerns; those it upsets are dropped."""
        was, self.moment = self.moment, written.now
        if was is None or written.is_too_much or was.server != written.now.server:
            self.kept.clear()
            return
        renamed = {table for table, file in was.files.items() if written.now.files.get(table, file) != file}
        for wanted, kept in list(self.kept.items()):
            involved = wanted.involved
            own: list[Change] = [one for one in written.changes if one.table in involved.tables]
            kept.pending += own
            is_upset = any(one.table in involved.wholly for one in own) or renamed & involved.tables
            if is_upset or len(kept.pending) > MOST:
                del self.kept[wanted]

    def follow(self, asked: Iterable[Key]) -> None:
        """What waits with what is asked for enters it; dropped is what too much was written of."""
        stale = {one: self.kept.pop(one) for one in asked if one in self.kept and self.kept[one].pending}
        sums: dict[Any, Any] = {one: kept for one, kept in stale.items() if isinstance(kept, Sums)}
        rolls: dict[Any, Any] = {one: kept for one, kept in stale.items() if isinstance(kept, Roll)}
        caught_up: dict[Any, Any] = {**follow(sums), **follow_rolls(rolls)}
        self.kept |= caught_up

    def room(self, wanted: Key, size: int, most: int) -> bool:
        """Whether there is room, made where need be from what nobody has asked for of late."""
        for other in [one for one in self.kept if one != wanted and size <= most]:
            if self.nbytes + size <= most:
                break
            if self.asked_at[other] < time.monotonic() - IDLE:
                del self.kept[other]
        return self.nbytes + size <= most


class Keeper:
    """The sums of this process."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._books: dict[str, Book] = {}
        self._lock = RLock()
        #: Held by who reads the roll for the first time.
        self._readings: dict[RollOf, Any] = {}

    @contextmanager
    def now(self, asked: Asked[Wanted], *, only_kept: bool = False) -> Iterator[Mapping[Wanted, Sums]]:
        """The sums as of now; they do not change while the block lasts, and may afterwards.

        Shape: `only_kept` leaves out what cannot be kept, in place of reading it for this once.
        """
        with self._lock:
            kept = self._kept(asked)
            found = {one: kept[one] for one in asked if one in kept}
            if not only_kept:
                cold = Cold()
                for wanted in asked.keys() - found.keys():
                    found[wanted] = cold.sums(wanted, Months().extended(asked[wanted]))
            yield found

    @contextmanager
    def roll(self, wanted: RollOf, months: Collection[int]) -> Iterator[Roll | None]:
        """The roll as of now, for as long as the block lasts; None where it cannot be kept.

        Shape: who asks first reads it, and others who ask for it wait; who asks for anything else does not.
        """
        with self._lock:
            reading = self._readings.setdefault(wanted, RLock())
        with reading:
            self._read_ahead(wanted, months)
            with self._lock:
                yield self._kept({wanted: months}).get(wanted)

    def _read_ahead(self, wanted: RollOf, months: Collection[int]) -> None:
        """Reads a roll that is not kept yet; what was written meanwhile waits with it."""
        with self._lock:
            book, first = self._book(), Months().extended(months)
            if known_on() is not None or wanted in book.kept or not wanted.involved.is_followed:
                return
            if not book.room(wanted, book.refused.get(wanted, 0), self._most_bytes):
                return
            before = since(None, sorted(wanted.involved.tables))
        if not before.is_settled:
            return
        try:
            roll = read_roll(wanted, first)
        except Unreadable:
            book.refused[wanted] = self._most_bytes + 1
            return
        apart = Book(before.now, {wanted: roll})
        with self._lock:
            # What upsets the book until now does not upset what was read since.
            book.learn(since(book.moment if book.kept else None, book.tables([wanted])))
            apart.learn(since(before.now, apart.tables(())))
            if wanted in apart.kept and book.room(wanted, roll.nbytes, self._most_bytes):
                book.kept[wanted], book.asked_at[wanted] = roll, time.monotonic()

    def _book(self) -> Book:
        return self._books.setdefault(str(connection.settings_dict["NAME"]), Book())

    def _kept[K: Key](self, asked: Asked[K]) -> dict[K, Any]:
        asked = {wanted: months for wanted, months in asked.items() if wanted.involved.is_followed}
        if known_on() is not None or not asked:
            return {}
        book = self._book()
        written = since(book.moment if book.kept else None, book.tables(asked))
        if not written.is_settled or (book.moment and written.now.is_before(book.moment)):
            return {}
        book.learn(written)
        book.follow(asked)
        cold = Cold()
        for wanted, months in asked.items():
            self._keep(book, wanted, months, cold)
        return {wanted: book.kept[wanted] for wanted in asked if wanted in book.kept}

    def _keep(self, book: Book, wanted: Key, months: Collection[int], cold: Cold) -> None:
        kept = book.kept.pop(wanted, None)
        held = kept.months if kept else Months()
        whole = held.extended(months)
        if kept is None or whole != held:
            if not book.room(wanted, book.refused.get(wanted, 0), self._most_bytes):
                return
            try:
                kept = cold.read(wanted, whole)
            except Unreadable:
                book.refused[wanted] = self._most_bytes + 1
                return
            if not book.room(wanted, kept.nbytes, self._most_bytes):
                book.refused[wanted] = kept.nbytes
                return
        book.kept[wanted] = kept
        book.asked_at[wanted] = time.monotonic()


KEEPER = Keeper()
