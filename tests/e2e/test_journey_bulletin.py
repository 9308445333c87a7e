"""The quarterly bulletin: drafted from figures, worded by people, stale numbers settled, issued, received."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import expect

from e2e.pages.bulletin_page import BulletinPage
from e2e.pages.indicator_page import IndicatorPage

REASON = "与上月报省口径一致，下季度一并更正。"
NARRATIVE = "本季度帮助就业"


def test_a_quarter_is_drafted_settled_issued_and_received(sign_in_as: Any, tmp_path: Path) -> None:
    writer = BulletinPage(sign_in_as("mt-coordinator"))
    writer.draft("2021年第一季度")
    assert writer.expect_numbers_told() >= 60

    writer.open("2021年第三季度")
    _word_a_chapter(writer)
    _settle_stale_numbers(writer)
    writer.issue()
    expect(writer.stale).to_have_count(0)
    _expect_same_words(writer, tmp_path)
    _expect_number_opens(writer)

    reader = BulletinPage(sign_in_as("mt-reporter"))
    reader.open("2021年第三季度")
    reader.main.get_by_label("意见（可不填）").fill("无意见")
    reader.main.get_by_role("button", name="签收").click()
    expect(reader.receipts()).to_contain_text("县人社局·填报")
    writer.page.reload()
    expect(writer.receipts()).to_contain_text("无意见")


def _word_a_chapter(writer: BulletinPage) -> None:
    """A digit typed by hand is refused and nothing is lost; the name of a figure is taken."""
    writer.main.get_by_role("link", name="改叙述").click()
    slot = writer.slot("总体情况")
    slot.fill(f"{NARRATIVE}228人。")
    writer.save()
    expect(slot).to_have_accessible_description(re.compile("228"))
    expect(slot).to_have_value(f"{NARRATIVE}228人。")
    slot.fill(NARRATIVE)
    slot.press("End")
    writer.insert_figure("LAB-1 帮助农村劳动力就业", "{LAB-1}")
    expect(slot).to_have_value(NARRATIVE + "{LAB-1}")
    writer.save()
    writer.expect_message("已保存。")
    expect(writer.article).to_contain_text(re.compile(rf"{NARRATIVE}\d+人"))


def _settle_stale_numbers(writer: BulletinPage) -> None:
    """Numbers that changed since they were taken stand in the way, until refreshed or kept with a reason."""
    waiting = writer.stale.count()
    assert waiting >= 2
    expect(writer.issue_button()).to_be_disabled()
    writer.keep(REASON)
    writer.expect_message("保留原值，理由已记录。")
    expect(writer.stale.filter(has_text=REASON)).to_have_count(1)
    for left in range(waiting - 1, 0, -1):
        expect(writer.issue_button()).to_be_disabled()
        writer.refresh(writer.stale.count() - left)
        writer.expect_message("已更新为现值。")
    expect(writer.issue_button()).to_be_enabled()


def _expect_same_words(writer: BulletinPage, folder: Path) -> None:
    """Word and PDF say the numbers of the page."""
    number = writer.article.locator(".document-body p a").first.inner_text()
    word = Document(str(writer.download(writer.main.get_by_role("link", name="Word", exact=True), folder)))
    runs = "".join(run.text or "" for run in word.element.body.iter(qn("w:t")))
    assert NARRATIVE + number in runs
    assert len(word.tables) == writer.article.locator("table").count() + 1  # 版记 is a table in Word
    pdf = writer.download(writer.main.get_by_role("link", name="PDF", exact=True), folder)
    with pypdfium2.PdfDocument(pdf) as document:
        pages = "".join(page.get_textpage().get_text_range() for page in document)
    assert NARRATIVE + number in re.sub(r"\s", "", pages)


def _expect_number_opens(writer: BulletinPage) -> None:
    """A number of the issued text leads to as many rows as it says."""
    link = writer.article.locator(".document-body p a").first
    number = int(re.sub(r"\D", "", link.inner_text()))
    link.click()
    assert IndicatorPage(writer.page).reasons()["计入"] == number
    writer.page.go_back()
