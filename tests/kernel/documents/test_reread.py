import datetime
import io
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.kernel.documents.bound import numbers
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.inline import line, number_headings
from shanhai.kernel.documents.model import (
    MAX_BIND,
    Align,
    Attachment,
    Code,
    Column,
    Date,
    Document,
    Heading,
    Imprint,
    Kind,
    List,
    Number,
    Ordinal,
    Paragraph,
    Row,
    Signature,
    Table,
    Text,
)
from shanhai.kernel.documents.page import write_page
from shanhai.kernel.documents.reread import Reading, numbers_in_docx, numbers_in_html, numbers_in_pdf
from shanhai.kernel.documents.typst import write_pdf


def expected(document):
    return [Reading(number.bind, number.display) for number in numbers(document)]


def test_all_three_files_hold_the_figures_of_the_document_in_order(bulletin):
    wanted = expected(bulletin)
    assert len(wanted) >= 60
    assert numbers_in_docx(write_docx(bulletin)) == wanted
    assert numbers_in_pdf(write_pdf(bulletin)) == wanted
    assert numbers_in_html(write_page(bulletin, lambda bind: f"/figures/{bind}/")) == wanted


def test_word_is_read_from_a_file_as_well(bulletin, tmp_path):
    path = tmp_path / "通报.docx"
    path.write_bytes(write_docx(bulletin))
    assert numbers_in_docx(path) == expected(bulletin)


def test_a_figure_typed_over_in_word_is_noticed(bulletin, tmp_path):
    path = tmp_path / "改过.docx"
    word = docx.Document(io.BytesIO(write_docx(bulletin)))
    next(text for text in word.element.body.iter(qn("w:t")) if text.text == "1,284").text = "1,482"
    word.save(str(path))
    assert numbers_in_docx(path)[0] == Reading("fig-1", "1,482")
    assert numbers_in_docx(path)[1:] == expected(bulletin)[1:]


NASTY = st.sampled_from(
    [
        *(
            "（含）[外]{内}【】〔〕《》",
            '"引" “双” ‘单’ \'s',
            "#let x = 1",
            "$x^2$ *粗* _斜_ `码`",
            "@参 <签> \\ // 注",
        ),
        *(
            "<b>&amp;</b>",
            "{{ 7*7 }}{% raw %}",
            "龘靐齉爩",
            "𠮷野家",
            "😀👨‍👩‍👧",
            "e\u0301 ก็ शि",
            "العربية",
            "\u202e倒",
            "\x00\x0b\t",
        ),
        *("某" * 60, "https://example.invalid/?a=1&b=%20", "1,284", "—", "urn:shanhai:figure:x", "　　"),
    ]
)
WORDS = st.one_of(NASTY, st.text(max_size=12))
TITLES = WORDS.map(lambda words: f"题{words}")
BINDS = st.one_of(
    st.uuids().map(str),
    st.text("ABC-:/?#%&\"'<>. 中文😀", min_size=1, max_size=MAX_BIND).filter(
        lambda text: text == text.strip()
    ),
)
VALUES = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False),
)


@st.composite
def figures(draw):
    value = draw(VALUES)
    decimals = draw(st.sampled_from([None, 0, 1, 2]))
    return Number.of(
        value,
        bind=draw(BINDS),
        unit=draw(st.sampled_from(["", "人", "万元", "%", "个百分点"])),
        decimals=decimals,
    )


INLINE = st.one_of(
    WORDS.map(Text),
    figures(),
    st.sampled_from([Date("2021年第三季度"), Ordinal("第3期"), Code("LAB-1")]),
)
LINES = st.lists(INLINE, max_size=5).map(tuple)
# Low enough for every row to stay on one page.
CELLS = st.lists(INLINE, max_size=3).map(tuple)
PLAIN = st.lists(WORDS.map(Text), max_size=2).map(tuple)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    units = st.sampled_from(["", "人", "万元"])
    columns = [Column(draw(PLAIN), draw(st.sampled_from(Align)), draw(units)) for _ in range(width)]
    row = st.builds(Row, st.lists(CELLS, min_size=width, max_size=width).map(tuple), st.booleans())
    return Table(
        tuple(columns),
        tuple(draw(st.lists(row, max_size=4))),
        draw(LINES),
        tuple(draw(st.lists(LINES, max_size=2))),
    )


BLOCKS = st.one_of(
    st.builds(Heading, st.integers(1, 4), PLAIN),
    st.builds(Paragraph, LINES, st.booleans()),
    st.builds(List, st.lists(LINES, min_size=1, max_size=3).map(tuple), st.booleans()),
    tables(),
    st.builds(Signature, st.lists(WORDS, max_size=2).map(tuple), st.just(datetime.date(2021, 9, 24))),
)
SOME_BLOCKS = st.lists(BLOCKS, max_size=6).map(number_headings)
DOCUMENTS = st.builds(
    Document,
    kind=st.sampled_from(Kind),
    issuer=WORDS,
    title=TITLES,
    date=st.just(datetime.date(2021, 9, 24)),
    blocks=SOME_BLOCKS,
    number=WORDS,
    recipients=st.lists(WORDS, max_size=3).map(tuple),
    signer=WORDS,
    attachments=st.lists(st.builds(Attachment, TITLES, SOME_BLOCKS), max_size=2).map(tuple),
    imprint=st.none()
    | st.builds(Imprint, st.lists(WORDS, max_size=2).map(tuple), WORDS, st.just(datetime.date(2021, 9, 26))),
    labels=st.lists(WORDS, max_size=1).map(tuple),
    classification=WORDS,
    is_landscape=st.booleans(),
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_whatever_a_document_says_its_figures_are_read_back_from_all_three_files(document):
    wanted = expected(document)
    assert numbers_in_docx(write_docx(document)) == wanted
    assert numbers_in_html(write_page(document, lambda bind: f"/{bind}")) == wanted
    assert numbers_in_pdf(write_pdf(document)) == wanted


@pytest.mark.parametrize("value", [0, -1, Decimal("0.5"), Decimal("-1234567.89"), None])
def test_a_figure_alone_in_its_paragraph_is_read_back(bulletin, value):
    number = Number.of(value, bind="only", unit="%")
    document = Document(
        kind=Kind.TABLE, issuer="某局", title="表", date=bulletin.date, blocks=(Paragraph(line(number)),)
    )
    assert numbers_in_pdf(write_pdf(document)) == [Reading("only", number.display)]
