"""Databases of a worker: one where the cast lives, one where nobody does, one of the demonstration year."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any

from django.db import connections

from casting import Original
from databases import WITH_TOYS, copied, migrate, migrated, seeded
from shanhai.kernel import clock

TODAY = date(2021, 9, 24)
PEOPLED, EMPTY, SEEDED = "peopled", "empty", "seeded"


def world_of(names: Collection[str]) -> str:
    """The world of a test with fixtures of these names.

    Who asks for the cast finds it made, who asks for the year finds that; who does neither finds nothing.
    Nor does who commits and clears up: nothing of it may be missing in the worlds of others. That is who has
    no transaction of pytest-django, which undoes everything, or says so.
    """
    if "demonstration_year" in names:
        return SEEDED
    is_undone = "_django_db_helper" in names and "commits" not in names
    return PEOPLED if "cast" in names and is_undone else EMPTY


class Worlds:
    """Each is made when a test first asks for it; the connections lead to the one of the test at hand."""

    original: Original

    def __init__(self) -> None:
        self._made: dict[str, str] = {}
        self._name = ""
        self._wanted = EMPTY

    @contextmanager
    def kept(self, name: str, blocker: Any) -> Iterator[None]:
        """For as long as the block runs there are databases, whose names begin with `name`."""
        with ExitStack() as self._copies:
            self._name, self._blocker = name, blocker
            self.turn_to(self._wanted)
            yield
            _lead_to(connections["default"].settings_dict["NAME"])

    def turn_to(self, wanted: str) -> None:
        """The next test is in that world. Before the first that has a database this is only noted."""
        self._wanted = wanted
        if not self._name:
            return
        if wanted not in self._made:
            self._make(wanted)
        if connections["default"].settings_dict["NAME"] != self._made[wanted]:
            _lead_to(self._made[wanted])

    def _make(self, wanted: str) -> None:
        name = f"{self._name}_{wanted}"
        source = seeded()[0] if wanted == SEEDED else migrated(WITH_TOYS)
        self._copies.enter_context(copied(name, source))
        if wanted == SEEDED:
            migrate(name, WITH_TOYS)
        _lead_to(name)
        with self._blocker.unblock(), clock.at(TODAY):
            with connections["owner"].cursor() as cursor:
                cursor.execute("SELECT kernel_ensure_history_partitions('2020-10-01', 15)")
            if wanted == PEOPLED:
                self.original = Original()
        self._made[wanted] = name


def _lead_to(name: str) -> None:
    for connection in (connections["owner"], connections["default"]):
        connection.close()
        connection.settings_dict["NAME"] = name
