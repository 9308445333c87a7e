"""Statements that a connection has planned once: several of them are one trip to the server.

What is read again after a change is small; to word and to plan it would cost more than to read it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

#: Statements that stay planned in one connection.
MOST_PLANNED = 64


@dataclass(frozen=True, eq=False)
class Planned:
    """A statement with `$1`…, and the types of these."""

    sql: str
    types: tuple[str, ...]

    @cached_property
    def name(self) -> str:
        """Equal for equal statements."""
        return "shanhai_" + hashlib.blake2b(f"{self.types} {self.sql}".encode(), digest_size=8).hexdigest()

    @cached_property
    def call(self) -> str:
        return f"EXECUTE {self.name}" + (f" ({', '.join(['%s'] * len(self.types))})" if self.types else "")


#: Connection of the driver → names of its planned statements; another connection has planned nothing.
_planned: WeakKeyDictionary[Any, dict[str, None]] = WeakKeyDictionary()


def lines(asked: Sequence[tuple[Planned, Sequence[str]]]) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement with its parameters, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        _plan(cursor, [statement for statement, _ in asked])
        parameters = [one for _, given in asked for one in given]
        cursor.execute("; ".join([statement.call for statement, _ in asked]), parameters)
        found = [cursor.fetchall()]
        while cursor.nextset():
            found.append(cursor.fetchall())
    return found


def _plan(cursor: Any, statements: Sequence[Planned]) -> None:
    kept = _planned.setdefault(connection.connection, {})
    for one in statements:
        if one.name not in kept:
            types = f"({', '.join(one.types)})" if one.types else ""
            cursor.execute(f"PREPARE {one.name} {types} AS {one.sql}")
        kept.pop(one.name, None)
        kept[one.name] = None  # the last asked for
    while len(kept) > max(MOST_PLANNED, len(statements)):
        oldest = next(iter(kept))
        cursor.execute(f"DEALLOCATE {oldest}")
        del kept[oldest]
