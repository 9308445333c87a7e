"""A policy is changed: its term goes back and is verified anew, tried on the people there are, released."""

from typing import Any

from playwright.sync_api import expect

from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage

POLICY = "演示：脱贫人口稳岗补助"


def test_a_changed_amount_is_tried_on_real_people_and_released(sign_in_as: Any) -> None:
    coordinator = sign_in_as("mt-coordinator")
    ListPage(coordinator).choose_from_menu("政策")
    ListPage(coordinator).open_row(POLICY)
    policy = RowPage(coordinator)
    address = coordinator.url
    policy.main.get_by_role("link", name="5", exact=True).click()
    term = RowPage(coordinator)
    term.take_step_because("退回", "标准提高到 300 元。")
    term.expect_state("退回")
    term.edit()
    form = FormPage(coordinator)
    form.type("条款数值", "300")
    form.submit()
    term.expect_state("已报")
    verifier = RowPage(sign_in_as("mt-verifier"))
    verifier.page.goto(coordinator.url)
    verifier.take_step("核实")
    verifier.expect_state("已核")

    coordinator.goto(address)
    policy.main.get_by_role("link", name="试算与发布").click()
    policy.expect_title("试算与发布")
    gains = policy.main.locator("section", has_text="增加的")
    expect(gains).to_contain_text("100.00")
    look(coordinator, "preview")
    gains.locator("tbody tr").first.get_by_role("link").first.click()
    expect(policy.main).to_contain_text("标准 300.00 元")
    look(coordinator, "answer")
    coordinator.go_back()
    policy.main.get_by_label("发布说明").first.fill("标准提高到 300 元。")
    policy.main.get_by_role("button", name="发布这个文本").click()
    policy.expect_message("第 2 版已发布。")
    expect(policy.main.locator("section", has_text="各版本")).to_contain_text("V2")
