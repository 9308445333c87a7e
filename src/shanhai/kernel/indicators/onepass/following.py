"""What is written is followed: the objects it touches leave the sums as they were and enter as they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from shanhai.kernel.scope import Side

from .again import Few, Record, Whose, read_again
from .answers import Answers
from .changes import MOST, Change
from .held import Held, as_bytes
from .involved import Involved, involved_in
from .summing import Difference, Months, Totals
from .terms import Term, field_of
from .tree import PlaceTree
from .windowing import Windows


@dataclass(frozen=True)
class Wanted:
    """Of which sums: windows of `size` months of a side, of all rows or of open ones."""

    term: Term
    size: int
    side: Side
    is_open: bool

    @property
    def involved(self) -> Involved:
        return involved_in(self.term)

    @property
    def whose(self) -> Whose:
        return self.term, self.side, self.is_open


@dataclass
class Sums:
    """Sums with the rows they are of. Shape: `pending` is known to be written, and not yet in them."""

    months: Months
    tree: PlaceTree
    windows: Windows
    held: Held
    values: Totals
    #: How many rows, where `values` are not the same.
    counts: Totals
    answers: Answers
    pending: list[Change]

    def by_place(self, month: int) -> dict[UUID, Decimal]:
        """Of every place that has one: of what lies in it or below it. Shape: `months` hold the month."""
        return self.answers.of(month, self.values.at(self.months.place(month)))

    def at(self, month: int, place: UUID | None) -> tuple[Decimal, int]:
        """The value of one place, or of all, and the number of its rows. Errors: KeyError."""
        line, where = self.tree.number_of(place), self.months.place(month)
        return int(self.values.at(where)[line]) * self.answers.scale, int(self.counts.at(where)[line])

    @property
    def nbytes(self) -> int:
        counts = 0 if self.counts is self.values else self.counts.nbytes
        return self.held.nbytes + self.values.nbytes + counts + self.answers.nbytes


def follow(stale: Mapping[Wanted, Sums]) -> dict[Wanted, Sums]:
    """Those of the sums whose changes were few enough, now with them: one trip to the server, mostly."""
    touched = {
        wanted: Touched(wanted.term, wanted.involved, sums.pending).few(sums.held)
        for wanted, sums in stale.items()
    }
    near = {wanted: few for wanted, few in touched.items() if len(few) + stale[wanted].held.later < 4 * MOST}
    asked: dict[Whose, Few] = {}
    for wanted, few in near.items():
        if few:
            asked[wanted.whose] = few | asked.get(wanted.whose, Few())
    found = dict(zip(asked, read_again(list(asked.items())), strict=True)) if asked else {}
    caught_up = {}
    for wanted, few in near.items():
        sums = stale[wanted]
        if not few or _replaced(sums, asked[wanted.whose], found[wanted.whose]):
            sums.pending = []
            caught_up[wanted] = sums
    return caught_up


def _replaced(sums: Sums, few: Few, records: list[Record]) -> bool:
    """Whether the sums could hold what the objects add now; then they do."""
    objects = {as_bytes(key) for key in few.objects} | {one.owner for one in records}
    entries, difference = sums.windows.entries(records, sums.tree), Difference()
    for entry in sums.held.added_by(objects):
        difference.add(entry, -1)
    for entry in entries:
        difference.add(entry, 1)
    totals = {id(one): one for one in (sums.values, sums.counts)}.values()
    if not all(one.can_hold(difference) for one in totals):
        return False
    for one in totals:
        one.add(difference)
    sums.answers.mend_at(difference.cells)
    sums.held.put(objects, records, entries)
    return True


class Holder(Protocol):
    """What knows of which object a row was."""

    def objects_of(self, keys: Collection[str]) -> set[str]: ...


class Touched:
    """The objects of a term that changes may touch."""

    def __init__(self, term: Term, involved: Involved, changes: Iterable[Change]) -> None:
        self._term, self._involved = term, involved
        own = None if term.object_path == "pk" else field_of(term.model, term.object_path)
        #: Where a row itself names its object, history tells it.
        self._column = None if own is None else str(own.column)
        self._objects = set[str]()
        #: Keys of rows: what they have added until now is found by them, what they are part of now is asked.
        self._before, self._now = set[str](), set[str]()
        reached = defaultdict[str, set[str]](set)
        for change in changes:
            self._add(change, reached)
        for prefix, ids in reached.items():
            self._add_pointing(prefix, ids)

    def few(self, held: "Holder") -> Few:
        return Few(frozenset(self._objects | held.objects_of(self._before)), frozenset(self._now))

    def _add(self, change: Change, reached: dict[str, set[str]]) -> None:
        for prefix in self._involved.reached.get(change.table, ()):
            if not prefix:
                self._add_own(change)
            # What points at a new row is written later than it, and told for itself.
            elif not change.is_new:
                reached[prefix].add(change.row_id)
        for column in self._involved.tallied.get(change.table, ()):
            self._before |= change.values(column)

    def _add_own(self, change: Change) -> None:
        if not change.is_new:
            self._before.add(change.row_id)
        if self._column is None:
            self._now.add(change.row_id)
        else:
            self._objects |= change.values(self._column)

    def _add_pointing(self, prefix: str, ids: set[str]) -> None:
        if prefix == self._term.object_path:
            self._objects |= ids
            return
        rows = self._term.model._base_manager.filter(**{f"{prefix}__in": ids}).order_by()
        # One more than can be followed, which is told by their number.
        keys = {str(key) for key in rows.values_list("pk", flat=True)[: 4 * MOST]}
        self._before |= keys
        self._now |= keys
