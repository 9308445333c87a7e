"""As known on a day: the past read again equals what was seen live at the end of that day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.history.known import as_known_on
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.rows import counted_ids
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.walls.told import EVERYTHING as OPEN
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop

FIRST = date(2021, 3, 1)
YEAR = Period.parse("2021")
INDICATORS = ("TOY-1", "TOY-5", "TOY-6")
EVERYTHING = QueryDict("size=200&columns=code&columns=name&columns=workers&columns=output_count")


@dataclass(frozen=True)
class Act:
    """What happens, to which row, with what number, and how many days after the act before."""

    what: str
    row: int
    number: int
    gap: int


ACTS: dict[str, Callable[[Any, Act], Any]] = {}


def act(do: Callable[[Any, Act], Any]) -> Callable[[Any, Act], Any]:
    ACTS[do.__name__] = do
    return do


def one_of(model: Any, position: int) -> Any:
    rows = list(model._base_manager.order_by("id"))
    return rows[position % len(rows)] if rows else None


@act
def open_workshop(cast: Any, asked: Act) -> None:
    unit = cast.mt_labour if asked.number % 3 else cast.dm_labour
    number = Workshop._base_manager.count()
    Workshop.objects.create(
        side=unit.side, owner_unit=unit, code=f"W{asked.gap}-{number}-{asked.number}", name="车间",
        opened_on=FIRST, is_certified=True, state=State.VERIFIED, keeper_phone="13900000000",
    )  # fmt: skip


@act
def file_output(cast: Any, asked: Act) -> None:
    workshop = one_of(Workshop, asked.row)
    period = f"2021-{1 + asked.number % 3:02d}"
    if workshop and not Output._base_manager.filter(workshop=workshop, period=period).exists():
        Output.objects.create(
            workshop=workshop, side=workshop.side, owner_unit=workshop.owner_unit, period=period,
            amount=Decimal(asked.number), pieces=asked.number, state=State.VERIFIED,
        )  # fmt: skip


@act
def change_workshop(cast: Any, asked: Act) -> None:
    if row := one_of(Workshop, asked.row):
        row.workers, row.cost = asked.number, Decimal(asked.number) if asked.number % 2 else None
        row.sharing = Sharing.PRIVATE if asked.number % 5 == 0 else Sharing.SHARED
        row.extra = {"n": asked.number}
        row.save()


@act
def change_output(cast: Any, asked: Act) -> None:
    if row := one_of(Output, asked.row):
        row.pieces = asked.number
        row.save()


@act
def step(cast: Any, asked: Act) -> None:
    model = Output if asked.number % 2 else Workshop
    if row := one_of(model, asked.row):
        row.state = list(State)[asked.number % len(State)]
        row.save()


@act
def change_all(cast: Any, asked: Act) -> None:
    Workshop.objects.update(note=str(asked.number), is_certified=asked.number % 4 > 0)


@act
def remove_output(cast: Any, asked: Act) -> None:
    if row := one_of(Output, asked.row):
        row.delete()


def seen(cast: Any) -> dict[str, Any]:
    """Every row with every value, every figure, and the lists of a reader of each side."""
    found: dict[str, Any] = {}
    with context.unscoped("look"):
        for model in (Workshop, Output):
            rows = model._base_manager.order_by("id").values()
            found[model.__name__] = [
                {name: getattr(given, "token", given) for name, given in row.items()} for row in rows
            ]
        for code in INDICATORS:
            figure = value(code, IndicatorScope(Side.WEST), YEAR)
            found[code] = (figure.value, figure.counted, dict(figure.excluded))
        found["ids"] = counted_ids("TOY-1", IndicatorScope(Side.WEST), YEAR)
    for name in ("bob", "alice"):
        with context.acting(cast.actor(name)) as current:
            listing = Listing(registry.get("toys.workshop"), EVERYTHING, current.actor)
            found[name] = [(row.pk, row.name, row.workers, row.output_count) for row in listing.page.rows]
    return found


acts = st.lists(
    st.builds(
        Act,
        what=st.sampled_from(sorted(ACTS)),
        row=st.integers(0, 5),
        number=st.integers(0, 20),
        gap=st.sampled_from((0, 0, 1, 2)),
    ),
    min_size=8,
    max_size=8,
)


@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asked=acts)
def test_the_past_read_again_is_what_was_seen_at_the_end_of_the_day(
    days: None, cast: Any, asked: list[Act]
) -> None:
    with transaction.atomic():
        day, lived = FIRST, {}
        for one in [Act("open_workshop", 0, 1, 0), Act("file_output", 0, 9, 0), *asked]:
            day += timedelta(one.gap)
            with clock.at(day), context.unscoped("live"):
                ACTS[one.what](cast, one)
            lived[day] = seen(cast)
        today = seen(cast)
        visible = {name: {line[0] for line in today[name]} for name in ("bob", "alice")}
        with clock.at(day + timedelta(1)):
            for past, was in lived.items():
                with context.unscoped("look"), as_known_on(past):
                    again = seen(cast)
                for name in ("bob", "alice"):  # what is not theirs to see today stays out of sight
                    was[name] = [line for line in was[name] if line[0] in visible[name]]
                assert again == was
        assert seen(cast) == today
        transaction.set_rollback(True)


def test_nothing_can_be_written_to_the_past(days: None, cast: Any) -> None:
    with clock.at(FIRST), context.unscoped("live"):
        open_workshop(cast, Act("", 0, 1, 0))
    with context.unscoped("late"), as_known_on(FIRST):
        row = Workshop.objects.get()
        for write in (row.save, row.delete, lambda: Workshop.objects.update(workers=3)):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()
        assert Workshop.objects.get().workers == 0


def test_rows_older_than_history_and_columns_younger_than_an_entry(owner: Any) -> None:
    """A row without entries is as it is; a column missing in an entry held what a migration fills in."""
    link, file = uuid7(), uuid7()
    owner.execute("SELECT set_config('shanhai.actor', 'system:t', true)")
    owner.execute("SELECT set_config('shanhai.known_until', '2001-01-01', true)")
    owner.execute("SELECT set_config('shanhai.wall', %s, true)", [OPEN])
    owner.execute("ALTER TABLE kernel_evidencefile DISABLE TRIGGER history_insert")
    owner.execute("ALTER TABLE kernel_evidencelink DISABLE TRIGGER history_insert")
    owner.execute(
        "INSERT INTO kernel_evidencefile (id, side, digest, size, content_type, stored_at)"
        " VALUES (%s, 'east', 'd', 1, 'text/plain', now())",
        [file],
    )
    owner.execute(
        "INSERT INTO kernel_evidencelink"
        " (id, ledger, row_id, file_id, evidence_class, name, attached_at, attached_by)"
        " VALUES (%s, 'l', %s, %s, 'photo', 'a', now(), 'x')",
        [link, file, file],
    )
    owner.execute("UPDATE kernel_evidencelink SET name = 'b'")
    owner.execute("UPDATE kernel_history SET row = row - 'evidence_class' WHERE row_id = %s", [link])
    owner.execute("SET LOCAL search_path = shanhai_past, public")
    found = owner.execute("SELECT name, evidence_class FROM kernel_evidencelink").fetchall()
    assert found == [("a", "")]
    assert owner.execute("SELECT id FROM kernel_evidencefile").fetchall() == [(file,)]


def test_days_nobody_can_know_are_refused_with_a_sentence(days: None, cast: Any) -> None:
    with context.unscoped("look"):
        with pytest.raises(RuleViolated, match="今天或以前"), as_known_on(clock.today() + timedelta(1)):
            pass
        with pytest.raises(RuleViolated, match="系统的历史从"), as_known_on(date(2019, 1, 1)):
            pass
        with connection.cursor() as cursor:
            cursor.execute("SHOW search_path")
            assert "past" not in cursor.fetchone()[0]
