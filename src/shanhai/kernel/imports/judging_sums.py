"""Lines that take more than there is (ADR 0053), told before anything is written; who stands first has it.

Only what the rows of the file themselves take is foreseen. What else the database holds (a limit that a file
makes smaller, amounts that hang on another ledger) it refuses when the file is written, all of it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from shanhai.kernel.within import Room, Within, rooms, too_much
from shanhai.kernel.workflow import State

from .batch import Batch

#: What a line takes from each row that holds the limit; less than nothing where it gives back.
type Taken = dict[UUID, Decimal]


def judge_sums(batch: Batch) -> None:
    """Every link of the model; lines that are wrong already take nothing."""
    for link in getattr(batch.ledger.model, "WITHIN", ()):
        _Judge(batch, link).judge()


class _Judge:
    def __init__(self, batch: Batch, link: Within) -> None:
        self._batch, self._link = batch, link
        self._model: Any = batch.ledger.model
        self._holder: Any = self._model._meta.get_field(link.field).related_model

    def judge(self) -> None:
        """As it is written: new rows first, then changed ones, of these first what gives back."""
        new, updates = self._batch.new(), self._batch.updates()
        taken = dict(zip(new, self._of_new(new), strict=True)) | dict(self._of_updates(updates))
        found = rooms(self._model, self._link, {key for one in taken.values() for key in one})
        left = {key: room.most - room.used for key, room in found.items()}
        short: list[tuple[int, UUID, Decimal, Decimal]] = []
        updates.sort(key=lambda line: any(more > 0 for more in taken[line].values()))
        for line in [*new, *updates]:
            known = {key: more for key, more in taken[line].items() if key in left}
            wanting = next((key for key, more in known.items() if more > max(left[key], Decimal(0))), None)
            if wanting is not None:
                short.append((line, wanting, left[wanting], known[wanting] - left[wanting]))
                continue
            for key, more in known.items():
                left[key] -= more
        self._refuse(short, found)

    def _of_new(self, lines: Sequence[int]) -> Iterator[Taken]:
        for values in zip(*(self._batch.finals(name, lines) for name in self._names), strict=True):
            yield self._taken(State.DRAFT, *values)

    def _of_updates(self, lines: Sequence[int]) -> Iterator[tuple[int, Taken]]:
        """What each takes more than before; a row that moves gives back to one and takes from another."""
        stored, fields = self._batch.stored, [self._model._meta.get_field(name) for name in self._names]
        columns = zip(*(self._batch.finals(name, lines) for name in self._names), strict=True)
        for line, values in zip(lines, columns, strict=True):
            position = self._batch.match[line]
            state = State(stored.columns["state"][position])
            more = self._taken(state, *values)
            for key, was in self._taken(state, *(stored.value(field, position) for field in fields)).items():
                more[key] = more.get(key, Decimal(0)) - was
            yield line, more

    @property
    def _names(self) -> list[str]:
        """Fields of a row that say what it takes: of whom, how much, whether it counts."""
        link = self._link
        return [link.field, *([link.amount] if link.amount else []), *([link.only[0]] if link.only else [])]

    def _taken(self, state: State, key: UUID | None, *values: Any) -> Taken:
        """As `sums.py` counts one row."""
        link = self._link
        if key is None or (link.only and values[-1] not in link.only[1]):
            return {}
        amount = Decimal(values[0] or 0) if link.amount else Decimal(1)
        return {key: amount} if amount > 0 or state is State.VERIFIED else {}

    def _refuse(self, short: list[tuple[int, UUID, Decimal, Decimal]], found: dict[UUID, Room]) -> None:
        name = self._link.amount or self._link.field
        for line, key, left, over in short:
            row = self._batch.referred(self._link.field, key)
            sentence = too_much(self._link, row, found[key].most, left, over, holder=self._holder)
            self._batch.refuse(line, name, "more_than_before", sentence, self._batch.shown(name, line))
