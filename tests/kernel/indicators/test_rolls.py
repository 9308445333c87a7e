"""Members, reasons and rows told from what a process keeps are those that a statement tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.amendments.test_effect import amend
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.figures import breakdowns
from shanhai.kernel.indicators.onepass.kept import Keeper
from shanhai.kernel.indicators.onepass.rolls import roll
from shanhai.kernel.indicators.onepass.rolls.asking import roll_of
from shanhai.kernel.indicators.onepass.rolls.shape import why_no_roll
from shanhai.kernel.indicators.onepass.terms import term_of
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import counted_ids, row_page, visible
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Sharing, Side
from toys.models import Output

from .test_kept import Floor, asked_of_server, db, floor, numbers, steps  # noqa: F401  (fixtures)

PERIODS = [Period.parse(code) for code in ("2020-12", "2021-06", "2021Q2", "2021Q3", "2021")]
READERS = ("", "bob", "carol", "wang", "eve")


def codes() -> list[str]:
    kept = [one for one in registry if (term := term_of(one)) and not why_no_roll(term)]
    return [one.code for one in kept if one.source.startswith("toys.")]


@contextmanager
def by_statement() -> Iterator[None]:
    """A transaction that may have written is told its own by statements."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        yield


def told(code: str, scope: IndicatorScope) -> Any:
    """Figures with all their members."""
    splits = list(registry.get(code).all_dimensions())
    return [
        (
            (one.figure.value, one.figure.counted, dict(one.figure.excluded)),
            {
                split: [(own.code, own.label, own.value, own.counted) for own in members]
                for split, members in one.splits.items()
            },
        )
        for one in breakdowns(code, scope, PERIODS, splits)
    ]


def listed(code: str, scope: IndicatorScope) -> Any:
    """A page, the next and the way back; numbers of rows by reason; ids of those counted."""
    first = row_page(code, scope, PERIODS[3], reason=None, size=2)
    pages = [first, row_page(code, scope, PERIODS[3], reason="", size=2)]
    if first.following:
        pages.append(row_page(code, scope, PERIODS[3], reason=None, after=first.following, size=4))
        pages.append(row_page(code, scope, PERIODS[3], reason=None, before=pages[-1].previous, size=1))
    shown = [
        ([(row.row.pk, row.reason, row.amount) for row in page.rows], page.previous, page.following)
        for page in pages
    ]
    return shown, visible(code, scope, PERIODS[3]), counted_ids(code, scope, PERIODS[3])


def scopes(cast: Any, side: Side) -> list[IndicatorScope]:
    whole = IndicatorScope(side)
    return [
        whole,
        replace(whole, place=cast.yongxing.pk),
        replace(whole, unit=cast.mt_labour.pk),
        replace(whole, only=(("kind", "farm"),)),
        replace(whole, place=cast.meitan.pk, only=(("place", str(cast.fuxing.pk)),)),
    ]


def same(cast: Any, reader: str, scope: IndicatorScope, asked: list[str]) -> None:
    with context.acting(cast.actor(reader)) if reader else context.unscoped("test"):
        for code in asked:
            has_it = all(split in registry.get(code).all_dimensions() for split, _ in scope.only)
            own = scope if has_it else replace(scope, only=())
            kept = _answer(code, own)
            with by_statement():
                assert kept == _answer(code, own), (code, own)


def _answer(code: str, scope: IndicatorScope) -> Any:
    try:
        return told(code, scope), listed(code, scope)
    except NotAllowed:
        return NotAllowed


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=steps, reader=st.sampled_from(READERS), side=st.sampled_from(Side), which=numbers)
def test_after_any_writes_members_reasons_and_rows_are_those_of_a_statement(
    floor: Floor,  # noqa: F811
    cast: Any,
    toys: Any,
    drawn: Any,
    reader: str,
    side: Side,
    which: int,
) -> None:
    cast.fuxing.parent = cast.meitan
    floor.__init__(cast, toys)  # type: ignore[misc]  # the tables are emptied under the same keeper
    asked = [codes()[which % len(codes())], codes()[-1 - which % len(codes())]]
    for number, step in enumerate((*drawn, ("end", True))):
        same(cast, reader, scopes(cast, side)[(which + number) % 5], asked)
        floor.do(*step)
    same(cast, reader, scopes(cast, side)[0], asked)


