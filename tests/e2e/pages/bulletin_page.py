"""A bulletin: drafted, worded, cleared of stale numbers, issued, received."""

import re

from playwright.sync_api import Locator, Page, expect

from .shell import Shell


class BulletinPage(Shell):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.article: Locator = page.locator("article.document")
        self.stale: Locator = page.locator(".document-stale > li")

    def draft(self, period: str) -> None:
        self.choose_from_menu("通报")
        self.main.get_by_label("通报期").select_option(label=period)
        self.main.get_by_role("button", name="起草通报").click()
        self.expect_message("已按现有数据起草。")

    def open(self, period: str) -> None:
        self.choose_from_menu("通报")
        self.main.get_by_role("row", name=period).get_by_role("link").first.click()
        self.expect_title(f"{period}通报")

    def expect_numbers_told(self) -> int:
        """As many links as the head of the page says there are numbers."""
        said = self.page.locator("#page-head p").inner_text()
        found = re.search(r"(\d+) 处数据", said)
        assert found is not None, said
        expect(self.article.locator("a")).to_have_count(int(found[1]))
        return int(found[1])

    def slot(self, label: str) -> Locator:
        return self.main.get_by_label(label, exact=True)

    def insert_figure(self, group: str, key: str) -> None:
        """Puts the name of a figure where the writing mark stands."""
        offered = self.main.locator("details", has=self.page.get_by_text(group, exact=True))
        offered.locator("summary").click()
        offered.get_by_role("button", name=key, exact=True).click()

    def save(self) -> None:
        self.main.get_by_role("button", name="保存").click()

    def refresh(self, number: int = 0) -> None:
        self.stale.nth(number).get_by_role("button", name="更新").click()

    def keep(self, reason: str, number: int = 0) -> None:
        one = self.stale.nth(number)
        one.locator("summary").click()
        one.get_by_label("理由").fill(reason)
        one.get_by_role("button", name="保留", exact=True).click()

    def issue_button(self) -> Locator:
        return self.main.get_by_role("button", name="签发")

    def issue(self) -> None:
        self.issue_button().click()
        self.say_yes()
        self.expect_message("已签发。文本已固化，主送单位可以签收。")

    def receipts(self) -> Locator:
        return self.main.locator("section", has=self.page.get_by_role("heading", name="签收情况"))
