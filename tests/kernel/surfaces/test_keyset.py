"""Keyset pages: together they are all rows once, in order, forward and back, with empty and equal values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.surfaces.reading import WORKSHOPS, codes, page
from shanhai.kernel import context
from shanhai.kernel.surfaces import keyset
from shanhai.kernel.surfaces.keyset import Cursor, SortKey, page_of, read_cursor, write_cursor
from shanhai.kernel.surfaces.listing import Listing
from toys.models import Workshop

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
    pages = [page_of(Workshop.objects.all(), keys, None, size)]
    while pages[-1].next:
        cursor = read_cursor(write_cursor(pages[-1].next, "test"), "test")
        pages.append(page_of(Workshop.objects.all(), keys, cursor, size))
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
