"""What a year must bring: missing is told in the notice before and certain from the first day of the next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.governance.rules import (
    HEADS_STAYED,
    NO_MEETING,
    UNSIGNED,
    Meeting,
    Visit,
    Year,
    check_year,
)

LIMITS = {"head_visits": 1, "county_meetings": 1, "sign_days": 30, "notice_days": 120}
HEAD = Visit(1, date(2021, 4, 1), "secretary", is_in_person=True)
MET = Meeting(2, "第一次", date(2021, 5, 1), is_county=True, is_signed=True)


def visit(rank: str, day: date, *, is_in_person: bool = True) -> tuple[Visit, ...]:
    return (Visit(1, day, rank, is_in_person),)


def meeting(*, is_county: bool = True, is_signed: bool = True) -> tuple[Meeting, ...]:
    return (Meeting(2, "", date(2021, 5, 1), is_county, is_signed),)


def year(*, visits: tuple[Visit, ...] = (HEAD,), meetings: tuple[Meeting, ...] = (MET,)) -> Year:
    return Year(2021, visits, meetings, LIMITS)


@pytest.mark.parametrize(
    ("found", "today", "codes"),
    [
        (year(), date(2022, 3, 1), []),
        (year(visits=()), date(2021, 9, 2), []),  # the notice begins on 3 September
        (year(visits=()), date(2021, 9, 3), [HEADS_STAYED]),
        (year(visits=(), meetings=()), date(2022, 1, 1), [HEADS_STAYED, NO_MEETING]),
        (year(visits=visit("deputy", date(2021, 4, 1))), date(2021, 12, 1), [HEADS_STAYED]),
        (
            year(visits=visit("governor", date(2021, 4, 1), is_in_person=False)),
            date(2021, 12, 1),
            [HEADS_STAYED],
        ),
        (year(visits=visit("governor", date(2020, 4, 1))), date(2021, 12, 1), [HEADS_STAYED]),
        (year(meetings=meeting(is_county=False)), date(2021, 12, 1), [NO_MEETING]),
        (year(meetings=meeting(is_signed=False)), date(2021, 5, 31), []),
        (year(meetings=meeting(is_signed=False)), date(2021, 6, 1), [UNSIGNED]),
    ],
)
def test_what_a_year_lacks(found: Year, today: date, codes: list[str]) -> None:
    assert [one.code for one in check_year(found, today)] == codes


def test_a_finding_names_the_day_from_which_it_is_certain() -> None:
    before, after = (next(check_year(year(visits=()), day)) for day in (date(2021, 12, 31), date(2022, 1, 1)))
    assert "2022-01-01 起成为未达到，还有 1 天" in before.sentence
    assert "2022-01-01 起已成定局" in after.sentence


def test_without_a_rule_nothing_is_asked() -> None:
    assert not list(check_year(Year(2021, (), (), {}), date(2022, 1, 1)))


@given(st.integers(0, 4), st.integers(0, 4), st.integers(-400, 400))
def test_enough_visits_are_never_found_and_too_few_always_are_when_the_year_is_over(
    number: int, least: int, after: int
) -> None:
    visits = tuple(HEAD for _ in range(number))
    today = date(2022, 1, 1) + timedelta(days=after)
    found = [one.code for one in check_year(Year(2021, visits, (), {"head_visits": least}), today)]
    assert found == ([HEADS_STAYED] if number < least and after >= 0 else [])
