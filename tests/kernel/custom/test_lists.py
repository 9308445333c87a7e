"""Custom fields in lists: whose columns are shown, filters by type, order, exports, saved views, cost."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, codes, page, words
from shanhai.kernel import actions, context
from shanhai.kernel.custom import managing
from shanhai.kernel.workflow import SUBMIT


def headings(response: Any) -> list[str]:
    return [cell.get_text(strip=True) for cell in page(response).select("main table.ledger thead th")]


def test_a_list_shows_the_fields_of_the_readers_own_unit(add: Any, make: Any, client_of: Any) -> None:
    own, hidden = add("面积", "decimal", decimals=1, measure_unit="亩"), add("备忘", is_listed=False)
    finance = add("财政备注", unit="dm_finance")
    make("A1", {own: Decimal("3.5"), hidden: "一"})
    make("F1", {finance: "二"}, by="anna")
    alice = client_of("alice").get(WORKSHOPS)
    assert "面积（亩）" in headings(alice) and "备忘" not in headings(alice)
    offered = words(client_of("alice").get(f"{WORKSHOPS}menu/columns/"))
    assert "3.5" in words(alice) and "备忘" in offered
    assert "财政备注" not in words(alice) + offered
    for other in ("bob", "wang", "carol", "anna"):
        for part in ("", "menu/columns/", "menu/further/", "menu/grouping/"):
            assert "面积" not in words(client_of(other).get(f"{WORKSHOPS}{part}"))


def test_a_reader_above_sees_the_fields_of_the_unit_the_list_is_narrowed_to(
    add: Any, make: Any, client_of: Any
) -> None:
    own = add("面积", "integer")
    make("A1", {own: 3})
    carol = client_of("carol").get(f"{WORKSHOPS}?owner_unit=dm_labour&columns=code&columns=custom_{own.key}")
    assert "区人力资源和社会保障局·面积" in words(carol) and codes(carol) == ["A1"]
    assert headings(carol)[-1].endswith("面积")
    for other in ("anna", "wang"):
        assert "面积" not in words(client_of(other).get(f"{WORKSHOPS}?owner_unit=dm_labour"))


@pytest.fixture
def various(add: Any, make: Any) -> dict[str, Any]:
    """Four rows of alice's, one without values, and one of another unit."""
    fields = {
        "text": add("说明"),
        "integer": add("台数", "integer"),
        "decimal": add("面积", "decimal", decimals=2),
        "date": add("验收日", "date"),
        "boolean": add("挂牌", "boolean"),
        "choice": add("评级", "choice", options=["甲", "乙"]),
    }
    rows = [
        ("A1", "水泥地面", 5, Decimal("9.50"), date(2021, 3, 1), True, "甲"),
        ("A2", "木地板", 10, Decimal("10.00"), date(2021, 9, 2), False, "乙"),
        ("A3", "水泥", 100, Decimal("2.25"), date(2020, 3, 1), True, "乙"),
    ]
    for code, *values in rows:
        make(code, dict(zip(fields.values(), values, strict=True)))
    make("A4")
    return fields


@pytest.mark.parametrize(
    ("kind", "query", "found"),
    [
        ("text", "=水泥", ["A1", "A3"]),
        ("integer", "_min=6&{}_max=10", ["A2"]),
        ("decimal", "_min=9.5", ["A1", "A2"]),
        ("date", "_from=2021-01-01&{}_to=2021-08-31", ["A1"]),
        ("date", "_in=this_month", ["A2"]),
        ("boolean", "=yes", ["A1", "A3"]),
        ("choice", "=乙", ["A2", "A3"]),
        ("choice", "_is=empty", ["A4"]),
        ("integer", "_is=filled", ["A1", "A2", "A3"]),
    ],
)
def test_each_kind_is_filtered_as_a_national_field_is(
    kind: str, query: str, found: list[str], various: Any, make: Any, sign_in: Any
) -> None:
    name = f"custom_{various[kind].key}"
    response = sign_in("alice").get(f"{WORKSHOPS}?{name}{query.replace('{}', name)}")
    assert codes(response) == found
    assert various[kind].title in words(response)


def test_rows_of_other_units_do_not_lack_what_was_never_asked_of_them(
    cast: Any, ledger: Any, various: Any, make: Any, sign_in: Any
) -> None:
    shared = make("F1", by="anna")
    with context.acting(cast.actor("anna")) as current:
        actions.step_row(ledger, shared, SUBMIT, actor=current.actor)
    client = sign_in("alice")
    assert "F1" in codes(client.get(WORKSHOPS))
    assert codes(client.get(f"{WORKSHOPS}?custom_{various['text'].key}_is=empty")) == ["A4"]


