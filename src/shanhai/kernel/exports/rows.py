"""The rows of a list as tuples of values: one pass over a cursor of the server, no row becomes an object.

What stands in a cell is what the list shows (`surfaces.display`): masked, and left out behind rows that are
not shared with the reader's side. References are asked for by their keys, once for some thousand rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import batched
from typing import Any

from django.db import models
from django.db.models import IntegerField, Subquery
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import REPORTED_STATES, Sharing
from shanhai.kernel.sealing import mask_name
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.sheets.values import Value
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.listing import Listing

from .references import References

#: Rows held in memory at a time.
CHUNK = 2_000
_EXPECTED = "export_expected"
#: Of every row that a path leads through: whether the reader's side may see it.
_SEEN_BY = ("side", "sharing", "state")

type Convert = Callable[[Any], Value]


class _Number(Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"


@dataclass(frozen=True)
class _Place:
    """Where one column stands in what the database answers, and what is made of it."""

    at: int
    column: ResolvedColumn
    #: For rows of the reader's own side; None where the value stands as it is.
    convert: Convert | None
    references: References | None
    #: Places of side, sharing and state of the rows that the path leads through.
    through: tuple[tuple[int, ...], ...]


class Reading:
    """The rows of `listing`, one tuple for each: its columns, then the key of the row.

    Shape: read once. `expected` is known with the first row: the number of rows that fit the list, counted by
    the same statement, so that nobody's work meanwhile makes a difference.
    """

    def __init__(self, listing: Listing) -> None:
        self.expected: int | None = None
        self._model, self._sides = listing.ledger.model, listing.actor.sides
        self._paths = [column.name for column in listing.columns]
        self._places = [self._place(at, column) for at, column in enumerate(listing.columns)]
        self._converts = [place.convert for place in self._places]
        self._key, self._side, self._count = (self._at(path) for path in ("pk", "side", _EXPECTED))
        counted = _Number(listing.rows().order_by().values("pk"), output_field=IntegerField())
        self._rows = listing.ordered().annotate(**{_EXPECTED: counted}).values_list(*self._paths)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        referring = [(place.at, place.references) for place in self._places if place.references]
        for part in batched(self._rows.iterator(chunk_size=CHUNK), CHUNK):
            self.expected = part[0][self._count]
            for at, references in referring:
                references.load(row[at] for row in part)
            yield from map(self._values, part)

    def _values(self, row: tuple[Any, ...]) -> tuple[Value, ...]:
        key = str(row[self._key])
        if row[self._side] not in self._sides:
            return (*[self._of_others(place, row) for place in self._places], key)
        # One comprehension for all cells: a million rows have some twenty million of them.
        return (
            *[
                value if convert is None or value is None else convert(value)
                for value, convert in zip(row, self._converts, strict=False)
            ],
            key,
        )

    def _of_others(self, place: _Place, row: tuple[Any, ...]) -> Value:
        """The value in a row of the other side, as `display.text_of` shows it."""
        raw = row[place.at]
        value = raw if raw is None or place.convert is None else place.convert(raw)
        if value is None or value == "":
            return None
        if place.column.is_personal:
            return mask_name(str(value))
        if place.column.is_sensitive or self._is_told(place, row):
            return value
        return _("（未共享）")

    def _is_told(self, place: _Place, row: tuple[Any, ...]) -> bool:
        for side, sharing, state in place.through:
            is_told = row[sharing] != Sharing.PRIVATE and row[state] in REPORTED_STATES
            if row[side] is not None and row[side] not in self._sides and not is_told:
                return False
        if place.references is None:
            return True
        named = place.references[row[place.at]]
        return named.is_shared or named.side in self._sides

    def _at(self, path: str) -> int:
        """Where the value of `path` stands in a row of the answer."""
        if path not in self._paths:
            self._paths.append(path)
        return self._paths.index(path)

    def _place(self, at: int, column: ResolvedColumn) -> _Place:
        through = tuple(
            tuple(self._at(f"{path}__{name}") for name in _SEEN_BY) for path in _crossed(self._model, column)
        )
        references = None
        if column.is_reference:
            references = References(column.target, is_personal=column.is_personal)
        return _Place(at, column, _convert(column, references), references, through)


def _crossed(model: type[models.Model], column: ResolvedColumn) -> Iterator[str]:
    """Paths to the ledger rows between a row and the value of `column`; what a reference names is none."""
    parts = [] if column.expression is not None else column.name.split("__")[:-1]
    for length in range(1, len(parts) + 1):
        path = "__".join(parts[:length])
        related = resolve_path(model, path).related_model
        if isinstance(related, type) and issubclass(related, LedgerModel):
            yield path


def _convert(column: ResolvedColumn, references: References | None) -> Convert | None:
    if references is not None:
        return references.text
    if column.is_sensitive:
        return str
    if column.kind is Kind.PERIOD:
        return _period
    if column.kind is Kind.DATE:
        return _day
    return None


@lru_cache(maxsize=4096)
def _period(code: str) -> Value:
    try:
        return Period.parse(code)
    except PeriodError:
        return code


def _day(value: Any) -> Value:
    return moment(value) if isinstance(value, datetime) else value
