"""A threshold is changed: asked for on a phone, approved by the other county, obeyed from its day on."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.row_page import RowPage


def test_a_threshold_is_asked_for_on_a_phone_and_approved_by_another(sign_in_as: Any) -> None:
    phone = sign_in_as("mt-coordinator", PHONE, has_touch=True, is_mobile=True)
    asking = RowPage(phone)
    phone.goto("/rulebook/")
    asking.expect_no_sideways_scrolling()
    look(phone, "book-phone")
    asking.main.get_by_role("link", name="多少天没有联系列入核查").click()
    look(phone, "rule-phone")
    asking.main.get_by_role("link", name="改", exact=True).click()
    asking.main.get_by_label("数值").fill("四十")
    asking.main.get_by_label("依据").fill("演示〔2021〕12号 第二条")
    asking.main.get_by_label("理由").fill("联系间隔缩短")
    asking.main.get_by_role("button", name="提出").click()
    expect(asking.main).to_contain_text("数值")
    look(phone, "asking-wrong-phone")
    asking.main.get_by_label("数值").fill("40")
    asking.main.get_by_role("button", name="提出").click()
    expect(asking.main).to_contain_text("前后对照")
    expect(asking.main.get_by_role("button", name="批准", exact=True)).to_have_count(0)
    asking.expect_no_sideways_scrolling()
    look(phone, "change-phone")

    page = sign_in_as("dm-coordinator")
    deciding = RowPage(page)
    page.goto("/rulebook/")
    look(page, "book")
    deciding.main.get_by_role("link", name="劳务规则数值 · 多少天没有联系列入核查").click()
    look(page, "change")
    deciding.main.get_by_role("button", name="批准", exact=True).click()
    deciding.main.get_by_role("link", name="看这条规定").click()
    expect(deciding.main).to_contain_text("未到启用日")
    expect(deciding.main).to_contain_text("演示〔2021〕12号 第二条")
    look(page, "rule")
