"""Rules over funds: pure, exact, no database."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds import rules
from shanhai.domains.funds.rules import Bar, Work, Year

TODAY = date(2021, 9, 24)
TOLERANCE, SHARE = Decimal(20), Decimal(80)
BARS = [Bar(2021, month, Decimal(percent)) for month, percent in ((3, 25), (6, 50), (9, 75), (12, 100))]
cents = st.integers(0, 10**12).map(lambda number: Decimal(number).scaleb(-2))


def work(budget: str = "1000000", paid: str = "0", progress: str = "50", **values: object) -> Work:
    return Work(1, "项目", Decimal(budget), Decimal(paid), Decimal(progress), **values)  # type: ignore[arg-type]


def codes(one: Work) -> list[str]:
    return [finding.code for finding in rules.check_works([one], TOLERANCE, TODAY)]


@pytest.mark.parametrize(
    ("paid", "expected"),
    [("699999.99", []), ("700000", []), ("700000.01", ["paid_ahead"]), ("1000000.01", ["overpaid"])],
)
def test_payment_may_run_ahead_of_the_work_by_the_tolerance_and_not_a_cent_more(
    paid: str, expected: list[str]
) -> None:
    assert codes(work(paid=paid)) == expected


def test_paying_the_whole_budget_of_a_finished_project_is_right() -> None:
    assert codes(work(paid="1000000", progress="100")) == []


def test_an_overpaid_project_says_by_how_much() -> None:
    found = list(rules.check_works([work(paid="1040000", progress="100")], TOLERANCE, TODAY))
    assert found[0].sentence == "已拨付 104.00 万元，批复预算 100.00 万元，多拨 4.00 万元。"


@pytest.mark.parametrize(
    ("end", "progress", "is_open", "expected"),
    [
        (date(2021, 9, 23), "99.99", True, ["overdue"]),
        (date(2021, 9, 24), "50", True, []),
        (date(2021, 9, 23), "100", True, []),
        (date(2021, 9, 23), "50", False, []),
    ],
)
def test_only_an_open_unfinished_project_past_its_day_is_overdue(
    end: date, progress: str, is_open: bool, expected: list[str]
) -> None:
    assert codes(work(progress=progress, planned_end_on=end, is_open=is_open)) == expected


def test_without_a_tolerance_in_force_only_the_budget_is_held() -> None:
    found = rules.check_works([work(paid="900000", progress="0")], None, TODAY)
    assert not list(found)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 3, 30), None),
        (date(2021, 3, 31), 3),
        (date(2021, 9, 24), 6),
        (date(2021, 9, 30), 9),
        (date(2021, 12, 31), 12),
        (date(2022, 1, 1), None),
    ],
)
def test_a_bar_holds_from_the_last_day_of_its_month(day: date, expected: int | None) -> None:
    bar = rules.bar_in_force(BARS, day)
    assert (bar and bar.month) == expected


def year(agreed: str, received: str, budgeted: str, paid: str, number: int = 2021) -> list[str]:
    one = Year(number, Decimal(agreed), Decimal(received), Decimal(budgeted), Decimal(paid), (1,))
    return [finding.code for finding in rules.check_years([one], BARS, SHARE, TODAY)]


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (("100", "100", "100", "40"), []),
        (("100", "99.99", "0", "40"), ["shortfall"]),
        (("100", "120", "120.01", "60"), ["over_budgeted"]),
        (("100", "100", "100", "39.99"), ["below_bar"]),
        (("100", "0", "0", "0"), ["shortfall"]),
    ],
)
def test_a_year_is_held_against_agreement_receipts_and_bar(
    money: tuple[str, str, str, str], expected: list[str]
) -> None:
    assert year(*money) == expected


def test_the_bar_of_this_year_says_nothing_about_another() -> None:
    assert year("100", "100", "0", "0", 2020) == []


@given(cents, cents)
def test_shortfall_and_what_came_make_up_the_agreement_or_more(agreed: Decimal, received: Decimal) -> None:
    missing = rules.shortfall(agreed, received)
    assert missing >= 0
    assert missing + received == max(agreed, received)


@given(cents.filter(bool), cents, st.integers(0, 10_000), st.integers(0, 10_000))
def test_ahead_is_what_exact_fractions_say(
    budget: Decimal, paid: Decimal, progress: int, tolerance: int
) -> None:
    percent, points = Decimal(progress).scaleb(-2), Decimal(tolerance).scaleb(-2)
    exact = Fraction(paid) / Fraction(budget) * 100 - Fraction(percent) > Fraction(points)
    assert rules.is_ahead(budget, paid, percent, points) is exact


@given(cents.filter(bool), cents, st.integers(0, 100), st.integers(1, 100))
def test_below_the_bar_is_what_exact_fractions_say(
    received: Decimal, paid: Decimal, bar: int, share: int
) -> None:
    exact = Fraction(paid) / Fraction(received) * 100 < Fraction(bar * share, 100)
    assert rules.is_below_bar(received, paid, Decimal(bar), Decimal(share)) is exact
