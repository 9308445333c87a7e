from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.appraisal.rules import exact, is_open, is_stale, placeholders, ranks

NUMBERS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)


@given(st.dictionaries(st.integers(), st.none() | NUMBERS))
def test_a_rank_is_one_more_than_the_number_of_better_units(values: dict[int, Decimal | None]) -> None:
    found = ranks(values)
    known = [value for value in values.values() if value is not None]
    assert set(found) == {key for key, value in values.items() if value is not None}
    for key, place in found.items():
        assert place == 1 + sum(other > (values[key] or 0) for other in known)


@given(NUMBERS, NUMBERS)
def test_a_figure_is_stale_exactly_when_its_value_is_another(before: Decimal, now: Decimal) -> None:
    assert is_stale(before, now) == (before != now)
    assert is_stale(before, None)


def test_a_figure_kept_for_a_reason_waits_again_once_its_value_moves_on() -> None:
    assert is_open(Decimal(10), Decimal(11), kept=None, kept_reason="")
    assert not is_open(Decimal(10), Decimal(11), kept=Decimal(11), kept_reason="口径一致")
    assert is_open(Decimal(10), Decimal(12), kept=Decimal(11), kept_reason="口径一致")


def test_a_ratio_is_compared_as_far_as_it_is_kept() -> None:
    third = Decimal(100) / 3
    assert not is_stale(exact(third), third)


def test_a_narrative_names_its_figures_in_braces() -> None:
    assert placeholders("就业{LAB-1}，完成{LAB-1.完成率}。{ 空 }") == ["LAB-1", "LAB-1.完成率"]
