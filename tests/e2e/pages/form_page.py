"""The form of a row."""

from playwright.sync_api import Locator, expect

from .shell import Shell


class FormPage(Shell):
    def field(self, label: str) -> Locator:
        return self.main.locator(".field", has=self.page.locator("label, .label", has_text=label)).first

    def type(self, label: str, text: str) -> None:
        self.field(label).locator("input, textarea").first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.field(label).locator("select").select_option(label=option)

    def look_up(self, label: str, text: str) -> None:
        """Types into a box that searches, and takes the first thing it finds."""
        box = self.field(label)
        box.get_by_role("combobox").click()
        box.get_by_role("combobox").fill(text)
        box.get_by_role("option").filter(has_text=text).first.click()
        expect(box.locator(".item")).to_contain_text(text)

    def submit(self) -> None:
        self.main.get_by_role("button", name="保存并提交").click()

    def problems(self) -> Locator:
        return self.main.get_by_role("alert")
