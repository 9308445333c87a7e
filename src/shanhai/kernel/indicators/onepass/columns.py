"""Columns of fixed width from the database as arrays: nothing is made of a row on its way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from shanhai.engines.stretches import Ints, Words

type Array = NDArray[Any]

#: For an empty day: later than any window.
_NO_DAY = 2**31 - 1
#: Rows come in so many lots, for what the server sends at once has its limits.
_LOTS = 16
_NOTHING = "'\\x0000000000000000'::bytea"


@dataclass(frozen=True)
class Column:
    """SQL of bytes, `width` of them in every row, and the type of what they hold."""

    sql: str
    kind: str


def width_of(column: Column) -> int:
    """Unit: bytes."""
    return int(np.dtype(column.kind).itemsize)


def key_column(column: str) -> Column:
    return Column(f"uuid_send(coalesce({column}, '00000000-0000-0000-0000-000000000000'::uuid))", "V16")


def day_column(column: str) -> Column:
    """Days since 1970."""
    return Column(f"int4send(coalesce({column} - date '1970-01-01', {_NO_DAY}))", ">i4")


def number_column(number: str) -> Column:
    return Column(f"int8send(({number})::bigint)", ">i8")


def code_column(number: str) -> Column:
    """A small number. Unit: two bytes."""
    return Column(f"int2send(({number})::int2)", ">i2")


def text_column(column: str, empty: str = _NOTHING) -> Column:
    """The first eight bytes, which tell codes of periods apart from each other and from all that is none."""
    return Column(
        f"substr(coalesce(convert_to({column}, 'UTF8') || {_NOTHING}, {empty}), 1, {TEXT_WIDTH})", "V8"
    )


#: Bytes of a small number.
CODE_WIDTH = 2
#: Bytes of a text that are read.
TEXT_WIDTH = 8


def order_column(field: "models.Field[Any, Any]", column: str, *, is_descending: bool) -> Column:
    """A column to be ordered by its bytes, ascending, empty values last. Shape: `can_order` its field."""
    if isinstance(field, models.CharField):
        return text_column(column, _NOTHING if is_descending else f"'\\x{'ff' * TEXT_WIDTH}'::bytea")
    number = column if isinstance(field, models.IntegerField) else f"({column} - date '1970-01-01')::bigint"
    return number_column(f"coalesce({'-' if is_descending else ''}({number}), {2**63 - 1})")


def can_order(field: "models.Field[Any, Any]") -> bool:
    """Whether what a row of this field holds can be ordered outside the database, as the database does."""
    if isinstance(field, models.CharField):
        return not field.null and (field.max_length or TEXT_WIDTH + 1) <= TEXT_WIDTH
    return isinstance(field, models.IntegerField) or is_day(field)


def is_day(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)


def read(statement: str, columns: Mapping[str, Column]) -> dict[str, Array]:
    """All rows of a statement, column by column, in any order; one column is `key`.

    Errors: ValueError when a column is not of the width it was said to have.
    """
    with connection.cursor() as cursor:
        cursor.execute(_in_lots(statement, columns))
        return as_columns(cursor.fetchall(), {name: one.kind for name, one in columns.items()})


def read_lots(statement: str, columns: Mapping[str, Column]) -> Iterator[dict[str, Array]]:
    """The same, lot by lot: what was made smaller of one is all that stays while the next is read.

    Shape: within a transaction. Errors: ValueError, as `read`.
    """
    kinds = {name: one.kind for name, one in columns.items()}
    with connection.chunked_cursor() as cursor:
        cursor.cursor.itersize = 1
        cursor.execute(_in_lots(statement, columns))
        for lot in cursor:
            yield as_columns([lot], kinds)


def _in_lots(statement: str, columns: Mapping[str, Column]) -> str:
    lot = f"get_byte({columns['key'].sql}, 15) % {_LOTS}"
    return f"{packed(statement, columns)} GROUP BY {lot}"


def packed(statement: str, columns: Mapping[str, Column]) -> str:
    """SQL of all rows of a statement in one value, with their number."""
    row = " || ".join(column.sql for column in columns.values())
    return f"SELECT string_agg({row}, ''::bytea), count(*) FROM ({statement}) q"


def as_columns(lots: Sequence[tuple[Any, ...]], kinds: Mapping[str, str]) -> dict[str, Array]:
    """What `packed` sent. Errors: ValueError, as `read`."""
    layout = np.dtype(list(kinds.items()))
    if any(len(sent) != rows * layout.itemsize for sent, rows in lots):
        raise ValueError(f"rows are not {layout.itemsize} bytes each")
    found = np.frombuffer(b"".join(sent for sent, _ in lots), layout)
    return {name: _native(found[name]) for name in kinds}


def _native(column: Array) -> Array:
    """Numbers in the order of bytes of this machine, keys as they are."""
    if column.dtype.itemsize == CODE_WIDTH:
        return column.astype(np.int16)
    return column.astype(np.int64) if column.dtype.kind == "i" else np.ascontiguousarray(column)


def texts(column: Array) -> tuple[list[str], Ints]:
    """The different texts of a `text_column`, and for each row the number of its own."""
    words, numbers = np.unique(column.view(np.uint64), return_inverse=True)
    found = [word.tobytes().rstrip(b"\0").decode("utf-8", "replace") for word in words]
    return found, numbers.astype(np.int64)


def ordered_words(column: Array) -> list[Words]:
    """The bytes of keys and texts as numbers that stand in the same order, the weightiest first."""
    words = column.view(">u8").reshape(len(column), column.dtype.itemsize // TEXT_WIDTH)
    return list(words.T.astype(np.uint64))
