"""Sums stay in the process that read them; of what is written later only the objects it touches are read.

What is kept is never more than what one process holds: nothing is stored, nothing is written when a row is,
and a process that ends loses it. A transaction that has written something keeps nothing of what it sees.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from shanhai.engines.stretches import Index
from shanhai.kernel.history.known import known_on
from shanhai.kernel.scope import Side

from .changes import MOST, Change, Moment, Since, since
from .columns import Array
from .counted import Reading, rows_of
from .involved import involved_in, touched
from .summing import Addends, Months, addends
from .terms import Term, field_of
from .tree import PlaceTree

#: Bytes of arrays that a process keeps.
MOST_BYTES = 96 * 2**20


@dataclass(frozen=True)
class Wanted:
    """Of which sums: windows of `size` months of a side, of all rows or of open ones."""

    term: Term
    size: int
    side: Side
    is_open: bool


@dataclass
class Sums:
    """Sums with the rows they are of. Shape: `added` holds objects read again since, not in `base`."""

    moment: Moment
    months: Months
    tree: PlaceTree
    base: Addends
    by_object: Index
    by_key: Index
    gone: NDArray[np.bool_]
    added: Addends
    leaves: list[NDArray[Any]]

    @property
    def bytes(self) -> int:
        indexes = self.by_object.nbytes + self.by_key.nbytes
        return self.base.bytes + indexes + sum(one.nbytes for one in self.leaves)

    def of(self, month: int) -> NDArray[Any]:
        lot, place = self.months.place(month)
        found: NDArray[Any] = self.leaves[lot][:, place]
        return found


class Call:
    """What one call reads: each statement and the tree of places once, after the moment it is all as of."""

    def __init__(self, side: Side) -> None:
        #: Whether the transaction has written nothing, as far as is known.
        self.is_settled = True
        self._tree: PlaceTree | None = None
        self._readings = {is_open: Reading(side, is_open=is_open) for is_open in (False, True)}

    def read(self, wanted: Wanted, months: Months, moment: Moment) -> Sums:
        self._tree = self._tree or PlaceTree()
        rows = self._readings[wanted.is_open].rows(wanted.term)
        base = addends(wanted.term, wanted.size, rows, months, self._tree)
        gone, none = np.zeros(len(base), np.bool_), base.where(np.empty(0, np.int64))
        leaves = base.sums(self._tree.nowhere + 1)
        by_object = Index(base.objects)
        by_key = Index(base.keys) if wanted.term.is_distinct else by_object
        return Sums(moment, months, self._tree, base, by_object, by_key, gone, none, leaves)


class Keeper:
    """The sums of this process, those asked for last."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._sums: OrderedDict[tuple[str, Wanted], Sums] = OrderedDict()
        self._lock = RLock()

    def sums(self, wanted: Wanted, months: Months, call: Call) -> Sums:
        """As of now."""
        if known_on() is not None or not call.is_settled:
            return call.read(wanted, months, Moment("", ()))
        with self._lock:
            return self._now(wanted, months, call)

    def _now(self, wanted: Wanted, months: Months, call: Call) -> Sums:
        involved = involved_in(wanted.term)
        place = str(connection.settings_dict["NAME"]), wanted
        kept = self._sums.get(place)
        written = since(kept.moment if kept else None, involved.tables)
        call.is_settled = written.is_settled
        if not written.is_settled or not involved.is_followed:
            return call.read(wanted, months, written.now)
        whole = months | kept.months if kept else months
        is_near = kept and kept.months.holds(months) and kept.moment.files == written.now.files
        if not (kept and is_near and _caught_up(wanted, kept, written)):
            kept = call.read(wanted, whole, written.now)
        self._sums[place] = kept
        self._sums.move_to_end(place)
        self._make_room()
        return replace(kept)  # what is handed out does not change under its reader

    def _make_room(self) -> None:
        held = sum(one.bytes for one in self._sums.values())
        while held > self._most_bytes and self._sums:
            held -= self._sums.popitem(last=False)[1].bytes


def _caught_up(wanted: Wanted, kept: Sums, written: Since) -> bool:
    """Whether the changes were few enough to be followed; then they are."""
    if written.is_too_much:
        return False
    if written.changes:
        keys = touched(wanted.term, written.changes)
        if keys is None or len(keys) > MOST or len(kept.added) + len(keys) > 4 * MOST:
            return False
        if keys:
            _follow(wanted, kept, keys, written.changes)
    kept.moment = written.now
    return True


def _follow(wanted: Wanted, kept: Sums, keys: set[str], changes: Sequence[Change]) -> None:
    """Take the touched objects out of the sums as they were, and put them in as they are."""
    term, touched_keys = wanted.term, _column(keys)
    old = (
        kept.base.objects[kept.by_key.rows_of(touched_keys)],
        kept.added.objects[Index(kept.added.keys).rows_of(touched_keys)],
    )
    objects = {str(UUID(bytes=key.tobytes())) for part in old for key in part}
    objects |= _objects_now(term, keys, changes) if term.is_distinct else keys
    if not objects:
        return
    rows = rows_of(term, wanted.side, sorted(objects), is_open=wanted.is_open)
    only = [str(UUID(bytes=key.tobytes())) for key in rows.keys]
    now = addends(term, wanted.size, rows, kept.months, kept.tree, only)
    leaving = kept.by_object.rows_of(_column(objects))
    leaving = leaving[~kept.gone[leaving]]
    stale = Index(kept.added.objects).rows_of(_column(objects))
    was = kept.base.where(leaving).joined(kept.added.where(stale))
    leaves = now.added_to(was.added_to(kept.leaves, -1), 1)
    staying = np.delete(np.arange(len(kept.added)), stale)
    # All at once, for an error above must leave the sums as they were.
    kept.gone[leaving] = True
    kept.leaves, kept.added = leaves, kept.added.where(staying).joined(now)


def _column(keys: set[str]) -> Array:
    return np.frombuffer(b"".join(UUID(key).bytes for key in keys), "V16")


def _objects_now(term: Term, keys: set[str], changes: Sequence[Change]) -> set[str]:
    """Of what is written into the rows themselves history tells the object; of others it is asked."""
    own = field_of(term.model, term.object_path)
    told = [one for one in changes if own is not None and one.table == term.model._meta.db_table]
    found = {value for one in told for value in one.values(str(own.column))}
    if others := keys - {str(one.row_id) for one in told}:
        path = term.object_path
        rows = term.model._base_manager.filter(pk__in=others, **{f"{path}__isnull": False})
        found |= {str(key) for key in rows.values_list(path, flat=True)}
    return found


KEEPER = Keeper()
