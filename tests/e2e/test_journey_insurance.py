"""A stay away from home: filed, billed, settled, taken back, settled late on a phone, cleared."""

import re
from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage

CARE, INSURED = "dm-insurance-reporter", "mt-insurance-reporter"


def _number_of(page: Any, person: str) -> str:
    """As the coordinator reads it from the register, for a reason."""
    ListPage(page).choose_from_menu("人员")
    page.goto(f"/parties/person/?q={person}")
    ListPage(page).open_row(person)
    opened = RowPage(page).main.locator("details", has_text="查看原文").first
    opened.locator("summary").click()
    opened.get_by_role("textbox").fill("协助医保备案")
    opened.get_by_role("button").click()
    shown = RowPage(page).main.get_by_text(re.compile(r"\d{17}[\dX]")).first
    expect(shown).to_be_visible()
    return str(shown.inner_text()).split()[0]


def _file(page: Any, person: str, number: str) -> None:
    """The insured place files it for a person of a town, and puts it in force from the first of the month."""
    ListPage(page).choose_from_menu("异地备案")
    ListPage(page).start_new()
    form = FormPage(page)
    box = form.field("人员")
    box.get_by_role("combobox").click()
    box.get_by_role("combobox").fill(number[:17])  # a part of it finds nobody, nor does the name
    expect(box.locator(".no-results")).to_contain_text("没有符合的记录")
    form.pick_by("人员", number, person)
    form.choose("备案类型", "转诊就医")
    form.pick("备案就医地", "斗门区")
    form.type("申请日期", "2021-09-01")
    form.submit()
    row = RowPage(page)
    row.expect_state("已报")
    panel = row.main.locator("section", has_text="备案办理")
    for standing in ("已受理", "备案生效"):
        panel.get_by_label("备案状态").select_option(label=standing)
        panel.get_by_label("办理日期").fill("2021-09-01")
        panel.get_by_role("button", name="办理").click()
        row.expect_message("已登记。")
    look(page, "insurance-filing")


def _bill(page: Any, person: tuple[str, str], number: str, first: str, last: str) -> str:
    """A stay with one line, of a person by number and name; gives its address."""
    ListPage(page).choose_from_menu("就诊")
    ListPage(page).start_new()
    form = FormPage(page)
    form.type("就诊编号", number)
    form.pick_by("人员", *person)
    form.pick("医疗机构", "演示第一医院")
    form.choose("医院级别", "三级")
    form.choose("就医方式", "住院")
    form.type("入院日期", first)
    form.type("出院日期", last)
    form.type("医院总额", "7600.00")
    form.submit()
    RowPage(page).expect_state("已报")
    address: str = page.url
    ListPage(page).choose_from_menu("费用明细")
    ListPage(page).start_new()
    form.pick("就诊", number)
    form.type("明细序号", "1")
    form.pick_by("目录项目", "YP001", "演示抗菌药甲")
    form.type("费用日期", first)
    form.type("数量", "200")
    form.type("单价", "38.00")
    form.submit()
    RowPage(page).expect_state("已报")
    page.goto(address)
    return address


def test_from_filing_to_clearing_with_a_visit_that_came_late(sign_in_as: Any) -> None:
    care, insured = sign_in_as(CARE), sign_in_as(INSURED)
    ListPage(care).choose_from_menu("就诊")
    person = ListPage(care).column("人员")[0]
    number = _number_of(sign_in_as("mt-coordinator"), person)
    _file(insured, person, number)

    _bill(care, (number, person), "ZYJ2", "2021-09-21", "2021-09-22")
    row = RowPage(care)
    panel = row.main.locator("section", has_text="医保结算")
    expect(panel).to_contain_text("预结算，还没有记入")
    panel.get_by_role("button", name="结算", exact=True).click()
    row.expect_message("已登记。")
    expect(panel).to_contain_text("ZYJ2-1")
    panel.get_by_label("撤销原因").fill("医院退费")
    panel.get_by_role("button", name="撤销结算").click()
    row.expect_message("已登记。")
    expect(panel).to_contain_text("撤销 ZYJ2-1：医院退费")
    panel.get_by_role("button", name="结算", exact=True).click()
    expect(panel).to_contain_text("ZYJ2-3")

    address = _bill(care, (number, person), "ZYJ1", "2021-09-18", "2021-09-19")
    expect(panel).to_contain_text("305")
    phone = sign_in_as(CARE, PHONE, has_touch=True, is_mobile=True)
    phone.goto(address)
    late = RowPage(phone)
    late.main.get_by_role("link", name="看差额").click()
    late.expect_title("迟到结算")
    late.expect_no_sideways_scrolling()
    expect(late.main).to_contain_text("ZYJ2-3")
    look(phone, "insurance-late")
    late.main.get_by_label("原因").fill("医院补传")
    late.main.get_by_role("button", name="按先后结算").click()
    late.expect_message("已登记。")
    expect(late.main).to_contain_text("ZYJ1-1")
    look(phone, "insurance-settled")

    _clear(care, insured)


def _clear(care: Any, insured: Any) -> None:
    """The month is asked for, confirmed, paid and received."""
    ListPage(care).choose_from_menu("清算")
    ListPage(care).start_new()
    form = FormPage(care)
    form.type("清算编号", "QSJ")
    form.choose("所属期", "2021年9月")
    form.submit()
    sheet = RowPage(care)
    sheet.main.get_by_role("link", name="清算单").click()
    sheet.main.get_by_role("button", name="清算申请").click()
    sheet.expect_message("已登记。")
    for number in ("ZYJ1-1", "ZYJ2-4", "ZYJ2-5"):  # the late one, what it took back, and the new one
        expect(sheet.main).to_contain_text(number)
    theirs = RowPage(insured)
    insured.goto(care.url)
    for step in ("清算确认", "清算拨付"):
        theirs.main.get_by_role("button", name=step).click()
        theirs.expect_message("已登记。")
    care.reload()
    sheet.main.get_by_role("button", name="清算完成").click()
    sheet.expect_message("已登记。")
    owed = sheet.main.locator(":has(> .name)", has_text="应收余额").last
    expect(owed).to_contain_text("0.00")
    look(care, "insurance-cleared")
