"""Rules over orders, wishes and weights, by tables and by inequalities that hold for every input."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.labour.matching_rules import (
    AGE_BANDS,
    Dated,
    age_band,
    age_on,
    fairness,
    in_force,
    share,
    split_names,
    unknown_names,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("叉车操作", ("叉车操作",)),
        ("叉车操作、电工", ("叉车操作", "电工")),
        (" 叉车操作 ， 电工;叉车操作", ("叉车操作", "电工")),
        ("、、", ()),
    ],
)
def test_names_are_split_at_every_mark_people_use(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


def test_only_names_that_the_list_lacks_are_told() -> None:
    assert unknown_names("电工、叉车正", ["电工", "叉车证"]) == ("叉车正",)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 9, 24), date(2021, 9, 24), 21),
        (date(2000, 9, 25), date(2021, 9, 24), 20),
        (date(2000, 2, 29), date(2021, 2, 28), 20),
        (date(2000, 2, 29), date(2021, 3, 1), 21),
    ],
)
def test_an_age_counts_full_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_of_weights_the_latest_in_force_holds_and_two_of_one_day_are_named() -> None:
    old = Dated("A", "wage", 10, date(2021, 1, 1))
    new = Dated("B", "wage", 20, date(2021, 6, 1))
    over = Dated("C", "skill", 5, date(2020, 1, 1), date(2020, 12, 31))
    assert in_force([new, old, over], date(2021, 9, 1)) == ({"wage": 20}, [])
    assert in_force([new, old, over], date(2021, 5, 31)) == ({"wage": 10}, [])
    rival = Dated("D", "wage", 30, date(2021, 6, 1))
    assert in_force([new, rival], date(2021, 9, 1))[1] == [("B", "D")]
    later = Dated("E", "wage", 40, date(2021, 7, 1))
    assert in_force([new, rival, later], date(2021, 9, 1)) == ({"wage": 40}, [])


@given(st.integers(16, 90))
def test_every_age_is_in_one_band(age: int) -> None:
    found = age_band(age)
    assert found <= age
    assert all(first <= found or first > age for first in AGE_BANDS)


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.none() | st.integers(0, 100)), max_size=30
    )
)
def test_every_split_of_the_fairness_report_sums_to_all(rows: list[Any]) -> None:
    points = [None if one[2] is None else Decimal(one[2]) for one in rows]
    found = fairness({"sex": [one[0] for one in rows], "town": [one[1] for one in rows]}, points)
    for split in ("sex", "town"):
        own = [one for one in found if one.split == split]
        assert sum(one.workers for one in own) == len(rows)
        assert sum(one.matched for one in own) == sum(point is not None for point in points)


def test_a_share_of_nothing_is_none() -> None:
    assert share(0, 0) is None
    assert share(1, 3) == Decimal("33.3")


def test_a_weight_holds_on_its_first_and_last_day() -> None:
    row = Dated("A", "wage", 1, date(2021, 1, 1), date(2021, 1, 31))
    days = [row.valid_from - timedelta(1), row.valid_from, date(2021, 1, 31), date(2021, 2, 1)]
    assert [row.holds_on(day) for day in days] == [False, True, True, False]
