"""The rows of a list as columns of values: one pass over a cursor of the server, no row becomes an object.

What stands in a cell is what the list shows (`surfaces.display`): masked, and left out behind rows that are
not shared with the reader's side. What a reference says is asked for by the same statement where one field
says it; else by keys, once for some thousand rows.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from shanhai.kernel.sheets.lots import Lot, each_once
from shanhai.kernel.sheets.values import Value
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.listing import Listing

from .answers import answered
from .plain import within_reach
from .references import References, said_by

_EXPECTED = "export_expected"
#: Of every row that a path leads through: whether the reader's side may see it.
_SEEN_BY = ("side", "sharing", "state")

type Convert = Callable[[Sequence[Any]], Sequence[Value]]


class _Number(Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"


@dataclass(frozen=True)
class _Place:
    """Where one column stands in what the database answers, and what is made of it."""

    at: int
    column: ResolvedColumn
    #: For rows of the reader's own side; None where the values stand as they are.
    convert: Convert | None
    #: What says whether the row that is pointed at is shared, where the answer itself does not.
    references: References | None
    #: Places of side, sharing and state of the rows that the value is taken from.
    through: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class _Opening:
    """A column whose values stand unmasked where the reader may see them so."""

    place: int
    column: ResolvedColumn
    #: Name of what says whether the value is within reach.
    within: str
    at: int
    within_at: int
    side_at: int


class Reading:
    """The rows of `listing` as lots: its columns, and the key of the row as the last.

    Shape: read once. `expected` is known with the first lot: the number of rows that fit the list, counted by
    the same statement, so that nobody's work meanwhile makes a difference. Values of `plain` columns stand
    unmasked where that is the reader's right; reading them needs `sealing.revealing`.
    """

    def __init__(self, listing: Listing, *, plain: Sequence[ResolvedColumn] = ()) -> None:
        self.expected: int | None = None
        #: Rows of which something was opened, by their side.
        self.opened: Counter[str] = Counter()
        self._model, self._sides = listing.ledger.model, listing.actor.sides
        self._paths: list[str] = []
        self._places = [self._place(column) for column in listing.columns]
        self._key, self._side, self._count = (self._at(path) for path in ("pk", "side", _EXPECTED))
        self._openings = [self._opening(column, listing) for column in plain]
        reach = {one.within: within_reach(one.column, listing.actor) for one in self._openings}
        counted = _Number(listing.rows().order_by().values("pk"), output_field=IntegerField())
        self._rows = listing.ordered().annotate(**reach, **{_EXPECTED: counted}).values_list(*self._paths)

    def __iter__(self) -> Iterator[Lot]:
        for lot in answered(self._rows):
            self.expected = lot[self._count][0]
            for place in self._places:
                if place.references:
                    place.references.load(lot[place.at])
            yield [*self._columns(lot), lot[self._key]]

    def _columns(self, lot: Lot) -> list[Sequence[Value]]:
        found = [
            lot[place.at] if place.convert is None else place.convert(lot[place.at]) for place in self._places
        ]
        self._open(found, lot)
        theirs = [row for row, side in enumerate(lot[self._side]) if side not in self._sides]
        return self._masked(found, lot, theirs) if theirs else found

    def _open(self, columns: list[Sequence[Value]], lot: Lot) -> None:
        """Put plain texts in the place of masks, and count the rows."""
        of_rows: dict[int, str] = {}
        for one in self._openings:
            within = lot[one.within_at]
            field: Any = one.column.model_field
            reached = [token if is_ours else None for token, is_ours in zip(lot[one.at], within, strict=True)]
            texts = field.revealed(reached)
            shown = [
                mask if text is None else text for mask, text in zip(columns[one.place], texts, strict=True)
            ]
            columns[one.place] = shown
            sides = lot[one.side_at]
            of_rows |= {row: str(sides[row]) for row, text in enumerate(texts) if text is not None}
        self.opened.update(of_rows.values())

    def _opening(self, column: ResolvedColumn, listing: Listing) -> "_Opening":
        before, _separator, name = column.name.rpartition("__")
        within = f"export_within_{name}_{len(self._paths)}"
        side = f"{before}__side" if before else "side"
        at = self._at(column.name), self._at(within), self._at(side)
        return _Opening(listing.columns.index(column), column, within, *at)

    def _masked(
        self, columns: list[Sequence[Value]], lot: Lot, theirs: Sequence[int]
    ) -> list[Sequence[Value]]:
        """The columns with what is to be seen of rows of the other side."""
        changed = [list(column) for column in columns]
        for column, place in zip(changed, self._places, strict=True):
            for row in theirs:
                column[row] = self._of_others(place, column[row], lot, row)
        return [*changed]

    def _of_others(self, place: _Place, value: Value, lot: Lot, row: int) -> Value:
        """The value in a row of the other side, as `display.text_of` shows it."""
        if value is None or value == "":
            return None
        if place.column.is_personal:
            return mask_name(str(value))
        if place.column.is_sensitive or self._is_told(place, lot, row):
            return value
        return _("（未共享）")

    def _is_told(self, place: _Place, lot: Lot, row: int) -> bool:
        for side, sharing, state in place.through:
            is_told = lot[sharing][row] != Sharing.PRIVATE and lot[state][row] in REPORTED_STATES
            if lot[side][row] is not None and lot[side][row] not in self._sides and not is_told:
                return False
        if place.references is None:
            return True
        named = place.references[lot[place.at][row]]
        return named.is_shared or named.side in self._sides

    def _at(self, path: str) -> int:
        """Where the value of `path` stands in a row of the answer."""
        if path not in self._paths:
            self._paths.append(path)
        return self._paths.index(path)

    def _place(self, column: ResolvedColumn) -> _Place:
        said = said_by(column.target, is_personal=column.is_personal) if column.is_reference else ""
        references = References(column.target) if column.is_reference and not said else None
        paths = [*_crossed(self._model, column), *([column.name] if said else [])]
        through = tuple(tuple(self._at(f"{path}__{name}") for name in _SEEN_BY) for path in paths)
        at = self._at(f"{column.name}__{said}" if said else column.name)
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
        return lambda keys: each_once(keys, references.text, None)
    if column.is_reference:
        return None
    if column.is_sensitive:
        field: Any = column.model_field
        return field.masks  # type: ignore[no-any-return]
    if isinstance(column.model_field, models.DateTimeField):
        return lambda moments: each_once(moments, moment, None)
    return _BY_KIND.get(column.kind)


def _several(text: str) -> Value:
    """What `extra` holds as a list."""
    return tuple(json.loads(text))


def _days(values: Sequence[Any]) -> Sequence[Value]:
    """A computed date may be one with its time."""
    if any(isinstance(value, datetime) for value in values):
        return each_once(values, lambda value: moment(value) if isinstance(value, datetime) else value, None)
    return values


def _period(code: str) -> Value:
    try:
        return Period.parse(code)
    except PeriodError:
        return code


_BY_KIND: Mapping[Kind, Convert] = {
    Kind.DATE: _days,
    Kind.PERIOD: lambda codes: each_once(codes, _period, None),
    Kind.MULTI_CHOICE: lambda texts: each_once(texts, _several, None),
}
