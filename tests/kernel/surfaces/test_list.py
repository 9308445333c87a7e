"""The list of a ledger: what it shows, narrows, sorts and counts, and at what cost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kernel.surfaces.reading import OUTPUTS, WORKSHOPS, codes, page, words
from shanhai.kernel import context
from toys.models import Output


def test_a_reader_sees_the_rows_of_the_own_unit_and_reported_rows_of_others(make: Any, sign_in: Any) -> None:
    make("A1")
    make("B1", by="bob")
    make("B2", by="bob", state="submitted")
    make("B3", by="bob", state="submitted", sharing="private")
    assert codes(sign_in("alice").get(WORKSHOPS)) == ["A1", "B2"]


def test_without_a_sign_in_the_list_asks_for_one(cast: Any, client: Any) -> None:
    assert client.get(WORKSHOPS).status_code == 302


@pytest.mark.parametrize("who", ["eve", "root"])
def test_who_may_not_read_the_ledger_is_refused(who: str, sign_in: Any) -> None:
    assert sign_in(who).get(WORKSHOPS).status_code == 403


def test_a_list_costs_the_same_few_queries_whatever_its_rows(make: Any, sign_in: Any, queries: Any) -> None:
    client = sign_in("alice")
    make("A0")
    client.get(WORKSHOPS)
    with queries() as few:
        client.get(WORKSHOPS)
    for number in range(1, 12):
        make(f"A{number}")
    with queries() as many:
        client.get(WORKSHOPS)
    assert len(few) == len(many)
    assert len(own(many)) <= 6, "\n\n".join(own(many))


def own(captured: Any) -> list[str]:
    """Queries of the page itself: those of the session, the transaction and the shell left out."""
    frame = ("django_session", "accounts_", "set_config", "SAVEPOINT", "AS waiting")
    return [q["sql"] for q in captured if not any(word in q["sql"] for word in frame)]


@pytest.fixture
def various(cast: Any, make: Any, identity: Any) -> None:
    place = cast.baijiao
    make("A1", kind="home", opened_on=date(2021, 1, 5), workers=10, cost=Decimal("1000.50"), place=place)
    make("A2", kind="farm", opened_on=date(2021, 3, 5), workers=20, is_certified=True, name="白蕉车间")
    make("A3", kind="factory", workers=30, keeper_identity=identity(7), place=cast.doumen)
    make("A4", kind="home", opened_on=date(2020, 12, 31), workers=40, state="voided")
    make(
        "B1", by="bob", state="submitted", place=cast.yongxing, keeper_identity=identity(9), period="2021-08"
    )


FILTERED = {
    "": ["A1", "A2", "A3", "A4", "B1"],
    "kind=home": ["A1", "A4"],
    "kind=home&kind=farm": ["A1", "A2", "A4"],
    "opened_on_from=2021-01-05": ["A1", "A2"],
    "opened_on_to=2021年1月5日": ["A1", "A4"],
    "opened_on_from=20210101&opened_on_to=20210131": ["A1"],
    "workers_min=20&workers_max=30": ["A2", "A3"],
    "is_certified=yes": ["A2"],
    "is_certified=no": ["A1", "A3", "A4", "B1"],
    "state=voided": ["A4"],
    "state=submitted&state=voided": ["A4", "B1"],
    "place=440403": ["A1", "A3"],
    "place=440403106": ["A1"],
    "place=440403106&place=520328": ["A1", "B1"],
    "owner_unit=dm": ["A1", "A2", "A3", "A4"],
    "owner_unit=mt": ["B1"],
    "q=a2": ["A2"],
    "q=白蕉": ["A2"],
    "q=白蕉 A2": ["A2"],
    "q=白蕉 A1": [],
    "kind=home&q=A": ["A1", "A4"],
    "opened_on_is=empty": ["A3", "B1"],
    "opened_on_is=filled&kind=home": ["A1", "A4"],
    "opened_on_from=2021-03-01&opened_on_is=empty": ["A2", "A3", "B1"],
    "place_is=empty": ["A2", "A4"],
    "place=440403106&place_is=empty": ["A1", "A2", "A4"],
    "note_is=filled": [],
    "name=白蕉&name=B1": ["A2", "B1"],
    "cost_min=1000&cost_max=1,000.50": ["A1"],
    "opened_on_in=this_year": ["A1", "A2"],
    "opened_on_in=last_year": ["A4"],
    "opened_on_in=last_203_days": [],
    "opened_on_in=last_204_days": ["A2"],
    "opened_on_in=this_year&opened_on_to=2021-02-01": ["A1"],
    "submitted_at_in=today": ["B1"],
    "submitted_at_from=2021-09-25": [],
    "keeper_identity_is=filled": ["A3", "B1"],
    "output_count_max=0&kind=farm": ["A2"],
}


@pytest.mark.parametrize("query", FILTERED)
def test_filters_and_search_narrow_the_list(query: str, various: Any, sign_in: Any) -> None:
    assert codes(sign_in("alice").get(f"{WORKSHOPS}?{query}")) == FILTERED[query]


@pytest.mark.parametrize(
    "query",
    [
        "kind=house",
        "opened_on_from=yesterday",
        "workers_min=many",
        "is_certified=maybe",
        "place=999",
        "state=x",
        "opened_on_is=maybe",
        "kind_is=empty",
        "opened_on_in=someday",
        "opened_on_in=last_0_days",
        "period_in=last_30_days",
        "opened_on_from=2021-02-01&opened_on_to=2021-01-01",
        "workers_min=9&workers_max=3",
        "knd=home",
        "outputs__amount_min=1",
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_shows_no_row(
    query: str, various: Any, sign_in: Any
) -> None:
    response = sign_in("alice").get(f"{WORKSHOPS}?{query}")
    assert response.status_code == 200
    assert codes(response) == []
    assert page(response).select("main .notice.late")


@pytest.mark.parametrize(("query", "found"), [
    ("period=2021Q3", ["2021-09", "2021-08"]),
    ("period=2021-08", ["2021-08"]),
    ("period=2021", ["2021-09", "2021-08", "2021-01"]),
    ("period=2020&period=2021Q1", ["2021-01"]),
    ("period_in=last_month", ["2021-08"]),
    ("period_in=this_month&period=2021-01", ["2021-09", "2021-01"]),
    ("period_is=empty", []),
])  # fmt: skip
def test_a_quarter_stands_for_its_months(
    query: str, found: list[str], make: Any, make_output: Any, sign_in: Any
) -> None:
    workshop = make("A1")
    for period in ("2021-01", "2021-08", "2021-09"):
        make_output(workshop, period, "100")
    response = sign_in("alice").get(f"{OUTPUTS}?{query}&columns=period")
    shown = [cell.get_text(strip=True) for cell in page(response).select('main td[data-label="所属期"]')]
    assert shown == [
        {"2021-01": "2021年1月", "2021-08": "2021年8月", "2021-09": "2021年9月"}[f] for f in found
    ]


def test_rows_of_one_workshop_are_filtered_by_its_key(make: Any, make_output: Any, sign_in: Any) -> None:
    first, second = make("A1"), make("A2")
    make_output(first, "2021-08", "100")
    make_output(second, "2021-08", "200")
    client = sign_in("alice")
    assert codes(client.get(f"{OUTPUTS}?workshop={second.pk}")) == ["A2车间"]
    hidden = client.get(f"{OUTPUTS}?workshop=00000000-0000-7000-8000-000000000000")
    assert codes(hidden) == [] and "没有找到这条记录" in words(hidden)


def test_rows_are_filtered_by_fields_of_the_row_they_name(
    make: Any, make_output: Any, sign_in: Any, cast: Any
) -> None:
    make_output(make("A1", kind="home", place=cast.baijiao), "2021-08", "100")
    make_output(make("A2", kind="farm"), "2021-08", "200")
    client = sign_in("alice")
    assert codes(client.get(f"{OUTPUTS}?workshop__kind=home")) == ["A1车间"]
    assert codes(client.get(f"{OUTPUTS}?workshop__workers_max=3")) == ["A1车间", "A2车间"]
    assert codes(client.get(f"{OUTPUTS}?workshop__opened_on_is=filled")) == []
    offered = {a["href"] for a in page(client.get(f"{OUTPUTS}menu/further/")).select("a")}
    assert f"{OUTPUTS}?with=workshop__kind" in offered
    wished = page(client.get(f"{OUTPUTS}?with=workshop__kind"))
    assert wished.select(".filters details[open] input[name=workshop__kind][value=home]")


def test_a_filter_tells_nothing_of_a_row_that_is_not_shared(
    cast: Any, make: Any, make_output: Any, sign_in: Any
) -> None:
    """The other side's output is shared, its workshop is not: the list writes （未共享）."""
    with context.unscoped("rows of the other side"):
        for code, sharing in (("B1", "private"), ("B2", "shared")):
            hidden = make(code, by="bob", kind="home", sharing=sharing, state="submitted")
            output = make_output(hidden, "2021-08", "100", by="bob")
            Output.objects.filter(pk=output.pk).update(state="submitted")
    for query in ("workshop__kind=home", "q=车间", "workshop__kind=home&workshop__opened_on_is=empty"):
        assert codes(sign_in("alice").get(f"{OUTPUTS}?{query}")) == ["B2车间"], query
    assert len(codes(sign_in("bob").get(f"{OUTPUTS}?workshop__kind=home"))) == 2


