"""A class from its roster to a certificate a stranger proves; a workshop from recognition to its end."""

import re
from datetime import date
from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage
from shanhai.registers.parties.identity import demo_identity

NAME, NUMBER = "甘学员", demo_identity(area=328, born_on=date(1992, 3, 4), serial=917)
RUNNING = "演示：电商直播班"


def _enrol(page: Any) -> None:
    """A new person, on the roster of the class that runs today."""
    form = FormPage(page)
    page.goto("/parties/person/new/")
    form.type("身份证号", NUMBER)
    form.type("姓名", NAME)
    form.submit()
    RowPage(page).expect_state("已报")
    page.goto("/training/trainee/new/")
    form.pick("培训班", RUNNING)
    form.pick("人员", NAME)
    form.type("报名日期", "2021-09-20")
    form.submit()
    RowPage(page).expect_state("已报")


def _check_in(page: Any, address: str) -> None:
    """Whoever scans the code: the wrong number, no signal, and then the right one."""
    page.goto(address)
    form = FormPage(page)
    form.expect_no_sideways_scrolling()
    look(page, "check-in")
    form.type("姓名", NAME)
    form.type("身份证号", NUMBER[:-1] + "0")
    form.main.get_by_role("button", name="签到").click()
    expect(form.main).to_contain_text("还没有签上")
    form.type("姓名", NAME)
    form.type("身份证号", NUMBER)
    page.context.set_offline(True)
    form.main.get_by_role("button", name="签到").click()
    expect(form.main).to_contain_text("手机没有信号，还没有签上")
    look(page, "check-in-offline")
    page.context.set_offline(False)
    form.main.get_by_role("button", name="签到").click()
    expect(form.main).to_contain_text("甘** 签到成功")
    form.expect_no_sideways_scrolling()


def _examine(page: Any) -> None:
    form = FormPage(page)
    page.goto("/training/examresult/new/")
    form.pick("学员", NAME)
    form.type("考核日期", "2021-09-24")
    form.type("考核分数", "101")
    form.submit()
    form.expect_problem("考核分数", re.compile("100"))
    form.type("考核分数", "88")
    form.submit()
    RowPage(page).expect_state("已报")


def _first(page: Any, address: str) -> str:
    """Opens the first row of a list; gives its address."""
    page.goto(address)
    ListPage(page).rows.first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/[0-9a-f-]{36}/$"))
    url: str = page.url
    return url


def test_a_class_from_its_roster_to_a_certificate_that_a_stranger_proves(
    sign_in_as: Any, visit: Any, address: str
) -> None:
    page = sign_in_as("mt-reporter")
    form = FormPage(page)
    _enrol(page)
    _first(page, "/training/classday/?q=电商")
    page.locator("main").get_by_role("link", name="打开签到台").click()
    form.expect_title("签到台")
    look(page, "sheet")
    scanned = page.get_by_role("link", name="在这台设备上打开签到页").get_attribute("href")
    stranger = visit(address, PHONE, has_touch=True, is_mobile=True)
    _check_in(stranger, scanned)
    page.reload()
    expect(form.main.locator("tbody")).to_contain_text("扫码")
    _examine(page)
    _first(page, f"/training/trainingclass/?q={RUNNING}")
    form.main.get_by_role("button", name="颁发", exact=True).click()
    form.expect_message("已编号并提交 1 张证书，待核实。")
    look(page, "class")
    certificate = _first(page, f"/training/certificate/?q={NAME}")
    _prove(page, sign_in_as("mt-verifier"), stranger, certificate)


def _prove(page: Any, verifier: Any, stranger: Any, certificate: str) -> None:
    """Verified it is printed and proved; revoked it says so to whoever asks."""
    verifier.goto(certificate)
    RowPage(verifier).take_step("核实")
    RowPage(verifier).expect_state("已核")
    page.reload()
    paper = page.get_by_role("link", name="打印证书（PDF）").get_attribute("href")
    assert page.request.get(paper).headers["content-type"] == "application/pdf"
    stranger.goto(page.get_by_role("link", name="打开查验页").get_attribute("href"))
    expect(stranger.locator("main")).to_contain_text("证书有效")
    expect(stranger.locator("main")).to_contain_text("甘**")
    FormPage(stranger).expect_no_sideways_scrolling()
    look(stranger, "proof")
    verifier.locator("main").get_by_label("撤销原因").fill("替考")
    verifier.locator("main").get_by_role("button", name="撤销", exact=True).click()
    FormPage(verifier).expect_message("已登记")
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("证书已撤销，自 2021-09-24 起无效")


def _decide(page: Any, standing: str, reason: str = "", until: str = "") -> None:
    """The form beside a workshop."""
    main = FormPage(page).main
    main.get_by_label("认定状态").select_option(label=standing)
    if until:
        main.get_by_label("整改期限").fill(until)
    main.locator("#workshop-reason").fill(reason)
    main.get_by_role("button", name="办理").click()
    FormPage(page).expect_message("已登记")


def _tell_month(page: Any) -> None:
    month = FormPage(page)
    page.goto("/training/workshopmonth/new/")
    month.pick("帮扶车间", "演示高台镇民宿餐饮车间")
    month.choose("所属期", "2021年9月")
    month.type("车间吸纳人数", "12")
    month.type("吸纳脱贫人口", "3")
    month.type("当月工资总额", "3.12")
    month.submit()
    month.expect_problem("当月工资总额", re.compile("像是按万元填的"))
    month.expect_no_sideways_scrolling()
    month.type("当月工资总额", "31200")
    month.submit()
    RowPage(page).expect_state("已报")


def test_a_workshop_is_recognised_raises_an_alarm_is_set_right_and_cancelled(sign_in_as: Any) -> None:
    verifier = sign_in_as("mt-verifier")
    fresh = _first(verifier, "/training/workshop/?q=YSCJ007")
    _decide(verifier, "认定")
    officer = sign_in_as("mt-officer", PHONE, has_touch=True, is_mobile=True)
    _tell_month(officer)
    officer.goto(fresh)
    expect(officer.locator("main")).to_contain_text("已连续 1 个月吸纳脱贫人口不足 5 人")
    officer.goto("/training/workshops/?period=2021-08")
    FormPage(officer).expect_no_sideways_scrolling()
    look(officer, "workshops")

    form = FormPage(verifier)
    verifier.goto("/training/workshops/?period=2021-08")
    form.main.locator("tfoot").get_by_role("link", name="2", exact=True).click()
    form.expect_title("车间台账：预警")
    form.main.locator("tbody").get_by_role("link").first.click()
    expect(form.main).to_contain_text("达到 3 个月的预警线")
    hollow = verifier.url
    _decide(verifier, "整改", "长期达不到标准", "2021-10-31")
    coordinator = sign_in_as("mt-coordinator")
    coordinator.goto(hollow)
    _decide(coordinator, "取消", "整改后仍是空壳")
    coordinator.goto("/training/workshops/?period=2021-09")
    expect(coordinator.locator("main tbody").last).to_contain_text("YSCJ007")
    expect(coordinator.locator("main tbody").last).not_to_contain_text("YSCJ003")
