"""A person who stands twice in the register becomes one: found, compared, decided."""

import os
from typing import Any

from playwright.sync_api import expect

from e2e.pages.row_page import RowPage


def _look(page: Any, name: str) -> None:
    if folder := os.environ.get("SHANHAI_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_who_stands_twice_is_decided_to_be_one(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    row = RowPage(page)
    page.goto("/parties/duplicates/")
    _look(page, "duplicates")
    row.main.locator("table tbody tr").first.get_by_role("link").first.click()
    row.main.get_by_label("身份证号以此为准").first.check()
    row.main.get_by_label("理由", exact=True).first.fill("同名同生日同电话，号码录错一位")
    row.main.get_by_role("button", name="是同一人，合并").click()
    expect(row.main.locator("section", has_text="合并记录")).to_contain_text("撤销合并")
    _look(page, "merged")
