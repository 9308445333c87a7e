"""Accounts bound to one worker or one employer: their own record on a phone, and nothing else."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.row_page import RowPage

CLOSED = (
    "/labour/employmentspell/",
    "/parties/person/",
    "/benefits/pushes/",
    "/funds/project/",
    "/search/?q=演示",
)


def _expect_closed(page: Any) -> None:
    """To them there are no other pages; the menu has none either."""
    for address in CLOSED:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("没有这一页")


def test_a_worker_answers_and_asks_on_a_phone_and_reads_nobody_else(sign_in_as: Any) -> None:
    page = sign_in_as("mt-worker", PHONE, has_touch=True, is_mobile=True)
    mine = RowPage(page)
    mine.expect_title("我的")
    mine.expect_no_sideways_scrolling()
    look(page, "bound-worker")
    for part in ("我的务工就业", "推荐给我的岗位", "我的申领", "我的申请"):
        expect(mine.main.get_by_role("heading", name=part)).to_be_visible()
    mine.main.get_by_role("button", name="接受“").first.click()
    mine.expect_message("已登记。")
    expect(mine.main.locator("section", has_text="推荐给我的岗位")).to_contain_text("已接受")
    mine.take_step_because("有一处不对，申请更正", "联系电话换了，尾号是 0001。")
    mine.expect_message("已收到")
    asked = mine.main.locator("section", has=page.get_by_role("heading", name="我的申请"))
    expect(asked).to_contain_text("尾号是 0001")
    mine.main.get_by_role("link", name="我的全程").click()
    mine.expect_title("我的全程")
    mine.expect_no_sideways_scrolling()
    _expect_closed(page)


def test_an_employer_sees_its_own_people_and_nobody_else(sign_in_as: Any) -> None:
    page = sign_in_as("mt-employer", PHONE, has_touch=True, is_mobile=True)
    firm = RowPage(page)
    firm.expect_no_sideways_scrolling()
    look(page, "bound-firm")
    expect(firm.main.locator("section", has_text="本单位的人员").first).to_contain_text("在岗")
    expect(firm.main.get_by_role("heading", name="本单位的申领")).to_be_visible()
    _expect_closed(page)
