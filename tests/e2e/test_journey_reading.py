"""Those who only read: a leader, an auditor, the other county; and what the search finds for whom."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from e2e.pages.indicator_page import IndicatorPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage


def test_a_leader_and_an_auditor_read_the_same_number_and_change_nothing(sign_in_as: Any) -> None:
    numbers = {_number_read_by(sign_in_as(who)) for who in ("mt-leader", "mt-auditor")}
    assert len(numbers) == 1


def _number_read_by(page: Page) -> Any:
    figures = IndicatorPage(page)
    figures.choose_from_menu("指标")
    number = figures.open_value("LAB-1")
    assert figures.reasons()["计入"] == number
    ListPage(page).rows.first.get_by_role("rowheader").get_by_role("link").click()
    row = RowPage(page)
    row.expect_state("已核")
    for step in ("退回", "作废", "核实"):
        row.expect_no_step(step)
    expect(row.main.get_by_role("link", name="修改", exact=True)).to_have_count(0)
    expect(row.evidence.get_by_role("button", name="上传")).to_have_count(0)
    assert row.history()
    page.goto("/labour/employmentspell/")
    expect(page.locator("main").get_by_role("link", name=re.compile("新增|导入"))).to_have_count(0)
    refused = page.goto("/labour/employmentspell/new/")
    assert refused is not None
    assert refused.status == 403
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return number


def test_the_search_finds_by_name_and_by_letters_of_the_pinyin(sign_in_as: Any) -> None:
    found = ListPage(sign_in_as("mt-reporter"))
    found.search_everything("黄演示103")
    expect(found.main.get_by_role("link", name="黄演示103").first).to_be_visible()
    found.search_everything("huangyanshi103")
    expect(found.main.get_by_role("link", name="黄演示103").first).to_be_visible()
    found.search_everything("hys103")
    expect(found.main.get_by_role("link", name="黄演示103").first).to_be_visible()
    found.search_everything("yxz")
    expect(found.main.get_by_role("link", name="永兴镇").first).to_be_visible()
    found.search_everything("查无此人")
    expect(found.main.get_by_role("link", name="黄演示103")).to_have_count(0)
    expect(found.main).to_contain_text("没有")


def test_a_row_of_the_other_county_that_is_not_shared_is_no_page(sign_in_as: Any) -> None:
    own = sign_in_as("mt-reporter")
    ListPage(own).choose_from_menu("人员")
    ListPage(own).open_first()
    other = sign_in_as("dm-coordinator")
    answer = other.goto(own.url)
    assert answer is not None
    assert answer.status == 404
    expect(other.get_by_role("heading", level=1)).to_have_text("没有这一页")
    other.get_by_role("link", name="回到工作台").click()
    ListPage(other).expect_title("工作台")
