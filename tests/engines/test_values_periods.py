import datetime
import itertools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.values import Period, PeriodError, PeriodKind

days = st.dates(datetime.date(1901, 1, 1), datetime.date(2198, 12, 31))
kinds = st.sampled_from(PeriodKind)
periods = st.builds(Period.of, days, kinds)
ONE_DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "start", "end", "label"),
    [
        ("2021-09", "2021-09-01", "2021-09-30", "2021年9月"),
        ("2021-12", "2021-12-01", "2021-12-31", "2021年12月"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020年2月"),
        ("2100-02", "2100-02-01", "2100-02-28", "2100年2月"),
        ("2021Q3", "2021-07-01", "2021-09-30", "2021年第三季度"),
        ("2021Q4", "2021-10-01", "2021-12-31", "2021年第四季度"),
        ("2021", "2021-01-01", "2021-12-31", "2021年"),
    ],
)
def test_a_code_names_its_days_and_its_chinese_label(code: str, start: str, end: str, label: str) -> None:
    period = Period.parse(code)
    assert (period.code, str(period), period.label) == (code, code, label)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2021年9月", "2021-09"),
        ("2021年09月份", "2021-09"),
        ("２０２１年９月", "2021-09"),
        ("2021/9", "2021-09"),
        ("2021.09", "2021-09"),
        ("202109", "2021-09"),
        (" 2021 年 第三季度 ", "2021Q3"),
        ("2021年三季度", "2021Q3"),
        ("2021年第3季度", "2021Q3"),
        ("2021q3", "2021Q3"),
        ("2021-Q3", "2021Q3"),
        ("2021年度", "2021"),
    ],
)
def test_common_writings_are_read(written: str, code: str) -> None:
    assert Period.parse(written).code == code


@pytest.mark.parametrize(
    "text", ["", "九月", "2021-13", "2021-00", "2021Q5", "2021年第五季度", "21-09", "1899", "2021-9-1"]
)
def test_what_is_no_period_is_refused_in_a_chinese_sentence(text: str) -> None:
    with pytest.raises(PeriodError, match=r"。$"):
        Period.parse(text)


@given(periods)
def test_code_and_label_read_back_as_the_same_period(period: Period) -> None:
    assert Period.parse(period.code) == Period.parse(period.label) == period
    assert pickle.loads(pickle.dumps(period)) == period  # noqa: S301 -- our own bytes


@given(days, kinds)
def test_the_period_of_a_day_contains_it_and_its_neighbours_do_not(
    day: datetime.date, kind: PeriodKind
) -> None:
    period = Period.of(day, kind)
    assert period.contains(day)
    assert period.contains(datetime.datetime.combine(day, datetime.time(23, 59)))
    assert not period.next().contains(day)
    assert not period.previous().contains(day)


@given(periods)
def test_neighbours_touch_without_gap_or_overlap(period: Period) -> None:
    assert period.previous().end + ONE_DAY == period.start
    assert period.next().start == period.end + ONE_DAY
    assert period.next().previous() == period.previous().next() == period
    assert period.previous() < period < period.next()


@given(periods)
def test_months_cover_the_period_exactly(period: Period) -> None:
    months = period.months()
    assert len(months) == period.kind.months
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(first.next() == second for first, second in itertools.pairwise(months))
    assert all(period.contains(month) for month in months)


@given(periods)
def test_quarters_are_those_the_period_touches(period: Period) -> None:
    expected = 4 if period.kind is PeriodKind.YEAR else 1
    assert len(period.quarters()) == expected
    assert period.quarters()[0].start <= period.start <= period.end <= period.quarters()[-1].end


@given(periods, periods)
def test_containing_is_the_same_as_containing_every_day(outer: Period, inner: Period) -> None:
    assert outer.contains(inner) == (outer.contains(inner.start) and outer.contains(inner.end))


@given(st.lists(periods))
def test_periods_of_all_kinds_sort_by_first_day_the_longer_first(several: list[Period]) -> None:
    assert sorted(several) == sorted(several, key=lambda one: (one.start, -one.kind.months))


def test_year_to_date_holds_everything_that_ended_since_january() -> None:
    assert Period.parse("2021-05").year_to_date() == (
        "2021Q1", "2021-01", "2021-02", "2021-03", "2021-04", "2021-05",
    )  # fmt: skip
    assert "2021" not in Period.parse("2021Q3").year_to_date()
    assert set(Period.parse("2021-12").year_to_date()) == set(Period.parse("2021").within())


@given(periods, days)
def test_year_to_date_is_exactly_the_periods_between_january_and_the_end(
    period: Period, day: datetime.date
) -> None:
    january = datetime.date(period.year, 1, 1)
    day = day.replace(year=period.year, day=1)
    for kind in PeriodKind:
        other = Period.of(day, kind)
        inside = january <= other.start and other.end <= period.end
        assert (other.code in period.year_to_date()) == inside
        assert (other.code in period.within()) == period.contains(other)


def test_a_month_holds_only_itself() -> None:
    assert Period.parse("2021-09").within() == ("2021-09",)


def test_between_gives_every_period_the_demonstration_year_touches() -> None:
    span = datetime.date(2020, 10, 1), datetime.date(2021, 9, 24)
    assert [one.code for one in Period.between(*span, PeriodKind.QUARTER)] == [
        "2020Q4",
        "2021Q1",
        "2021Q2",
        "2021Q3",
    ]
    assert len(Period.between(*span, PeriodKind.MONTH)) == 12
    assert Period.between(span[1], span[0], PeriodKind.MONTH) == ()


def test_the_same_period_a_year_earlier() -> None:
    assert [Period.parse(code).year_earlier().code for code in ("2021-09", "2021Q3", "2021")] == [
        "2020-09", "2020Q3", "2020",
    ]  # fmt: skip


def test_a_period_that_cannot_be_is_not_built() -> None:
    with pytest.raises(PeriodError, match="没有第 5 个季度"):
        Period(PeriodKind.QUARTER, 2021, 5)
    with pytest.raises(PeriodError, match="超出"):
        Period.parse("2199").next()
