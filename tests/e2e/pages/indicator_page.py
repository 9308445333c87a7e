"""An indicator: its value, the rows behind it, its papers, the other side's figure."""

import re
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Locator, expect

from .shell import Shell

COUNTED = re.compile(r"^(.+?)\s*([\d,]+)$")


class IndicatorPage(Shell):
    def value(self, code: str) -> Locator:
        """The link on the number of an indicator in a table of indicators."""
        return self.main.get_by_role("row", name=code).locator("a[href*='reason=counted']").first

    def open_value(self, code: str) -> Decimal:
        """Opens the rows of a number; gives the number."""
        link = self.value(code)
        number = Decimal(link.inner_text().replace(",", ""))
        link.click()
        expect(self.page).to_have_url(re.compile(f"/{code}/rows/"))
        return number

    def open_tab(self, label: str) -> None:
        tabs = self.page.get_by_role("navigation", name="本页的视图")
        tabs.get_by_role("link", name=re.compile(f"^{label}")).click()
        expect(tabs.locator("[aria-current=page]")).to_contain_text(label)

    def chip(self, label: str) -> Locator:
        return self._chips().get_by_role("link", name=re.compile(rf"^{label}\s*[\d,]+$"))

    def show(self, label: str) -> None:
        """The rows that are so."""
        self.chip(label).click()
        expect(self.chip(label)).to_have_attribute("aria-current", "true")

    def reasons(self) -> dict[str, int]:
        """Why rows are counted, left out or differ, with how many there are."""
        expect(self._chips()).to_be_visible()
        found = [
            COUNTED.match(" ".join(text.split())) for text in self._chips().locator("a").all_inner_texts()
        ]
        return {one[1]: int(one[2].replace(",", "")) for one in found if one}

    def take_pack(self, folder: Path) -> Path:
        """Has the papers of the number packed, waits for the job, and takes what it made."""
        self.main.get_by_role("link", name="佐证包", exact=True).click()
        self.main.get_by_role("button", name="生成佐证包").click()
        return self.download(self.main.get_by_role("link", name=re.compile("^下载佐证包")), folder)

    def _chips(self) -> Locator:
        return self.page.locator("#rows nav.filters, #pairs nav.filters")
