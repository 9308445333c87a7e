"""The map opens, units are compared, the leader reads on a phone, the coordinator sees the burden."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage


def test_a_tile_opens_its_rows_and_boards_are_read_on_a_phone(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    page.goto("/appraisal/map/?layer=FUN-2B&side=west")
    look(page, "map")
    tile = page.locator("svg a").filter(has_text="永兴镇")
    told = tile.locator("text").nth(1).text_content()
    tile.click()
    expect(page.get_by_role("main").locator("nav.tabs")).to_contain_text(f"构成（{told} 行）")
    for name in ("leader", "scoreboard", "burden", "alarms"):
        page.goto(f"/appraisal/{name}/")
        expect(page.get_by_role("main").locator("table.ledger:visible").first).to_be_visible()
        look(page, name)
    page.goto("/appraisal/scoreboard/")
    page.get_by_role("link", name="逾期未报").click()
    expect(page.locator("th[aria-sort]").first).to_contain_text("逾期未报")
    page.goto("/appraisal/map/?layer=alarms&side=west")
    page.emulate_media(media="print")
    look(page, "map-print")
    page.goto("/appraisal/leader/")
    look(page, "leader-print")

    phone = sign_in_as("mt-coordinator", PHONE, has_touch=True, is_mobile=True)
    for name in ("map", "leader", "scoreboard", "burden", "alarms"):
        phone.goto(f"/appraisal/{name}/")
        FormPage(phone).expect_no_sideways_scrolling()
        look(phone, f"{name}-phone")
