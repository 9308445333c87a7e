"""Quotas of units and of places are each held against what was agreed, with the sign of the difference."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.appraisal.agreed_rules import (
    BY_PLACE,
    BY_UNIT,
    DIFFERS,
    NOT_SPLIT,
    SHORT,
    Rolled,
    findings,
)


def rolled(own: int | None, units: list[int], places: list[int], *, is_share: bool = False) -> Rolled:
    quotas = {BY_UNIT: [Decimal(n) for n in units], BY_PLACE: [Decimal(n) for n in places]}
    return Rolled(Decimal(100), None if own is None else Decimal(own), quotas, is_share)


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (rolled(None, [], []), [(NOT_SPLIT, "", Decimal(-100))]),
        (rolled(100, [60, 40], []), []),
        (rolled(100, [60, 30], [70, 40]), [(SHORT, BY_UNIT, Decimal(-10))]),
        (rolled(90, [], [100]), [(DIFFERS, "", Decimal(-10))]),
        (rolled(100, [60, 50], []), []),
        (rolled(100, [5], [7], is_share=True), []),
    ],
)
def test_what_is_missing_is_found_and_more_than_agreed_is_not(one: Rolled, found: object) -> None:
    assert list(findings(one)) == found


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(0, 5000))
def test_the_difference_is_the_sum_less_what_was_agreed(quotas: list[int], agreed: int) -> None:
    one = Rolled(Decimal(agreed), None, {BY_UNIT: [Decimal(n) for n in quotas]})
    assert one.difference(BY_UNIT) == sum(quotas) - agreed
    assert any(code == SHORT for code, _way, _missing in findings(one)) is (sum(quotas) < agreed)
