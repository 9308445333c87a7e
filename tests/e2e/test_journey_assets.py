"""From the totals to an asset, its money, contract, rent and distribution; a round on a phone."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage


def test_an_asset_is_followed_from_its_money_to_its_distribution(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    main = page.get_by_role("main")
    page.goto("/funds/assets/totals/")
    look(page, "assets-totals")
    main.get_by_role("row", name="出租").get_by_role("link").first.click()
    main.locator("tbody").get_by_role("link").first.click()
    expect(main).to_contain_text("资金到资产")
    expect(main).to_contain_text("经营合同")
    look(page, "asset")
    page.goto("/funds/assets/rents/")
    expect(main).to_contain_text("租金逾期")
    look(page, "assets-rents")
    for report, shown in (
        ("distributions", "监测户"),
        ("disposals", "CZ-2021-001"),
        ("inspections", "还欠巡查"),
    ):
        page.goto(f"/funds/assets/{report}/")
        expect(main).to_contain_text(shown)
        look(page, f"assets-{report}")
    page.goto("/funds/assets/checks/")
    look(page, "assets-checks")
    page.goto("/funds/assetdisposal/?q=CZ-2021-002")
    main.get_by_role("link", name="CZ-2021-002").first.click()
    expect(main).to_contain_text("处置决定")
    look(page, "assets-disposal")


def test_an_asset_that_is_due_is_inspected_on_a_phone(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator", PHONE, has_touch=True, is_mobile=True)
    page.goto("/funds/assets/rounds/")
    FormPage(page).expect_no_sideways_scrolling()
    look(page, "rounds-phone")
    due = page.get_by_role("main").locator("ul.rows > li").first
    due.locator("summary").click()
    due.get_by_label("巡查结果").select_option(label="完好在用")
    due.get_by_label("巡查照片").set_input_files(
        files=[{"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": _photograph()}]
    )
    look(page, "rounds-phone-open")
    due.get_by_role("button", name="记下").click()
    expect(page.locator("body")).to_contain_text("已记下")
    for report in ("inspections", "disposals", "rents"):
        page.goto(f"/funds/assets/{report}/")
        FormPage(page).expect_no_sideways_scrolling()
        look(page, f"assets-{report}-phone")


def _photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#2f6b4f").save(out, "JPEG")
    return out.getvalue()
