from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.documents.numbers import (
    NumberUnreadable,
    format_number,
    in_base,
    in_unit,
    parse_number,
    parse_quantity,
    round_half_up,
)

DECIMALS = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=6)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0, None, "0"),
        (1284, None, "1,284"),
        (-1234567, None, "-1,234,567"),
        (Decimal("1234.50"), None, "1,234.50"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("-0.004"), 2, "0.00"),
        (Decimal("1E+3"), None, "1,000"),
        (7, 2, "7.00"),
        (None, 2, "—"),
    ],
)
def test_a_figure_is_printed_with_thousands_and_halves_rounded_up(value, decimals, shown):
    assert format_number(value, decimals=decimals) == shown


def test_a_signed_figure_shows_its_plus_but_nothing_has_no_sign():
    assert [format_number(value, signed=True) for value in (3, -3, 0)] == ["+3", "-3", "0"]


@pytest.mark.parametrize("value", [1.5, True, "3"])
def test_what_is_not_an_exact_number_is_refused(value):
    with pytest.raises(TypeError):
        format_number(value)


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+999999"), Decimal("1E-999999")]
)
def test_a_value_that_cannot_be_printed_is_refused(value):
    with pytest.raises(ValueError, match=r"范围|有限"):
        format_number(value)


@given(DECIMALS, st.integers(0, 6), st.booleans(), st.booleans())
def test_every_printed_figure_is_read_back_as_the_rounded_value(value, decimals, grouping, signed):
    shown = format_number(value, decimals=decimals, grouping=grouping, signed=signed)
    assert parse_number(shown) == round_half_up(value, decimals)


@given(DECIMALS, st.sampled_from(["万元", "亿元", "%", "人", ""]))
def test_changing_the_unit_and_back_loses_nothing(value, unit):
    assert in_base(in_unit(value, unit), unit) == value


def test_yuan_are_shown_in_ten_thousands_and_ratios_in_per_cent():
    assert in_unit(40_000_000, "万元") == 4000
    assert in_unit(Decimal("0.1025"), "%") == Decimal("10.25")


@pytest.mark.parametrize("text", ["", "1,28", "12,34,567", "1.2.3", "一百", "1e5", "1,284人", "--1", "."])
def test_what_is_no_printed_figure_is_refused(text):
    with pytest.raises(NumberUnreadable):
        parse_number(text)


def test_full_width_digits_are_read():
    assert parse_number("１，２８４．５０") == Decimal("1284.50")


def test_a_quantity_is_split_into_figure_and_unit():
    assert parse_quantity("4,000.00万元") == (Decimal("4000.00"), "万元")
    assert parse_quantity("12.5％") == (Decimal("12.5"), "%")
    assert parse_quantity("—") == (None, "")
