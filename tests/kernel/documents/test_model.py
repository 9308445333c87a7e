import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from shanhai.kernel.documents.inline import line, row
from shanhai.kernel.documents.model import (
    Code,
    Column,
    Date,
    DocumentInvalid,
    Heading,
    Number,
    Ordinal,
    Table,
    Text,
    line_text,
)


def test_a_figure_cannot_be_printed_as_another_value():
    with pytest.raises(DocumentInvalid, match="不符"):
        Number(1284, "1,248", "人", "fig-1")


def test_a_figure_may_be_printed_rounded():
    assert Number(Decimal("12.345"), "12.3", "%", "fig-1").display == "12.3"


def test_only_an_absent_value_is_printed_as_a_dash():
    assert line_text(line("完成率", Number(None, "—", "%", "fig-1"))) == "完成率—"
    with pytest.raises(DocumentInvalid):
        Number(0, "—", "人", "fig-1")
    with pytest.raises(DocumentInvalid):
        Number(None, "0", "人", "fig-1")


@pytest.mark.parametrize("bind", ["", " fig", "fig\n1", "x" * 61])
def test_a_bind_that_a_writer_could_not_carry_is_refused(bind):
    with pytest.raises(DocumentInvalid, match="引用键"):
        Number(1, "1", "人", bind)


@pytest.mark.parametrize(
    "text",
    ["2021年第三季度", "2021年9月24日", "1—9月", "2021-09-24", "2020—2021年度", "二〇二一年", "2021Q3"],
)
def test_spans_of_time_are_dates(text):
    assert Date(text).text == text


@pytest.mark.parametrize("text", ["1284", "1,284人", "100%", "2021万元", "就业年", ""])
def test_a_quantity_cannot_pass_for_a_date(text):
    with pytest.raises(DocumentInvalid):
        Date(text)


@pytest.mark.parametrize("text", ["1. ", "（二）", "一、", "第三期", "表2", "17", "①", "第12名", "附件1"])
def test_places_in_an_order_are_ordinals(text):
    assert Ordinal(text).text == text


@pytest.mark.parametrize("text", ["1,284", "12.5%", "第一季度1284人", "12840", ""])
def test_a_quantity_cannot_pass_for_an_ordinal(text):
    with pytest.raises(DocumentInvalid):
        Ordinal(text)


@pytest.mark.parametrize("text", ["1,284", "1,284人", "12.5%", "300人", "4000万元", "99%", ""])
def test_a_quantity_cannot_pass_for_a_code(text):
    with pytest.raises(DocumentInvalid):
        Code(text)


def test_text_loses_what_cannot_be_printed_or_turns_the_reading_direction():
    assert Text("甲\x00乙\u202e12\u202c\x0b丙\r\n丁\ud800").text == "甲乙12 丙 丁"


def test_a_row_with_too_few_cells_is_refused():
    with pytest.raises(DocumentInvalid, match="第 2 行有 1 格，应有 2 格"):
        Table((Column(line("甲")), Column(line("乙"))), (row("1", "2"), row("3")))


def test_headings_and_table_heads_hold_no_figures(figure):
    with pytest.raises(DocumentInvalid):
        Heading(1, line("就业", figure(1)))
    with pytest.raises(DocumentInvalid):
        Column(line("就业", figure(1)))


def test_a_document_needs_a_title(bulletin):
    with pytest.raises(DocumentInvalid, match="标题"):
        replace(bulletin, title=" \n ")


def test_a_title_without_end_is_refused(bulletin):
    with pytest.raises(DocumentInvalid, match="超过 200 字"):
        replace(bulletin, title="协" * 201)


def test_a_line_break_in_the_title_is_the_authors(bulletin):
    assert replace(bulletin, title="甲\r\n\n乙\t丙").title == "甲\n乙 丙"


def test_the_date_of_a_document_has_no_leading_zero():
    assert Date.of(datetime.date(2021, 9, 4)).text == "2021年9月4日"
