"""From a proposal to the employer: accepted, seated, boarded on a phone, handed over; who stayed is asked."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage


def _accept(page: Any) -> None:
    """The first proposal of the last run."""
    page.goto("/labour/matching/")
    main = FormPage(page).main
    main.locator("table.ledger tbody a").first.click()
    main.locator("table.ledger tbody input[type=checkbox]:enabled").first.check()
    main.get_by_role("button", name="接受所选").click()
    expect(page.locator("body")).to_contain_text("已办理 1 条拟配")


def _fill(page: Any) -> str:
    """Seats on the trip of today; its address."""
    page.goto("/labour/transporttrip/?q=SS902")
    page.get_by_role("link", name="SS902-1").first.click()
    FormPage(page).main.get_by_role("button", name="安排座位").click()
    expect(page.locator("body")).to_contain_text("人上这个班次")
    look(page, "trip")
    return str(page.url)


def _ride(phone: Any) -> None:
    """The escort in the bus: a tap, arrival, the employer's signature."""
    phone.get_by_role("link", name="上车点名、到达和交接").click()
    bus = FormPage(phone)
    bus.expect_no_sideways_scrolling()
    first = bus.main.locator("ul.rows > li").first
    first.get_by_role("button", name="上车").click()
    expect(first).to_contain_text("已上车")
    look(phone, "ride")
    bus.main.get_by_role("button", name="全部到达").click()
    expect(bus.main).to_contain_text("交接给用工单位")
    bus.expect_no_sideways_scrolling()
    look(phone, "hand-over")
    bus.main.get_by_label("签收人").first.fill("演示签收人")
    bus.main.get_by_role("button", name="交接", exact=True).first.click()
    expect(bus.main).to_contain_text("已交接 1")


def _follow_up(page: Any) -> None:
    """Who arrived is asked for after one, three and six months; one left at once, and is asked no more."""
    page.goto("/labour/retentioncheck/?outcome=due")
    checks = ListPage(page)
    assert {"1", "3", "6"} <= set(checks.column("到岗后几个月"))
    due = checks.count()
    checks.rows.first.get_by_role("rowheader").get_by_role("link").click()
    form = FormPage(page)
    form.choose("稳岗情况", "已离开")
    form.type("离开日期", "2021-09-24")
    form.choose("离开原因", "工资低或拖欠")
    form.main.get_by_role("button", name="记下", exact=True).click()
    form.expect_message("已记下这次稳岗回访")
    expect(form.main).to_contain_text("工资低或拖欠")
    look(page, "retention")
    page.goto("/labour/retentioncheck/?outcome=due")
    assert checks.count() < due


def test_workers_ride_to_their_employer(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    _accept(page)
    address = _fill(page)
    phone = sign_in_as("mt-coordinator", PHONE, has_touch=True, is_mobile=True)
    phone.goto(address)
    _ride(phone)
    _follow_up(page)
