"""Exports as Parquet, for programs that compute: numbers, days and yes-or-no typed, choices by their words.

A value that is no number where numbers stand (what the other side does not share) is empty here. Texts stand
as they are: nothing runs them. The note is metadata of the file, what a column means is that of the column.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from shanhai.kernel.sheets.columns import Kind, SheetColumn, check_columns
from shanhai.kernel.sheets.lots import Lot, Lots, ValueRow, each_once, in_lots
from shanhai.kernel.sheets.values import Value, format_value
from shanhai.kernel.sheets.writing import Note, counted

NOTE_KEY, COUNT_KEY, TITLE_KEY = "shanhai.note", "shanhai.rows", "shanhai.title"
#: Rows of one group in the file, held in memory until it is written.
_ROWS_OF_GROUP = 20_000
_DIGITS_BEFORE_POINT = 18

type Typed = Callable[[Value], Any]


def write_parquet(
    columns: Iterable[SheetColumn],
    rows: Iterable[ValueRow] | Lots,
    note: Note,
    out: Path,
    *,
    title: str = "数据",
) -> int:
    """Write a Parquet file and return how many rows it has.

    Shape: columns are named as in the other exports, with their units.
    """
    import pyarrow as pa  # noqa: PLC0415 - a fifth of a second that pages need not wait for
    from pyarrow import parquet  # noqa: PLC0415

    columns = check_columns(columns)
    schema = pa.schema([pa.field(c.header, _type(pa, c), metadata=_meaning(c)) for c in columns])
    typed = [_typed(column) for column in columns]
    lots = in_lots(columns, rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batches in _groups(_batch(pa, schema, typed, lot) for lot in lots):
            writer.write_table(pa.Table.from_batches(batches, schema=schema))
        said = {NOTE_KEY: counted(note, lots.count), COUNT_KEY: str(lots.count), TITLE_KEY: title}
        writer.add_key_value_metadata(said)
    return lots.count


def _groups(batches: Iterable[Any]) -> Iterator[list[Any]]:
    group: list[Any] = []
    for batch in batches:
        group.append(batch)
        if sum(one.num_rows for one in group) >= _ROWS_OF_GROUP:
            yield group
            group = []
    if group:
        yield group


def _batch(pa: Any, schema: Any, typed: Sequence[Typed], lot: Lot) -> Any:
    arrays = [
        pa.array(each_once(values, to_type, None), type=field.type)
        for to_type, values, field in zip(typed, lot, schema, strict=True)
    ]
    return pa.record_batch(arrays, schema=schema)


def _type(pa: Any, column: SheetColumn) -> Any:
    match column.kind:
        case Kind.INTEGER:
            return pa.int64()
        case Kind.DECIMAL | Kind.MONEY:
            return pa.decimal128(_DIGITS_BEFORE_POINT + column.places, column.places)
        case Kind.DATE:
            return pa.date32()
        case Kind.BOOLEAN:
            return pa.bool_()
        case _:
            return pa.string()


def _typed(column: SheetColumn) -> Typed:
    match column.kind:
        case Kind.INTEGER:
            return lambda value: value if type(value) is int else None
        case Kind.DECIMAL | Kind.MONEY:
            # Averages have more digits than the column shows.
            exponent = Decimal(1).scaleb(-column.places)
            return lambda value: value.quantize(exponent) if isinstance(value, Decimal) else None
        case Kind.DATE:
            return lambda value: value if type(value) is datetime.date else None
        case Kind.BOOLEAN:
            return lambda value: value if type(value) is bool else None
        case _:
            labels = dict(column.choices)
            return lambda value: (
                labels.get(value, value) if type(value) is str else format_value(column, value)
            )


def _meaning(column: SheetColumn) -> dict[str, str]:
    known = {
        "name": column.name,
        "kind": str(column.kind),
        "unit": column.unit or "",
        "source": column.source,
    }
    return {key: value for key, value in known.items() if value}
