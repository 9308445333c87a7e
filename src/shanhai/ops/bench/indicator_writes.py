"""One row more: its INSERT and commit, the same with its value read at every level, four writers at once."""

import itertools
import json
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
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
    """Milliseconds of one row, and of one row with its value at every place; rows a second of four writers.

    Errors: RuntimeError when what is kept differs from what is read anew.
    """
    import django

    django.setup()
    from shanhai.kernel import context

    days = itertools.count()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        # Of an earlier run.
        owner.execute("SELECT set_config('shanhai.actor', 'benchmark', false)")
        owner.execute("DELETE FROM labour_employmentspell WHERE started_on >= '2022-01-01'")
        people = owner.execute(_PEOPLE).fetchall()
    bare, seen, whole = list[float](), list[float](), list[float]()
    ratios, rates = [], []
    with context.unscoped("benchmark"):
        _value(), _values()  # kept from here on
    for _block in range(_BLOCKS):
        blocks = [_alone(people, next(days), then) for then in (None, _value, _values)]
        ratios.append([statistics.median(block) / statistics.median(blocks[0]) for block in blocks])
        bare, seen, whole = bare + blocks[0], seen + blocks[1], whole + blocks[2]
        rates.append(_together(people, next(days)))
    with context.unscoped("benchmark"):
        is_equal = _values() == _values(anew=True)
    if not is_equal:
        raise RuntimeError("what is kept differs from what is read anew")
    told = {
        "insert_ms": _ms(bare),
        "insert_p99_ms": _p99(bare),
        "insert_and_figure_at_every_place_ms": _ms(seen),
        "insert_and_figure_at_every_place_p99_ms": _p99(seen),
        "insert_and_all_three_figures_ms": _ms(whole),
        "ratio": round(statistics.median(one[1] for one in ratios), 2),
        "ratio_of_all_three": round(statistics.median(one[2] for one in ratios), 2),
        "four_writers_in_one_village_rows_per_s": round(statistics.median(rates)),
        "read_anew_s": round(_anew(), 3),
    }
    return json.dumps({"result": json.dumps(told), "stages": {}})


def _value() -> Any:
    """The row's first figure at every place, in a year to whose figure it belongs."""
    return _read(["LAB-1"])


def _values(*, anew: bool = False) -> Any:
    """Every figure the row belongs to."""
    return _read(["LAB-1", "LAB-1A", "LAB-5B"], anew=anew)


def _anew() -> float:
    from shanhai.kernel import context

    with context.unscoped("benchmark"):
        began = time.perf_counter()
        _read(["LAB-1"], anew=True)
        return time.perf_counter() - began


def _read(codes: Sequence[str], *, anew: bool = False) -> Any:
    from shanhai.engines.values import Period
    from shanhai.kernel.indicators.onepass.kept import KEEPER, Keeper
    from shanhai.kernel.indicators.onepass.places import by_place
    from shanhai.kernel.indicators.registry import registry
    from shanhai.kernel.scope import Side

    asked = [(registry.get(code), Period.parse("2022-12")) for code in codes]
    return by_place(asked, Side.WEST, Keeper() if anew else KEEPER)


def _ms(times: Sequence[float]) -> float:
    return round(statistics.median(times) * 1000, 3)


def _p99(times: Sequence[float]) -> float:
    return round(sorted(times)[len(times) * 99 // 100] * 1000, 3)


@contextmanager
def _application() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0) as connection:
        connection.execute("SELECT set_config('shanhai.actor', 'benchmark', false)")
        yield connection


def _alone(people: Sequence[Person], day: int, then: Callable[[], Any] | None) -> list[float]:
    from shanhai.kernel import context

    with _application() as connection, context.unscoped("benchmark"):
        return _written(connection, people[:_ROWS], day, then)


def _written(
    connection: psycopg.Connection[Any],
    people: Sequence[Person],
    day: int,
    then: Callable[[], Any] | None = None,
) -> list[float]:
    """Seconds of each INSERT with its commit, and of what is done then; the first ones warm, untold."""
    times = []
    for unit, person in people:
        began = time.perf_counter()
        connection.execute(_INSERT, [unit, person, day])
        if then:
            then()
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
