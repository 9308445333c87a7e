"""A resolution runs from a phone to its closing; a slip from a resolution to a verified answer."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.row_page import RowPage


def _act(page: Any, act: str, words: str) -> None:
    main = FormPage(page).main
    main.locator("#slip-act").select_option(label=act)
    main.locator("#slip-text").fill(words)
    main.get_by_role("button", name="办理", exact=True).click()
    FormPage(page).expect_message("已登记")


def test_a_western_unit_reports_from_a_phone_and_its_office_closes(sign_in_as: Any) -> None:
    phone = sign_in_as("mt-reporter", PHONE, has_touch=True, is_mobile=True)
    form = FormPage(phone)
    phone.goto("/")
    expect(form.main).to_contain_text("我的议定事项")
    look(phone, "gov-workbench")
    phone.goto("/governance/resolutions/?mine=1")
    form.expect_no_sideways_scrolling()
    look(phone, "gov-mine")
    form.main.get_by_role("link", name="斗湄联〔2021〕2号-01").first.click()
    form.expect_no_sideways_scrolling()
    form.main.locator("#told-narrative").fill("计划已编制，报两地审定")
    form.main.locator("#told-percent").fill("100")
    form.main.get_by_label("已完成，申请销号").check()
    look(phone, "gov-report")
    form.main.get_by_role("button", name="报出", exact=True).click()
    form.expect_message("已申请销号")
    told = RowPage(phone)
    told.drop_paper("计划.txt", "text/plain", "四季度劳务输送计划")
    told.send_papers("办结材料")
    told.expect_paper("计划.txt")
    address = phone.url

    office = sign_in_as("mt-coordinator")
    office.goto(address)
    main = FormPage(office).main
    main.locator("#close-decision").select_option(label="同意销号")
    main.locator("#close-reason").fill("计划属实")
    look(office, "gov-decide")
    main.locator("#close-reason").locator("xpath=ancestor::form").get_by_role("button").click()
    FormPage(office).expect_message("已登记")
    office.goto("/governance/resolutions/?stands=done")
    expect(main).to_contain_text("斗湄联〔2021〕2号-01")


def test_an_eastern_office_presses_a_unit_until_it_answers(sign_in_as: Any) -> None:
    office = sign_in_as("dm-coordinator")
    form = FormPage(office)
    office.goto("/governance/resolutions/?side=east&stands=under_way")
    look(office, "gov-list")
    form.main.get_by_role("link", name="斗湄联〔2021〕1号-04").first.click()
    form.main.get_by_role("link", name="发督办单").click()
    form.expect_title("下达督办单")
    look(office, "gov-raise")
    form.main.get_by_role("button", name="下达", exact=True).click()
    form.expect_message("已下达")
    address = office.url

    unit = sign_in_as("dm-education-reporter", PHONE, has_touch=True, is_mobile=True)
    unit.goto("/")
    expect(unit.locator("main")).to_contain_text("待办督办单")
    unit.goto(address)
    FormPage(unit).expect_no_sideways_scrolling()
    look(unit, "gov-slip")
    _act(unit, "签收", "")
    _act(unit, "回复", "六所学校已签，其余本月签")
    office.reload()
    _act(office, "办结", "核对协议，属实")
    expect(form.main).to_contain_text("已办结")
    office.goto("/governance/effect/")
    expect(form.main).to_contain_text("区教育局")
    look(office, "gov-effect")
