"""Excel in four steps."""

from playwright.sync_api import Locator, expect

from .shell import Shell


class ImportPage(Shell):
    def send(self, name: str, content: bytes) -> None:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        file = {"name": name, "mimeType": kind, "buffer": content}
        self.page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
        self.main.get_by_role("button", name="上传并检查").click()
        expect(self.main.get_by_text(name)).to_be_visible()

    def expect_count(self, label: str, number: int) -> None:
        figure = self.main.locator(".figure", has=self.page.get_by_text(label, exact=True))
        expect(figure.locator(".value")).to_have_text(f"{number}行")

    def problem(self, cell: str) -> Locator:
        """The line about one wrong cell, by its address."""
        return self.main.get_by_role("row", name=cell)

    def take_another_file(self) -> None:
        self.main.get_by_role("link", name="换一个文件").click()
        expect(self.page.locator("input[type=file]")).to_be_attached()

    def confirm(self, rows: int) -> None:
        self.main.get_by_role("button", name=f"确认写入 {rows} 行").click()

    def expect_counted(self, rows: int) -> None:
        expect(self.main.get_by_text(f"已写入 {rows} 行，清点无误。")).to_be_visible()

    def show_rows(self) -> None:
        self.main.get_by_role("link", name="看这批数据").click()
