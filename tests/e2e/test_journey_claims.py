"""A claim on its way: reviewed by two, shown, listed, checked against the bank, paid; a push on a phone."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage

POLICY, PERIOD, CLAIM = "演示：脱贫人口稳岗补助", "2021-08", "SL2021-00012"


def _open_claim(page: Any, number: str = CLAIM) -> RowPage:
    page.goto(f"/benefits/claim/?q={number}")
    row = RowPage(page)
    row.main.get_by_role("link", name=number, exact=True).first.click()
    expect(row.main.get_by_role("link", name=POLICY).first).to_be_visible()
    return row


def _press(row: RowPage, button: str) -> None:
    row.main.get_by_role("button", name=button, exact=True).click()


def _account(page: Any, person: str) -> None:
    page.goto("/benefits/payeeaccount/new/")
    form = FormPage(page)
    form.pick("人员", person)
    form.type("开户行", "演示农商银行")
    form.type("银行账号", "6228000009900000001")
    form.submit()
    RowPage(page).expect_state("已报")


def _notice(page: Any) -> None:
    page.goto("/benefits/publicnotice/new/")
    form = FormPage(page)
    form.pick("政策", POLICY)
    form.type("享受期", PERIOD)
    form.type("公示开始日期", "2021-09-13")
    form.type("异议受理", "演示：县人社局办公室")
    form.submit()
    notice = RowPage(page)
    notice.expect_state("已报")
    _press(notice, "张榜公示")
    notice.expect_message("已登记。")
    _press(notice, "期满转待发")
    notice.expect_message("已登记。")
    notice.main.get_by_role("link", name="公示表", exact=True).click()
    expect(notice.main).to_contain_text("200.00")
    look(page, "notice")


def test_a_claim_goes_from_first_review_to_money(sign_in_as: Any) -> None:
    verifier = sign_in_as("mt-verifier")
    claim = _open_claim(verifier)
    person = claim.main.get_by_role("link").filter(has_text="演示").all_inner_texts()
    name = next(text for text in person if text[0] != "演")
    claim.take_step("初审通过")
    claim.expect_state("已核")

    coordinator = sign_in_as("mt-coordinator")
    claim = _open_claim(coordinator)
    _press(claim, "复审通过")
    expect(claim.main).to_contain_text("待公示")
    _account(sign_in_as("mt-reporter"), name)
    _notice(coordinator)

    coordinator.goto("/benefits/paymentlist/new/")
    form = FormPage(coordinator)
    form.pick("政策", POLICY)
    form.type("造册日期", "2021-09-24")
    form.submit()
    payment = RowPage(coordinator)
    payment.expect_state("已报")
    address = coordinator.url
    _press(payment, "装入待发的申领")
    expect(payment.main).to_contain_text("未回盘 2 笔")
    verifier.goto(address)
    RowPage(verifier).take_step("核实")
    RowPage(verifier).expect_state("已核")

    coordinator.goto(address)
    _send(payment, f"申领编号,金额,结果\n{CLAIM},199.00,成功\nSL2020-1,5.00,成功\n")
    _press(payment, "只核对")
    for said in ("应为 200.00 元", "不在本批次等待回盘的名单里", "文件里没有这一笔"):
        expect(payment.main).to_contain_text(said)
    look(coordinator, "leftovers")
    coordinator.goto(address)
    _send(payment, f"申领编号,金额,结果\n{CLAIM},200.00,成功\n")
    payment.main.get_by_label("成功合计").fill("200.00")
    _press(payment, "收回盘")
    payment.expect_message("已登记。")
    look(coordinator, "paymentlist")
    claim = _open_claim(coordinator)
    expect(claim.main).to_contain_text("已发")
    look(coordinator, "claim")


def _send(payment: RowPage, text: str) -> None:
    file = {"name": "回盘.csv", "mimeType": "text/csv", "buffer": text.encode()}
    payment.main.get_by_label("回盘文件").set_input_files(files=[file])


def test_an_officer_tells_people_of_a_policy_on_a_phone(sign_in_as: Any) -> None:
    page = sign_in_as("mt-officer", PHONE, has_touch=True, is_mobile=True)
    card = page.locator("section", has_text="待通知的政策对象")
    look(page, "workbench-phone")
    card.get_by_role("link").first.click()
    row = RowPage(page)
    row.expect_title("推送对象")
    row.expect_no_sideways_scrolling()
    row.main.locator("tbody input[name=ids]").first.check()
    row.main.get_by_label("通知方式").select_option(label="上门")
    look(page, "recipients-phone")
    row.main.get_by_role("button", name="勾选的已通知").click()
    row.expect_message("已记下通知了 1 个。")
    row.expect_no_sideways_scrolling()

    desk = sign_in_as("mt-coordinator")
    for address, name in (
        ("/benefits/pushes/?by=unit", "pushes"),
        ("/benefits/pushes/recipients/?what=told", "recipients"),
        ("/benefits/employers/", "employers"),
    ):
        desk.goto(address)
        look(desk, name)
    desk.goto("/benefits/policypush/?q=TS2021-00001")
    ListPage(desk).open_row("TS2021-00001")
    look(desk, "push")
    RowPage(desk).main.get_by_role("link", name="推送给谁").click()
    RowPage(desk).expect_title("推送给谁")
    look(desk, "whom")
