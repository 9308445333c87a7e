import hashlib
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from shanhai.kernel.documents.bound import lines, numbers
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.model import Number, Text


@pytest.fixture
def word(bulletin):
    return docx.Document(io.BytesIO(write_docx(bulletin)))


def words_of(element):
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_the_page_has_the_measures_of_the_standard(word):
    section = word.sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(length / Mm(1)) for length in (*measures, section.left_margin, section.right_margin)] == [
        *(210, 297, 37, 35, 28, 26),
    ]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")


@pytest.mark.parametrize(
    ("style", "face", "half_points"),
    [
        ("公文标题", "方正小标宋_GBK", "44"),
        ("公文正文", "仿宋_GB2312", "32"),
        ("公文一级标题", "黑体", "32"),
        ("公文二级标题", "楷体_GB2312", "32"),
        ("公文页码", "宋体", "28"),
    ],
)
def test_chinese_faces_are_named_for_east_asian_text(word, style, face, half_points):
    properties = word.styles[style].element.find(qn("w:rPr"))
    assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face
    assert properties.find(qn("w:sz")).get(qn("w:val")) == half_points


def test_the_body_is_indented_by_two_characters_on_an_exact_pitch(word):
    layout = word.styles["公文正文"].element.find(qn("w:pPr"))
    assert layout.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert layout.find(qn("w:spacing")).get(qn("w:lineRule")) == "exact"


def test_every_face_has_names_to_fall_back_on(bulletin):
    with zipfile.ZipFile(io.BytesIO(write_docx(bulletin))) as package:
        fonts = package.read("word/fontTable.xml").decode()
    assert all(f'w:name="{face}"' in fonts for face in ("方正小标宋_GBK", "仿宋_GB2312", "楷体_GB2312"))
    assert "方正小标宋简体" in fonts


def test_every_figure_stands_in_a_locked_control_of_its_own(word, bulletin):
    controls = list(word.element.body.iter(qn("w:sdt")))
    idents = [control.find(f".//{qn('w:id')}").get(qn("w:val")) for control in controls]
    assert len(controls) == len(set(idents)) == len(numbers(bulletin))
    assert all(control.find(f".//{qn('w:lock')}").get(qn("w:val")) == "contentLocked" for control in controls)


def test_outside_figures_dates_and_ordinals_the_body_holds_no_digit(word, bulletin):
    body = word.element.body
    for control in list(body.iter(qn("w:sdt"))):
        control.getparent().remove(control)
    typed = [
        part.text
        for place in lines(replace(bulletin, attachments=()))
        for part in place.line
        if not isinstance(part, Text | Number)
    ]
    written = "\n".join(words_of(paragraph) for paragraph in body.iter(qn("w:p")))
    body_text = written[written.index("根据") : written.index("附件：")]
    left, cursor = "", 0
    for part in typed:
        found = body_text.index(part, cursor)
        left, cursor = left + body_text[cursor:found], found + len(part)
    # What is left are the marks of the ordered list.
    assert re.findall(r"\d+[^\n]?", left + body_text[cursor:]) == ["1.", "2."]


def test_the_head_of_a_table_is_repeated_and_rows_are_not_torn(word):
    for table in word.tables[:2]:
        rows = table._tbl.findall(qn("w:tr"))
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_page_numbers_stand_outside_on_odd_and_even_pages(word):
    assert word.settings.odd_and_even_pages_header_footer
    section = word.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        assert words_of(paragraph) == "— 1 —"
        assert paragraph.find(f".//{qn('w:jc')}").get(qn("w:val")) == side


def test_the_label_stands_on_every_page(word):
    section = word.sections[0]
    assert [header.paragraphs[0].text for header in (section.header, section.even_page_header)] == [
        "【演示数据】"
    ] * 2


def test_head_body_and_imprint_are_in_the_official_order(word):
    text = "\n".join(words_of(paragraph) for paragraph in word.element.body.iter(qn("w:p")))
    order = [
        "办公室文件",
        "〔2021〕8号",
        "各镇（街道），",
        "劳务协作",
        "附件：1. ",
        "2021年9月24日\n",
        "抄送：",
        "印发",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_document_to_a_superior_names_who_signs(bulletin):
    word = docx.Document(io.BytesIO(write_docx(replace(bulletin, signer="某某"))))
    assert any("签发人：某某" in words_of(paragraph._p) for paragraph in word.paragraphs)


def test_a_plain_table_lies_across_the_page_without_a_red_head(task_table):
    word = docx.Document(io.BytesIO(write_docx(task_table)))
    assert word.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert word.paragraphs[0].style.name == "公文标题"
    assert not any("文件" in paragraph.text for paragraph in word.paragraphs)
    assert len(word.tables[0].rows) == 31


def test_equal_documents_are_equal_bytes_and_another_document_is_not(bulletin):
    first, second = (hashlib.sha256(write_docx(bulletin)).hexdigest() for _ in range(2))
    assert first == second
    assert hashlib.sha256(write_docx(replace(bulletin, title="另一份通报"))).hexdigest() != first


def test_nothing_of_the_library_s_own_sample_is_left(bulletin, word):
    with zipfile.ZipFile(io.BytesIO(write_docx(bulletin))) as package:
        names = package.namelist()
    assert not [name for name in names if "thumbnail" in name or "theme" in name or "customXml" in name]
    modes = [
        item
        for item in word.settings.element.iter(qn("w:compatSetting"))
        if "compat" in item.get(qn("w:name"))
    ]
    assert [mode.get(qn("w:val")) for mode in modes] == ["15"]
    assert word.core_properties.author == bulletin.issuer
    assert word.core_properties.created.date() == bulletin.date
