"""Excel in four steps."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from .shell import Shell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportPage(Shell):
    def take_template(self, folder: Path) -> Path:
        return self.download(self.main.get_by_role("link", name="下载模板").first, folder)

    def send(self, name: str, content: bytes) -> None:
        file: Any = {"name": name, "mimeType": XLSX, "buffer": content}
        self.page.locator("input[type=file]").set_input_files(files=[file])
        self.main.get_by_role("button", name="上传并检查").click()

    def expect_plan(self, name: str, **counts: int) -> None:
        """What will happen to the file, in rows: `新增=3, 有错=1`."""
        expect(self.main.get_by_text(name)).to_be_visible()
        for label, number in counts.items():
            figure = self.main.locator(".figure").filter(has_text=label)
            expect(figure.locator(".value")).to_have_text(f"{number}行")

    def problem(self, cell: str) -> Locator:
        """The line about one wrong cell, by its address."""
        return self.main.get_by_role("row", name=cell)

    def take_marked(self, folder: Path) -> Path:
        return self.download(self.main.get_by_role("link", name="下载标红的工作簿"), folder)

    def take_another_file(self) -> None:
        self.main.get_by_role("link", name="换一个文件").click()
        expect(self.page.locator("input[type=file]")).to_be_attached()

    def give_reason(self, reason: str) -> None:
        self.main.get_by_label("原因").fill(reason)

    def confirm_button(self) -> Locator:
        return self.main.get_by_role("button", name=re.compile("确认(写入|导入)"))

    def expect_counted(self, rows: int) -> None:
        """The work may run beside the page for a while; in the end it says what it found in the tables."""
        for label in ("应写入", "写入后清点"):
            fact = self.main.locator("dl.facts > div").filter(has=self.page.get_by_text(label, exact=True))
            expect(fact.locator("dd")).to_have_text(str(rows))

    def show_rows(self) -> None:
        self.main.get_by_role("link", name="看这批数据").click()
