"""Hostile and huge texts cost no more than their length.

Processor time is measured: the machine may be busy.

"""

import time

import pytest

from shanhai.engines.clauses import parse

SIZE = 60_000
HOSTILE = {
    "open brackets": "（",
    "pairs": "（）",
    "closing brackets": "】",
    "colons": "：",
    "labels": "责任单位：",
    "label and unit": "责任单位：县财政局、",
    "open lists": "（县财政局、",
    "unclosed sentences": "（县财政局。",
    "and": "县财政局和",
    "numbers": "1.",
    "headings": "一、",
    "heading lines": "一、标题\n",
    "separators": "、",
    "tabs": "\t",
    "rows": "任务\t责任单位\n",
    "bars": "|",
    "spaces": "责任单位  ",
    "title words": "关于",
    "quotes": "《",
    "digits": "1",
    "short lines": "a\n",
    "document numbers": "某发〔2021〕1号",
    "signatures": "某县人民政府2021年3月5日",
    "metadata": "索引号：1\n",
    "labelled items": "。责任单位：县局1.",
    "announced items": "措施：1.",
    "headings with pauses": "一、甲，乙（一）",
    "glued labels": "县水务局完成时限：",
    "open labels": "责任单位：\n",
    "broken names": "责任单位：县财政局、县\n",
    "points": "；（县财政局）；二是",
    "remarks": "县水务局（牵头）、",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_in_time(unit: str) -> None:
    began = time.process_time()
    parse(unit * (SIZE // len(unit)))
    assert time.process_time() - began < 5


@pytest.mark.turns(2)
def test_two_million_open_brackets_are_read_in_time() -> None:
    began = time.process_time()
    parse("（" * 2_000_000)
    assert time.process_time() - began < 30


@pytest.mark.turns(2)
def test_five_megabytes_are_read_in_seconds() -> None:
    clause = "（一）加强协作。支持合作，改善条件，扩大规模（含配套设施），增加收入。"
    clause += "（县农业农村局、县财政局、各镇（街道））\n"
    text = ("一、任务\n" + clause * 20) * (5_000_000 // len((clause * 20).encode()))
    began = time.process_time()
    scheme = parse(text)
    assert scheme.duty_lists == text.count("（一）")
    assert time.process_time() - began < 40
