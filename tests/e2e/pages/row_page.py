"""One row: its state, its next step, its history."""

import re

from playwright.sync_api import expect

from .shell import Shell


class RowPage(Shell):
    def expect_state(self, state: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(state)

    def take_step(self, label: str) -> None:
        """A step that asks for no reason."""
        self.main.get_by_role("button", name=label, exact=True).click()
        confirm = self.page.locator("dialog#confirm")
        if confirm.is_visible():
            confirm.get_by_role("button", name="是，继续").click()

    def expect_no_step(self, label: str) -> None:
        expect(self.main.get_by_role("button", name=label, exact=True)).to_have_count(0)

    def history(self) -> list[str]:
        """Acts on the row, newest first, each as one line."""
        self.main.get_by_role("link", name="全部历史").click()
        expect(self.page).to_have_url(re.compile("/history/"))
        expect(self.main.get_by_role("navigation", name="翻页")).to_be_visible()  # it stands below the acts
        texts = self.main.locator("li", has=self.page.locator("time")).all_inner_texts()
        return [" ".join(text.split()) for text in texts]
