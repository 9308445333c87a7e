"""Keyset pages: together they are all rows once, in order, forward and back, with empty and equal values."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.surfaces.reading import WORKSHOPS, codes, page
from shanhai.kernel import context
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces import keyset
from shanhai.kernel.surfaces.indexes import make_list_indexes
from shanhai.kernel.surfaces.keyset import (
    Cursor,
    SortKey,
    Source,
    page_from,
    page_of,
    read_cursor,
    write_cursor,
)
from shanhai.kernel.surfaces.listing import Listing
from toys.models import Workshop

#: All examples are read by the statements of the first of its kind.
SOURCE = Source(Workshop.objects.all, Workshop.objects.all, "all workshops")
DAYS = [None, date(2021, 1, 1), date(2021, 1, 2)]
ROWS = st.lists(st.tuples(st.sampled_from(DAYS), st.integers(0, 2)), max_size=14)
KEYS = st.permutations(["opened_on", "workers", "place__path", "id"]).flatmap(
    lambda paths: st.tuples(*[st.booleans().map(lambda down, p=path: SortKey(p, down)) for path in paths])
)


@given(rows=ROWS, keys=KEYS, size=st.integers(1, 5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_are_all_rows_once_in_order_both_ways(
    cast: Any, rows: Sequence[tuple[Any, int]], keys: tuple[SortKey, ...], size: int
) -> None:
    keys = (*keys[: [k.path for k in keys].index("id")], next(k for k in keys if k.path == "id"))
    with context.unscoped("paging"):
        Workshop.objects.all().delete()
        given_places = [None, cast.doumen, cast.yongxing]
        for number, (opened_on, workers) in enumerate(rows):
            Workshop.objects.create(
                code=f"W{number}", name="同名", side="east", owner_unit=cast.dm_labour, opened_on=opened_on,
                workers=workers, place=given_places[number % 3],
            )  # fmt: skip
        expected = [row.pk for row in keyset.in_order(Workshop.objects.all(), keys)]
        forward, pages = walk(keys, size)
        assert forward == expected
        assert backward(keys, size, pages) == expected


def walk(keys: Sequence[SortKey], size: int) -> tuple[list[Any], list[keyset.Page]]:
    """All pages from the first on, each cursor written and read as an address does."""
    pages = [page_from(SOURCE, keys, None, size)]
    while pages[-1].next:
        cursor = read_cursor(write_cursor(pages[-1].next, "test"), "test")
        pages.append(page_from(SOURCE, keys, cursor, size))
    return [row.pk for one in pages for row in one.rows], pages


def backward(keys: Sequence[SortKey], size: int, pages: list[keyset.Page]) -> list[Any]:
    """From the last page back; reading back ends on a full first page, so overlaps are cut."""
    found = [row.pk for row in pages[-1].rows]
    here = pages[-1]
    while here.previous:
        here = page_of(Workshop.objects.all(), keys, here.previous, size)
        found = [row.pk for row in here.rows if row.pk not in found] + found
    return found


def test_a_page_stays_where_it_is_when_rows_arrive_before_it(make: Any, sign_in: Any, cast: Any) -> None:
    make_many(cast, 60)
    client = sign_in("carol")
    first = page(client.get(f"{WORKSHOPS}?sort=code"))
    address = first.select_one("a[rel=next]")["href"]  # type: ignore[index]
    before = codes(client.get(address))
    make("A000")
    assert codes(client.get(address)) == before == [f"W{n:03}" for n in range(50, 60)]
    back = page(client.get(address)).select_one("a[rel=prev]")["href"]  # type: ignore[index]
    assert len(codes(client.get(back))) == 50


def make_many(cast: Any, number: int) -> None:
    with context.unscoped("many rows"):
        Workshop.objects.bulk_create(
            Workshop(code=f"W{n:03}", name="车间", side="east", owner_unit=cast.dm_labour)
            for n in range(number)
        )


def test_a_cursor_hides_its_values_and_fits_only_its_own_list() -> None:
    written = write_cursor(Cursor(("张三", None, date(2021, 1, 1))), "cursor:toys.workshop:name")
    assert "张三" not in written
    assert read_cursor(written, "cursor:toys.workshop:name") == Cursor(("张三", None, date(2021, 1, 1)))
    assert read_cursor(written, "cursor:toys.workshop:code") is None
    assert read_cursor(written[:-2], "cursor:toys.workshop:name") is None
    assert read_cursor("nonsense", "cursor:toys.workshop:name") is None


@pytest.mark.parametrize("cursor", ["nonsense", "v1.k1.AAAA"])
def test_a_damaged_cursor_begins_the_list_anew(cursor: str, make: Any, sign_in: Any) -> None:
    make("A1")
    assert codes(sign_in("alice").get(f"{WORKSHOPS}?page={cursor}")) == ["A1"]


def test_a_listing_gives_exports_the_rows_of_all_its_pages_in_order(
    cast: Any, as_actor: Any, ledger: Any
) -> None:
    make_many(cast, 120)
    with as_actor("carol") as carol:
        listing = Listing(ledger, QueryDict("sort=-code"), carol)
        everything = [row.code for row in listing.ordered()]
        paged: list[str] = []
        query = "sort=-code"
        while query:
            here = Listing(ledger, QueryDict(query), carol)
            paged += [row.code for row in here.page.rows]
            query = here.next_query()
    assert paged == everything == [f"W{n:03}" for n in reversed(range(120))]


@pytest.mark.parametrize("sort", ["", "-code", "opened_on", "-opened_on", "name"])
def test_every_part_of_a_deep_page_begins_where_an_index_is_entered(
    sort: str, cast: Any, as_actor: Any, ledger: Any
) -> None:
    """No key that may be empty stands in an OR: every range has the comparison as its first condition."""
    with as_actor("carol") as carol:
        keys = Listing(ledger, QueryDict(f"sort={sort}"), carol).order.keys
    values = tuple(UUID(int=7) if key.path == "id" else "x" for key in keys)
    ranges = keyset.beyond(keys, Cursor(values))
    assert all(one.connector != Q.OR for one in ranges if isinstance(one, Q))
    is_single = not any(key.is_nullable for key in keys)
    assert (len(ranges) == 1) is is_single
    assert len({key.is_descending for key in keys}) == 1


def test_each_ledger_has_the_index_of_the_order_in_which_its_list_opens(db: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, indexdef FROM pg_indexes WHERE starts_with(indexname, 'list_')")
        made = set(cursor.fetchall())

    def stands(table: str, columns: str) -> bool:
        return any(name == table and columns in index for name, index in made)

    assert stands("toys_workshop", "(code, id)")
    assert stands("labour_employmentspell", "(started_on DESC, id DESC)")
    assert all(
        stands(one.model._meta.db_table, "(state, side, owner_unit_id) INCLUDE (place_id") for one in registry
    )
    with connection.cursor() as cursor:
        make_list_indexes(cursor)  # the application may make none: all are there


def test_later_pages_of_a_long_list_do_not_count_again(
    cast: Any, as_actor: Any, ledger: Any, monkeypatch: Any, queries: Any
) -> None:
    monkeypatch.setattr("shanhai.kernel.surfaces.counts.Counts.MOST", 20)
    make_many(cast, 60)
    with as_actor("carol") as carol:
        first = Listing(ledger, QueryDict("size=20"), carol)
        following = Listing(ledger, QueryDict(first.next_query()), carol)
        with queries() as captured:
            assert following.counts.text == "20+"
        assert not captured.captured_queries
