"""Which quarters are owed, how one stands, how a text is cut: tables of cases, no database."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.scheme.rules import (
    Mark,
    Reported,
    owed_quarters,
    part,
    pieces,
    sentence_starts,
    standing,
    trimmed,
)
from shanhai.engines.clauses import parse
from shanhai.engines.clauses.layout import flow_of
from shanhai.engines.clauses.units import fold


@pytest.mark.parametrize(
    ("frequency", "due_on", "expected"),
    [
        ("quarter", None, ["2020Q4", "2021Q1", "2021Q2", "2021Q3"]),
        ("quarter", date(2021, 5, 1), ["2020Q4", "2021Q1", "2021Q2"]),
        ("half_year", None, ["2020Q4", "2021Q2"]),
        ("year", None, ["2020Q4"]),
        ("once", date(2021, 6, 30), ["2021Q2"]),
        ("once", date(2021, 12, 31), []),
    ],
)
def test_a_task_is_reported_for_the_quarters_of_its_frequency(
    frequency: str, due_on: date | None, expected: list[str]
) -> None:
    found = owed_quarters(frequency, due_on, date(2020, 10, 1), date(2021, 9, 24))
    assert [period.code for period in found] == expected


def test_nothing_is_owed_before_reports_begin() -> None:
    assert owed_quarters("quarter", None, date(2021, 10, 1), date(2021, 9, 24)) == ()


DUE = date(2021, 7, 10)


@pytest.mark.parametrize(
    ("report", "today", "word"),
    [
        (None, date(2021, 7, 10), "open"),
        (None, date(2021, 7, 11), "late"),
        (Reported("submitted", DUE), date(2021, 9, 1), "reported"),
        (Reported("verified", DUE), date(2021, 9, 1), "verified"),
        (Reported("verified", date(2021, 7, 11)), date(2021, 9, 1), "late_reported"),
        (Reported("returned", DUE), DUE, "returned"),
        (Reported("returned", DUE), date(2021, 7, 11), "late"),
        (Reported("draft", None), DUE, "open"),
    ],
)
def test_one_word_says_how_a_unit_stands(report: Reported | None, today: date, word: str) -> None:
    assert standing(report, DUE, today) == word


def test_a_nil_return_stands_until_something_is_reported() -> None:
    assert standing(None, DUE, date(2021, 9, 1), is_nil=True) == "nil"
    assert standing(Reported("submitted", DUE), DUE, date(2021, 9, 1), is_nil=True) == "reported"


def test_cuts_lie_before_sentences_and_leave_enough() -> None:
    text = "一、目标。两地每月交换一次清单。成批外出安排专车；好。"
    found = sentence_starts(text, 0, len(text))
    assert [text[at : at + 4] for at in found] == ["成批外出"]


BROKEN = (
    "一、目标。两地每月交换一次清单，成批外出安排\n\n- 3 -\n\n专车接送。（区财政局、区教\n\n- 4 -\n\n育局）\n"
    "二、保障。\n（一）资金。按年安排。\n（二）考核。\n"
)


def test_a_part_reads_as_the_grammar_read_it_without_page_numbers() -> None:
    flow = flow_of(BROKEN)
    for section in parse(BROKEN).walk():
        end = min([section.end, *(child.start for child in section.children)])
        assert part(flow, section.start, end) == section.text
    assert "3" not in part(flow, 0, len(BROKEN))


@given(st.text("甲乙丙 。\n（）", max_size=80), st.data())
def test_parts_of_a_text_put_together_are_the_whole(text: str, data: st.DataObject) -> None:
    flow = flow_of(text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    spans = pairwise([0, *cuts, len(text)])
    assert fold("".join(part(flow, *span) for span in spans)) == fold(flow.text)


@given(
    st.text("甲乙\n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 10), st.integers(0, 1)), max_size=8),
)
def test_pieces_are_the_text_and_show_the_foremost_mark(text: str, spans: list[tuple[int, int, int]]) -> None:
    marks = [Mark(start, start + length, n, rank) for n, (start, length, rank) in enumerate(spans)]
    found = list(pieces(text, marks, [3, 7]))
    assert "".join(text[start:end] for start, end, _key in found) == text
    for start, end, key in found:
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        assert (key is None) == (not over)
        if over:
            assert min(mark.rank for mark in over) == next(m.rank for m in over if m.key == key)


def test_a_span_is_trimmed_to_its_words() -> None:
    assert trimmed(" \n甲 乙\n", 0, 6) == (2, 5)
