"""From signing in to a verified row: the daily work of a reporter and a verifier."""

from datetime import date
from typing import Any

import pytest

from e2e.conftest import DESK, PHONE
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage

SCREENS = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])


@SCREENS
def test_from_the_workbench_to_one_row_of_a_filtered_list(sign_in_as: Any, screen: Any) -> None:
    ledger = ListPage(sign_in_as("mt-reporter", screen))
    ledger.expect_title("工作台")
    ledger.expect_no_sideways_scrolling()
    ledger.choose_from_menu("务工就业")
    ledger.expect_no_sideways_scrolling()
    whole = ledger.count()
    ledger.filter("就业地", "东部结对市")
    assert 0 < ledger.count() < whole
    assert set(ledger.column("就业地")) == {"东部结对市"}
    ledger.open_first()
    ledger.expect_no_sideways_scrolling()


@SCREENS
def test_a_row_typed_by_one_person_is_verified_by_another_and_history_tells_both(
    sign_in_as: Any, screen: Any
) -> None:
    started_on = date(2021, 7, 11) if screen is DESK else date(2021, 7, 12)
    address = _file_a_spell(sign_in_as("mt-reporter", screen), started_on)
    verifier = RowPage(sign_in_as("mt-verifier", screen))
    verifier.page.goto(address)
    verifier.take_step("核实")
    verifier.expect_state("已核")
    verified, *_submitted, filed = verifier.history()
    assert "核实" in verified
    assert "县乡村振兴局·核实" in verified
    assert "新增" in filed
    assert "县人社局·填报" in filed


def _file_a_spell(page: Any, started_on: date) -> str:
    """Types a spell and submits it; gives the address of the row."""
    ListPage(page).choose_from_menu("务工就业")
    ListPage(page).start_new()
    form = FormPage(page)
    form.expect_no_sideways_scrolling()
    form.choose("所属期", "2021年第三季度")
    form.look_up("人员", "黄演示103")
    form.type("未登记的用工单位", "演示电器有限公司")
    form.type("岗位", "质检")
    form.choose("就业地", "县内")
    form.type("到岗日期", str(started_on))
    form.look_up("所在地", "永兴镇")
    form.submit()
    row = RowPage(page)
    row.expect_message("已保存并提交，等待核实。")
    row.expect_state("已报")
    row.expect_no_step("核实")
    return str(page.url)


def test_a_form_with_a_gap_says_which_and_keeps_what_was_typed(sign_in_as: Any) -> None:
    page = sign_in_as("mt-reporter")
    ListPage(page).choose_from_menu("协作项目")
    ListPage(page).start_new()
    form = FormPage(page)
    form.choose("所属期", "2021年")
    form.type("项目编号", "MT-2021-900")
    form.type("项目名称", "演示村茶青市场")
    form.choose("项目类别", "产业")
    form.type("批复预算", "三百万")
    form.submit()
    form.expect_message("批复预算")
    assert form.field("项目名称").locator("input").input_value() == "演示村茶青市场"
    form.type("批复预算", "300万")
    form.submit()
    RowPage(page).expect_message("3,000,000.00")
