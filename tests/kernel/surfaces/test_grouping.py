"""A list by one of its columns: numbers and totals of each value, and the way down to its rows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import Tag

from kernel.surfaces.reading import OUTPUTS, WORKSHOPS, codes, page, words
from shanhai.kernel import context
from toys.models import Output

GROUPS = "/api/v1/toys/workshop/groups/"


@pytest.fixture
def various(cast: Any, make: Any) -> None:
    make(
        "A1", kind="home", opened_on=date(2021, 1, 5), workers=10, cost=Decimal("1000.50"), place=cast.doumen
    )
    make("A2", kind="home", opened_on=date(2021, 1, 31), workers=20, place=cast.baijiao, is_certified=True)
    make("A3", kind="factory", workers=30, cost=Decimal("2"), place=cast.baijiao)
    make("A4", kind="factory", opened_on=date(2021, 3, 1), workers=40, state="voided")
    make("B1", by="bob", state="submitted", kind="farm", workers=50, place=cast.yongxing)


def table(response: Any) -> list[list[str]]:
    """The cells of the groups, then those of the totals."""
    lines = page(response).select("main table.ledger tbody tr, main table.ledger tfoot tr")
    return [[cell.get_text(strip=True) for cell in line.find_all(["th", "td"])] for line in lines]


def ways(response: Any) -> dict[str, str]:
    """Group → address of its rows."""
    cells = page(response).select("main table.ledger tbody th")
    found = [(cell.get_text(strip=True), cell.find("a")) for cell in cells]
    return {text: str(way["href"]) for text, way in found if isinstance(way, Tag)}


SHOWN = "columns=workers&columns=cost"
GROUPED = {
    "kind": [["厂房式", "2", "30", "2.00"], ["居家式", "2", "30", "1,000.50"], ["种养式", "1", "50", "0.00"]],
    "place": [
        ["斗门区", "1", "10", "1,000.50"], ["白蕉镇", "2", "50", "2.00"],
        ["永兴镇", "1", "50", "0.00"], ["（未填）", "1", "0", "0.00"],
    ],
    "opened_on": [
        ["2021年1月", "2", "30", "1,000.50"], ["2021年3月", "1", "0", "0.00"],
        ["（未填）", "2", "80", "2.00"],
    ],
    "is_certified": [["是", "1", "20", "0.00"], ["否", "4", "90", "1,002.50"]],
    "state": [["草稿", "3", "60", "1,002.50"], ["已报", "1", "50", "0.00"], ["作废", "1", "0", "0.00"]],
    "side": [["帮扶方", "4", "60", "1,002.50"], ["受援方", "1", "50", "0.00"]],
    "owner_unit": [
        ["区人力资源和社会保障局", "4", "60", "1,002.50"], ["县人力资源和社会保障局", "1", "50", "0.00"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("by", GROUPED)
def test_groups_tell_rows_and_totals_and_together_make_the_totals_of_the_list(
    by: str, various: Any, sign_in: Any
) -> None:
    response = sign_in("alice").get(f"{WORKSHOPS}?group={by}&{SHOWN}")
    *groups, total = table(response)
    assert groups == GROUPED[by]
    assert total == ["合计（数额不含作废）", "5", "110", "1,002.50"]
    assert "共 5 行" in words(response)


@pytest.mark.parametrize("by", GROUPED)
def test_a_group_opens_to_exactly_its_rows(by: str, various: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    filters = (
        "kind=home&kind=factory&opened_on_from=2021-01-02&opened_on_is=empty&place=440403&place_is=empty"
    )
    for narrowed in ("", filters, "workers_min=15&output_count_max=0"):
        response = client.get(f"{WORKSHOPS}?group={by}&{narrowed}")
        numbers = {line[0]: int(line[1]) for line in table(response)[:-1]}
        opened = {text: len(codes(client.get(url))) for text, url in ways(response).items()}
        assert opened == numbers, narrowed
        assert sum(numbers.values()) == len(codes(client.get(f"{WORKSHOPS}?{narrowed}")))


def test_a_place_by_itself_leaves_out_what_lies_below_it(various: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    response = client.get(f"{WORKSHOPS}?place_only=440403&kind=home")
    assert codes(response) == ["A1"]
    assert "斗门区（本级）" in words(response)
    panel = page(client.get(f"{WORKSHOPS}filter/place/?place_only=440403"))
    assert panel.select_one("input[name=place_only][value='440403'][checked]")
    assert codes(client.get(f"{WORKSHOPS}?place_only=999")) == []


def test_groups_are_sorted_by_a_total_when_asked(various: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    response = client.get(f"{WORKSHOPS}?group=kind&sort=-workers")
    assert [line[0] for line in table(response)[:-1]] == ["种养式", "厂房式", "居家式"]
    sorting = page(response).select_one("thead th[aria-sort=descending] a")
    assert sorting is not None and "group=kind" in str(sorting["href"])


def test_grouping_stays_while_one_filters_and_is_kept_in_a_view(various: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    form = page(client.get(f"{WORKSHOPS}?group=kind")).select_one("form.filters")
    assert form and form.select_one("input[name=group][value=kind]")
    url = client.post(f"{WORKSHOPS}views/", {"name": "分类", "query": "group=kind"}).url
    assert "group=kind" in url
    assert not page(client.get(url)).select("#bulk, [data-shanhai-pick]"), "groups are not picked"


@pytest.mark.parametrize("by", ["workers", "name", "keeper_identity", "output_count", "nothing"])
def test_what_is_no_group_is_said_and_shows_no_row(by: str, various: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    response = client.get(f"{WORKSHOPS}?group={by}")
    assert "不能按" in words(response)
    assert client.get(GROUPS, {"group": by}).json()["code"] == "bad_filter"


def test_groups_cost_no_more_statements_than_rows(various: Any, sign_in: Any, queries: Any) -> None:
    """But for the one that counts, which rows of a single page do without."""
    client = sign_in("alice")
    client.get(WORKSHOPS)
    with queries() as rows:
        client.get(WORKSHOPS)
    for by in GROUPED:
        with queries() as groups:
            client.get(f"{WORKSHOPS}?group={by}")
        assert len(groups) <= len(rows) + 1, by


def test_what_is_not_shared_is_one_group_without_a_name(
    cast: Any, make: Any, make_output: Any, sign_in: Any
) -> None:
    with context.unscoped("rows of the other side"):
        for code, sharing in (("B1", "private"), ("B2", "private"), ("B3", "shared")):
            hidden = make(code, by="bob", kind="home", sharing=sharing, state="submitted")
            output = make_output(hidden, "2021-08", "100", by="bob")
            Output.objects.filter(pk=output.pk).update(state="submitted")
    client = sign_in("alice")
    response = client.get(f"{OUTPUTS}?group=workshop&columns=amount")
    assert table(response)[:-1] == [["B3车间", "1", "100.00"], ["（未共享）", "2", "200.00"]]
    assert list(ways(response)) == ["B3车间"]
    assert codes(client.get(ways(response)["B3车间"])) == ["B3车间"]
    assert len(table(sign_in("bob").get(f"{OUTPUTS}?group=workshop"))) == 4


def test_the_api_tells_the_same_groups(various: Any, sign_in: Any, client_of: Any) -> None:
    client = sign_in("alice")
    told = client.get(GROUPS, {"group": "kind", "columns": ["workers", "cost"], "state": "draft"}).json()
    assert [(one["text"], one["rows"], one["totals"]["workers"]) for one in told["items"]] == [
        ("厂房式", 1, "30"), ("居家式", 2, "30"),
    ]  # fmt: skip
    assert (told["rows"], told["totals"]["cost"], told["is_cut"]) == (3, "1002.50", False)
    listed = client.get(f"/api/v1/toys/workshop/?{told['items'][1]['query']}").json()
    assert {row["code"] for row in listed["items"]} == {"A1", "A2"}
    assert client.get(GROUPS).json()["code"] == "bad_filter"
    assert client_of("eve").get(GROUPS, {"group": "kind"}).status_code == 403