@pytest.mark.parametrize("reader", READERS[:3])
def test_pages_say_the_same_by_arrays_and_by_statements(
    floor: Floor,  # noqa: F811
    cast: Any,
    reader: str,
) -> None:
    floor.do("file many", [(number, month) for number in range(4) for month in ("2021-01", "2021-08")])
    for step in (("change", 0, 51, "verified", Sharing.PRIVATE), ("delete", 2)):
        same(cast, reader, scopes(cast, Side.WEST)[0], codes())
        floor.do(*step)
    same(cast, reader, scopes(cast, Side.WEST)[2], codes())


def test_a_figure_asks_what_was_written_and_reads_only_that(floor: Floor, queries: Any) -> None:  # noqa: F811
    scope = IndicatorScope(Side.WEST)
    floor.do("file many", [(number, "2021-08") for number in range(4)])
    numbers_asked = []
    for pieces in range(20, 24):
        with context.unscoped("test"), queries() as captured:
            told("TOY-2", scope)
        asked = asked_of_server(captured)
        assert not any("GROUPING SETS" in sql for sql in asked)
        numbers_asked.append(
            (sum("FROM (SELECT" in sql and "string_agg" in sql for sql in asked), len(asked))
        )
        floor.do("change", 0, pieces, "verified", Sharing.SHARED)
    # What was written, what it touches, names of units and of places.
    assert numbers_asked[-1][1] == 4
    assert numbers_asked[0][0] == 1
    with context.unscoped("test"), queries() as captured:
        told("TOY-2", scope)
        told("TOY-2", scope)
    assert len(asked_of_server(captured)) == 4 + 3


def test_an_amended_row_and_an_undone_one_count_as_they_stand(floor: Floor, cast: Any) -> None:  # noqa: F811
    for number in (0, 1):
        floor.do("file", number, "2021-08")
    scope = IndicatorScope(Side.WEST)
    for values in ({"pieces": 91}, {}):  # amended; voided
        for row in Output._base_manager.all():
            same(cast, "", scope, ["TOY-1", "TOY-2", "TOY-6"])
            amend(cast, row, **values)
            same(cast, "", scope, ["TOY-1", "TOY-2", "TOY-6"])
    floor.do("undone", 2, "2021-08")
    same(cast, "", scope, ["TOY-1", "TOY-2", "TOY-6"])


def test_more_rows_read_again_than_stand_apart_are_sorted_in(
    floor: Floor,  # noqa: F811
    cast: Any,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(roll, "_APART", 1)
    floor.do("file many", [(number, month) for number in range(4) for month in ("2021-01", "2021-06")])
    for number in range(3):
        same(cast, "", IndicatorScope(Side.WEST), codes())
        floor.do("change", number, 12, "verified", Sharing.SHARED)
    same(cast, "", IndicatorScope(Side.WEST), codes())


def test_who_reads_a_roll_first_holds_up_nobody_else_and_misses_nothing(
    floor: Floor,  # noqa: F811
    cast: Any,
) -> None:
    floor.do("file", 0, "2021-08")
    floor.begin(0, 40)
    with floor.slow.cursor() as cursor:
        cursor.execute("LOCK TABLE toys_output IN ACCESS EXCLUSIVE MODE")
    keeper, found, scope = Keeper(), list[Any](), IndicatorScope(Side.WEST)
    version, other = registry.get("TOY-2", PERIODS[3]), registry.get("TOY-4", PERIODS[3])

    def read() -> None:
        with context.unscoped("test"), roll_of(version, Side.WEST, PERIODS, keeper) as first:
            found.append(first and first.counted(scope, PERIODS[3]).rows[""].tolist())
        connections.close_all()

    reader = Thread(target=read)
    reader.start()
    with context.unscoped("test"), roll_of(other, Side.WEST, PERIODS, keeper) as roll_of_others:
        assert roll_of_others is not None
        assert found == []
    floor.end(True)
    reader.join(60)
    assert found == [[1]]
    same(cast, "", scope, ["TOY-1", "TOY-2"])
