"""The two books of a transfer lose no cent; a year's aid, its uses and leftovers are told by dated rules."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds import chain_rules, use_rules
from shanhai.domains.funds.chain_rules import Aid, Entry, Fit, Plan, match

DAY = date(2021, 6, 1)


def entry(key: str, voucher: str, amount: str, day: int) -> Entry:
    return Entry(key, voucher, Decimal(amount), DAY + timedelta(days=day))


@pytest.mark.parametrize(
    ("sent", "received", "fits"),
    [
        ([("YZ-1", "100.00", 0)], [("yz 1", "100.00", 3)], ["equal"]),
        ([("YZ-1", "100.00", 0)], [("YZ-1", "99.99", 3)], ["amount"]),
        ([("YZ-1", "100.00", 0)], [("GK-7", "100.00", 10)], ["likely"]),
        ([("YZ-1", "100.00", 0)], [("GK-7", "100.00", 11)], ["only_sent", "only_received"]),
        ([("YZ-1", "100.00", 0)], [("GK-7", "100.00", -1)], ["only_received", "only_sent"]),
        ([("", "5", 0)], [("", "6", 0)], ["only_sent", "only_received"]),
        # A voucher twice: the amount tells which is which.
        ([("A", "1", 0), ("A", "2", 1)], [("A", "2", 2), ("A", "1", 3)], ["equal", "equal"]),
    ],
)
def test_transfers_fit_by_voucher_then_by_amount_and_day(
    sent: list[Any], received: list[Any], fits: list[str]
) -> None:
    ours = [entry(f"s{place}", *one) for place, one in enumerate(sent)]
    theirs = [entry(f"r{place}", *one) for place, one in enumerate(received)]
    assert [one.fit.value for one in match(ours, theirs, 10)] == fits


ENTRIES = st.lists(
    st.builds(
        lambda voucher, cents, day: ("YZ-" + voucher, Decimal(cents) / 100, day),
        st.sampled_from("ABC"),
        st.integers(1, 400),
        st.integers(0, 20),
    ),
    max_size=8,
)


@given(ENTRIES, ENTRIES, st.integers(0, 15))
def test_every_entry_is_told_once_and_no_cent_is_lost(sent: Any, received: Any, transit: int) -> None:
    ours = [entry(f"s{n}", voucher, str(amount), day) for n, (voucher, amount, day) in enumerate(sent)]
    theirs = [entry(f"r{n}", voucher, str(amount), day) for n, (voucher, amount, day) in enumerate(received)]
    pairs = match(ours, theirs, transit)
    assert sorted(one.sent.id for one in pairs if one.sent) == sorted(one.id for one in ours)
    assert sorted(one.received.id for one in pairs if one.received) == sorted(one.id for one in theirs)
    total = sum((one.amount for one in theirs), Decimal(0)) - sum((one.amount for one in ours), Decimal(0))
    assert sum((one.difference for one in pairs), Decimal(0)) == total
    assert all(not one.difference for one in pairs if one.fit in {Fit.EQUAL, Fit.LIKELY})
    assert all((one.age(DAY) is None) == (one.fit is Fit.EQUAL) for one in pairs)


AID = Aid(2021, Decimal(100), Decimal(40), rows=("agreement",))
PASSED = date(2021, 5, 6)


def plan(amount: str, planned_on: date | None = None, sent: str = "0") -> Plan:
    return Plan(Decimal(amount), Decimal(sent), PASSED, planned_on)


@pytest.mark.parametrize(
    ("aid", "today", "codes"),
    [
        (replace(AID, plans=(plan("90"),)), PASSED, ["budget_short"]),  # from the day the budget is passed
        (replace(AID, plans=(plan("90"),)), PASSED - timedelta(days=1), []),
        (replace(AID, plans=(plan("100", date(2021, 12, 31)),)), PASSED, []),
        (replace(AID, plans=(plan("60"), plan("40", date(2022, 1, 1)))), PASSED, ["plan_short"]),
        (replace(AID, plans=(plan("60"), plan("40", date(2022, 1, 1), "40"))), PASSED, []),  # sent before
        (AID, date(2021, 10, 31), []),
        (AID, date(2021, 11, 1), ["year_end"]),  # sixty days before its end
        (AID, date(2022, 1, 1), ["year_over"]),
        (replace(AID, received=Decimal(100), plans=(plan("90"),)), date(2022, 1, 1), []),
    ],
)
def test_aid_below_the_agreement_is_told_from_the_day_it_can_be_known(
    aid: Aid, today: date, codes: list[str]
) -> None:
    assert [one.code for one in chain_rules.check_aid([aid], 60, today)] == codes


@pytest.mark.parametrize(
    ("industry", "management", "codes"),
    [
        ("55", "1", []),
        ("54.99", "1", ["industry_low"]),
        ("55", "1.01", ["management_high"]),
    ],
)
def test_uses_are_held_against_floor_and_cap(industry: str, management: str, codes: list[str]) -> None:
    rest = Decimal(100) - Decimal(industry) - Decimal(management)
    by_use = {"industry": Decimal(industry), "management": Decimal(management), "village": rest}
    year = use_rules.Uses(2021, by_use, ("document",))
    assert [one.code for one in use_rules.check_uses([year], Decimal(55), Decimal(1))] == codes


@pytest.mark.parametrize(
    ("returned", "today", "is_due"),
    [
        ("0", date(2023, 2, 27), False),
        ("0", date(2023, 2, 28), True),  # two years after the last of a leap February
        ("40", date(2023, 2, 28), False),
    ],
)
def test_what_lies_unspent_for_two_years_is_to_be_returned(returned: str, today: date, is_due: bool) -> None:
    line = use_rules.Line("line", Decimal(100), Decimal(60), Decimal(returned), date(2021, 2, 28))
    assert bool(list(use_rules.check_lines([line], 24, today))) is is_due


def test_the_end_of_a_month_stays_one() -> None:
    assert use_rules.months_after(date(2020, 2, 29), 12) == date(2021, 2, 28)
    assert use_rules.months_after(date(2021, 11, 30), 3) == date(2022, 2, 28)


@given(st.integers(0, 10**7), st.lists(st.integers(1, 10**6), min_size=1, max_size=5))
def test_what_a_project_paid_is_split_over_its_sources_to_the_cent(paid: int, amounts: list[int]) -> None:
    shares = [use_rules.Share(place, Decimal(one) / 100) for place, one in enumerate(amounts)]
    spent = use_rules.spent_by_line([(Decimal(paid) / 100, shares)])
    assert sum(spent.values()) == min(Decimal(paid), Decimal(sum(amounts))) / 100
    assert all(spent[one.line] <= one.amount for one in shares)
