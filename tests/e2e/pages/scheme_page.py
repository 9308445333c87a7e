"""A scheme as it is read, asked about, corrected and put in force."""

from playwright.sync_api import Locator, Page, expect

from .shell import Shell


class SchemePage(Shell):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.source: Locator = page.locator("#source")
        self.tree: Locator = page.locator("section.clauses")
        self.questions: Locator = page.locator("#questions")

    def read_file(self, name: str, content: bytes) -> None:
        """Gives the import page a document, and waits for what was read in it."""
        kind = "text/plain"
        self.page.locator("input[type=file]").set_input_files(
            files=[{"name": name, "mimeType": kind, "buffer": content}]
        )
        self.main.get_by_role("button", name="读取").click()
        expect(self.source).to_be_visible()

    def clause(self, path: str) -> Locator:
        return self.tree.locator("li", has=self.page.get_by_role("link", name=path, exact=True))

    def open_questions(self) -> int:
        return int(self.questions.locator("header .aside").inner_text().split()[0])

    def question(self, name: str) -> Locator:
        return self.questions.get_by_role("listitem").filter(
            has=self.page.get_by_role("link", name=name, exact=True)
        )

    def answer(self, name: str, unit: str) -> None:
        """Says once which unit is meant, wherever the text writes it so."""
        self.question(name).get_by_label(f"{name}是哪个单位").fill(unit)
        self.question(name).get_by_role("button", name="确认，处处照此").click()
        expect(self.question(name)).to_have_count(0)

    def correct(self, path: str) -> None:
        self.clause(path).get_by_role("link", name="修改").click()

    def duty(self, unit: str) -> Locator:
        """The line of a responsible unit on the page that corrects a clause."""
        return self.main.get_by_role("listitem").filter(has_text=unit)

    def give_role(self, unit: str, role: str) -> None:
        line = self.duty(unit)
        line.get_by_label("责任").select_option(label=role)
        line.get_by_role("button", name="改", exact=True).click()
        expect(self.duty(unit).locator("option:checked")).to_have_text(role)

    def set_due(self, day: str) -> None:
        self.main.get_by_label("完成期限").fill(day)
        self.main.get_by_role("button", name="保存期限与关联").click()
        expect(self.main.get_by_label("完成期限")).to_have_value(day)

    def put_in_force(self) -> None:
        self.main.get_by_role("button", name="存为现行版本").click()
        self.say_yes()
        self.expect_message("已生效。")
