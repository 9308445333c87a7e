"""An empty installation is put to work: link, three administrators, places, units, users, the scheme."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from e2e.installations import Installation, empty
from e2e.pages.form_page import FormPage
from e2e.pages.import_page import ImportPage
from e2e.pages.scheme_page import SchemePage
from e2e.pages.sign_in_page import SignInPage
from e2e.workbooks import filled
from shanhai.domains.scheme.uploads import sample

ADMINISTRATOR_PASSWORD = "words of an administrator 5"
SECURITY_PASSWORD = "words of the security 4"
COORDINATOR_PASSWORD = "words of a coordinator 6"
SINCE = "2020-01-01"
PLACES = (("440403", "斗门区", "县（区）", ""), ("440403106", "白蕉镇", "镇（街道）", "440403"))
UNITS = (
    ("dm_coordinator", "区乡村振兴局", "统筹部门", "440403"),
    ("dm_labour", "区人力资源和社会保障局", "部门", "440403"),
    ("dm_baijiao", "白蕉镇人民政府", "镇（街道）", "440403106"),
)


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory, database_name: str) -> Iterator[Installation]:
    with empty(f"{database_name}_empty", tmp_path_factory.mktemp("empty")) as made:
        yield made


@pytest.fixture
def fresh_address(fresh: Installation) -> Iterator[str]:
    with fresh.served() as address:
        yield address


def test_an_empty_installation_is_put_to_work(
    visit: Any, fresh: Installation, fresh_address: str, tmp_path: Path
) -> None:
    page = visit(fresh_address)
    page.goto(fresh.setup_link)
    security_password = _set_up(page)
    _expect_nothing_made_up(page)
    _import(page, "地区", tmp_path, [_place(*place) for place in PLACES])
    _import(page, "单位", tmp_path, [_unit(*unit) for unit in UNITS])
    security = visit(fresh_address)
    signing = SignInPage(security)
    signing.sign_in("wu.anquan", security_password)
    signing.change_password(security_password, SECURITY_PASSWORD)
    passwords = _import_users(security, tmp_path)
    _put_to_use(page)

    gone = page.goto(fresh.setup_link)
    assert gone is not None
    assert gone.status == 404

    coordinator = visit(fresh_address)
    signing = SignInPage(coordinator)
    signing.sign_in("chen.yanshi", passwords["chen.yanshi"])
    signing.change_password(passwords["chen.yanshi"], COORDINATOR_PASSWORD)
    _expect_nothing_made_up(coordinator)
    scheme = SchemePage(coordinator)
    scheme.choose_from_menu("方案")
    scheme.expect_message("还没有方案")
    scheme.main.get_by_role("link", name="导入方案").first.click()
    scheme.read_file("实施方案.txt", sample().text.encode())
    known = scheme.clause("三（一）").locator("a.support", has_text="区人力资源和社会保障局")
    expect(known).to_be_visible()
    scheme.put_in_force()


def _set_up(page: Page) -> str:
    """Gives the initial password of the security administrator, which is shown once."""
    form = FormPage(page)
    given = {
        "系统管理员姓名": "周管理",
        "系统管理员账号": "zhou.guanli",
        "安全管理员姓名": "吴安全",
        "安全管理员账号": "wu.anquan",
        "审计管理员姓名": "郑审计",
        "审计管理员账号": "zheng.shenji",
        "口令": ADMINISTRATOR_PASSWORD,
        "再写一遍口令": ADMINISTRATOR_PASSWORD,
        "帮扶方政府全称": "珠海市斗门区",
        "受援方政府全称": "遵义市湄潭县",
    }
    for label, text in given.items():
        form.type(label, text)
    page.get_by_role("button", name="完成设置，开始使用").click()
    form.expect_title("另两位管理员的初始口令")
    account, password = page.locator("dl code").first.inner_text().split()
    assert account == "wu.anquan"
    page.get_by_role("link", name="记下了").click()
    form.expect_title("开始使用")
    return password


def _put_to_use(page: Page) -> None:
    form = ImportPage(page)
    form.choose_from_menu("用户")
    form.main.get_by_role("link", name="启用待启用的账号").click()
    FormPage(page).type("理由", "核对名单")
    form.main.get_by_role("button", name="核对无误，启用").click()
    expect(page.get_by_text("已启用 2 个账号")).to_be_visible()


def _expect_nothing_made_up(page: Page) -> None:
    """No row and no label of the demonstration, here or where rows would be listed."""
    expect(page.locator("header.topbar .demo")).to_have_count(0)
    assert "演示" not in page.locator("body").inner_text()


def _place(code: str, name: str, level: str, parent: str) -> dict[str, str]:
    row = {"代码": code, "名称": name, "级别": level, "所属方": "帮扶方", "启用日期": SINCE}
    return row | ({"上级代码": parent} if parent else {})


def _unit(code: str, name: str, kind: str, place: str) -> dict[str, str]:
    own = {"代码": code, "单位名称": name, "类别": kind, "所属方": "帮扶方", "上级": "east"}
    return own | {"辖区": place, "启用日期": SINCE}


def _import(page: Page, what: str, folder: Path, rows: list[dict[str, str]]) -> None:
    """From the first steps into a register, by its own template."""
    form = ImportPage(page)
    form.choose_from_menu("开始使用")
    form.main.get_by_role("link", name=what, exact=True).click()
    form.send(f"{what}.xlsx", filled(form.take_template(folder), rows))
    form.expect_plan(f"{what}.xlsx", 新增=len(rows), 有错=0)
    form.confirm_button().click()
    form.expect_counted(len(rows))


def _import_users(page: Page, folder: Path) -> dict[str, str]:
    """Two colleagues with a role each; gives the initial passwords, which are handed out once."""
    form = ImportPage(page)
    form.choose_from_menu("用户")
    form.main.get_by_role("link", name=re.compile("Excel")).click()
    rows = [
        {"账号": "chen.yanshi", "姓名": "陈统筹", "单位": "区乡村振兴局", "岗位": "统筹"},
        {"账号": "luo.yanshi", "姓名": "罗填报", "单位": "区人力资源和社会保障局", "岗位": "填报"},
    ]
    form.send("用户.xlsx", filled(form.take_template(folder), rows))
    form.expect_plan("用户.xlsx", 新增=2, 有错=0)
    form.give_reason("开始使用")
    form.confirm_button().click()
    form.expect_counted(2)
    handed = form.download(form.main.get_by_role("button", name="下载初始口令"), folder)
    cells = load_workbook(handed).worksheets[0].iter_rows(values_only=True)
    return {str(row[0]): str(row[2]) for row in cells if str(row[0]).endswith(".yanshi")}