@pytest.mark.parametrize(
    ("kind", "up"), [("integer", ["A1", "A2", "A3", "A4"]), ("decimal", ["A3", "A1", "A2", "A4"])]
)
def test_lists_are_sorted_by_custom_fields(kind: str, up: list[str], various: Any, sign_in: Any) -> None:
    client, name = sign_in("alice"), f"custom_{various[kind].key}"
    assert codes(client.get(f"{WORKSHOPS}?sort={name}")) == up
    assert codes(client.get(f"{WORKSHOPS}?sort=-{name}")) == [*up[2::-1], "A4"]


def test_a_list_is_grouped_by_a_custom_field(various: Any, sign_in: Any) -> None:
    shown = words(sign_in("alice").get(f"{WORKSHOPS}?group=custom_{various['choice'].key}"))
    assert "甲 1" in shown and "乙 2" in shown


def test_a_filter_that_cannot_be_read_selects_nothing(various: Any, sign_in: Any) -> None:
    response = sign_in("alice").get(f"{WORKSHOPS}?custom_{various['integer'].key}_min=三")
    assert codes(response) == [] and "台数" in words(response)


def test_an_unreadable_stored_value_is_none_and_ends_no_query(
    ledger: Any, various: Any, make: Any, sign_in: Any
) -> None:
    row = make("A5", {various["integer"]: 7})
    with context.unscoped("what only a fault could write"):
        row.extra = {various["integer"].key: "seven", various["date"].key: "someday"}
        row.save()
    client = sign_in("alice")
    assert codes(client.get(f"{WORKSHOPS}?sort=custom_{various['date'].key}"))[-1] == "A5"
    assert "A5" in codes(client.get(f"{WORKSHOPS}?custom_{various['date'].key}_is=empty"))


def table(client: Any, query: str) -> list[list[str]]:
    answer = client.get(f"{WORKSHOPS}export/?format=csv&{query}")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_an_export_has_the_custom_columns_of_the_screen(various: Any, sign_in: Any) -> None:
    asked = "&".join(f"columns=custom_{one.key}" for one in various.values())
    heading, first, *_rest = table(sign_in("alice"), f"columns=code&{asked}")
    assert heading == ["编号", "说明", "台数", "面积", "验收日", "挂牌", "评级", "系统编号"]
    assert first[:-1] == ["A1", "水泥地面", "5", "9.50", "2021-03-01", "是", "甲"]


def test_retired_fields_are_shown_and_exported_when_asked_for(
    cast: Any, ledger: Any, various: Any, sign_in: Any
) -> None:
    carol, field = cast.actor("carol"), various["integer"]
    with context.acting(carol):
        managing.retire_field(ledger, field, actor=carol, reason="不再要求")
    client = sign_in("alice")
    assert "台数（停用）" not in headings(client.get(WORKSHOPS))
    heading, first, *_rest = table(client, f"columns=code&columns=custom_{field.key}")
    assert heading[1] == "台数（停用）" and first[1] == "5"


def test_a_view_keeps_custom_filters_but_no_names(add: Any, make: Any, sign_in: Any) -> None:
    plain, personal = add("台数", "integer"), add("车间主任", is_personal=True)
    client = sign_in("alice")
    query = f"custom_{plain.key}_min=5&custom_{personal.key}=张三"
    saved = client.post(f"{WORKSHOPS}views/", {"name": "五台以上", "query": query}, follow=True)
    assert f"custom_{plain.key}_min=5" in saved.request["QUERY_STRING"]
    assert personal.key not in saved.request["QUERY_STRING"]


def test_a_list_costs_no_query_more_for_custom_columns(
    add: Any, make: Any, sign_in: Any, queries: Any
) -> None:
    client = sign_in("alice")
    for number in range(3):
        make(f"A{number}")
    client.get(WORKSHOPS)
    with queries() as without:
        client.get(WORKSHOPS)
    field = add("面积", "integer")
    for number in range(3):
        make(f"B{number}", {field: number})
    client.get(WORKSHOPS)
    with queries() as having:
        assert "面积" in words(client.get(WORKSHOPS))
    assert len(having) == len(without)
