"""The daily work of a reporter and a verifier: a row is filled, proved, returned, corrected, verified."""

import re
from typing import Any

from playwright.sync_api import expect

from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage

REASON = "岗位与合同不符，请核对合同第二页。"


def test_a_row_is_filled_proved_returned_corrected_and_verified(sign_in_as: Any) -> None:
    reporter = sign_in_as("mt-reporter")
    address = _file_a_spell(reporter)
    row = RowPage(reporter)
    row.drop_paper("劳动合同（演示）.txt", "text/plain", "演示合同")
    row.paste_paper("补充协议（演示）.txt", "text/plain", "演示补充协议")
    row.send_papers("劳动合同")
    row.expect_paper("劳动合同（演示）.txt")
    row.expect_paper("补充协议（演示）.txt")

    verifier = RowPage(sign_in_as("mt-verifier"))
    verifier.page.goto(address)
    verifier.take_step_because("退回", REASON)
    verifier.expect_state("退回")

    row.page.goto("/")
    row.main.locator("section", has_text="退回待改").get_by_role("link", name="务工就业").click()
    ListPage(row.page).open_row("黄演示103")
    row.expect_message(REASON)
    row.edit()
    form = FormPage(row.page)
    form.type("岗位", "质检员")
    form.submit()
    row.expect_state("已报")

    verifier.page.goto(address)
    verifier.take_step("核实")
    verifier.expect_state("已核")
    told = verifier.history()
    _expect_told(told, "核实", "县乡村振兴局·核实")
    _expect_told(told, "退回", "县乡村振兴局·核实", REASON)
    _expect_told(told, "新增", "县人社局·填报")


def _file_a_spell(page: Any) -> str:
    """Fills and submits a spell, wrongly at first; gives the address of the row."""
    ListPage(page).choose_from_menu("务工就业")
    ListPage(page).start_new()
    form = FormPage(page)
    form.choose("所属期", "2021年第三季度")
    form.pick("人员", "黄演示103")
    form.type("岗位", "质检")
    form.choose("就业地", "县内")
    form.type("到岗日期", "2021-10-11")
    form.pick("所在地", "永兴镇")
    form.submit()
    form.expect_problem("到岗日期", "到岗日期不能晚于今天。")
    form.expect_problem("用工单位", "请选择用工单位；没有登记的，填写其名称。")
    form.expect_value("岗位", "质检")
    form.expect_chosen("所属期", "2021年第三季度")
    form.expect_chosen("人员", "黄演示103")
    form.type("到岗日期", "2021-07-11")
    form.type("未登记的用工单位", "演示电器有限公司")
    form.submit()
    row = RowPage(page)
    row.expect_message("已保存并提交，等待核实。")
    row.expect_state("已报")
    row.expect_no_step("核实")
    return str(page.url)


def _expect_told(acts: list[str], *words: str) -> None:
    assert any(all(word in act for word in words) for act in acts), (words, acts)


def test_money_is_taken_as_people_write_it_and_a_list_is_narrowed_by_a_choice(sign_in_as: Any) -> None:
    page = sign_in_as("mt-reporter")
    ledger = ListPage(page)
    ledger.choose_from_menu("协作项目")
    ledger.start_new()
    form = FormPage(page)
    form.choose("所属期", "2021年")
    form.type("项目编号", "MT-2021-900")
    form.type("项目名称", "演示村茶青市场")
    form.choose("项目类别", "产业")
    form.type("批复预算", "三百万")
    form.submit()
    form.expect_problem("批复预算", re.compile("“三百万”不是数字"))
    form.expect_value("项目名称", "演示村茶青市场")
    form.type("批复预算", "300万")
    form.submit()
    RowPage(page).expect_message("3,000,000.00")

    ledger.choose_from_menu("务工就业")
    whole = ledger.count()
    ledger.filter("就业地", "东部结对市")
    assert 0 < ledger.count() < whole
    assert set(ledger.column("就业地")) == {"东部结对市"}
    name = ledger.open_first()
    page.go_back()
    expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()
    assert ledger.count() < whole
