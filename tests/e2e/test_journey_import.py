"""A roster by Excel: one wrong cell, told by its address, mended, confirmed, counted."""

import io
from datetime import date
from typing import Any

from playwright.sync_api import expect
from xlsxwriter import Workbook

from e2e.pages.import_page import ImportPage
from e2e.pages.list_page import ListPage
from shanhai.registers.parties.identity import demo_identity

BORN = date(1988, 5, 20)


def _roster(people: list[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, ["姓名", "身份证号", "人员类别"])
        for number, (name, identity) in enumerate(people, 1):
            for place, text in enumerate((name, identity, "一般农户")):
                sheet.write_string(number, place, text)
    return out.getvalue()


def test_a_roster_with_a_wrong_cell_is_mended_and_counted(sign_in_as: Any) -> None:
    good = [demo_identity(area=77, born_on=BORN, serial=serial) for serial in (201, 203, 205)]
    wrong = good[1][:-1] + ("0" if good[1][-1] != "0" else "1")
    names = ["演示名册甲", "演示名册乙", "演示名册丙"]
    page = sign_in_as("mt-reporter")
    ListPage(page).choose_from_menu("人员")
    ListPage(page).start_import()

    form = ImportPage(page)
    form.send("花名册.xlsx", _roster(list(zip(names, [good[0], wrong, good[2]], strict=True))))
    form.expect_count("新增", 2)
    form.expect_count("有错", 1)
    expect(form.problem("B3")).to_contain_text("身份证号")
    assert wrong not in page.content()

    form.take_another_file()
    form.send("花名册（改）.xlsx", _roster(list(zip(names, good, strict=True))))
    form.expect_count("新增", 3)
    form.expect_count("有错", 0)
    form.confirm(3)
    form.expect_counted(3)
    form.show_rows()
    assert ListPage(page).count() == 3
    for name in names:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()


def test_a_file_that_is_no_table_is_refused_in_words(sign_in_as: Any) -> None:
    page = sign_in_as("mt-reporter")
    ListPage(page).choose_from_menu("人员")
    ListPage(page).start_import()
    page.locator("input[type=file]").set_input_files(
        files=[{"name": "扫描件.xlsx", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}]
    )
    page.get_by_role("button", name="上传并检查").click()
    ImportPage(page).expect_title("导入人员")
    expect(page.locator("main").get_by_text("文件").first).to_be_visible()
