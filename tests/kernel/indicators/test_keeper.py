"""How much a process keeps, for whom, and what it does when it cannot."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from shanhai.engines.values import Period
from shanhai.kernel import clock, context, prepared
from shanhai.kernel.history.known import as_known_on
from shanhai.kernel.indicators.onepass import kept
from shanhai.kernel.indicators.onepass.kept import Keeper
from shanhai.kernel.indicators.onepass.places import by_place
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Sharing, Side

from .test_kept import PERIODS, Floor, asks, db, floor  # noqa: F401  (fixtures)

JUNE = Period.parse("2021-06")


def total(keeper: Keeper, side: Side = Side.WEST, code: str = "TOY-2") -> Any:
    (values,) = by_place([(registry.get(code, JUNE), JUNE)], side, keeper).values()
    return sum(values.values())


def sums_of(keeper: Keeper) -> Any:
    (book,) = keeper._books.values()
    return book.kept


def test_what_is_kept_stays_below_its_bound(floor: Floor) -> None:  # noqa: F811
    floor.do("file many", [(number, month) for number in range(4) for month in ("2021-01", "2021-06")])
    most = 200_000
    keeper = Keeper(most_bytes=most)
    with context.unscoped("test"):
        assert by_place(asks(), Side.WEST, keeper) == by_place(asks(), Side.WEST, Keeper())
    held = sums_of(keeper)
    assert 0 < sum(one.nbytes for one in held.values()) <= most
    assert len(held) < len({(one[0].code, one[1].kind) for one in asks()})


def test_what_was_asked_for_of_late_makes_room_for_nothing(floor: Floor, monkeypatch: Any) -> None:  # noqa: F811
    floor.do("file", 0, "2021-06")
    with context.unscoped("test"):
        keeper = Keeper()
        total(keeper)
        (first,) = sums_of(keeper).values()
        keeper = Keeper(most_bytes=first.nbytes * 3 // 2)
        total(keeper, Side.WEST)
        total(keeper, Side.EAST)
        assert {one.side for one in sums_of(keeper)} == {Side.WEST}
        monkeypatch.setattr(kept, "IDLE", -1.0)  # as if all of it were long ago
        total(keeper, Side.EAST)
        assert {one.side for one in sums_of(keeper)} == {Side.EAST}


def test_readers_of_different_reach_share_no_sums(floor: Floor, cast: Any) -> None:  # noqa: F811
    floor.do("file", 0, "2021-06")
    floor.do("change", 0, 20, "verified", Sharing.PRIVATE)
    with context.unscoped("test"):
        assert total(floor.keeper) > 0
    with context.acting(cast.actor("carol")):  # of the other side: no private rows
        assert total(floor.keeper) == 0
    assert {one.is_open for one in sums_of(floor.keeper)} == {False, True}


def test_a_past_day_is_neither_kept_nor_answered_by_what_is(floor: Floor) -> None:  # noqa: F811
    floor.do("file", 0, "2021-06")
    with context.unscoped("test"):
        was = total(floor.keeper)
    (book,) = floor.keeper._books.values()
    moment, today = book.moment, datetime.now(clock.CHINA).date()
    floor.do("file", 2, "2021-06")
    with clock.at(today + timedelta(2)), context.unscoped("test"), as_known_on(today):
        assert total(floor.keeper) == was * 2
        assert (book.moment, len(book.kept)) == (moment, 1)


def test_a_transaction_that_has_written_sees_its_own_and_leaves_nothing(floor: Floor) -> None:  # noqa: F811
    floor.do("file", 0, "2021-06")
    with context.unscoped("test"):
        was = total(floor.keeper)
        with transaction.atomic():
            floor.file(3, "2021-06")
            assert total(floor.keeper) == was * 2
            with floor.keeper.now(
                {one: {2021 * 12} for one in sums_of(floor.keeper)}, only_kept=True
            ) as kept_now:
                assert kept_now == {}
            transaction.set_rollback(True)
    with context.unscoped("test"):
        assert total(floor.keeper) == was


def test_what_changes_too_much_is_read_anew(floor: Floor, monkeypatch: Any) -> None:  # noqa: F811
    monkeypatch.setattr("shanhai.kernel.indicators.onepass.changes.MOST", 3)
    with context.unscoped("test"):
        total(floor.keeper)
    floor.do("file many", [(number, month) for number in range(4) for month in ("2021-01", "2021-06")])
    with context.unscoped("test"):
        assert total(floor.keeper) == total(Keeper()) > 0


def test_statements_that_were_not_asked_for_of_late_are_planned_again(
    db: None,  # noqa: F811
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(prepared, "MOST_PLANNED", 1)
    one, other = (prepared.Planned(f"SELECT $1 + {number}", ("integer",)) for number in (1, 2))
    for _ in range(2):
        assert prepared.lines([(one, ["1"])]) == [[(2,)]]
        assert prepared.lines([(other, ["1"]), (one, ["5"])]) == [[(3,)], [(6,)]]
    connection.close()
    assert prepared.lines([(one, ["1"])]) == [[(2,)]]


READER = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = sys.argv[1]
from shanhai.engines.values import Period
from shanhai.kernel import clock, context, prepared
from shanhai.kernel.indicators.onepass.places import by_place
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Side
period = Period.parse("2021-06")
for _line in sys.stdin:
    with context.unscoped("test"):
        (values,) = by_place([(registry.get("TOY-2", period), period)], Side.WEST).values()
    print(json.dumps({str(place): str(value) for place, value in values.items()}), flush=True)
"""


class Process:
    """A process of its own that keeps sums."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", READER, str(connection.settings_dict["NAME"])]
        self.process: Any = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def told(self) -> dict[str, str]:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        found: dict[str, str] = json.loads(self.process.stdout.readline())
        return found

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.mark.usefixtures("floor")
def test_processes_tell_the_same_also_after_one_was_killed(floor: Floor) -> None:  # noqa: F811
    processes = [Process(), Process()]
    try:
        for number in (0, 3):
            floor.do("file", number, "2021-06")
            with context.unscoped("test"):
                (values,) = by_place([(registry.get("TOY-2", JUNE), JUNE)], Side.WEST, floor.keeper).values()
            mine = {str(place): str(value) for place, value in values.items()}
            assert [one.told() for one in processes] == [mine, mine]
            processes[0].end()
            processes[0] = Process()
    finally:
        for one in processes:
            one.end()
