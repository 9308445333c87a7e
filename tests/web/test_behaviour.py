"""What the pages do in a browser: at a desk, on a phone, with a poor signal, without script."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from shanhai.web.styleguide.pages import PAGES

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
WHOLE_PAGES = ["", *PAGES]


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    """One page for the tests that only look, because a fresh one costs a second."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(desk: Page) -> Iterator[list[str]]:
    """What the browser objects to: script errors, and everything the content policy refuses."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    desk.on("console", hear)
    desk.on("pageerror", lambda error: said.append(str(error)))
    yield said
    desk.remove_listener("console", hear)


@pytest.mark.parametrize("name", WHOLE_PAGES, ids=lambda name: name or "gallery")
def test_a_page_loads_without_complaint_and_asks_only_its_own_server(
    name: str, gallery: str, desk: Page, complaints: list[str]
) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    answer = desk.goto(f"{gallery}{name}/" if name else gallery)
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert not complaints
    assert all(url.startswith((gallery.removesuffix("styleguide/"), "data:")) for url in asked)


@pytest.mark.parametrize("name", WHOLE_PAGES, ids=lambda name: name or "gallery")
def test_nothing_runs_out_of_a_phone(name: str, gallery: str, phone: Page) -> None:
    phone.goto(f"{gallery}{name}/" if name else gallery)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_the_main_action_stays_in_reach_and_the_menu_is_a_drawer(
    gallery: str, phone: Page
) -> None:
    phone.goto(f"{gallery}list/")
    phone.mouse.wheel(0, 2000)
    expect(phone.locator("[data-shanhai-main]")).to_be_in_viewport()
    rail = phone.get_by_role("navigation", name="主菜单")
    expect(rail).to_be_hidden()
    phone.locator(".rail-button").tap()
    expect(rail).to_be_visible()
    phone.keyboard.press("Escape")
    expect(rail).to_be_hidden()


def test_picking_rows_counts_them_and_a_return_asks_for_its_reason(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}list/")
    boxes = page.locator("[data-shanhai-pick]")
    give_back = page.get_by_role("button", name="退回")
    expect(give_back).to_be_disabled()
    boxes.nth(2).click()
    boxes.nth(5).click(modifiers=["Shift"])
    expect(page.locator("[data-shanhai-picked]")).to_have_text("4")
    give_back.click()
    expect(page.locator("#bulk [name=reason]:invalid")).to_be_focused()
    page.get_by_label("符合筛选的全部").check()
    expect(page.locator("[data-shanhai-picked]")).to_have_text("1,284")


def test_what_cannot_be_taken_back_asks_first(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}list/")
    page.locator("[data-shanhai-pick]").nth(1).click()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="核实").click()
    expect(page.get_by_role("dialog", name="请确认")).to_contain_text("计入指标")
    page.get_by_role("button", name="不，返回").click()
    assert "POST" not in sent
    page.get_by_role("button", name="核实").click()
    with page.expect_request(lambda request: request.method == "POST") as asked:
        page.get_by_role("button", name="是，继续").click()
    assert "verb=verify" in (asked.value.post_data or "")


def test_searching_replaces_the_table_only_and_the_address_can_be_sent_on(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}list/")
    page.evaluate("window.stayed = true")
    box = page.get_by_role("searchbox", name="搜姓名、单位")
    box.press_sequentially("李", delay=20)
    expect(page.locator("#table tbody tr")).to_have_count(3)
    expect(box).to_be_focused()
    expect(box).to_have_value("李")
    assert page.evaluate("window.stayed")
    assert "q=%E6%9D%8E" in page.url
    assert "columns=" not in page.url
    page.reload()
    expect(page.locator("#table tbody tr")).to_have_count(3)


def test_a_failed_partial_load_says_so_and_leaves_the_page(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}list/")
    page.get_by_role("searchbox", name="搜姓名、单位").fill("fail")
    expect(page.locator("#toasts")).to_contain_text("这一步没有成功")
    expect(page.locator("#table tbody tr")).to_have_count(12)
    page.context.set_offline(True)
    page.get_by_role("searchbox", name="搜姓名、单位").fill("李")
    expect(page.locator("#toasts")).to_contain_text("网络不通")
    expect(page.locator("#table tbody tr")).to_have_count(12)


def test_an_unsaved_form_comes_back_but_never_its_sensitive_fields(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}form/")
    page.get_by_label("姓名").fill("王新填")
    page.get_by_label("联系电话").fill("010-0000")
    page.get_by_label("9 月").check()
    expect(page.get_by_text("没提交的内容已留在这台设备上")).to_be_visible()
    assert "010-0000" not in page.evaluate("JSON.stringify(localStorage)")
    page.goto(f"{gallery}form/")
    expect(page.get_by_label("姓名")).to_have_value("李演示")
    page.get_by_role("button", name="接着填").click()
    expect(page.get_by_label("姓名")).to_have_value("王新填")
    expect(page.get_by_label("9 月")).to_be_checked()
    expect(page.get_by_label("联系电话")).to_have_value("")


def test_keys_lead_to_search_and_help_and_can_be_switched_off(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}list/")
    page.keyboard.press("/")
    expect(page.locator("[data-shanhai-search]")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_label("使用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()


def test_large_type_is_remembered(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}list/")
    page.locator("summary", has_text="统筹").click()
    page.get_by_role("button", name="大字").click()
    page.goto(f"{gallery}detail/")
    expect(page.locator("html")).to_have_attribute("data-type", "large")


def test_a_chart_is_drawn_and_its_table_is_beneath(gallery: str, desk: Page, complaints: list[str]) -> None:
    desk.goto(gallery)
    expect(desk.locator("[data-shanhai-plot] canvas")).to_be_visible()
    desk.get_by_text("看数据表").click()
    expect(desk.get_by_role("cell", name="2,332")).to_be_visible()
    desk.locator("[data-shanhai-plot]").hover()
    assert not complaints


def test_pages_work_without_script(gallery: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{gallery}list/")
    page.locator("summary", has_text="人员类别").click()
    page.get_by_label("监测对象").uncheck()
    page.get_by_role("button", name="筛选").first.click()
    assert re.search(r"category=1(&|$)", page.url)
    assert "category=2" not in page.url
    expect(page.get_by_role("button", name="核实")).to_be_enabled()
    page.context.close()


def test_a_list_prints_in_landscape_with_its_unit_and_signature_line(
    gallery: str, page: Page, tmp_path: Any
) -> None:
    page.goto(f"{gallery}list/")
    page.emulate_media(media="print")
    for shown in ("单位（盖章）：", "样例单位 · 2021 年第三季度"):
        expect(page.get_by_text(shown).first).to_be_visible()
    for hidden in (".rail", ".topbar", ".page-actions", ".filters", ".bulk"):
        expect(page.locator(hidden).first).to_be_hidden()
    pdf = page.pdf(path=tmp_path / "list.pdf", prefer_css_page_size=True)
    width, height = (float(side) for side in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())  # type: ignore[union-attr]
    assert width > height
