import hashlib
from dataclasses import replace

import pypdfium2
import pytest

from shanhai.kernel.documents.inline import line, row
from shanhai.kernel.documents.layout import POINTS_PER_MM
from shanhai.kernel.documents.model import Align, Column, Heading, List, Paragraph, Table
from shanhai.kernel.documents.reread import numbers_in_pdf
from shanhai.kernel.documents.typst import write_pdf


def pages(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def test_equal_documents_are_equal_bytes(bulletin):
    first, second = (hashlib.sha256(write_pdf(bulletin)).hexdigest() for _ in range(2))
    assert first == second


def test_every_page_has_its_number_and_the_label(bulletin):
    for index, text in enumerate(pages(write_pdf(bulletin)), start=1):
        assert f"— {index} —" in text
        assert "演示数据" in text


def test_only_the_fonts_that_travel_with_us_are_used(bulletin):
    pdf = write_pdf(replace(bulletin, blocks=(Paragraph(line("Latin αβγ кириллица 汉字")),)))
    assert b"NotoSerifSC" in pdf
    assert not any(name in pdf for name in (b"Libertinus", b"DejaVu", b"NewCM", b"CJK"))


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        '#read("/etc/passwd")',
        "*星* _线_ `码` $x^2$ @名 <签>",
        "= 题\\\\ // 注 /* 注 */",
        '"引"‘单’\\u{41}\\n',
        "]{[(#let x = 1)]}",
        "{{ 7 * 7 }} {% x %}",
        "---...~ -5",
    ],
)
def test_markup_in_words_is_printed_as_typed(bulletin, text):
    document = replace(
        bulletin,
        title=f"题{text}",
        blocks=(Paragraph(line(text)), Heading(1, line(text)), List((line(text),))),
    )
    printed = "".join("".join(pages(write_pdf(document))).split())
    assert printed.count("".join(text.split())) >= 3


def test_a_figure_beside_words_from_right_to_left_keeps_its_place(bulletin, figure):
    words = line("共", figure(1), "العربية", figure(2), "人", figure(3))
    readings = numbers_in_pdf(write_pdf(replace(bulletin, blocks=(Paragraph(words),), attachments=())))
    assert [reading.display for reading in readings] == ["1", "2", "3"]


def test_the_extracted_text_is_what_a_reader_sees(bulletin):
    assert "帮助就业1,284人，其中脱贫人口933人" in "".join("".join(pages(write_pdf(bulletin))).split())


def test_the_paper_is_a4_and_a_table_may_lie_across(bulletin, task_table):
    for document, width, height in ((bulletin, 210, 297), (task_table, 297, 210)):
        pdf = pypdfium2.PdfDocument(write_pdf(document))
        assert pdf[0].get_size() == pytest.approx((width * POINTS_PER_MM, height * POINTS_PER_MM), abs=0.1)
        pdf.close()


def test_the_head_of_a_long_table_is_on_every_page(task_table):
    texts = pages(write_pdf(task_table))
    assert len(texts) > 1
    assert all("牵头单位" in text for text in texts)


def test_a_row_higher_than_a_page_is_torn_and_nothing_of_it_is_lost(bulletin):
    cell = "".join(chr(0x4E00 + index) for index in range(1500))
    columns = tuple(Column(line("列")) for _ in range(4))
    document = replace(bulletin, blocks=(Table(columns, (row(cell, *"乙丙丁"),)),))
    text = "".join("".join(pages(write_pdf(document))).split())
    assert all(character in text for character in cell)


def test_a_word_without_end_is_broken_inside_its_column_and_kept(bulletin, figure):
    word = "https://example.invalid/" + "x" * 300
    columns = (Column(line("地址")), Column(line("数"), Align.RIGHT))
    table = Table(columns, (row(word, figure(7)), row("乙", figure(8))))
    for block, displays in ((Paragraph(line(word)), []), (table, ["7", "8"])):
        pdf = write_pdf(replace(bulletin, title="通报", blocks=(block,), attachments=()))
        text = "".join("".join(pages(pdf)).split()).replace("\N{ZERO WIDTH SPACE}", "")
        assert word in text
        assert [reading.display for reading in numbers_in_pdf(pdf)] == displays


def test_figures_of_a_hopelessly_crowded_table_are_not_printed_over_each_other(bulletin, figure):
    columns = tuple(Column(line("列"), Align.RIGHT) for _ in range(12))
    cells = row(*(figure(10**14 + index) for index in range(12)))
    pdf = write_pdf(replace(bulletin, blocks=(Table(columns, (cells,)),), attachments=()))
    assert [reading.display for reading in numbers_in_pdf(pdf)] == [
        f"{10**14 + index:,}" for index in range(12)
    ]


def test_a_full_line_holds_twenty_eight_characters(bulletin):
    text = pages(write_pdf(replace(bulletin, blocks=(Paragraph(line("协" * 90), is_flush=True),))))[0]
    assert max(len(part) for part in text.split("\n") if set(part) == {"协"}) == 28
