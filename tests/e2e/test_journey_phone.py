"""On a phone: an officer opens what the town owes, fills a row, sends a photograph; no page is too wide."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.pages.bulletin_page import BulletinPage
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage


def test_an_officer_fills_what_the_town_owes_and_attaches_a_photograph(sign_in_as: Any) -> None:
    page = sign_in_as("mt-officer", PHONE, has_touch=True, is_mobile=True)
    form = FormPage(page)
    form.expect_no_sideways_scrolling()
    form.main.locator("section", has_text="本季应报").get_by_role("link", name="务工就业").click()
    form.expect_no_sideways_scrolling()

    ListPage(page).choose_from_menu("务工就业")
    form.expect_no_sideways_scrolling()
    ListPage(page).start_new()
    form.expect_no_sideways_scrolling()
    form.choose("所属期", "2021年第三季度")
    form.pick("人员", "演示")
    form.type("未登记的用工单位", "演示茶叶合作社")
    form.type("岗位", "采茶")
    form.choose("就业地", "县内")
    form.type("到岗日期", "2021-09-03")
    form.submit()

    row = RowPage(page)
    row.expect_state("已报")
    row.expect_no_sideways_scrolling()
    row.evidence.get_by_label("或直接拍照").set_input_files(
        files=[{"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": _photograph()}]
    )
    row.send_papers("现场照片")
    row.expect_paper("现场.jpg")
    expect(row.evidence.locator("a.thumb img")).to_have_js_property("complete", True)
    row.expect_no_sideways_scrolling()


def _photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#2f6b4f").save(out, "JPEG")
    return out.getvalue()


def test_no_page_to_read_is_wider_than_a_phone(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator", PHONE, has_touch=True, is_mobile=True)
    bulletin = BulletinPage(page)
    bulletin.expect_no_sideways_scrolling()
    bulletin.open("2021年第二季度")
    bulletin.expect_no_sideways_scrolling()
    for path in ("", "rows/", "evidence/", "sides/", "definition/"):
        page.goto(f"/appraisal/indicators/LAB-1/{path}")
        bulletin.expect_no_sideways_scrolling()
    for path in ("/appraisal/indicators/", "/scheme/tasks/", "/obligations/", "/jobs/", "/search/?q=演示"):
        page.goto(path)
        bulletin.expect_no_sideways_scrolling()
    page.goto("/scheme/schemes/")
    ListPage(page).rows.first.get_by_role("link").first.click()
    expect(page.locator("#source")).to_be_visible()
    bulletin.expect_no_sideways_scrolling()
    page.locator("main").get_by_role("link", name="责任矩阵").click()
    bulletin.expect_title("矩阵")
    bulletin.expect_no_sideways_scrolling()
