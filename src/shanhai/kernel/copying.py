"""Columns as the text that COPY reads: what repeats itself is written once, rows are joined from texts."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from psycopg.adapt import PyFormat, Transformer

from .fields import SealedField
from .sealing import Sealed

_NULL = r"\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
#: While the server writes one lot, the next is sealed and put into words.
_ROWS_AT_ONCE = 10_000


def copy_text(fields: Sequence[Any], columns: Sequence[Sequence[Any]], connection: Any) -> Iterator[bytes]:
    """The rows in lots. Shape: `columns` go with `fields`; `connection` is Django's, and open."""
    write = _writer(connection)
    for first in range(0, len(columns[0]), _ROWS_AT_ONCE):
        lot = [values[first : first + _ROWS_AT_ONCE] for values in columns]
        texts = [_texts(field, values, connection, write) for field, values in zip(fields, lot, strict=True)]
        yield ("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n").encode()


def _texts(field: Any, values: Sequence[Any], connection: Any, write: Callable[[Any], str]) -> list[str]:
    if isinstance(field, SealedField):  # equal ones each for itself, or they would be seen to be equal
        Sealed.seal_all(value for value in values if isinstance(value, Sealed))
        return [write(field.get_db_prep_save(value, connection)) for value in values]
    # By identity: what a cell said is one object wherever it was said, and not everything can be hashed.
    kept = list(values)
    distinct = {id(value): value for value in kept}
    known = {key: write(field.get_db_prep_save(value, connection)) for key, value in distinct.items()}
    return [known[id(value)] for value in kept]


def _writer(connection: Any) -> Callable[[Any], str]:
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
