"""Money on its way: sent, arrived, matched; a project goes on; nobody is overpaid; three sign; an alarm."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage

VOUCHER, PROJECT, CONTRACT = "YZ-2021-J1", "石莲镇黄莲坝村农产品展销中心项目", "HT-J1"
SIGNED = "BF-2021-0057"


def _new(page: Any, ledger: str, **values: str) -> FormPage:
    """Fills a new row: a value after `→` is picked, one after `=` chosen, others typed."""
    page.goto(f"/funds/{ledger}/new/")
    form = FormPage(page)
    for label, value in values.items():
        if value.startswith("→"):
            form.pick(label, value[1:])
        elif value.startswith("="):
            form.choose(label, value[1:])
        else:
            form.type(label, value)
    form.submit()
    return form


def _send(east: Any, west: Any) -> None:
    """The same voucher as it left one treasury and reached the other."""
    _new(
        east, "transfersent", 所属期="=2021年", 凭证号=VOUCHER, 预算安排="→DM-YS-2021-103",
        拨出金额="1200000.00", 拨出日期="2021-09-20",
    )  # fmt: skip
    RowPage(east).expect_state("已报")
    _new(
        west, "transferreceived", 所属期="=2021年", 凭证号=VOUCHER, 年度协议="→斗湄协〔2021〕1号",
        资金来源="=区级", 到账金额="1200000.00", 到账日期="2021-09-22",
    )  # fmt: skip
    RowPage(west).expect_state("已报")


def _begin(page: Any) -> None:
    """The unit takes its project from tendering to the start of work."""
    page.goto("/funds/paths/?stage=tendering")
    page.get_by_role("link", name=PROJECT).first.click()
    form = FormPage(page)
    form.choose("新阶段", "开工")
    form.type("文件名称及文号", "开工令〔2021〕9号")
    form.main.get_by_role("button", name="办理", exact=True).click()
    expect(form.main).to_contain_text("现在是“开工”")


def _pay(page: Any) -> None:
    """A further contract, and a payment that is refused until it is within it."""
    _new(
        page, "contract", 协作项目=f"→{PROJECT}", 合同编号=CONTRACT, 合同名称="展销中心货架采购",
        承包或供货单位="湄潭演示2号建设有限公司", 招采方式="=询价", 合同金额="40000.00",
        签订日期="2021-09-10", 约定完成日期="2021-12-20",
    )  # fmt: skip
    RowPage(page).expect_state("已报")
    form = _new(
        page, "payment", 凭证号="BF-J1", 协作项目=f"→{PROJECT}", 合同=f"→{CONTRACT}",
        款项类别="=进度款", 拨付金额="50000.00", 拨付日期="2021-09-20",
        收款单位="湄潭演示2号建设有限公司",
    )  # fmt: skip
    expect(form.main.get_by_role("alert")).to_contain_text("还剩 40,000.00 元")
    look(page, "money-refused")
    form.type("拨付金额", "30000.00")
    form.submit()
    RowPage(page).expect_state("已报")


def test_money_is_followed_from_one_treasury_to_a_contract(sign_in_as: Any) -> None:
    _send(sign_in_as("dm-finance-reporter"), sign_in_as("mt-finance-reporter"))
    office = sign_in_as("mt-coordinator")
    office.goto("/funds/reconciliation/")
    main = FormPage(office).main
    expect(main.get_by_role("row", name=VOUCHER)).to_contain_text("一致")
    unit = sign_in_as("mt-industry-reporter")
    _begin(unit)
    _pay(unit)
    office.goto("/funds/contract/?q=" + CONTRACT)
    ListPage(office).open_row(CONTRACT)
    expect(main).to_contain_text("30,000.00")  # the page of the contract says what was paid
    office.goto("/funds/monthly/?month=2021-09")
    month = main.get_by_role("row", name=PROJECT).get_by_role("link", name="303,752.24").first
    month.click()
    assert ListPage(office).count() == 3
    expect(main).to_contain_text("BF-J1")


def test_a_larger_payment_is_signed_by_three_and_an_alarm_becomes_a_slip(sign_in_as: Any) -> None:
    for who, screen in (("mt-verifier", None), ("mt-finance-reporter", PHONE), ("mt-coordinator", None)):
        page = sign_in_as(who, screen) if screen else sign_in_as(who)
        page.goto("/approvals/")
        FormPage(page).expect_no_sideways_scrolling()
        page.locator("main").get_by_role("link", name=SIGNED).click()
        look(page, f"money-signs-{who}")
        agree = page.locator("main").get_by_role("button", name="同意", exact=True)
        agree.click()
        expect(agree).to_have_count(0)
    page.goto(f"/funds/payment/?q={SIGNED}")
    ListPage(page).open_row(SIGNED)
    RowPage(page).expect_state("已核")

    page.goto("/funds/checks/")
    alarm = page.locator("main tbody tr").filter(has_text="未验收先付验收款").first
    alarm.get_by_role("link", name="发督办单").click()
    form = FormPage(page)
    form.expect_title("下达督办单")
    form.main.get_by_role("button", name="下达", exact=True).click()
    form.expect_message("已下达")
    look(page, "money-slip")
