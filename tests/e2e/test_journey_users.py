"""A new colleague: account by the administrator, own password at first sign-in, nothing typed ever lost."""

import re
from typing import Any

from playwright.sync_api import expect

from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage
from e2e.pages.sign_in_page import SignInPage

OWN_PASSWORD = "own words of the colleague 7"


def test_a_new_user_changes_the_first_password_and_loses_no_form(
    sign_in_as: Any, visit: Any, address: str
) -> None:
    first_password = _make_user(sign_in_as("mt-security"), "li.yanshi")
    _put_to_use(sign_in_as("mt-admin"))
    page = visit(address)
    signing = SignInPage(page)
    signing.sign_in("li.yanshi", first_password)
    page.goto("/labour/employmentspell/")  # opens only when the password is one's own
    signing.change_password(first_password, OWN_PASSWORD)
    ListPage(page).expect_title("务工就业")

    form = _begin_row(page)
    page.context.clear_cookies(name=re.compile("session"))
    form.save_draft()
    signing.fill("li.yanshi", OWN_PASSWORD)
    expect(page.get_by_text("这台设备上有没保存的内容")).to_be_visible()
    page.get_by_role("button", name="接着填").click()
    _expect_kept(form)

    form.sign_out()
    signing.fill("li.yanshi", OWN_PASSWORD)
    form = FormPage(page)
    page.goto("/labour/employmentspell/new/")
    page.get_by_role("button", name="接着填").click()
    _expect_kept(form)
    form.save_draft()
    RowPage(page).expect_state("草稿")
    page.goto("/labour/employmentspell/new/")
    expect(page.get_by_text("这台设备上有没保存的内容")).to_be_hidden()


def _make_user(page: Any, username: str) -> str:
    """Gives the password that is shown once."""
    listed = ListPage(page)
    listed.choose_from_menu("用户")
    listed.main.get_by_role("link", name="新增用户").click()
    form = FormPage(page)
    form.type("账号", username)
    form.type("姓名", "李演示")
    form.pick("单位", "县人力资源和社会保障局")
    form.choose("岗位", "填报")
    form.type("理由", "新到岗")
    form.main.get_by_role("button", name="新增并显示初始口令").click()
    password = form.main.locator("dl code").nth(1).inner_text()
    form.main.get_by_role("link", name="记下了").click()
    form.expect_title("李演示")
    assert password not in page.content()
    return str(password)


def _put_to_use(page: Any) -> None:
    """By the other administrator, with a reason, all that waits."""
    listed = ListPage(page)
    listed.choose_from_menu("用户")
    listed.main.get_by_role("link", name="启用待启用的账号").click()
    form = FormPage(page)
    expect(page.get_by_text("李演示（填报）")).to_be_visible()
    form.type("理由", "核对是本人")
    form.main.get_by_role("button", name="核对无误，启用").click()
    expect(page.get_by_text("已启用 1 个账号")).to_be_visible()


def _begin_row(page: Any) -> FormPage:
    ListPage(page).choose_from_menu("务工就业")
    ListPage(page).start_new()
    form = FormPage(page)
    form.choose("所属期", "2021年第三季度")
    form.pick("人员", "黄演示103")
    form.type("未登记的用工单位", "演示电器有限公司")
    form.type("岗位", "质检")
    form.choose("就业地", "县内")
    form.type("到岗日期", "2021-07-15")
    expect(page.get_by_text("没提交的内容已留在这台设备上")).to_be_visible()
    return form


def _expect_kept(form: FormPage) -> None:
    form.expect_chosen("所属期", "2021年第三季度")
    form.expect_chosen("人员", "黄演示103")
    form.expect_value("岗位", "质检")
    form.expect_value("到岗日期", "2021-07-15")
