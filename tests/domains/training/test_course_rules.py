"""Who counts at which step, who found work in time, which number comes next."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.training.rules import courses as rules
from shanhai.domains.training.rules.courses import Cohort, Funnel, Spell, Trained
from shanhai.domains.training.rules.workshops import months_later

END = date(2021, 5, 21)
SIXTY = Decimal(60)


@pytest.mark.parametrize(
    ("started_on", "ended_on", "soon", "later"),
    [
        (date(2021, 5, 22), None, True, True),
        (date(2021, 8, 21), None, True, True),
        (date(2021, 8, 22), None, False, True),
        (date(2021, 11, 21), None, False, True),
        (date(2021, 11, 22), None, False, False),
        (date(2021, 1, 1), None, True, True),  # kept the work they had
        (date(2021, 1, 1), END, False, False),  # left on the last day of the course
        (date(2021, 1, 1), END + timedelta(days=1), True, True),
    ],
)
def test_work_after_the_course_and_within_the_months(
    started_on: date, ended_on: date | None, soon: bool, later: bool
) -> None:
    spells = [Spell(started_on, ended_on)]
    assert rules.is_employed_within(spells, END, rules.SOON) is soon
    assert rules.is_employed_within(spells, END, rules.LATER) is later


def cohort() -> Cohort:
    return Cohort(
        END,
        (
            Trained(1, 5, (Decimal(55), Decimal(86)), True, (Spell(date(2021, 6, 1)),)),
            Trained(2, 4, (Decimal("59.99"),)),
            Trained(3, 1, (), False, (Spell(date(2021, 10, 1)),)),
            Trained(4),
        ),
    )


@pytest.mark.parametrize(
    ("today", "soon", "later"),
    [
        (date(2021, 8, 20), None, None),
        (date(2021, 8, 21), 1, None),
        (date(2021, 11, 21), 1, 2),
    ],
)
def test_the_steps_of_a_class_and_none_before_its_months_are_over(
    today: date, soon: int | None, later: int | None
) -> None:
    assert rules.funnel(cohort(), SIXTY, today) == Funnel(4, 3, 2, 1, 1, soon, later)


def test_together_is_the_sum_and_unknown_where_one_is() -> None:
    known = Funnel(4, 3, 2, 1, 1, 1, 2)
    assert rules.together([known, known]) == Funnel(8, 6, 4, 2, 2, 2, 4)
    assert rules.together([known, Funnel(1, 1, 1, 1, 1, 0, None)]) == Funnel(5, 4, 3, 2, 2, 1, None)
    assert rules.together([]) == Funnel(0, 0, 0, 0, 0, 0, 0)


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(-400, 400), st.integers(0, 400))
def test_who_is_in_work_soon_is_in_work_later(end: date, start: int, length: int) -> None:
    started_on = end + timedelta(days=start)
    spells = [Spell(started_on, started_on + timedelta(days=length))]
    assert rules.is_employed_within(spells, end, 3) <= rules.is_employed_within(spells, end, 6)
    if rules.is_employed_within(spells, end, 6):
        assert started_on <= months_later(end, 6)
        assert started_on + timedelta(days=length) > end


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(1, 3, "33.3"), (2, 3, "66.7"), (0, 3, "0.0"), (None, 3, None), (0, 0, None)]
)
def test_a_share_is_recomputed_and_none_of_nobody(part: int | None, whole: int, share: str | None) -> None:
    assert rules.share(part, whole) == (Decimal(share) if share else None)


@pytest.mark.parametrize(
    ("taken", "number"),
    [([], 1), (["A-0001", "A-0007"], 8), (["B-0009", "A-0001"], 2), (["A-x", "A-0002-1"], 1)],
)
def test_numbers_run_on_within_the_class(taken: list[str], number: int) -> None:
    assert rules.next_number("A", taken) == number


@pytest.mark.parametrize(
    ("typed", "is_same"),
    [
        ("AB23CD45", True),
        (" ab23 cd45", True),
        ("AB23-CD45", True),
        ("AB23CD44", False),
        ("", False),
        ("演示", False),
    ],
)
def test_a_check_code_is_read_as_people_type_it(typed: str, is_same: bool) -> None:
    assert rules.is_same_code("AB23CD45", typed) is is_same


@pytest.mark.parametrize(
    ("until", "revoked", "standing"),
    [
        (None, None, "valid"),
        (date(2021, 9, 24), None, "valid"),
        (date(2021, 9, 23), None, "expired"),
        (date(2021, 9, 23), date(2021, 9, 1), "revoked"),
    ],
)
def test_how_a_certificate_stands(until: date | None, revoked: date | None, standing: str) -> None:
    assert rules.standing_of(until, revoked, date(2021, 9, 24)) == standing
