"""Bills away from home: the worked example of the field, its variants, and what holds of every claim."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.engines.settlement import (
    FUNDS,
    NOTHING_YET,
    WHOLE,
    Accumulators,
    Band,
    Claim,
    Claims,
    Favour,
    Fund,
    Layer,
    Rounding,
    Rules,
    Settled,
    SettlementError,
    settle,
    settle_all,
    settle_in_turn,
)

ORDINARY, POOR, DESTITUTE = range(3)
LONG_TERM, REFERRED, TEMPORARY = range(3)
POOL = Layer(Fund.POOL, 1_500_00, (Band(None, 6000),), cap=250_000_00, is_cut=True)
SERIOUS = Layer(Fund.SERIOUS, 7_000_00, (Band(None, 6000),), cap=300_000_00, is_yearly=True)
ASSISTANCE = Layer(Fund.ASSISTANCE, 2_000_00, (Band(None, 6000),), cap=50_000_00)
EXAMPLE = Rules(
    (POOL, SERIOUS, ASSISTANCE),
    (
        Favour(POOR, Fund.SERIOUS, line=5000, points=500, is_uncapped=True),
        Favour(DESTITUTE, Fund.SERIOUS, line=5000, points=500, is_uncapped=True),
        Favour(DESTITUTE, Fund.ASSISTANCE, line=0, points=4000),
    ),
    cuts=(0, 1000, 2000),
)
BILL = Claim(42_000_00, own_pay=3_200_00, over_price=300_00, pre_pay=2_500_00)


def yuan(settled: Settled) -> tuple[list[float], float]:
    return [one / 100 for one in settled.paid], settled.patient / 100


def test_the_worked_example_of_the_field() -> None:
    settled = settle(BILL, EXAMPLE)
    assert yuan(settled) == ([20_700, 4_980, 4_992], 11_328)
    assert [step.left for step in settled.steps] == [15_300_00, 10_320_00, 5_328_00]
    assert settled.deductible == 1_500_00


@pytest.mark.parametrize(
    ("changed", "funds", "patient"),
    [
        # 20 points less from the pool: 34,500 x 0.4, and the next layers grow
        ({"manner": TEMPORARY}, [13_800, 9_120, 6_648], 12_432),
        ({"manner": REFERRED}, [17_250, 7_050, 5_820], 11_880),
        # line 3,500 and 65 per cent: (15,300 - 3,500) x 0.65
        ({"category": POOR}, [20_700, 7_670, 3_378], 10_252),
        # no line and everything that is left in scope
        ({"category": DESTITUTE}, [20_700, 7_670, 7_630], 6_000),
        ({"total": 7_000_00}, [0, 0, 0], 7_000),
    ],
)
def test_variants(changed: dict[str, int], funds: list[float], patient: float) -> None:
    settled = settle(replace(BILL, **changed), EXAMPLE)
    assert yuan(settled) == (funds, patient)


def test_layers_follow_the_order_that_the_rules_give() -> None:
    turned = replace(EXAMPLE, layers=(POOL, ASSISTANCE, SERIOUS))
    # (15,300 - 2,000) x 0.6 = 7,980; left 7,320, (7,320 - 7,000) x 0.6 = 192
    assert yuan(settle(BILL, turned))[0] == [20_700, 192, 7_980]


def test_the_yearly_line_is_taken_once_and_caps_hold_over_the_year() -> None:
    first, second = settle_in_turn([(BILL, EXAMPLE), (BILL, EXAMPLE)])
    assert second.steps[1].over == second.steps[1].base == 15_300_00
    assert second.paid[Fund.SERIOUS] == 9_180_00
    tight = replace(EXAMPLE, layers=(replace(POOL, cap=30_000_00), SERIOUS, ASSISTANCE))
    _first, capped = settle_in_turn([(BILL, tight), (BILL, tight)])
    assert capped.steps[0].computed == 20_700_00 and capped.steps[0].room == 9_300_00
    assert capped.paid[Fund.POOL] == 9_300_00
    assert first.before == NOTHING_YET


def test_a_line_may_be_lower_from_the_second_claim_of_the_year() -> None:
    halved = replace(EXAMPLE, layers=(replace(POOL, again=5000), SERIOUS, ASSISTANCE))
    _first, second = settle_in_turn([(BILL, halved), (BILL, halved)])
    assert second.deductible == 750_00


def test_bands_are_crossed_and_run_on_over_the_year() -> None:
    banded = replace(SERIOUS, line=0, bands=(Band(10_000_00, 5000), Band(20_000_00, 6000), Band(None, 7000)))
    rules = Rules((banded,))
    bill = Claim(15_000_00)
    first, second = settle_in_turn([(bill, rules), (bill, rules)])
    assert [(part.amount, part.share) for part in first.steps[0].parts] == [
        (10_000_00, 5000),
        (5_000_00, 6000),
    ]
    assert [(part.amount, part.share) for part in second.steps[0].parts] == [
        (5_000_00, 6000),
        (10_000_00, 7000),
    ]


@pytest.mark.parametrize(("rounding", "paid"), [(Rounding.HALF_UP, 1), (Rounding.DOWN, 0), (Rounding.UP, 1)])
def test_half_a_fen_goes_where_the_rules_say(rounding: Rounding, paid: int) -> None:
    rules = Rules((Layer(Fund.POOL, 0, (Band(None, 5000),), rounding=rounding),))
    assert settle(Claim(1), rules).paid[Fund.POOL] == paid


def test_the_account_pays_before_cash_and_never_more_than_the_patients_part() -> None:
    assert settle(replace(BILL, account=1_000_00), EXAMPLE).cash == 10_328_00
    settled = settle(replace(BILL, account=99_999_00), EXAMPLE)
    assert (settled.account, settled.cash) == (11_328_00, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Claim(100, own_pay=101),
        lambda: Claim(-1),
        lambda: Layer(Fund.POOL, 0, ()),
        lambda: Layer(Fund.POOL, 0, (Band(5, 1), Band(5, 1), Band(None, 1))),
        lambda: Layer(Fund.POOL, 0, (Band(None, WHOLE + 1),)),
        lambda: Rules((POOL, POOL)),
        lambda: settle(Claim(100, manner=7), EXAMPLE),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong: Any) -> None:
    with pytest.raises(SettlementError, match=r"。$"):
        wrong()


# --- whatever the rules -------------------------------------------------------------------------------

shares = st.integers(0, WHOLE)
amounts = st.integers(0, 60_000_00)


@st.composite
def layers(draw: Any, fund: Fund) -> Layer:
    ends = sorted(draw(st.sets(st.integers(1, 40_000_00), max_size=2)))
    return Layer(
        fund,
        draw(st.integers(0, 20_000_00)),
        (*(Band(end, draw(shares)) for end in ends), Band(None, draw(shares))),
        cap=draw(st.none() | st.integers(0, 50_000_00)),
        is_yearly=draw(st.booleans()),
        again=draw(shares),
        is_cut=draw(st.booleans()),
        rounding=draw(st.sampled_from(Rounding)),
    )


@st.composite
def rules(draw: Any) -> Rules:
    order = draw(st.permutations(list(Fund)))[: draw(st.integers(1, FUNDS))]
    favours = draw(st.sets(st.tuples(st.integers(0, 2), st.sampled_from(Fund)), max_size=4))
    return Rules(
        tuple(draw(layers(fund)) for fund in order),
        tuple(
            Favour(category, fund, draw(shares), draw(st.integers(0, 4000)), draw(st.booleans()))
            for category, fund in sorted(favours)
        ),
        cuts=(0, draw(st.integers(0, 2000)), draw(st.integers(0, 9000))),
    )


@st.composite
def bills(draw: Any) -> Claim:
    parts = [draw(amounts) for _ in range(4)]
    return Claim(
        sum(parts),
        *parts[:3],
        draw(st.integers(0, 2)),
        draw(st.integers(0, 2)),
        draw(st.integers(0, 5_000_00)),
    )


@given(rules(), st.lists(bills(), min_size=1, max_size=5), amounts, st.integers(0, 3))
@settings(max_examples=60)
def test_a_dearer_bill_never_costs_the_patient_less(
    held: Rules, claims: list[Claim], more: int, which: int
) -> None:
    *_before, last = settle_in_turn([(claim, held) for claim in claims])
    part = ("in_scope", "own_pay", "over_price", "pre_pay")[which]
    dearer = replace(last.claim, total=last.claim.total + more)
    if part != "in_scope":
        dearer = replace(dearer, **{part: getattr(dearer, part) + more})
    assert settle(dearer, held, last.before).patient >= last.patient
    assert last.patient + last.fund_total == last.claim.total


@given(rules(), st.lists(bills(), min_size=1, max_size=6))
@settings(max_examples=40)
def test_reversal_restores_the_accumulators(held: Rules, claims: list[Claim]) -> None:
    for settled in settle_in_turn([(claim, held) for claim in claims]):
        assert settled.after.minus(settled.counted, settled.paid) == settled.before


@given(
    st.lists(rules(), min_size=1, max_size=3),
    st.lists(st.tuples(bills(), amounts, amounts), min_size=1, max_size=25),
)
@settings(max_examples=60)
def test_a_million_at_once_are_what_each_is_by_itself(plans: list[Rules], drawn: list[Any]) -> None:
    """Persons, years and orders overlap; equal orders keep the order of arrival."""
    rows = [(claim, a % 3, 2020 + b % 2, (a + b) % 4, (a + 7 * b) % len(plans)) for claim, a, b in drawn]
    outcome = settle_all(columns(rows), plans)
    years: dict[tuple[int, int], Accumulators] = {}
    for row in sorted(range(len(rows)), key=lambda row: rows[row][3]):
        claim, person, year, _order, plan = rows[row]
        settled = settle(claim, plans[plan], years.get((person, year), NOTHING_YET))
        years[person, year] = settled.after
        assert tuple(outcome.paid[:, row]) == settled.paid
        assert outcome.in_scope[row] == claim.in_scope and outcome.deductible[row] == settled.deductible
        assert (outcome.account[row], outcome.cash[row]) == (settled.account, settled.cash)
    for (person, year), after in years.items():
        kept = outcome.years[person, year - outcome.first_year]
        assert tuple(kept) == (*after.counted, *after.paid, after.claims)


def columns(rows: list[Any]) -> Claims:
    claims, person, year, order, plan = zip(*rows, strict=True)

    def of(name: str) -> Any:
        return np.array([getattr(claim, name) for claim in claims], np.int64)

    numbers = (np.array(one, np.int64) for one in (person, year, order, plan))
    names = ("category", "manner", "total", "own_pay", "over_price", "pre_pay", "account")
    return Claims(*numbers, *(of(name) for name in names))


def test_a_row_that_cannot_be_settled_is_named() -> None:
    good = columns([(BILL, 0, 2021, 0, 0), (BILL, 0, 2021, 1, 0)])
    with pytest.raises(SettlementError, match="第 2 行"):
        settle_all(replace(good, own_pay=np.array([0, 99_999_00], np.int64)), [EXAMPLE])


def test_no_claims_are_settled_as_well() -> None:
    none = columns([(BILL, 0, 2021, 0, 0)])
    empty = Claims(*(getattr(none, name)[:0] for name in none.__dataclass_fields__))
    assert len(settle_all(empty, [EXAMPLE]).cash) == 0
