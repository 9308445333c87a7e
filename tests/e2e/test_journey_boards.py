"""The coordinator looks at the map, opens a tile, reads it on a phone and on paper."""

import os
from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.pages.form_page import FormPage


def _look(page: Any, name: str, **more: Any) -> None:
    if folder := os.environ.get("SHANHAI_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True, **more)


def test_a_tile_opens_its_rows_and_the_map_is_read_on_a_phone(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    page.goto("/appraisal/map/?layer=FUN-2B&side=west")
    _look(page, "map")
    tile = page.locator("svg a").filter(has_text="永兴镇")
    told = tile.locator("text").last.text_content()
    tile.click()
    expect(page.get_by_role("main").locator("nav.tabs")).to_contain_text(f"构成（{told} 行）")
    page.goto("/appraisal/map/?layer=alarms&side=west")
    _look(page, "map-alarms")
    page.emulate_media(media="print")
    _look(page, "map-print")
    page.emulate_media(media="screen")
    page.goto("/appraisal/alarms/")
    _look(page, "alarms")

    phone = sign_in_as("mt-coordinator", PHONE, has_touch=True, is_mobile=True)
    for name in ("map", "alarms"):
        phone.goto(f"/appraisal/{name}/")
        FormPage(phone).expect_no_sideways_scrolling()
        _look(phone, f"{name}-phone")
