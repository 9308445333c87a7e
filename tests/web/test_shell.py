"""The frame around every page: menu, to-dos, demonstration label, languages, errors, workbench, search."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory

from shanhai.kernel import actions, context
from shanhai.kernel.errors import Conflict, FieldConflict, NotAllowed, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces import menu
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, build_menu, register_page
from shanhai.kernel.surfaces.waiting import Waits
from shanhai.kernel.workflow import RETURN, SUBMIT
from shanhai.registers.parties.identity import demo_identity
from shanhai.web import cards, errors
from shanhai.web import search as searching
from shanhai.web.cards import Card, register_card
from shanhai.web.search import Hit, HitGroup, register_provider


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def file(cast: Any) -> Any:
    """`file("A1", by="alice", step="submit")`: a toy workshop, perhaps one step further."""
    ledger = registry.get("toys.workshop")

    def filed(code: str, by: str = "alice", *steps: tuple[Any, str], **values: Any) -> Any:
        with context.acting(cast.actor(by)) as current:
            row = actions.create_row(
                ledger, {"code": code, "name": f"{code}车间", **values}, actor=current.actor
            )
        for transition, who in steps:
            with context.acting(cast.actor(who)) as current:
                row = actions.step_row(ledger, row, transition, actor=current.actor, reason="请核对")
        return row

    return filed


def test_the_menu_holds_the_ledgers_a_reader_may_view_and_marks_where_one_is(sign_in: Any) -> None:
    page = soup(sign_in("alice").get("/toys/workshop/"))
    links = {str(a["href"]).partition("?")[0]: a.get("aria-current") for a in page.select("nav.rail a[href]")}
    assert links["/toys/workshop/"] == "page" and links["/toys/output/"] is None
    for_root = soup(sign_in("root").get("/")).select("nav.rail a[href]")
    assert not any(str(a["href"]).startswith("/toys/workshop/") for a in for_root)


def test_of_a_long_menu_only_the_chapter_where_one_is_stands_open(sign_in: Any) -> None:
    client = sign_in("alice")

    def opened(path: str) -> list[str]:
        return [one.summary.h2.get_text() for one in soup(client.get(path)).select("nav.rail details[open]")]

    assert opened("/") == []
    (chapter,) = opened("/toys/workshop/")
    assert "/toys/workshop/" in str(soup(client.get("/")).find("h2", string=chapter).find_parent("details"))


def test_a_page_is_found_by_its_name_and_by_the_first_letters_of_its_pinyin(sign_in: Any) -> None:
    for text in ("应报事", "ybsx"):
        assert soup(sign_in("alice").get("/search/", {"q": text})).select('main a[href="/obligations/"]')
    assert not soup(sign_in("root").get("/search/", {"q": "应报事"})).select('main a[href="/obligations/"]')


def test_a_ledger_of_both_sides_opens_with_the_rows_of_ones_own(file: Any, sign_in: Any) -> None:
    file("A1"), file("B1", "bob", (SUBMIT, "bob"))
    client = sign_in("alice")
    (menu_link,) = soup(client.get("/")).select('nav.rail a[href^="/toys/workshop/"]')
    assert "A1" in words(client.get(menu_link["href"])) and "B1" not in words(client.get(menu_link["href"]))
    assert "B1" in words(client.get("/toys/workshop/"))


def test_pages_enter_the_menu_in_their_group_and_order(cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(menu, "_pages", {})
    register_page(MenuPage(SYSTEM, "后", "search", order=2))
    register_page(MenuPage(SYSTEM, "前", "home", order=1, count=lambda actor: 3))
    register_page(MenuPage(SYSTEM, "不给看", "set_language", is_allowed=lambda actor: False))
    register_page(MenuPage(SYSTEM, "没有地址", "nowhere"))
    group = build_menu(cast.actor("root"), "/", Waits())[-1]
    assert [(item.label, item.count, item.here) for item in group.items] == [
        ("前", "3", True),
        ("后", "", False),
    ]
    with pytest.raises(ValueError, match="home"):
        register_page(MenuPage(SYSTEM, "再来", "home"))


def test_what_waits_is_counted_in_the_menu_the_top_bar_and_the_workbench(file: Any, sign_in: Any) -> None:
    file("A1", "alice", (SUBMIT, "alice"), (RETURN, "carol"))
    file("A2", "alice", (SUBMIT, "alice"))
    alice, victor = sign_in("alice").get("/"), sign_in("victor").get("/")
    assert "待办 1" in words(alice) and "退回待改 共 1 条 玩具车间 1" in words(alice)
    assert "待我核实 共 1 条 玩具车间 1" in words(victor)
    link = soup(victor).select_one('main a[href^="/toys/workshop/"]')
    assert link is not None and link["href"] == "/toys/workshop/?state=submitted"


def test_the_workbench_tells_what_happened_lately_to_rows_one_may_see(file: Any, sign_in: Any) -> None:
    file("A1"), file("B1", "bob")
    text = words(sign_in("alice").get("/"))
    assert "玩具车间 · A1" in text and "B1" not in text


def test_what_one_act_did_to_many_rows_is_one_line(file: Any, sign_in: Any) -> None:
    ids = [file(name).pk for name in ("A1", "A2", "A3")]
    client = sign_in("alice")
    sent = {"verb": "submit", "ids": ids}
    digest = soup(client.post("/toys/workshop/bulk/", sent)).select_one("input[name=confirmed]")
    assert digest is not None
    client.post("/toys/workshop/bulk/", {**sent, "confirmed": digest["value"]})
    assert "等 3 条" in words(client.get("/"))


def test_cards_are_contributed_and_placed_in_order(cast: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(cards, "_builders", [])
    register_card(2)(lambda request: Card("第二", "web/cards/counts.html", {"lines": []}))
    register_card(1)(
        lambda request: Card("第一", "web/cards/counts.html", {"lines": []}, note="全部", url="/search/")
    )
    register_card(0)(lambda request: None)
    page = soup(sign_in("alice").get("/"))
    assert [h.get_text() for h in page.select("main section h2")] == ["第一", "第二"]
    assert page.select_one("main section header a")["href"] == "/search/"  # type: ignore[index]


def test_search_is_grouped_scoped_and_one_query_per_ledger(file: Any, sign_in: Any, queries: Any) -> None:
    (
        file("A1", name="白蕉车间"),
        file("B1", "bob", name="白蕉分厂"),
        file("B2", "bob", (SUBMIT, "bob"), name="白蕉三厂"),
    )
    client = sign_in("alice")
    text = words(client.get("/search/?q=白蕉"))
    assert "A1" in text and "B2" in text and "B1" not in text
    assert text.index("A1") < text.index("B2"), "rows of one's own side come first"
    with queries() as captured:
        client.get("/search/?q=白蕉")
    asked = [q["sql"] for q in captured if " LIKE " in q["sql"]]
    assert len([sql for sql in asked if 'FROM "toys_workshop"' in sql]) == 1


def test_search_by_identity_number_stays_on_ones_own_side(file: Any, sign_in: Any) -> None:
    from datetime import date

    number = demo_identity(area=1, born_on=date(1990, 1, 1), serial=5)
    file("B1", "bob", (SUBMIT, "bob"), keeper_identity=number)
    assert "没有找到" in words(sign_in("alice").get("/search/", {"q": number}))
    assert "B1" in words(sign_in("bob").get("/search/", {"q": number}))


def test_other_packages_add_to_the_search(sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(searching, "_providers", [])
    register_provider()(
        lambda actor, text, limit: [
            HitGroup("通报", [Hit(f"{text}通报", "/x/", "第一期")]),
            HitGroup("空", []),
        ]
    )
    page = soup(sign_in("alice").get("/search/?q=季度"))
    assert [h.get_text() for h in page.select("main h2")] == ["通报"]
    assert "季度通报" in page.get_text()


@pytest.mark.parametrize("path", ["/", "/search/", "/toys/workshop/", "/toys/workshop/new/", "/nowhere/"])
def test_every_page_of_a_demonstration_says_so(path: str, sign_in: Any) -> None:
    assert "演示数据" in words(sign_in("alice").get(path))


def test_in_real_work_nothing_is_called_a_demonstration(sign_in: Any, settings: Any) -> None:
    settings.SHANHAI_DEMONSTRATION_TODAY = None
    assert "演示数据" not in words(sign_in("alice").get("/"))


def test_the_language_is_switched_and_kept(sign_in: Any) -> None:
    client = sign_in("alice")
    response = client.post("/language/", {"language": "en", "next": "/search/"})
    assert response["Location"] == "/search/"
    assert soup(client.get("/search/")).html["lang"] == "en"  # type: ignore[index]


def test_large_type_is_remembered_by_a_cookie(sign_in: Any) -> None:
    client = sign_in("alice")
    client.cookies["shanhai_type"] = "large"
    assert soup(client.get("/")).html["data-type"] == "large"  # type: ignore[index]


def test_an_htmx_request_asks_nothing_for_the_frame(sign_in: Any, queries: Any) -> None:
    client = sign_in("alice")
    with queries() as captured:
        client.get("/toys/workshop/", headers={"HX-Request": "true"})
    asked = [q["sql"] for q in captured if '"ledger"' in q["sql"]]
    assert [sql for sql in asked if "kernel_savedview" not in sql] == []


# Refusals


def test_refusals_are_pages_with_their_sentence(sign_in: Any) -> None:
    missing = sign_in("alice").get("/nowhere/")
    assert missing.status_code == 404 and "没有这一页" in words(missing)
    refused = sign_in("dave").get("/toys/workshop/new/")
    assert refused.status_code == 403 and "您的岗位没有这项权限" in words(refused)


def test_a_refused_request_leaves_nothing_behind(cast: Any, sign_in: Any) -> None:
    from toys.models import Workshop

    client = sign_in("alice")
    key = soup(client.get("/toys/workshop/new/")).select_one("main input[name=key]")["value"]  # type: ignore[index]
    sent = {
        "key": key,
        "code": "A1",
        "name": "一",
        "kind": "home",
        "owner_unit": str(cast.dm_finance.pk),
        "workers": "1",
    }
    assert client.post("/toys/workshop/new/", sent).status_code == 403
    with context.unscoped("look"):
        assert not Workshop.objects.exists()


@pytest.mark.parametrize(("error", "status", "code"), [
    (NotAllowed(), 403, "not_allowed"),
    (RuleViolated(problems={"name": ["太短。"]}), 422, "rule_violated"),
    (RuleViolated("不行。", code="four_eyes"), 422, "four_eyes"),
    (Conflict(fields=[FieldConflict("name", "名称", "甲", "乙")]), 409, "conflict"),
])  # fmt: skip
def test_the_api_answers_refusals_as_problems(error: Any, status: int, code: str) -> None:
    import json

    response = errors.refusal(RequestFactory().get("/api/v1/x/"), error)
    body = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["detail"]


def test_a_missing_api_address_is_a_problem_too(sign_in: Any) -> None:
    response = sign_in("alice").get("/api/nothing/")
    assert response.status_code == 404 and response["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_is_a_page_that_needs_nothing(sign_in: Any, monkeypatch: Any) -> None:
    def broken(request: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr("shanhai.web.views.columns_for", broken)
    client: Client = sign_in("alice")
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500 and "broken" not in words(response)
