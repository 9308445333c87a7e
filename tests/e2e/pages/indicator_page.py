"""An indicator: its value, and the rows behind it."""

import re

from playwright.sync_api import Locator, expect

from .shell import Shell


class IndicatorPage(Shell):
    def value(self, code: str) -> Locator:
        """The link on the number of an indicator in a table of indicators."""
        return self.main.get_by_role("row", name=code).locator("a[href*='reason=counted']").first

    def open_value(self, code: str) -> int:
        """Opens the rows of a number; gives the number."""
        link = self.value(code)
        number = int(link.inner_text().replace(",", ""))
        link.click()
        expect(self.page).to_have_url(re.compile(f"/{code}/rows/"))
        return number

    def counted(self) -> int:
        """How many rows are said to be counted."""
        text = self.main.get_by_role("link", name=re.compile(r"^计入\s*[\d,]+$")).inner_text()
        return int(re.sub(r"\D", "", text))
