"""What stands around every page: menu, search, messages, question box; and whether the page fits."""

import re
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect


class Shell:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.main: Locator = page.locator("main")

    def expect_title(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1).first).to_contain_text(title)

    def expect_message(self, text: str) -> None:
        expect(self.main.get_by_text(text).first).to_be_visible()

    def choose_from_menu(self, label: str) -> None:
        """The page of that name; on a phone the menu is behind its button."""
        named = re.compile(rf"^{label}( \d+)?$")  # with how many wait there
        menu = self.page.get_by_role("navigation", name="主菜单")
        entry = menu.get_by_role("link", name=named, include_hidden=True)
        entry.wait_for(state="attached")
        opener = self.page.locator("label.rail-button")  # not read aloud: the checkbox it belongs to is
        if opener.is_visible():
            opener.click()
        inside = self.page.get_by_role("link", name=named, include_hidden=True)
        chapter = menu.locator("details:not([open])").filter(has=inside).locator("summary")
        if chapter.count():
            chapter.click()
        entry.click()
        self.expect_title(label)

    def search_everything(self, text: str) -> None:
        box = self.page.locator("input[data-shanhai-search]")
        box.fill(text)
        box.press("Enter")
        expect(self.page).to_have_url(re.compile(r"/search/\?"))

    def say_yes(self) -> None:
        """Answers the question that the page asks before something that cannot be taken back."""
        self.page.locator("dialog#confirm").get_by_role("button", name="是，继续").click()

    def download(self, link: Locator, to: Path) -> Path:
        """Clicks a link that hands out a file; gives where it lies."""
        with self.page.expect_download() as waited:
            link.click()
        handed: Download = waited.value
        path = to / handed.suggested_filename
        handed.save_as(path)
        return path

    def sign_out(self) -> None:
        self.page.locator("header.topbar details.drop").last.locator("summary").click()
        self.page.get_by_role("button", name="退出登录").click()
        expect(self.page).to_have_url(re.compile("/accounts/login/"))

    def expect_no_sideways_scrolling(self) -> None:
        page_width, screen_width = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert page_width <= screen_width, f"{self.page.url} is {page_width} wide on {screen_width}"
