"""Minutes are read into agenda and resolutions with units and days; what is not sure is said."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.minutes import read_minutes
from shanhai.engines.minutes.days import find_day

HELD = date(2021, 8, 26)
TEXT = """斗门区湄潭县东西部协作2021年第二次联席会议纪要
斗湄联〔2021〕2号
时间：2021年8月26日
地点：斗门区政务服务中心
主持：王演示、赵演示
出席人员：两地协作专班成员
下次会议：10月15日

一、会议议题
1. 通报第一次联席会议议定事项进展
2. 研究茶产业园建设进度。
二、议定事项
（一）编制四季度劳务输送计划（牵头单位：县人力资源和社会保障局；配合单位：区人社局、县发改局；完成时限：2021年9月28日）
（二）由区供销社牵头，县供销社配合，11月底前完成消费协作展销会筹备方案。
（三）茶产业园二期方案报双方审定。责任单位：县农业农村局、县茶办；
时限：明年1月10日
（四）持续推进两地校校结对。
"""


def test_minutes_are_read_into_their_parts() -> None:
    found = read_minutes(TEXT)
    assert found.title == "斗门区湄潭县东西部协作2021年第二次联席会议纪要"
    assert (found.number, found.held_on, found.next_on) == ("斗湄联〔2021〕2号", HELD, date(2021, 10, 15))
    assert (found.venue, found.chairs) == ("斗门区政务服务中心", "王演示、赵演示")
    assert found.agenda == ("通报第一次联席会议议定事项进展", "研究茶产业园建设进度")
    assert [(one.lead, one.supports, one.due_on) for one in found.items] == [
        ("县人力资源和社会保障局", ("区人社局", "县发改局"), date(2021, 9, 28)),
        ("区供销社", ("县供销社",), date(2021, 11, 30)),
        ("县农业农村局", ("县茶办",), date(2022, 1, 10)),
        ("", (), None),
    ]
    assert found.items[0].content == "编制四季度劳务输送计划"
    assert found.doubts == ()
    assert found.items[3].doubts == (
        "没有读出牵头单位，请选择。",
        "写的是“持续推进”，没有日期，请填写完成期限。",
    )
    assert [one.line for one in found.items] == [13, 14, 15, 17]


def test_what_is_missing_is_said() -> None:
    found = read_minutes("今天开了会。")
    assert len(found.doubts) == 3
    assert found.items == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年9月30日前", date(2021, 9, 30)),
        ("９月３０日前", date(2021, 9, 30)),
        ("9月底前", date(2021, 9, 30)),
        ("3月底前", date(2022, 3, 31)),
        ("明年2月底前", date(2022, 2, 28)),
        ("年底前", date(2021, 12, 31)),
        ("2022年底前", date(2022, 12, 31)),
        ("10月上旬", date(2021, 10, 10)),
        ("2021-10-08", date(2021, 10, 8)),
        ("9月1日起，9月20日前", date(2021, 9, 20)),
        ("2021年2月30日", None),
        ("13月1日", None),
        ("尽快", None),
    ],
)
def test_days_as_they_are_written(text: str, day: date | None) -> None:
    assert find_day(text, HELD) == day


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read_minutes(text)


def test_reading_is_linear() -> None:
    def spent(lines: int) -> float:
        text = "二、议定事项\n" + "（一）由县局牵头，区局配合（牵头单位：县局；时限：9月1日）\n" * lines
        begun = time.process_time()
        read_minutes(text)
        return time.process_time() - begun

    spent(100)
    assert spent(8000) < 40 * max(spent(800), 0.001)
