"""The form of a row."""

import re

from playwright.sync_api import Locator, expect

from .shell import Shell


class FormPage(Shell):
    def field(self, label: str) -> Locator:
        return self.main.locator(".field", has=self.page.locator("label, .label", has_text=label)).first

    def type(self, label: str, text: str) -> None:
        self.field(label).locator("input, textarea").first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.field(label).locator("select").select_option(label=option)

    def pick(self, label: str, text: str) -> None:
        """Types into a box that searches, takes the first it finds, and sees it taken."""
        box = self.field(label)
        box.get_by_role("combobox").click()
        box.get_by_role("combobox").fill(text)
        box.get_by_role("option").filter(has_text=text).first.click()
        expect(box.locator(".item")).to_contain_text(text)

    def pick_by(self, label: str, typed: str, text: str) -> None:
        """The same, where what is typed does not stand in what is found."""
        box = self.field(label)
        box.get_by_role("combobox").fill(typed)
        box.get_by_role("option").filter(has_text=text).first.click()
        expect(box.locator(".item")).to_contain_text(text)

    def save_draft(self) -> None:
        self.main.get_by_role("button", name="存为草稿").click()

    def submit(self) -> None:
        self.main.get_by_role("button", name="保存并提交").click()

    def expect_problem(self, label: str, text: str | re.Pattern[str]) -> None:
        """The sentence stands at the field, and the head of the form leads to it."""
        expect(self.main.get_by_role("alert").get_by_role("link", name=label)).to_be_visible()
        control = self.field(label).locator("[aria-invalid=true]")
        expect(control).to_have_accessible_description(text)

    def expect_value(self, label: str, text: str) -> None:
        expect(self.field(label).locator("input, textarea, select").first).to_have_value(text)

    def expect_chosen(self, label: str, text: str) -> None:
        expect(self.field(label).locator("select option:checked, .item").first).to_have_text(text)
