"""The list of a ledger."""

import re

from playwright.sync_api import Locator, expect

from .shell import Shell


class ListPage(Shell):
    @property
    def rows(self) -> Locator:
        return self.main.locator("tbody tr")

    def count(self) -> int:
        """How many rows the head of the page says there are."""
        head = self.main.get_by_text(re.compile(r"共 [\d,]+ 行")).first.inner_text()
        found = re.search(r"共 ([\d,]+) 行", head)
        assert found is not None
        return int(found[1].replace(",", ""))

    def filter(self, label: str, choice: str) -> None:
        """Ticks one choice of one filter and sends it."""
        form = self.page.get_by_role("search", name="筛选")
        drop = form.locator("details", has=self.page.locator("summary", has_text=label)).first
        drop.locator("summary").click()
        drop.get_by_label(choice, exact=True).check()
        drop.get_by_role("button", name="筛选").click()
        expect(form.locator("summary.here", has_text=choice)).to_be_visible()

    def column(self, label: str) -> list[str]:
        """Texts of a column on this page of the list."""
        return self.rows.locator(f"td[data-label='{label}']").all_inner_texts()

    def open_first(self) -> str:
        """Opens the first row; gives its name."""
        link = self.rows.first.get_by_role("rowheader").get_by_role("link")
        name = link.inner_text()
        link.click()
        self.expect_title(name)
        return name

    def open_row(self, name: str) -> None:
        self.rows.get_by_role("link", name=name, exact=True).first.click()
        self.expect_title(name)

    def start_new(self) -> None:
        self.main.get_by_role("link", name="新增").click()
        self.expect_title("新增")

    def start_import(self) -> None:
        self.main.get_by_role("link", name="导入 Excel").click()
        self.expect_title("导入")
