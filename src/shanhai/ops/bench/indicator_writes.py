"""One row more: its INSERT and commit, four writers in one village, and reading it at every level."""

import itertools
import json
import os
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

_ROWS, _BLOCKS, _WRITERS = 50, 6, 4
_INSERT = (
    "INSERT INTO labour_employmentspell (id, side, owner_unit_id, period, state, sharing, row_version,"
    " submitted_by, return_reason, extra, person_id, employer_name, post, destination, started_on,"
    " has_contract, is_insured, channel)"
    " VALUES (uuidv7(), 'west', %s, '', 'verified', 'shared', 1, '', '', '{}', %s, '演示', '装配工',"
    " 'county', date '2022-01-01' + %s::integer, false, false, 'own')"
)
#: People of one village: the rows of all of them count in the same figures.
_PEOPLE = (
    "SELECT s.owner_unit_id, s.person_id FROM labour_employmentspell s"
    " JOIN parties_person p ON p.id = s.person_id"
    " WHERE p.place_id = (SELECT place_id FROM parties_person ORDER BY id LIMIT 1)"
    " GROUP BY 1, 2 ORDER BY 2 LIMIT 200"
)
type Person = tuple[Any, Any]


def report(_folder: str) -> str:
    """Milliseconds of one row, rows a second of four writers, seconds until it is read at every level."""
    days = itertools.count()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        # Of an earlier run.
        owner.execute("SELECT set_config('shanhai.actor', 'benchmark', false)")
        owner.execute("DELETE FROM labour_employmentspell WHERE started_on >= '2022-01-01'")
        people = owner.execute(_PEOPLE).fetchall()
    times: list[float] = []
    rates = []
    for _block in range(_BLOCKS):
        times += _alone(people, next(days))
        rates.append(_together(people, next(days)))
    told = {
        "insert_ms": round(statistics.median(times) * 1000, 3),
        "insert_p99_ms": _p99(times),
        "four_writers_in_one_village_rows_per_s": round(statistics.median(rates)),
        "read_at_every_level_s": round(_read(), 3),
    }
    return json.dumps({"result": json.dumps(told), "stages": {}})


def _read() -> float:
    """Seconds to read the row's indicator at every place: from the rows, for nothing is kept."""
    import django

    django.setup()
    from shanhai.kernel import context
    from shanhai.kernel.indicators.onepass.places import by_place
    from shanhai.kernel.indicators.registry import registry
    from shanhai.kernel.scope import Side

    from .indicator_plain import months

    with context.unscoped("benchmark"):
        began = time.perf_counter()
        by_place([(registry.get("LAB-1"), months()[-1])], Side.WEST)
        return time.perf_counter() - began


def _p99(times: Sequence[float]) -> float:
    return round(sorted(times)[len(times) * 99 // 100] * 1000, 3)


@contextmanager
def _application() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0) as connection:
        connection.execute("SELECT set_config('shanhai.actor', 'benchmark', false)")
        yield connection


def _alone(people: Sequence[Person], day: int) -> list[float]:
    with _application() as connection:
        return _written(connection, people[:_ROWS], day)


def _written(connection: psycopg.Connection[Any], people: Sequence[Person], day: int) -> list[float]:
    """Seconds of each INSERT with its commit; the first ones warm the connection and are not told."""
    times = []
    for unit, person in people:
        began = time.perf_counter()
        connection.execute(_INSERT, [unit, person, day])
        times.append(time.perf_counter() - began)
    return times[len(times) // 10 :]


def _together(people: Sequence[Person], day: int) -> float:
    """Rows a second of all writers, each with people of its own in the one village."""
    start = threading.Barrier(_WRITERS + 1)

    def write(number: int) -> None:
        with _application() as connection:
            mine = people[number::_WRITERS]
            _written(connection, mine[:1], day + 1000)
            start.wait()
            _written(connection, mine, day)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(_WRITERS)]
    for writer in writers:
        writer.start()
    start.wait()
    began = time.perf_counter()
    for writer in writers:
        writer.join()
    return len(people) / (time.perf_counter() - began)
