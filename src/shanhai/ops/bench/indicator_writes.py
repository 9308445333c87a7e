"""One row more: its INSERT and commit, the same with its figures read at every level, four writers at once.

The row is written by one connection and read by another. Bare and read rows take turns, so that the machine's
load falls on both; what a turn leaves to be read is read between turns, so that each reads one change.
"""

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
_TABLE, _MONTH = "labour_employmentspell", "2022-12"
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
    """Milliseconds of one row bare, with its first figure, and with all its figures, at every place.

    Errors: RuntimeError when what is kept differs from what is read anew.
    """
    import django

    django.setup()
    from shanhai.kernel import context

    days = itertools.count()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        people = owner.execute(_PEOPLE).fetchall()
    turns: dict[str, list[float]] = {"insert": [], "one": [], "all": []}
    rates: dict[bool, list[float]] = {False: [], True: []}
    with context.unscoped("benchmark"):
        codes = fed()
        began = time.perf_counter()
        read(codes, anew=True)
        anew = time.perf_counter() - began
        thens: list[Callable[[], Any] | None] = [None, lambda: read(codes[:1]), lambda: read(codes)]
        for _block in range(_BLOCKS):
            _undo()
            for name, found in zip(turns, _in_turns(people, days, thens), strict=True):
                turns[name] += found
            for is_read, told in rates.items():
                told.append(_together(people, next(days), codes if is_read else []))
        if read(codes) != read(codes, anew=True):
            raise RuntimeError("what is kept differs from what is read anew")
    return json.dumps({"result": json.dumps(_told(codes, turns, rates, anew)), "stages": {}})


def _told(
    codes: Sequence[str], turns: dict[str, list[float]], rates: dict[bool, list[float]], anew: float
) -> dict[str, Any]:
    bare = statistics.median(turns["insert"])
    figures = {
        f"{name}_{of}ms": round(1000 * value, 3)
        for name, times in turns.items()
        for of, value in (("", statistics.median(times)), ("p99_", sorted(times)[len(times) * 99 // 100]))
    }
    return {
        "figures_of_the_row": codes,
        "ratio": round(statistics.median(turns["all"]) / bare, 2),
        "ratio_of_one_figure": round(statistics.median(turns["one"]) / bare, 2),
        **figures,
        "four_writers_in_one_village_rows_per_s": round(statistics.median(rates[False])),
        "four_writers_that_read_rows_per_s": round(statistics.median(rates[True])),
        "read_anew_s": round(anew, 3),
    }


def _undo() -> None:
    """Take out what was written, here or in an earlier run: people have few rows, as in life."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("SELECT set_config('shanhai.actor', 'benchmark', false)")
        owner.execute("DELETE FROM labour_employmentspell WHERE started_on >= '2022-01-01'")


def fed() -> list[str]:
    """Indicators that read the row's table; ratios are divided from these."""
    from shanhai.kernel.indicators.onepass.involved import involved_in
    from shanhai.kernel.indicators.onepass.terms import term_of
    from shanhai.kernel.indicators.registry import registry

    terms = [(one.code, term_of(one)) for one in registry]
    return [code for code, term in terms if term and _TABLE in involved_in(term).tables]


def read(codes: Sequence[str], *, anew: bool = False) -> Any:
    """Figures at every place, in a year to whose figures the rows belong."""
    from shanhai.engines.values import Period
    from shanhai.kernel.indicators.onepass.kept import KEEPER, Keeper
    from shanhai.kernel.indicators.onepass.places import by_place
    from shanhai.kernel.indicators.registry import registry
    from shanhai.kernel.scope import Side

    asked = [(registry.get(code), Period.parse(_MONTH)) for code in codes]
    return by_place(asked, Side.WEST, Keeper() if anew else KEEPER)


@contextmanager
def _application() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0) as connection:
        connection.execute("SELECT set_config('shanhai.actor', 'benchmark', false)")
        yield connection


def _in_turns(
    people: Sequence[Person], days: Iterator[int], thens: Sequence[Callable[[], Any] | None]
) -> list[list[float]]:
    """Seconds of each INSERT with its commit, and of what is done then; the first ones warm, untold."""
    turns = [(next(days), then, list[float]()) for then in thens]
    level = thens[-1]
    assert level is not None  # noqa: S101  (narrowing)
    with _application() as connection:
        for unit, person in people[:_ROWS]:
            for day, then, times in turns:
                level()
                began = time.perf_counter()
                connection.execute(_INSERT, [unit, person, day])
                if then:
                    then()
                times.append(time.perf_counter() - began)
    return [times[_ROWS // 10 :] for _day, _then, times in turns]


def _together(people: Sequence[Person], day: int, codes: Sequence[str]) -> float:
    """Rows a second of all writers, each with people of its own in the one village, each reading `codes`."""
    from django.db import connection as reading

    from shanhai.kernel import context

    start = threading.Barrier(_WRITERS + 1)

    def write(number: int) -> None:
        with _application() as connection, context.unscoped("benchmark"):
            mine = people[number::_WRITERS]
            for at, (unit, person) in enumerate([mine[0], *mine]):
                connection.execute(_INSERT, [unit, person, day + (0 if at else 1000)])
                if codes:
                    read(codes)
                if not at:
                    start.wait()
        reading.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(_WRITERS)]
    for writer in writers:
        writer.start()
    start.wait()
    began = time.perf_counter()
    for writer in writers:
        writer.join()
    return len(people) / (time.perf_counter() - began)
