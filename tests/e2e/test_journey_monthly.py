"""The month at the labour bureau: a number of the report is opened, the files are taken, also on a phone."""

import re
from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage


def test_a_number_of_the_month_opens_its_rows_and_files_are_taken(sign_in_as: Any) -> None:
    page = sign_in_as("mt-officer")
    page.goto("/labour/monthly/?month=2021-08")
    form = FormPage(page)
    look(page, "monthly")
    number = form.main.get_by_role("row", name=re.compile("在册务工人数")).first.get_by_role("link").first
    told = number.inner_text()
    for kind in ("Word", "Excel"):
        with page.expect_download() as taken:
            form.main.get_by_role("link", name=f"导出 {kind}").click()
        assert taken.value.suggested_filename.endswith("docx" if kind == "Word" else "xlsx")
    number.click()
    expect(form.main.locator("footer")).to_contain_text(f"共 {told} 行")
    look(page, "monthly-rows")
    page.goto("/labour/warnings/")
    look(page, "warnings")
    page.goto("/labour/unemployed/")
    look(page, "unemployed")

    phone = sign_in_as("mt-officer", PHONE, has_touch=True, is_mobile=True)
    for name in ("monthly", "warnings", "unemployed"):
        phone.goto(f"/labour/{name}/")
        FormPage(phone).expect_no_sideways_scrolling()
        look(phone, f"{name}-phone")
    phone.get_by_role("main").get_by_role("link").first.click()
    FormPage(phone).expect_no_sideways_scrolling()
