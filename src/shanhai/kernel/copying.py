"""Columns as the text that COPY reads: what repeats itself is written once, rows are joined from texts."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from psycopg.adapt import PyFormat, Transformer

from .fields import SealedField
from .sealing import Sealed, SealedTexts
from .sheets.coded import Coded

_NULL = r"\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
#: While the server writes one lot, the next is sealed and put into words.
_ROWS_AT_ONCE = 10_000

type Write = Callable[[Any], str]


def copy_text(fields: Sequence[Any], columns: Sequence[Sequence[Any]], connection: Any) -> Iterator[bytes]:
    """The rows in lots. Shape: `columns` go with `fields`; `connection` is Django's, and open."""
    write = _writer(connection)
    writers = [
        _column(field, values, _value_writer(field, connection, write), write)
        for field, values in zip(fields, columns, strict=True)
    ]
    for first in range(0, len(columns[0]), _ROWS_AT_ONCE):
        texts = [of(slice(first, first + _ROWS_AT_ONCE)) for of in writers]
        yield ("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n").encode()


def _column(
    field: Any, values: Sequence[Any], write: Write, write_prepared: Write
) -> Callable[[slice], list[str]]:
    """The texts of some rows of a column."""
    if isinstance(values, Coded) and isinstance(values.distinct, SealedTexts):
        tokens = values.distinct.tokens
        return lambda rows: list(map(write_prepared, tokens(values.codes[rows].tolist())))
    if isinstance(field, SealedField):
        return lambda rows: _sealed(values[rows], write)
    if not isinstance(values, Coded):
        return lambda rows: _by_identity(values[rows], write)
    if len(values.distinct) > _ROWS_AT_ONCE:
        return lambda rows: list(values[rows].tight().mapped(write))
    return values.tight().mapped(write).part


def _sealed(values: Sequence[Any], write: Write) -> list[str]:
    kept = list(values)
    Sealed.seal_all(value for value in kept if isinstance(value, Sealed))
    return list(map(write, kept))


def _by_identity(values: Sequence[Any], write: Write) -> list[str]:
    """What a cell said is one object wherever it was said, and not everything can be hashed."""
    kept = list(values)
    known = {key: write(value) for key, value in {id(value): value for value in kept}.items()}
    return [known[id(value)] for value in kept]


#: How Django's own fields and the driver write values of exactly these types.
_WRITTEN: dict[type, tuple[type, Callable[[Any], str]]] = {
    models.CharField: (str, str),
    models.TextField: (str, str),
    models.DecimalField: (Decimal, str),
    models.DateField: (datetime.date, datetime.date.isoformat),
    models.BooleanField: (bool, ("f", "t").__getitem__),
}
_PREPARING = ("to_python", "get_prep_value", "get_db_prep_value", "get_db_prep_save")


def _value_writer(field: Any, connection: Any, write: Write) -> Write:
    """A value of the field as COPY wants it: what the field makes of it, written as the driver would."""
    usual, text_of = _usual(field)

    def written(value: Any) -> str:
        if type(value) is usual:
            text = text_of(value)
            return text.translate(_ESCAPES) if _SPECIAL.search(text) else text
        return write(field.get_db_prep_save(value, connection))

    return written


def _usual(field: Any) -> tuple[type | None, Write]:
    for kind, usual in _WRITTEN.items():
        if isinstance(field, kind) and all(_is_of(field, kind, name) for name in _PREPARING):
            return usual
    return None, str


def _is_of(field: Any, kind: type, name: str) -> bool:
    return getattr(type(field), name) is getattr(kind, name)


def _writer(connection: Any) -> Write:
    """Writes one value as the driver would, escaped for COPY."""
    transformer = Transformer(connection.connection)

    def write(value: Any) -> str:
        if value is None:
            return _NULL
        if type(value) is UUID:
            return value.hex
        text = value if type(value) is str else _dumped(transformer, value)
        return text.translate(_ESCAPES) if _SPECIAL.search(text) else text

    return write


def _dumped(transformer: Any, value: Any) -> str:
    dumped = transformer.get_dumper(value, PyFormat.TEXT).dump(value)
    return bytes(dumped).decode()
