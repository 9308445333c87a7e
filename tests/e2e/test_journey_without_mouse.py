"""With the keyboard alone, on paper, and in English."""

import re
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from e2e.pages.bulletin_page import BulletinPage
from e2e.pages.form_page import FormPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage

CHINESE = re.compile(r"[㐀-鿿]")
#: Pages whose frame must be English throughout; what stands in cells of tables is data.
ENGLISH_PAGES = (
    "/",
    "/labour/employmentspell/",
    "/labour/employmentspell/new/",
    "/labour/employmentspell/import/",
    "/appraisal/indicators/",
    "/appraisal/indicators/LAB-1/",
    "/appraisal/indicators/LAB-1/rows/",
    "/appraisal/bulletins/",
    "/scheme/schemes/",
    "/obligations/",
    "/jobs/",
    "/search/?q=LAB",
)


def test_search_a_row_and_a_form_are_reached_without_a_mouse(sign_in_as: Any) -> None:
    page = sign_in_as("mt-reporter")
    page.keyboard.press("/")
    expect(page.locator("input[data-shanhai-search]")).to_be_focused()
    page.keyboard.type("务工就业")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search/"))

    page.goto("/labour/employmentspell/")
    _expect_skipped_to_main(page)
    row = ListPage(page).rows.first.get_by_role("rowheader").get_by_role("link")
    _tab_to(page, row)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/labour/employmentspell/[0-9a-f-]+/$"))

    page.goto("/funds/project/")
    page.keyboard.press("n")
    form = FormPage(page)
    form.expect_title("新增")
    _fill_by_keys(page, form)
    page.keyboard.press("Control+s")
    RowPage(page).expect_state("草稿")


def _expect_skipped_to_main(page: Page) -> None:
    """The first stop leads past the menu."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def _tab_to(page: Page, target: Any, most: int = 60) -> None:
    for _press in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by {most} tabs")


def _fill_by_keys(page: Page, form: FormPage) -> None:
    form.field("所属期").locator("select").focus()
    page.keyboard.type("2021年")
    typed = {"项目编号": "MT-2021-901", "项目名称": "演示村步道", "批复预算": "20万"}
    for label, text in typed.items():
        _tab_to(page, form.field(label).locator("input").first)
        page.keyboard.type(text)
    form.field("项目类别").locator("select").focus()
    page.keyboard.press("ArrowDown")


@pytest.mark.parametrize("what", ["list", "bulletin"])
def test_paper_has_title_unit_and_page_numbers_and_no_menu(sign_in_as: Any, what: str) -> None:
    page = sign_in_as("mt-coordinator")
    if what == "list":
        page.goto("/labour/employmentspell/")
        words = ("务工就业", "县乡村振兴局", "单位（盖章）")
    else:
        BulletinPage(page).open("2021年第二季度")
        words = ("湄潭县乡村振兴局关于2021年第二季度", "湄协通〔2021〕1号")
    pages = _printed(page)
    for word in words:
        assert word in pages[0] or word in pages[-1], word
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert re.search(rf"{number}(/{len(pages)})?", text[-40:] + text[:40]), (number, text[-40:])
        for hidden in ("跳到正文", "企业与其他主体", "搜索人员", "退出登录"):
            assert hidden not in text


def _printed(page: Page) -> list[str]:
    """Texts of the sheets of paper, without spaces."""
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as document:
        return [re.sub(r"\s", "", sheet.get_textpage().get_text_range()) for sheet in document]


def test_the_frame_of_every_main_page_is_english_when_asked(sign_in_as: Any) -> None:
    page = sign_in_as("mt-coordinator")
    page.locator("header.topbar details.drop").last.locator("summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    found = {}
    for address in ENGLISH_PAGES:
        page.goto(address)
        if chinese := _chinese_of_the_frame(page):
            found[address] = chinese
    assert found == {}


FRAME = """() => [...document.querySelectorAll(
  'nav.rail a, nav.rail h2, .topbar label, #page-head h1, #page-head .page-actions, main h2, main .empty, '
  + 'main label:not(.choice), main button:not(.linklike), main summary.chip, main .tabs, main a.chip, '
  + 'main dt, main th[scope=col]')].filter((one) => !one.closest('.drop > div'))
  .flatMap((one) => [one.textContent, one.getAttribute('aria-label'), one.getAttribute('placeholder')])
  .filter(Boolean).map((text) => text.replace(/\\s+/g, ' ').trim())"""


def _chinese_of_the_frame(page: Page) -> list[str]:
    return sorted({text for text in page.evaluate(FRAME) if CHINESE.search(text)})
