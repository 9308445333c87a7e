"""A roster by Excel: a wrong cell told by its address, marked, mended, confirmed, counted, never twice."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import expect

from e2e.pages.import_page import ImportPage
from e2e.pages.list_page import ListPage
from e2e.workbooks import FIRST_ROW, filled, heads
from shanhai.registers.parties.identity import demo_identity

BORN = date(1988, 5, 20)
IDENTITIES = [demo_identity(area=77, born_on=BORN, serial=serial) for serial in (201, 203, 205)]
NAMES = ("演示名册甲", "演示名册乙", "演示名册丙")


def test_a_roster_with_wrong_cells_is_marked_mended_and_counted(sign_in_as: Any, tmp_path: Path) -> None:
    page = sign_in_as("mt-reporter")
    ListPage(page).choose_from_menu("人员")
    ListPage(page).start_import()
    form = ImportPage(page)
    template = form.take_template(tmp_path)

    wrong = IDENTITIES[1][:-1] + ("0" if IDENTITIES[1][-1] != "0" else "1")
    form.send("花名册.xlsx", _filled(template, [IDENTITIES[0], wrong, IDENTITIES[2]]))
    form.expect_plan("花名册.xlsx", 新增=2, 有错=1)
    cell = f"{chr(ord('A') + heads(template).index('身份证号'))}{FIRST_ROW + 1}"
    expect(form.problem(cell)).to_contain_text("身份证号")
    assert wrong not in page.content()
    expect(form.main.get_by_text("有错的 1 行不写入")).to_be_visible()
    _expect_marked(form.take_marked(tmp_path), "身份证号")

    form.take_another_file()
    form.send("花名册（改）.xlsx", _filled(template, IDENTITIES))
    form.expect_plan("花名册（改）.xlsx", 新增=3, 有错=0)
    form.confirm_button().click()
    form.expect_counted(3)
    form.show_rows()
    assert ListPage(page).count() == 3
    for name in NAMES:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()

    page.go_back()
    form.main.get_by_role("link", name="再导入一个").click()
    form.send("花名册（改）.xlsx", _filled(template, IDENTITIES))
    form.expect_plan("花名册（改）.xlsx", 新增=0, 更改=0, 相同=3, 有错=0)


def _filled(template: Path, identities: list[str]) -> bytes:
    people = zip(NAMES, identities, strict=True)
    return filled(template, [{"姓名": name, "身份证号": identity} for name, identity in people])


def _expect_marked(path: Path, head: str) -> None:
    """The wrong row alone, its wrong cell filled and told beside."""
    sheet = load_workbook(path).worksheets[0]
    column = [str(cell.value).lstrip("*") for cell in sheet[1]].index(head)
    assert sheet.max_row == 2
    marked = sheet[2][column]
    assert marked.fill.fill_type == "solid"
    assert "校验码" in str(marked.comment.text)
    assert "原第 4 行" in str(sheet[2][sheet.max_column - 1].value)


def test_a_file_that_is_no_table_is_refused_in_words(sign_in_as: Any) -> None:
    page = sign_in_as("mt-reporter")
    page.goto("/parties/person/import/")
    form = ImportPage(page)
    form.send("扫描件.xlsx", b"%PDF-1.7")
    form.expect_title("导入人员")
    expect(page.get_by_role("alert")).to_contain_text("文件")
