"""Accounts bound to one worker or one employer: their own record on a phone, and nothing else."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.row_page import RowPage

POLICY = "演示：脱贫人口稳岗补助"
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


def _claim(page: Any, person: str) -> None:
    """The bureau takes an application at its counter."""
    page.goto("/benefits/claim/new/")
    form = FormPage(page)
    form.pick("政策", POLICY)
    form.pick("人员", person)
    form.type("享受期", "2021-08")
    form.type("申领日期", "2021-09-23")
    form.submit()
    RowPage(page).expect_state("已报")


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
    name = mine.main.locator("dt", has_text="姓名").locator("xpath=following-sibling::dd").inner_text()
    _claim(sign_in_as("mt-reporter"), name.strip())
    page.reload()
    claims = mine.main.locator("section", has=page.get_by_role("heading", name="我的申领"))
    expect(claims).to_contain_text(POLICY)
    expect(claims).to_contain_text("审核中")
    mine.main.get_by_role("link", name="我的全程").click()
    mine.expect_title("我的全程")
    mine.expect_no_sideways_scrolling()
    _expect_closed(page)


def test_an_employer_sees_its_own_people_and_what_is_brought_to_it(sign_in_as: Any) -> None:
    page = sign_in_as("mt-employer", PHONE, has_touch=True, is_mobile=True)
    firm = RowPage(page)
    firm.expect_no_sideways_scrolling()
    look(page, "bound-firm")
    expect(firm.main.locator("section", has_text="本单位的人员").first).to_contain_text("在岗")
    expect(firm.main.get_by_role("heading", name="本单位的申领")).to_be_visible()
    firm.main.get_by_role("button", name="知道了：").first.click()
    firm.expect_message("已登记。")
    told = firm.main.locator("section", has=page.get_by_role("heading", name="给我的政策通知"))
    expect(told).to_contain_text("2021-09-24")
    firm.expect_no_sideways_scrolling()
    _expect_closed(page)
    office = sign_in_as("mt-coordinator")
    office.goto("/benefits/pushes/recipients/?what=self")
    expect(office.locator("main")).to_contain_text("本人账号")
