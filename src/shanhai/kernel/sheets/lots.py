"""Rows on their way into a file, some hundred or thousand at a time and column by column.

What is the same for all values of a column is asked once, and each distinct value is converted once: a
million rows have some twenty million cells, of which most repeat one another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import batched, groupby
from operator import itemgetter
from typing import Any

from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.values import Value

#: Values by the names of their columns, an absent one being empty; or all of them in the columns' order.
type ValueRow = Mapping[str, Value] | tuple[Value, ...]
#: For each column the values of the same rows.
type Lot = Sequence[Sequence[Value]]

_ROWS_AT_ONCE = 1_000


class Lots:
    """Rows as lots, counted as they go by.

    Shape: to be read once; no lot is without rows. `tell` hears the number after each lot.
    """

    def __init__(self, lots: Iterable[Lot], tell: Callable[[int], None] | None = None) -> None:
        self._lots, self._tell = lots, tell
        self.count = 0

    def __iter__(self) -> Iterator[Lot]:
        for lot in self._lots:
            self.count += len(lot[0])
            if self._tell is not None:
                self._tell(self.count)
            yield lot


def in_lots(columns: Sequence[SheetColumn], rows: "Iterable[ValueRow] | Lots") -> Lots:
    """Rows in whichever shape they come."""
    return rows if isinstance(rows, Lots) else Lots(_turned(columns, rows))


def _turned(columns: Sequence[SheetColumn], rows: Iterable[ValueRow]) -> Iterator[Lot]:
    names = [column.name for column in columns]
    values = (row if isinstance(row, tuple) else tuple(map(row.get, names)) for row in rows)
    for part in batched(values, _ROWS_AT_ONCE):
        yield list(zip(*part, strict=True))


def in_parts(lots: Iterable[Lot], size: int) -> Iterator[Iterator[Lot]]:
    """The lots in parts of at most `size` rows, each to be used up before the next; one for no rows."""
    is_empty = True
    for _number, part in groupby(_cut(lots, size), key=itemgetter(0)):
        is_empty = False
        yield (lot for _number, lot in part)
    if is_empty:
        yield iter(())


def _cut(lots: Iterable[Lot], size: int) -> Iterator[tuple[int, Lot]]:
    """Lots that lie in one part each, with its number."""
    done = 0
    for lot in lots:
        begin, rows = 0, len(lot[0])
        while begin < rows:
            part, filled = divmod(done, size)
            end = min(rows, begin + size - filled)
            yield part, [column[begin:end] for column in lot]
            done, begin = done + end - begin, end


def each_once[To](values: Sequence[Any], convert: Callable[[Any], To], empty: To) -> Sequence[To]:
    """`convert` of every value, called once for equal ones where many are; `empty` for None.

    Shape: equal values of one type are alike; True and 1 are not, so several types are converted one by one.
    """
    distinct, types = set(values) - {None}, set(map(type, values)) - {type(None)}
    if 2 * len(distinct) > len(values) or len(types) > 1:
        return [empty if value is None else convert(value) for value in values]
    known: dict[Any, To] = {value: convert(value) for value in distinct}
    known[None] = empty
    return [known[value] for value in values]
