"""Saved views of a list, and the order of its columns: kept, shared, opened first, never wider than scope."""

import json
from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, codes, page, words

VIEWS = f"{WORKSHOPS}views/"
API = "/api/v1/toys/workshop/views/"


@pytest.fixture
def keep(client_of: Any) -> Any:
    """`keep("carol", "在家", "kind=home", "side")`: the address of the list as the new view has it."""

    def kept(who: str, name: str, query: str = "", audience: str = "own") -> str:
        sent = {"name": name, "query": query, "audience": audience}
        response = client_of(who).post(VIEWS, sent)
        assert response.status_code == 303, words(response)
        return str(response.url)

    return kept


def offered(response: Any) -> list[str]:
    """Views in the menu above the list."""
    found = page(response).select(".filters a[href*='view=']")
    return [next(iter(a.stripped_strings)) for a in found if "view=all" not in a["href"] and "sort=" not in a]


def headings(response: Any) -> list[str]:
    return [cell.get_text(strip=True) for cell in page(response).select("main thead th[scope=col]")][-4:]


def test_a_view_keeps_filters_columns_order_and_size_and_opens_from_the_menu(
    make: Any, keep: Any, sign_in: Any
) -> None:
    make("A1", kind="home", workers=2), make("A2", kind="home", workers=9), make("A3", kind="farm")
    filters = "kind=home&opened_on_in=last_30_days&opened_on_is=empty"
    asked = f"{filters}&columns=workers&columns=kind&sort=-workers&size=20"
    url = keep("alice", "在家", f"{asked}&q=A&page=x")
    client = sign_in("alice")
    response = client.get(url)
    assert codes(response) == ["A2", "A1"]
    assert "在家" in offered(client.get(WORKSHOPS))
    kept = {part for part in url.partition("?")[2].split("&") if not part.startswith("view=")}
    assert kept == set(asked.split("&")), "relative days stay relative; search and page are not kept"
    export = (
        client.get(f"{WORKSHOPS}export/?{url.partition('?')[2]}&format=csv").getvalue().decode("utf-8-sig")
    )
    assert export.splitlines()[0].split(",")[:3] == ["编号", "吸纳人数（人）", "类型"]


def test_a_view_says_when_the_list_has_gone_on_and_is_brought_up_to_date(keep: Any, sign_in: Any) -> None:
    url, client = keep("alice", "在家", "kind=home"), sign_in("alice")
    assert "已改动" not in words(client.get(url))
    changed = client.get(f"{url}&state=draft")
    assert "已改动" in words(changed)
    form = page(changed).select_one("#change-view")
    assert form and form.select_one("[name=query]")["value"] == "kind=home&state=draft"  # type: ignore[index]
    again = client.post(str(form["action"]), {"do": "replace", "query": "kind=home&state=draft"})
    assert "kind=home&state=draft" in again.url and "已改动" not in words(client.get(again.url))


def test_the_list_opens_with_ones_default_until_all_rows_are_asked_for(
    make: Any, keep: Any, client_of: Any
) -> None:
    make("A1", kind="home", state="submitted"), make("A2", kind="farm", state="submitted")
    url = keep("carol", "在家", "kind=home", "side")
    alice, one = client_of("alice"), f"{VIEWS}{url.rpartition('view=')[2]}/"
    assert alice.post(one, {"do": "begin"}).status_code == 303
    assert alice.get(WORKSHOPS).url == url
    assert codes(client_of("carol").get(WORKSHOPS)) == ["A1", "A2"], "a default is one's own"
    assert codes(alice.get(f"{WORKSHOPS}?view=all")) == ["A1", "A2"]
    assert codes(alice.get(f"{WORKSHOPS}?kind=farm")) == ["A2"]
    alice.post(one, {"do": "forget"})
    assert alice.get(WORKSHOPS).status_code == 200


def test_a_view_is_renamed_shared_and_deleted_by_its_owner_alone(keep: Any, client_of: Any) -> None:
    url = keep("carol", "在家", "kind=home", "side")
    one, carol, alice = f"{VIEWS}{url.rpartition('view=')[2]}/", client_of("carol"), client_of("alice")
    for sent in ({"do": "delete"}, {"do": "replace", "query": ""}, {"do": "save", "name": "我的"}):
        assert alice.post(one, sent).status_code == 403
    assert carol.post(one, {"do": "save", "name": "居家式", "query": "kind=home"}).status_code == 303
    assert offered(carol.get(WORKSHOPS)) == ["居家式"] and offered(alice.get(WORKSHOPS)) == []
    assert carol.post(one, {"do": "delete"}).status_code == 303
    assert carol.get(one).status_code == 404


@pytest.mark.parametrize(
    ("owner", "audience", "readers"),
    [
        ("alice", "own", {"alice"}),
        ("alice", "unit", {"alice", "victor"}),
        ("carol", "side", {"alice", "anna", "victor", "carol", "dave"}),
        ("bob", "unit", {"bob", "vera"}),
    ],
)
def test_a_view_is_there_for_whom_it_is_shared_with_and_for_nobody_else(
    owner: str, audience: str, readers: set[str], keep: Any, client_of: Any
) -> None:
    url = keep(owner, "秘密的视图", "kind=home", audience)
    key = url.rpartition("view=")[2]
    for who in ("alice", "anna", "victor", "carol", "dave", "bob", "vera", "wang"):
        browser, sees = client_of(who), who in readers
        for answer in (browser.get(WORKSHOPS), browser.get(url), browser.get(API)):
            assert ("秘密的视图" in json.dumps(answer.content.decode(), ensure_ascii=False)) is sees or (
                "json" in answer["Content-Type"] and (len(answer.json()) == 1) is sees
            ), who
        if not sees:
            assert browser.get(f"{VIEWS}{key}/").status_code == 404
            assert browser.post(f"{VIEWS}{key}/", {"do": "begin"}).status_code == 404
            patched = browser.patch(f"{API}{key}/", '{"is_default": true}', content_type="application/json")
            assert patched.status_code == browser.delete(f"{API}{key}/").status_code == 404