def test_each_filter_in_force_can_be_taken_away_alone(various: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    off = page(client.get(f"{WORKSHOPS}?kind=home&workers_min=5&sort=name")).select(".filters a.off")
    assert [one["href"] for one in off] == [
        f"{WORKSHOPS}?workers_min=5&sort=name", f"{WORKSHOPS}?kind=home&sort=name"
    ]  # fmt: skip
    links = page(client.get(f"{WORKSHOPS}?knd=home")).select("main a")
    assert WORKSHOPS in {one["href"] for one in links if "清除全部筛选" in one.get_text()}


@pytest.mark.parametrize(("name", "value"), [("place", "440403106"), ("kind", "home")])
def test_what_a_filter_offers_is_fetched_when_somebody_opens_it(
    name: str, value: str, various: Any, sign_in: Any
) -> None:
    client = sign_in("alice")
    drop = page(client.get(f"{WORKSHOPS}?{name}={value}")).select_one(f"[hx-get*='filter/{name}']")
    assert drop and drop.select_one(f"input[type=hidden][name={name}][value='{value}']")
    panel = page(client.get(str(drop["hx-get"])))
    assert panel.select_one(f"input[name={name}][value='{value}'][checked]")
    assert client.get(f"{WORKSHOPS}filter/nothing/").status_code == 404
    without_script = page(client.get(str(drop.select("a")[0]["href"])))
    assert without_script.select_one(f"form.filters input[name={name}][value='{value}'][checked]")


@pytest.mark.parametrize(
    ("menu", "offered"),
    [
        ("further", "a[hx-get*='with=']"),
        ("grouping", "a[href*='group=kind']"),
        ("columns", "input[type=checkbox][name=columns][value=cost]"),
    ],
)
def test_further_filters_groups_and_columns_are_fetched_when_somebody_opens_them(
    menu: str, offered: str, various: Any, sign_in: Any
) -> None:
    client = sign_in("alice")
    closed = page(client.get(WORKSHOPS))
    box = closed.select_one(f"form.filters details [hx-get*='menu/{menu}']")
    assert box and not closed.select(f"form.filters {offered}")
    assert box["hx-trigger"] == "toggle from:'closest details' once", "htmx reads an unquoted «closest» alone"
    assert page(client.get(str(box["hx-get"]))).select(offered)
    opened = page(client.get(str(box.select("a")[0]["href"])))
    assert opened.select(f"form.filters details[open] {offered}")
    assert "open=" not in str(opened.select("main thead, main footer"))
    assert client.get(f"{WORKSHOPS}menu/nothing/").status_code == 404


def test_the_columns_of_the_address_are_sent_with_a_filter_though_nobody_opened_them(
    various: Any, sign_in: Any
) -> None:
    shown = page(sign_in("alice").get(f"{WORKSHOPS}?columns=cost&columns=kind"))
    sent = [one["value"] for one in shown.select("form.filters input[name=columns]")]
    assert sent == ["cost", "kind"]


def test_a_whole_identity_number_finds_its_row_and_a_part_of_it_does_not(
    various: Any, identity: Any, sign_in: Any
) -> None:
    client = sign_in("alice")
    assert codes(client.get(WORKSHOPS, {"q": identity(7)})) == ["A3"]
    assert codes(client.get(WORKSHOPS, {"q": identity(7)[:10]})) == []


def test_an_identity_number_never_finds_a_row_of_the_other_side(
    various: Any, identity: Any, sign_in: Any
) -> None:
    assert codes(sign_in("alice").get(WORKSHOPS, {"q": identity(9)})) == []
    assert codes(sign_in("bob").get(WORKSHOPS, {"q": identity(9)})) == ["B1"]


def test_a_sealed_value_is_shown_as_its_mask_only(various: Any, identity: Any, sign_in: Any) -> None:
    response = sign_in("alice").get(WORKSHOPS)
    assert identity(7) not in response.content.decode()
    assert f"{identity(7)[:6]}********{identity(7)[-4:]}" in words(response)


@pytest.mark.parametrize(("sort", "found"), [
    ("workers", ["B1", "A1", "A2", "A3", "A4"]),
    ("-workers", ["A4", "A3", "A2", "A1", "B1"]),
    ("opened_on", ["A4", "A1", "A2", "A3", "B1"]),
    ("-opened_on", ["A2", "A1", "A4", "B1", "A3"]),
    ("place", ["A3", "A1", "B1", "A2", "A4"]),
    ("name", ["A1", "A3", "A4", "B1", "A2"]),
    ("keeper_identity", ["A1", "A2", "A3", "A4", "B1"]),
    ("nothing", ["A1", "A2", "A3", "A4", "B1"]),
])  # fmt: skip
def test_a_column_sorts_both_ways_with_empty_values_last(
    sort: str, found: list[str], various: Any, sign_in: Any
) -> None:
    assert codes(sign_in("alice").get(f"{WORKSHOPS}?sort={sort}")) == found


def test_totals_are_those_of_the_filtered_rows_without_voided_ones(various: Any, sign_in: Any) -> None:
    foot = page(sign_in("alice").get(f"{WORKSHOPS}?kind=home&kind=farm")).select_one("main tfoot")
    assert foot is not None
    assert foot.select_one('[data-label="吸纳人数"]').get_text(strip=True) == "30"  # type: ignore[union-attr]
    assert foot.select_one('[data-label="年度经费"]').get_text(strip=True) == "1,000.50"  # type: ignore[union-attr]


def test_the_count_is_exact_up_to_its_limit_and_says_when_it_is_not(
    make: Any, sign_in: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("shanhai.kernel.surfaces.counts.Counts.MOST", 2)
    client = sign_in("alice")
    make("A1"), make("A2")
    assert "共 2 行" in words(client.get(WORKSHOPS))
    make("A3")
    response = client.get(WORKSHOPS)
    assert "共 2+ 行" in words(response) and "请先筛选" in words(response)
    counted = page(response).find("a", string="数一数")
    assert counted and "共 3 行" in words(client.get(str(counted["href"])))  # type: ignore[index]


def test_columns_are_chosen_in_the_address_and_the_first_one_stays(make: Any, sign_in: Any) -> None:
    make("A1", note="不显示")
    response = sign_in("alice").get(f"{WORKSHOPS}?columns=workers&columns=output_count")
    headings = [cell.get_text(strip=True) for cell in page(response).select("main thead th[scope=col]")]
    assert [heading for heading in headings if heading] == ["编号", "吸纳人数（人）", "产值条数"]


def test_a_computed_column_shows_and_sorts(make: Any, make_output: Any, sign_in: Any) -> None:
    make("A1")
    second = make("A2")
    make_output(second, "2021-08", "100")
    response = sign_in("alice").get(f"{WORKSHOPS}?columns=output_count&sort=-output_count")
    assert codes(response) == ["A2", "A1"]
    assert page(response).select_one('main tbody td[data-label="产值条数"]').get_text(strip=True) == "1"  # type: ignore[union-attr]


def test_htmx_gets_the_table_alone_and_a_clean_address(make: Any, sign_in: Any) -> None:
    make("A1")
    client = sign_in("alice")
    part = client.get(f"{WORKSHOPS}?q=A&kind=&sort=", headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<div id="table"')
    assert part["HX-Push-Url"] == f"{WORKSHOPS}?q=A"
    assert "HX-Request" in part["Vary"]
    assert codes(client.get(f"{WORKSHOPS}?q=A")) == ["A1"]


def test_an_empty_list_says_what_to_do_next(sign_in: Any) -> None:
    assert "还没有玩具车间" in words(sign_in("alice").get(WORKSHOPS))
    assert "清除全部筛选" in words(sign_in("alice").get(f"{WORKSHOPS}?q=nothing"))


@pytest.mark.parametrize(("who", "offered"), [("alice", True), ("dave", False), ("victor", False)])
def test_only_who_may_create_is_offered_the_button(who: str, offered: bool, sign_in: Any) -> None:
    links = {a["href"] for a in page(sign_in(who).get(WORKSHOPS)).select("main a[href]")}
    assert (f"{WORKSHOPS}new/" in links) is offered
