"""What stands around every page: menu, messages; and whether the page fits its screen."""

import re

from playwright.sync_api import Locator, Page, expect


class Shell:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.main: Locator = page.locator("main")

    def expect_title(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)

    def expect_message(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def choose_from_menu(self, label: str) -> None:
        """The ledger of that name; on a phone the menu is behind its button."""
        menu = self.page.get_by_role("navigation", name="主菜单")
        entry = menu.get_by_role("link", name=re.compile(rf"^{label}( \d+)?$"))  # with how many wait there
        opener = self.page.locator("label.rail-button")  # not read aloud: the checkbox it belongs to is
        if opener.is_visible():
            opener.click()
        entry.click()
        self.expect_title(label)

    def expect_no_sideways_scrolling(self) -> None:
        page_width, screen_width = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert page_width <= screen_width
