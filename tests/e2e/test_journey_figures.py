"""A number is clicked down to its rows and one of them."""

from typing import Any

from e2e.pages.indicator_page import IndicatorPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage


def test_a_number_of_the_workbench_opens_to_its_rows_and_a_row(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    figures = IndicatorPage(page)
    number = figures.open_value("LAB-1")
    assert figures.counted() == number
    person = ListPage(page).rows.first.get_by_role("rowheader").get_by_role("link").inner_text()
    ListPage(page).open_row(person)
    row = RowPage(page)
    row.expect_state("已核")
    row.expect_message("帮助农村劳动力就业")


def test_the_auditor_reads_the_same_number_and_may_change_nothing(sign_in_as: Any) -> None:
    page = sign_in_as("mt-auditor")
    figures = IndicatorPage(page)
    figures.page.goto("/appraisal/indicators/")
    number = figures.open_value("LAB-1")
    assert figures.counted() == number
    ListPage(page).rows.first.get_by_role("rowheader").get_by_role("link").click()
    row = RowPage(page)
    row.expect_state("已核")
    row.expect_no_step("退回")
