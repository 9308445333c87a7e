"""How long a workshop lies under the standard, by the standard of each month; what hinders recognition."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.training.rules import workshops as rules
from shanhai.domains.training.rules.workshops import Month, Standard, Workshop
from shanhai.engines.values import Period, PeriodKind

TODAY = date(2021, 9, 24)
FIVE = Standard("", 5, Decimal(15), 3, 12, date(2020, 1, 1), source="演示办法")


def month(code: str, ex_poor: int, premium: int = 15) -> Month:
    return Month(code, 20, ex_poor, Decimal(premium))


def of_2021(*ex_poor: int) -> list[Month]:
    """Months up to August 2021, the last value being August's."""
    first = 9 - len(ex_poor)
    return [month(f"2021-{first + place:02}", number) for place, number in enumerate(ex_poor)]


@pytest.mark.parametrize(
    ("told", "under", "is_raised"),
    [
        ((6, 6, 6), 0, False),
        ((6, 6, 4), 1, False),
        ((6, 4, 4), 2, False),
        ((4, 4, 4), 3, True),
        ((4, 4, 4, 5), 0, False),
        ((0, 0, 0, 0, 5, 4), 1, False),
        ((4, 5, 4, 4, 4, 4), 4, True),
        ((), 0, False),
    ],
)
def test_the_alarm_is_raised_by_three_months_in_a_row(
    told: Sequence[int], under: int, is_raised: bool
) -> None:
    months = of_2021(*told)
    found = rules.alarm_of(months, [FIVE], "home")
    assert len(rules.months_under(months, [FIVE], "home")) == under
    assert (found is not None and found.is_raised) is is_raised


def test_a_month_nobody_reported_neither_counts_nor_ends_the_alarm() -> None:
    months = [month("2021-03", 4), month("2021-04", 3), month("2021-07", 4)]
    found = rules.alarm_of(months, [FIVE], "home")
    assert found is not None
    assert found.is_raised
    assert "已连续 3 个月吸纳脱贫人口不足 5 人（2021-03 4 人、2021-04 3 人、2021-07 4 人）" in found.sentence


def test_each_month_is_judged_by_the_standard_of_its_own_day() -> None:
    earlier = Standard("", 3, Decimal(0), 3, 12, date(2020, 1, 1), date(2021, 6, 30))
    later = Standard("", 5, Decimal(15), 2, 12, date(2021, 7, 1))
    months = of_2021(4, 4, 4, 4)  # May and June met the three of their time
    found = rules.alarm_of(months, [earlier, later], "home")
    assert found is not None
    assert [one.period for one in found.months] == ["2021-07", "2021-08"]
    assert found.is_raised


def test_a_kinds_own_standard_comes_before_the_general_one_and_of_two_the_newer() -> None:
    homes = Standard("home", 2, Decimal(0), 3, 12, date(2019, 1, 1))
    newer = Standard("", 8, Decimal(15), 3, 12, date(2021, 1, 1))
    assert rules.standard_on([FIVE, newer, homes], "home", TODAY) is homes
    assert rules.standard_on([FIVE, newer, homes], "factory", TODAY) is newer
    assert rules.standard_on([FIVE, newer], "factory", date(2020, 12, 31)) is FIVE
    assert rules.standard_on([FIVE, newer], "factory", date(2019, 12, 31)) is None


def test_without_a_standard_nobody_is_under_it_and_the_check_says_so() -> None:
    assert rules.alarm_of(of_2021(0, 0, 0), [], "home") is None
    workshop = Workshop(1, "home", "recognised", date(2021, 6, 1), months=tuple(of_2021(0, 0, 0)))
    assert [one.code for one in rules.check([workshop], [], TODAY)] == [rules.NO_STANDARD]


@given(st.lists(st.integers(0, 9), max_size=20), st.integers(1, 9), st.integers(1, 6))
def test_the_alarm_stands_just_while_the_last_months_are_all_under(
    told: list[int], least: int, needed: int
) -> None:
    standard = Standard("", least, Decimal(0), needed, 12, date(2019, 1, 1))
    codes = [one.code for one in Period.between(date(2020, 1, 1), date(2021, 8, 31), PeriodKind.MONTH)]
    months = [month(code, number) for code, number in zip(codes, told, strict=False)]
    found = rules.alarm_of(months[::-1], [standard], "home")
    raised = len(told) >= needed and all(number < least for number in told[-needed:])
    assert (found is not None and found.is_raised) is raised


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ([], "还没有已报的车间月报"),
        (of_2021(6, 4), "2021-08 吸纳脱贫人口 4 人，认定标准至少 5 人"),
        ([month("2021-08", 6, 14)], "意外险保费每人每月 14 元，认定标准至少 15 元"),
        ([month("2021-10", 6)], "还没有已报的车间月报"),
    ],
)
def test_what_hinders_recognition_is_told(months: list[Month], told: str) -> None:
    assert told in "".join(rules.unmet(months, [FIVE], "home", TODAY))


def test_what_meets_the_standard_can_be_recognised() -> None:
    assert rules.unmet(of_2021(4, 5), [FIVE], "home", TODAY) == []
    assert "没有这类车间的认定标准" in rules.unmet(of_2021(4, 5), [], "home", TODAY)[0]


def codes(workshop: Workshop) -> list[str]:
    return [one.code for one in rules.check([workshop], [FIVE], TODAY)]


def test_checks_name_what_is_wrong_with_a_workshop_at_work_alone() -> None:
    months = (month("2021-06", 4), month("2021-07", 4), month("2021-08", 4, 10))
    old = date(2020, 9, 1)
    hollow = Workshop(1, "home", "rectifying", old, date(2021, 9, 10), months, ())
    assert codes(hollow) == [
        rules.UNDER_STANDARD,
        rules.RECTIFICATION_OVERDUE,
        rules.PREMIUM_LOW,
        rules.MONTHS_MISSING,
        rules.REVIEW_DUE,
    ]
    for standing in ("applied", "cancelled"):
        assert codes(Workshop(1, "home", standing, old, None, months, ())) == []


@pytest.mark.parametrize(
    ("recognised_on", "missing"),
    [
        (date(2021, 6, 1), ["2021-06", "2021-07"]),
        (date(2021, 6, 30), ["2021-07"]),
        (date(2021, 9, 2), []),
        (None, []),
    ],
)
def test_whole_months_since_recognition_are_asked_for(recognised_on: date | None, missing: list[str]) -> None:
    workshop = Workshop(1, "home", "recognised", recognised_on, None, (month("2021-08", 6),))
    assert rules.missing_months(workshop, TODAY) == missing


@pytest.mark.parametrize(
    ("last", "is_due"), [(date(2020, 9, 23), True), (date(2020, 9, 24), False), (date(2021, 8, 1), False)]
)
def test_a_review_is_due_when_the_months_of_the_standard_are_over(last: date, is_due: bool) -> None:
    recognised_on = date(2019, 1, 1)
    months = tuple(
        month(one.code, 6) for one in Period.between(recognised_on, date(2021, 8, 31), PeriodKind.MONTH)
    )
    workshop = Workshop(1, "home", "recognised", recognised_on, None, months, (last,))
    assert (rules.REVIEW_DUE in codes(workshop)) is is_due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 40))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = rules.months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
