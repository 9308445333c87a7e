"""A person who stands twice becomes one; an agency's line becomes a registration; the timeline on a phone."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage


def test_who_stands_twice_is_decided_to_be_one(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    row = RowPage(page)
    page.goto("/parties/duplicates/")
    look(page, "duplicates")
    row.main.locator("table tbody tr").first.get_by_role("link").first.click()
    row.main.get_by_label("身份证号以此为准").first.check()
    row.main.get_by_label("理由", exact=True).first.fill("同名同生日同电话，号码录错一位")
    row.main.get_by_role("button", name="是同一人，合并").click()
    expect(row.main.locator("section", has_text="合并记录")).to_contain_text("撤销合并")
    look(page, "merged")


def test_a_line_of_an_agency_s_list_becomes_a_registration(sign_in_as: Any) -> None:
    page = sign_in_as("mt-reporter")
    row = RowPage(page)
    ListPage(page).choose_from_menu("外来名单")
    ListPage(page).open_row("ZJ2021-09")
    look(page, "roster")
    row.main.get_by_role("link", name="只在名单 1").click()
    row.main.locator("tbody tr", has_text="钱演示外来").get_by_role("link").first.click()
    row.main.get_by_label("处理决定").select_option(label="新建登记")
    row.main.get_by_role("button", name="决定").click()
    row.expect_message("已登记。")
    row.main.get_by_role("link", name="人员全程").click()
    expect(row.main).to_contain_text("实名制登记")
    look(page, "timeline")

    phone = sign_in_as("mt-reporter", PHONE, has_touch=True, is_mobile=True)
    phone.goto(page.url)
    RowPage(phone).expect_no_sideways_scrolling()
    look(phone, "timeline-phone")
