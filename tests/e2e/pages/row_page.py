"""One row: its state, its next step, its evidence, its history."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from .shell import Shell

# A file as a person drags it: the browser is handed it in an event of its own.
DROP = """([name, type, text]) => {
  const held = new DataTransfer();
  held.items.add(new File([text], name, {type}));
  return held;
}"""


class RowPage(Shell):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.evidence: Locator = page.locator("#evidence")

    def expect_state(self, state: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(state)

    def take_step(self, label: str) -> None:
        """A step that asks for no reason."""
        self.main.get_by_role("button", name=label, exact=True).click()
        confirm = self.page.locator("dialog#confirm")
        if confirm.is_visible():
            self.say_yes()

    def take_step_because(self, label: str, reason: str) -> None:
        step = self.main.locator("details", has=self.page.locator("summary", has_text=label)).first
        step.locator("summary").click()
        step.get_by_role("textbox").fill(reason)
        step.get_by_role("button", name=label, exact=True).click()

    def expect_no_step(self, label: str) -> None:
        expect(self.main.get_by_role("button", name=label, exact=True)).to_have_count(0)

    def edit(self) -> None:
        self.main.get_by_role("link", name="修改", exact=True).click()
        self.expect_title("修改")

    def paste_paper(self, name: str, kind: str, text: str) -> None:
        """What the clipboard holds joins what was chosen already."""
        self.page.evaluate(
            """([name, kind, text]) => {
              const held = new DataTransfer();
              held.items.add(new File([text], name, { type: kind }));
              const paste = { clipboardData: held, bubbles: true, cancelable: true };
              document.body.dispatchEvent(new ClipboardEvent("paste", paste));
            }""",
            [name, kind, text],
        )
        expect(self.evidence.locator("[data-shanhai-files]")).to_contain_text(name)

    def drop_paper(self, name: str, kind: str, text: str) -> None:
        """Drags a file onto the box and sends it."""
        held = self.page.evaluate_handle(DROP, [name, kind, text])
        self.evidence.locator("[data-shanhai-drop]").dispatch_event("drop", {"dataTransfer": held})
        expect(self.evidence.locator("[data-shanhai-files]")).to_contain_text(name)

    def choose_paper(self, name: str, kind: str, content: bytes) -> None:
        file: Any = {"name": name, "mimeType": kind, "buffer": content}
        self.evidence.locator("[data-shanhai-drop] input[type=file]").set_input_files(files=[file])

    def send_papers(self, category: str) -> None:
        self.evidence.get_by_label("佐证类别").select_option(label=category)
        self.evidence.get_by_role("button", name="上传").click()

    def expect_paper(self, name: str) -> None:
        expect(self.evidence.get_by_role("link", name=name)).to_be_visible()

    def history(self) -> list[str]:
        """Acts on the row, newest first, each as one line."""
        self.main.get_by_role("link", name="全部历史").click()
        expect(self.page).to_have_url(re.compile("/history/"))
        expect(self.main.get_by_role("navigation", name="翻页")).to_be_visible()  # it stands below the acts
        texts = self.main.locator("li", has=self.page.locator("time")).all_inner_texts()
        return [" ".join(text.split()) for text in texts]
