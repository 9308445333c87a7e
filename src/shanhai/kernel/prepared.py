"""Statements that a connection has planned once: several of them are one trip to the server.

To plan a statement over many tables behind their walls takes the server longer than to answer it, where there
is little to answer: what waits in ten ledgers 20 ms and half a millisecond.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID
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

    def plan(self, name: str) -> str:
        types = f" ({', '.join(self.types)})" if self.types else ""
        return f"PREPARE {name}{types} AS {self.sql.replace('%', '%%')}"

    def call(self, name: str) -> str:
        return f"EXECUTE {name}" + (f" ({', '.join(['%s'] * len(self.types))})" if self.types else "")


def written(text: str, parameters: Sequence[Any], given: Sequence[Any] = ()) -> Planned:
    """A statement of Django's with its parameters written into it; `$1` is the first of the `given` ones.

    Shape: `given` are different texts and keys that stand for those to come, each in any number of places.
    """
    connection.ensure_connection()
    operations: Any = connection.ops
    numbers = {(type(one), one): f"${number}" for number, one in enumerate(given, start=1)}
    words = [numbers.get((type(one), one)) or operations.compose_sql("%s", [one]) for one in parameters]
    return Planned(text % tuple(words), tuple("uuid" if isinstance(one, UUID) else "text" for one in given))


class _Plans:
    """Names of the statements that a connection has planned, the last asked for at the end."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        #: A name is never used twice: whether a trip that failed has planned what it should is not known.
        self.made = 0

    def words(self, asked: Sequence[Planned]) -> list[str]:
        """What plans those that are not planned yet, drops what was not asked for of late, and calls."""
        found = []
        for one in asked:
            name = self.names.pop(one.name, "")
            if not name:
                self.made += 1
                name = f"{one.name}_{self.made}"
                found.append(one.plan(name))
            self.names[one.name] = name
        while len(self.names) > max(MOST_PLANNED, len(asked)):
            found.append(f"DEALLOCATE {self.names.pop(next(iter(self.names)))}")
        return found + [one.call(self.names[one.name]) for one in asked]


#: By connection of the driver: another connection has planned nothing.
_plans: WeakKeyDictionary[Any, _Plans] = WeakKeyDictionary()


#: Around statements that shall not be planned for what is asked: undone with them, should they fail.
_ONE_PLAN = ("SET plan_cache_mode = force_generic_plan", "RESET plan_cache_mode")


def lines(
    asked: Sequence[tuple[Planned, Sequence[str]]], *, has_one_plan: bool = False
) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement with its parameters, as PostgreSQL writes them.

    Shape: `has_one_plan`: whatever is asked, where the server would take longer to plan than to read.
    """
    with connection.cursor() as cursor:
        plans = _plans.setdefault(connection.connection, _Plans())
        words = plans.words([statement for statement, _ in asked])
        words = [_ONE_PLAN[0], *words, _ONE_PLAN[1]] if has_one_plan else words
        try:
            cursor.execute("; ".join(words), [one for _, given in asked for one in given])
        except BaseException:
            plans.names.clear()
            raise
        return list(_sets(cursor))


def _sets(cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of each statement that has some to give."""
    is_more = True
    while is_more:
        if cursor.description:
            yield cursor.fetchall()
        is_more = cursor.nextset()