def test_a_view_shows_its_reader_no_more_than_the_list_does(make: Any, keep: Any, client_of: Any) -> None:
    make("A1", kind="home"), make("A2", kind="home", by="anna", state="submitted", sharing="private")
    url = keep("carol", "在家", "kind=home&state=draft&state=submitted", "side")
    assert codes(client_of("carol").get(url)) == ["A1", "A2"]
    assert codes(client_of("alice").get(url)) == ["A1"]


def test_what_cannot_be_kept_is_refused_in_words_with_nothing_lost(keep: Any, sign_in: Any) -> None:
    keep("alice", "在家", "kind=home")
    client = sign_in("alice")
    for sent, said in (
        ({"name": "在家", "query": "kind=farm"}, "同名的视图"),
        ({"name": " ", "query": "kind=farm"}, "请填名称"),
        ({"name": "长" * 31, "query": "kind=farm"}, "30"),
        ({"name": "甲", "query": "kind=house"}, "没有“house”这个选项"),
        ({"name": "甲", "query": "kind=farm", "audience": "side"}, "管得到的范围"),
    ):
        response = client.post(VIEWS, sent)
        assert response.status_code == 422 and said in words(response), sent
        kept = page(response).select_one("main [name=query]")
        assert kept and kept["value"] == sent["query"]


def test_names_and_numbers_of_persons_are_not_kept_and_the_page_says_so(
    keep: Any, sign_in: Any, identity: Any
) -> None:
    client = sign_in("alice")
    sent = {"name": "一人", "query": f"kind=home&keeper_identity={identity(7)}&q=某人"}
    response = client.post(VIEWS, sent, follow=True)
    assert "没有存入" in words(response)
    assert identity(7) not in response.content.decode() and "kind=home" in response.redirect_chain[0][0]


def test_a_filter_that_is_no_more_selects_nothing_and_is_told(
    make: Any, keep: Any, sign_in: Any, cast: Any
) -> None:
    from shanhai.kernel import context
    from shanhai.kernel.models import SavedView

    make("A1")
    key = keep("alice", "旧的", "kind=home").rpartition("view=")[2]
    with context.unscoped("an older version kept it"):
        SavedView.objects.filter(pk=key).update(query="colour=red")
    response = sign_in("alice").get(f"{WORKSHOPS}?colour=red&view={key}")
    assert codes(response) == [] and "没有“colour”这个筛选" in words(response)
    assert "colour" in words(sign_in("alice").get(f"{VIEWS}{key}/"))


def test_views_through_the_api(keep: Any, sign_in: Any) -> None:
    client, as_json = sign_in("carol"), {"content_type": "application/json"}
    made = client.post(API, {"name": "在家", "query": "kind=home", "audience": "side"}, **as_json)
    assert made.status_code == 201
    one = f"{API}{made.json()['id']}/"
    assert client.patch(one, {"is_default": True, "name": "居家"}, **as_json).json()["is_default"]
    assert [view["name"] for view in client.get(API).json()] == ["居家"]
    for query in ("kind=house", "place=%00", "kind=home&" * 999):
        refused = client.patch(one, {"query": query}, **as_json)
        assert refused.status_code == 422 and refused.json()["code"] == "bad_view"
    assert client.delete(one).status_code == 204 and client.get(API).json() == []


def test_views_cost_one_query_however_many(keep: Any, sign_in: Any, queries: Any) -> None:
    keep("alice", "1")
    client = sign_in("alice")
    client.get(WORKSHOPS)
    with queries() as few:
        client.get(WORKSHOPS)
    for number in range(2, 6):
        keep("carol", str(number), audience="side")
    with queries() as many:
        client.get(WORKSHOPS)
    assert len(few) == len(many)


def test_columns_stand_as_the_address_orders_them_and_move_without_script(make: Any, sign_in: Any) -> None:
    make("A1")
    client = sign_in("alice")
    shown = client.get(f"{WORKSHOPS}?columns=cost&columns=kind&columns=workers")
    assert headings(shown) == ["编号", "年度经费（元）", "类型", "吸纳人数（人）"]
    form = page(shown).select_one("#arrange")
    assert form
    carried = [(str(one["name"]), str(one["value"])) for one in form.select("input")]
    query = "&".join(f"{name}={value}" for name, value in carried)
    for move, after in (
        ("earlier:workers", ["cost", "workers", "kind"]),
        ("later:cost", ["kind", "cost", "workers"]),
        ("earlier:cost", ["cost", "kind", "workers"]),
        ("later:nothing", ["cost", "kind", "workers"]),
    ):
        moved = client.get(f"{WORKSHOPS}?{query}&move={move}")
        assert moved.url == f"{WORKSHOPS}?" + "&".join(f"columns={name}" for name in ["code", *after]), move
