"""Points: a table for each kind of rule, and what holds of every scheme."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.scoring import Item, Kind, Reading, Scheme, Standing, Step, score
from shanhai.engines.scoring.scoring import line_of

STEPS = (Step(D(60), D(3)), Step(D(80), D(6)), Step(D(95), D(10)))
DOWN = (Step(D(30), D(2)), Step(D(10), D(8)))
PLACES = (Step(D(1), D(10)), Step(D(3), D(7)), Step(D(10), D(4)))
GRADES = (Step("好", D(10)), Step("一般", D(5)))


@pytest.mark.parametrize(
    ("item", "reading", "points", "standing"),
    [
        (Item(1, Kind.TARGET, D(30)), Reading(D(2), D(3)), "20.00", "counted"),
        (Item(1, Kind.TARGET, D(10)), Reading(D(1), D(3)), "3.33", "counted"),
        (Item(1, Kind.TARGET, D(30)), Reading(D(4), D(3)), "30.00", "counted"),
        (Item(1, Kind.TARGET, D(30), aim=D(8)), Reading(D(4), D(3)), "15.00", "counted"),
        (Item(1, Kind.TARGET, D(30)), Reading(D(4)), "0.00", "no_target"),
        (Item(1, Kind.TARGET, D(30)), Reading(D(4), D(0)), "0.00", "no_target"),
        (Item(1, Kind.TARGET, D(30)), Reading(None, D(3)), "0.00", "no_figure"),
        (Item(1, Kind.TARGET, D(30), is_down=True), Reading(D(4), D(2)), "15.00", "counted"),
        (Item(1, Kind.TARGET, D(30), is_down=True), Reading(D(0), D(0)), "30.00", "counted"),
        (Item(1, Kind.TARGET, D(30), needs_evidence=True), Reading(D(3), D(3), False), "0.00", "no_evidence"),
        (Item(1, Kind.STEPS, D(10), steps=STEPS), Reading(D("79.99")), "3.00", "counted"),
        (Item(1, Kind.STEPS, D(10), steps=STEPS), Reading(D(95)), "10.00", "counted"),
        (Item(1, Kind.STEPS, D(10), steps=STEPS), Reading(D(59)), "0.00", "counted"),
        (Item(1, Kind.STEPS, D(8), steps=DOWN, is_down=True), Reading(D(10)), "8.00", "counted"),
        (Item(1, Kind.STEPS, D(8), steps=DOWN, is_down=True), Reading(D(31)), "0.00", "counted"),
        (Item(1, Kind.GRADE, D(10), steps=GRADES), Reading(grade="一般"), "5.00", "counted"),
        (Item(1, Kind.GRADE, D(10), steps=GRADES), Reading(grade=""), "0.00", "not_graded"),
        (Item(1, Kind.DEDUCTION, each=D("1.5"), most=D(5)), Reading(D(3)), "-4.50", "counted"),
        (Item(1, Kind.DEDUCTION, each=D("1.5"), most=D(5)), Reading(D(9), None, False), "-5.00", "counted"),
        (Item(1, Kind.DEDUCTION, each=D("1.5"), most=D(5)), Reading(), "0.00", "not_met"),
        (Item(1, Kind.BONUS, each=D(1), most=D(5)), Reading(D(9)), "5.00", "counted"),
        (
            Item(1, Kind.BONUS, each=D(1), most=D(5), needs_evidence=True),
            Reading(D(9), None, False),
            "0.00",
            "no_evidence",
        ),
        (Item(1, Kind.TARGET, D(30)), Reading(D(2), D(3), ruled=D(25)), "25.00", "ruled"),
    ],
)  # fmt: skip
def test_what_a_reading_is_worth(item: Item, reading: Reading, points: str, standing: str) -> None:
    line = line_of(item, reading)
    assert (str(line.points), line.standing) == (points, standing)


def test_equal_figures_share_a_place_and_the_next_is_skipped() -> None:
    scheme = Scheme([Item(1, Kind.RANK, D(10), steps=PLACES)])
    figures = {"a": D(9), "b": D(7), "c": D(7), "d": D(5), "e": None}
    found = {one.subject: one for one in score(scheme, {who: {1: Reading(v)} for who, v in figures.items()})}
    assert {who: str(one.total) for who, one in found.items()} == {
        "a": "10.00", "b": "7.00", "c": "7.00", "d": "4.00", "e": "0.00",
    }  # fmt: skip
    assert [found[who].place for who in "abcde"] == [1, 2, 2, 4, 5]


def test_a_veto_caps_the_total_and_says_so_in_a_line_and_no_total_is_below_nought() -> None:
    veto = Item(2, Kind.VETO, aim=D(1), most=D(59))
    less = Item(3, Kind.DEDUCTION, each=D(1), most=D(200))
    scheme = Scheme([Item(1, Kind.TARGET, D(100)), veto, less], grades=(Step("好", D(90)), Step("差", D(0))))
    readings = {
        "good": {1: Reading(D(1), D(1))},
        "caught": {1: Reading(D(1), D(1)), 2: Reading(D(1))},
        "sunk": {1: Reading(D(1), D(1)), 3: Reading(D(150))},
    }
    good, caught, sunk = score(scheme, readings)
    assert [str(one.total) for one in (good, caught, sunk)] == ["100.00", "59.00", "0.00"]
    assert [one.grade for one in (good, caught, sunk)] == ["好", "差", "差"]
    assert str(caught.lines[-1].points) == "-41.00"
    assert str(sunk.lines[-1].points) == "50.00"


AMOUNTS = st.decimals(0, 500, places=2)
POINTS = st.decimals(0, 40, places=1)
MARKS = st.lists(st.tuples(AMOUNTS, POINTS), min_size=1, max_size=4).map(
    lambda pairs: tuple(
        Step(mark, points)
        for mark, points in zip(sorted(m for m, _ in pairs), sorted(p for _, p in pairs), strict=True)
    )
)
RISING = st.one_of(
    st.builds(lambda w: Item(1, Kind.TARGET, w), POINTS),
    st.builds(lambda s: Item(1, Kind.STEPS, D(40), steps=s), MARKS),
    st.builds(lambda e, m: Item(1, Kind.BONUS, each=e, most=m), POINTS, POINTS),
)


@given(RISING, AMOUNTS, AMOUNTS, AMOUNTS.filter(bool))
def test_more_done_never_gives_less(item: Item, one: D, more: D, target: D) -> None:
    low, high = sorted((one, one + more))
    assert line_of(item, Reading(low, target)).points <= line_of(item, Reading(high, target)).points


ITEMS = st.lists(
    st.one_of(
        RISING,
        st.builds(lambda e, m: Item(1, Kind.DEDUCTION, each=e, most=m), POINTS, POINTS),
        st.builds(lambda a, m: Item(1, Kind.VETO, aim=a, most=m), AMOUNTS, POINTS),
        st.just(Item(1, Kind.RANK, D(10), steps=PLACES)),
        st.just(Item(1, Kind.GRADE, D(10), steps=GRADES)),
    ),
    min_size=1,
    max_size=6,
).map(lambda items: [Item(n, **_but_number(one)) for n, one in enumerate(items, 1)])
READINGS = st.builds(
    Reading, st.none() | AMOUNTS, st.none() | AMOUNTS, st.booleans(), st.sampled_from(("", "好", "一般"))
)


def _but_number(item: Item) -> dict[str, object]:
    names = ("kind", "weight", "aim", "each", "most", "steps", "needs_evidence", "is_down")
    return {name: getattr(item, name) for name in names}


@given(ITEMS, st.lists(st.lists(READINGS, min_size=6, max_size=6), min_size=1, max_size=5))
def test_a_total_is_the_exact_sum_of_its_lines_and_places_follow_totals(
    items: list[Item], told: list[list[Reading]]
) -> None:
    given_ = {who: dict(enumerate(readings, 1)) for who, readings in enumerate(told)}
    found = score(Scheme(items), given_)
    caps = [one.most for one in items if one.kind is Kind.VETO]
    for one in found:
        assert one.total == sum(line.points for line in one.lines)
        assert one.total >= 0
        assert all(-line.points.as_tuple().exponent <= 2 for line in one.lines)  # type: ignore[operator]
        vetoed = [line for line in one.lines if line.standing is Standing.COUNTED and line.number]
        met = [i.most for i in items if i.kind is Kind.VETO and any(v.number == i.number for v in vetoed)]
        assert not met or one.total <= min(caps and met)
        assert one.place == 1 + sum(other.total > one.total for other in found)
