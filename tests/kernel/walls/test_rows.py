"""The wall itself, asked in SQL by the application: who sees and writes what, whatever the product asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from shanhai.kernel import context
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Sharing, visible_rows
from shanhai.kernel.walls.told import SETTING, told
from toys.models import Meeting, Workshop

pytestmark = pytest.mark.usefixtures("behind_the_wall")

REFUSED = "row-level security"
READERS = (
    "alice",
    "anna",
    "victor",
    "carol",
    "dave",
    "lily",
    "bob",
    "wang",
    "vera",
    "ruth",
    "root",
    "sean",
    "ines",
    "eve",
)
STATES = ("draft", "submitted", "awaiting", "verified", "returned", "voided")


@pytest.fixture
def rows(cast: Any) -> list[Any]:
    """One of every unit, state and sharing; some in places of the other county, as a project may be."""
    units = (cast.dm_labour, cast.dm_finance, cast.mt_labour, cast.mt_yongxing)
    places = (None, cast.yongxing, cast.baijiao)
    made = [
        Workshop(
            code=f"W{n}-{state}-{sharing}",
            name="车间",
            side=unit.side,
            owner_unit=unit,
            place=places[n % len(places)],
            state=state,
            sharing=sharing,
        )
        for n, unit in enumerate(units)
        for state in STATES
        for sharing in Sharing
    ]
    with context.unscoped("rows"):
        Workshop.objects.bulk_create(made)
    return made


@contextmanager
def as_the_database_knows(actor: Actor | None) -> Iterator[Any]:
    """A cursor of whom the kernel told of, and nothing of Django's between."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, told(actor) if actor else ""])
        cursor.execute("SELECT set_config('shanhai.actor', %s, true)", [actor.key if actor else "stray"])
        yield cursor
        transaction.set_rollback(True)


def seen(actor: Actor | None, table: str = "toys_workshop") -> set[UUID]:
    with as_the_database_knows(actor) as cursor:
        cursor.execute(f'SELECT id FROM "{table}"')  # noqa: S608
        return {key for (key,) in cursor.fetchall()}


def test_where_nobody_acts_nothing_is_seen_and_nothing_written(cast: Any, rows: list[Any]) -> None:
    assert seen(None) == set()
    assert seen(None, "every_toys_workshop") == set()
    with as_the_database_knows(None) as cursor:
        cursor.execute("UPDATE toys_workshop SET name = '改'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM toys_workshop")
        assert cursor.rowcount == 0
    with pytest.raises(ProgrammingError, match=REFUSED), as_the_database_knows(None) as cursor:
        copy_of(cursor, rows[0])


def copy_of(cursor: Any, row: Any, **changes: Any) -> None:
    """The row once more, by SQL."""
    fields = [field for field in Workshop._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    copy = Workshop(**{field.attname: getattr(row, field.attname) for field in fields} | changes)
    copy.id, copy.code = UUID(int=1), "COPY"
    values = [field.get_db_prep_save(getattr(copy, field.attname), connection) for field in fields]
    holes = ", ".join(["%s"] * len(fields))
    cursor.execute(f"INSERT INTO toys_workshop ({columns}) VALUES ({holes})", values)  # noqa: S608


@pytest.mark.parametrize("name", READERS)
def test_both_walls_let_through_the_same_rows(name: str, cast: Any, rows: list[Any]) -> None:
    actor = cast.actor(name)
    with context.unscoped("the first wall"):
        first = set(
            Workshop.objects.filter(visible_rows(actor, Verb.VIEW, "toys.workshop")).values_list(
                "pk", flat=True
            )
        )
    assert seen(actor) == (first if actor.grants else set())


@pytest.mark.parametrize("name", ["alice", "anna", "carol", "bob", "wang", "lily", "root"])
def test_nobody_changes_removes_or_takes_what_is_not_theirs_to_write(
    name: str, cast: Any, rows: list[Any]
) -> None:
    actor = cast.actor(name)
    own = {"alice": cast.dm_labour, "anna": cast.dm_finance, "bob": cast.mt_labour}.get(name)
    sides = {"carol": "east", "wang": "west"}
    theirs = {
        row.pk
        for row in rows
        if (own is not None and row.owner_unit_id == own.pk) or row.side == sides.get(name)
    }
    with as_the_database_knows(actor) as cursor:
        cursor.execute("UPDATE toys_workshop SET name = '改' RETURNING id")
        assert {key for (key,) in cursor.fetchall()} == theirs
        # Not by making it one's own either.
        unit = own or (cast.mt_coordinator if name == "wang" else cast.dm_coordinator)
        cursor.execute("UPDATE toys_workshop SET owner_unit_id = %s, side = %s", [unit.pk, unit.side])
        assert cursor.rowcount == len(theirs)
        cursor.execute("DELETE FROM toys_workshop RETURNING id")
        assert {key for (key,) in cursor.fetchall()} == theirs


def test_a_new_row_is_refused_outside_the_reach(cast: Any, rows: list[Any]) -> None:
    alice = cast.actor("alice")
    by_unit = {row.owner_unit_id: row for row in rows}
    with as_the_database_knows(alice) as cursor:
        copy_of(cursor, by_unit[cast.dm_labour.pk])
    for unit in (cast.dm_finance, cast.mt_labour):
        with (
            pytest.raises(ProgrammingError, match=REFUSED),
            as_the_database_knows(alice) as cursor,
        ):
            copy_of(cursor, by_unit[unit.pk])


def test_the_counterpart_writes_the_joint_rows_that_name_it_and_no_others(cast: Any) -> None:
    def meeting(unit: Any, state: str) -> Meeting:
        return Meeting(
            side=cast.dm_labour.side,
            owner_unit=cast.dm_labour,
            state=state,
            sharing=Sharing.JOINT,
            period="2021Q3",
            number=f"M-{state}-{unit.code}",
            held_on="2021-09-01",
            partner_unit=unit,
        )

    with context.unscoped("rows"):
        named, other, draft = Meeting.objects.bulk_create(
            [
                meeting(cast.mt_labour, "awaiting"),
                meeting(cast.mt_yongxing, "awaiting"),
                meeting(cast.mt_labour, "draft"),
            ]
        )
    vera = cast.actor("vera")
    assert seen(vera, "toys_meeting") == {named.pk, other.pk}
    with as_the_database_knows(vera) as cursor:
        cursor.execute("UPDATE toys_meeting SET attendees = 3 RETURNING id")
        assert {key for (key,) in cursor.fetchall()} == {named.pk}
        assert draft.pk not in {named.pk, other.pk}


def test_the_opening_is_closed_again(cast: Any, rows: list[Any]) -> None:
    def number() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM toys_workshop")
            return int(cursor.fetchone()[0])

    with context.acting(cast.actor("alice")):
        own = number()
        with context.beyond_reach("交接"):
            assert number() == len(rows)
        assert number() == own
        with context.unscoped("夜间"):
            assert number() == len(rows)
            with context.acting(cast.actor("bob")):
                assert number() < len(rows)
            assert number() == len(rows)
        assert number() == own
        with pytest.raises(ZeroDivisionError), context.beyond_reach("交接"):
            raise ZeroDivisionError
        assert number() == own
        with pytest.raises(ProgrammingError), context.unscoped("夜间"), connection.cursor() as cursor:
            cursor.execute("SELECT nothing")
        assert number() == own
        with transaction.atomic():
            with context.beyond_reach("交接"):
                pass
            transaction.set_rollback(True)
        assert number() == own
    assert seen(None) == set()
