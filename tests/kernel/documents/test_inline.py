import pytest

from shanhai.kernel.documents.inline import (
    compose,
    heading_ordinal,
    line,
    number_headings,
    paragraphs,
    recognise,
)
from shanhai.kernel.documents.model import (
    Code,
    Date,
    DocumentInvalid,
    Heading,
    Ordinal,
    Paragraph,
    Text,
    line_text,
)


def test_dates_numbers_of_documents_and_ordinals_are_told_apart():
    parts = recognise("依据协作组〔2021〕3号，2021年第三季度第12期，见表1，LAB-1在1—9月")
    assert [part for part in parts if not isinstance(part, Text)] == [
        Code("〔2021〕3号"),
        *(Date("2021年第三季度"), Ordinal("第12期"), Ordinal("表1"), Code("LAB-1"), Date("1—9月")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2021年",
        "2021年度",
        "2021年9月24日",
        "2021年上半年",
        "2021年1—9月",
        "9月底",
        "2020—2021年",
        "2021-09-24",
        "2021Q3",
    ],
)
def test_a_date_is_recognised_whole(text):
    assert recognise(f"截至{text}，") == (Text("截至"), Date(text), Text("，"))


@pytest.mark.parametrize("text", ["就业1284人", "增长12.5%", "1284户", "投入4000万元", "第一批12人"])
def test_quantities_stay_words_and_so_unbound(text):
    assert all(isinstance(part, Text) for part in recognise(text))


def test_recognition_keeps_every_character():
    text = "1. 在2021年（〔2021〕3号）完成12项，第3期。"
    assert line_text(recognise(text)) == text


def test_a_sentence_takes_figures_by_name(figure):
    jobs = figure(1284, "人")
    assert compose("2021年就业{LAB-1}。", {"LAB-1": jobs}) == (Date("2021年"), Text("就业"), jobs, Text("。"))


def test_a_name_without_a_figure_is_named_in_the_refusal():
    with pytest.raises(DocumentInvalid, match="LAB-9"):
        compose("就业{LAB-9}。", {})


def test_a_narrative_becomes_one_paragraph_per_line():
    assert paragraphs("甲\n\n 乙 \n", slot="劳务") == (
        Paragraph((Text("甲"),), slot="劳务"),
        Paragraph((Text("乙"),), slot="劳务"),
    )


def test_headings_are_numbered_by_level_and_begin_anew_below_each():
    levels = (1, 2, 2, 3, 4, 1, 2)
    blocks = number_headings(Heading(level, line("题")) for level in levels)
    assert [line_text(block.line) for block in blocks] == [
        *("一、题", "（一）题", "（二）题", "1. 题", "（1）题", "二、题", "（一）题"),
    ]


def test_headings_count_in_chinese_up_to_ninety_nine():
    assert [heading_ordinal(1, count) for count in (10, 11, 20, 99)] == [
        "十、",
        "十一、",
        "二十、",
        "九十九、",
    ]
    with pytest.raises(DocumentInvalid):
        heading_ordinal(1, 100)
