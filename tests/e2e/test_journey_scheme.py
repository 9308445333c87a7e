"""From the printed document to who owes what: read, asked, corrected, in force, handed out."""

from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from e2e.pages.scheme_page import SchemePage
from shanhai.domains.scheme.uploads import sample

WORK_GROUP = "广东省粤黔协作工作队遵义工作组湄潭小组"


def test_a_document_becomes_tasks_that_units_owe(sign_in_as: Any, tmp_path: Path) -> None:
    scheme = SchemePage(sign_in_as("dm-coordinator"))
    scheme.choose_from_menu("方案")
    scheme.main.get_by_role("link", name="导入方案").click()
    scheme.read_file("实施方案（再次印发）.txt", sample().text.encode())
    _expect_anchors_lit_both_ways(scheme)

    before = scheme.open_questions()
    scheme.answer("富山工业园", "富山工业园管委会")
    assert scheme.open_questions() < before
    for clause in ("三（四）", "三（六）"):
        expect(scheme.clause(clause).get_by_title("富山工业园管委会").first).to_be_visible()

    scheme.correct("三（一）")
    scheme.give_role("区教育局", "牵头")
    scheme.set_due("2021-11-30")
    scheme.page.get_by_role("list", name="所在位置").get_by_role("link").last.click()
    expect(scheme.clause("三（一）").locator("a.lead", has_text="区教育局")).to_be_visible()
    expect(scheme.clause("三（一）")).to_contain_text("2021-11-30")

    scheme.put_in_force()
    _expect_table_of_tasks(scheme, tmp_path)
    scheme.main.get_by_role("link", name="责任矩阵").click()
    row = scheme.main.get_by_role("row").filter(
        has=scheme.page.get_by_role("rowheader", name="区教育局", exact=True)
    )
    expect(row.get_by_role("link", name="三（一） 做实劳务协作 牵头")).to_have_text("●")


def _expect_anchors_lit_both_ways(scheme: SchemePage) -> None:
    first = scheme.clause("三（一）").locator("a.lead").first
    anchor = scheme.page.locator(f"#{first.get_attribute('data-lights')}")
    first.hover()
    expect(anchor).to_have_class("lead lit")
    expect(anchor).to_have_text(WORK_GROUP)
    first.click()
    expect(anchor).to_be_in_viewport()
    anchor.hover()
    expect(first).to_have_class("lead lit")


def _expect_table_of_tasks(scheme: SchemePage, folder: Path) -> None:
    table = scheme.tree.locator("header")
    book = load_workbook(scheme.download(table.get_by_role("link", name="Excel"), folder), read_only=True)
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    word = Document(str(scheme.download(table.get_by_role("link", name="Word"), folder)))
    words = [cell.text for row in word.tables[0].rows for cell in row.cells]
    for texts in (cells, words):
        assert any("做实劳务协作" in text for text in texts)
        assert any("富山工业园" in text for text in texts)
        assert any("2021-11-30" in text for text in texts)
