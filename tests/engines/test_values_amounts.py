import itertools
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.values import AmountError, Change, percent, ratio, split_exactly, wan, yuan

cents = st.integers(-(10**15), 10**15)
amounts = cents.map(lambda number: Decimal(number).scaleb(-2))
weights = st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("given_value", "amount"),
    [
        (40_000_000, "40000000.00"),
        ("40,000,000", "40000000.00"),
        ("¥1,234.50元", "1234.50"),
        ("１２３．４５", "123.45"),
        ("4000万元", "40000000.00"),
        ("12.5万", "125000.00"),
        ("1.2345678901亿元", "123456789.01"),
        ("-0", "0.00"),
        ("−3.5", "-3.50"),
        (0.1, "0.10"),
        (1e3, "1000.00"),
        (Decimal("7.100"), "7.10"),
    ],
)
def test_amounts_are_read_exactly(given_value: int | float | str | Decimal, amount: str) -> None:
    assert str(yuan(given_value)) == amount


@pytest.mark.parametrize(
    "wrong",
    ["", "abc", "1,23", "1.005", 0.1 + 0.2, "1.2345678万", "1e3", "NaN", True, float("inf"), Decimal("sNaN"),
     "12元元", 10**16, "9" * 60, "1美元", None, [1]],
)  # fmt: skip
def test_what_is_no_exact_amount_is_refused_in_a_chinese_sentence(wrong: str) -> None:
    with pytest.raises(AmountError, match=r"。$"):
        yuan(wrong)


@given(cents)
def test_every_amount_survives_writing_and_reading(number: int) -> None:
    amount = Decimal(number).scaleb(-2)
    assert yuan(str(amount)) == yuan(f"{amount:,}元") == yuan(amount) == amount


@given(st.integers(-(10**11), 10**11))
def test_a_float_from_a_spreadsheet_keeps_the_cents_that_were_typed(number: int) -> None:
    assert yuan(number / 100) == Decimal(number).scaleb(-2)


@pytest.mark.parametrize(
    ("amount", "places", "shown"),
    [("40000000", 2, "4000.00"), ("50", 2, "0.01"), ("49.99", 2, "0.00"), ("-50", 2, "-0.01"),
     ("44860000", 0, "4486"), ("-49", 2, "0.00")],
)  # fmt: skip
def test_ten_thousands_are_shown_half_up(amount: str, places: int, shown: str) -> None:
    assert str(wan(Decimal(amount), places)) == shown


@given(amounts, st.integers(0, 6))
def test_ten_thousands_agree_with_decimal_rounding(amount: Decimal, places: int) -> None:
    assert wan(amount, places) == (amount / 10_000).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(amounts, weights)
def test_parts_sum_to_the_whole_and_stand_within_a_cent_of_their_share(
    total: Decimal, by: list[Decimal]
) -> None:
    parts = split_exactly(total, by)
    assert sum(parts) == total
    for part, weight in zip(parts, by, strict=True):
        share = Fraction(total) * Fraction(weight) / sum(map(Fraction, by))
        assert abs(Fraction(part) - share) < Fraction(1, 100)


@given(amounts, weights)
def test_nothing_weighs_nothing_and_more_weight_never_gets_less(total: Decimal, by: list[Decimal]) -> None:
    parts = split_exactly(abs(total), by)
    assert all(part == 0 for part, weight in zip(parts, by, strict=True) if weight == 0)
    ranked = sorted(zip(by, parts, strict=True), key=lambda pair: (pair[0], pair[1]))
    assert all(first[1] <= second[1] for first, second in itertools.pairwise(ranked))


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert split_exactly(Decimal(100), [1, 1, 1]) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))
    assert split_exactly(Decimal("-0.01"), [1, 1]) == (Decimal("-0.01"), Decimal("0"))


@pytest.mark.parametrize("by", [[], [0], [0, 0], [2, -1]])
def test_weights_that_share_nothing_are_refused(by: list[int]) -> None:
    with pytest.raises(AmountError, match="权重"):
        split_exactly(Decimal(1), by)


def test_parts_of_a_cent_are_not_split() -> None:
    with pytest.raises(AmountError, match="分"):
        split_exactly(Decimal("0.001"), [1])


def test_a_share_of_nothing_is_unknown() -> None:
    assert ratio(3, 0) is None
    assert percent(3, 0) is None
    assert ratio(1, 4) == Decimal("0.25")


def test_the_percentage_printed_follows_from_the_figures_printed() -> None:
    assert percent(Decimal("1.79"), Decimal("2.87")) == Decimal("62.4")
    assert percent(1, 3, 2) == Decimal("33.33")
    assert percent(-1, 2000) == Decimal("-0.1")


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(0, 4))
def test_percentages_are_rounded_once(part: int, whole: int, places: int) -> None:
    shown = percent(part, whole, places)
    assert shown is not None
    error = Fraction(shown) - Fraction(part * 100, whole)
    half = Fraction(1, 2 * 10**places)
    assert -half < error <= half


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        (1000, 1120, "▲12.0%"),
        (100, 97, "▼3.0%"),
        (5, 5, "持平"),
        (0, 120, "▲120"),
        (-10, -20, "▼10"),
        (0, 0, "持平"),
    ],
)
def test_a_change_reads_as_officials_write_it(before: int, after: int, label: str) -> None:
    assert Change(before, after).label == label


@given(amounts, amounts)
def test_a_change_adds_up(before: Decimal, after: Decimal) -> None:
    change = Change(before, after)
    assert change.before + change.difference == after
    assert (change.direction == "up") == (after > before)
    assert (change.direction == "same") == (after == before)
