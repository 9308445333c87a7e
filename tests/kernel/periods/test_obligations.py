"""Rules become obligations: once, dated, and following a change of the rule while they are open."""

from datetime import date
from typing import Any

import pytest

from kernel.periods.building import Duties
from shanhai.kernel import clock, context
from shanhai.kernel.models import Obligation
from shanhai.kernel.periods.obligations import Made, ensure_obligations
from shanhai.kernel.periods.tasks import make_obligations

UNTIL = date(2021, 9, 24)


def ensure(until: date = UNTIL) -> Made:
    with context.unscoped("daily"):
        return ensure_obligations(until)


def owed(unit: Any) -> dict[str, date]:
    with context.unscoped("test"):
        return dict(Obligation.objects.filter(unit=unit).order_by("period").values_list("period", "due_on"))


def test_every_period_that_has_begun_is_owed_once(duties: Duties) -> None:
    duties.rule(duties.cast.mt_labour, duties.cast.mt_yongxing, valid_from=date(2021, 7, 1))
    assert ensure() == Made(new=6)
    assert owed(duties.cast.mt_labour) == {
        "2021-07": date(2021, 8, 10),
        "2021-08": date(2021, 9, 10),
        "2021-09": date(2021, 10, 10),
    }
    assert ensure() == Made()


@pytest.mark.parametrize(
    ("frequency", "due_days", "expected"),
    [
        (
            "quarter",
            0,
            {"2021Q1": date(2021, 3, 31), "2021Q2": date(2021, 6, 30), "2021Q3": date(2021, 9, 30)},
        ),
        ("year", -184, {"2021": date(2021, 6, 30)}),
    ],
)
def test_due_days_count_from_the_end_of_the_period(
    duties: Duties, frequency: str, due_days: int, expected: dict[str, date]
) -> None:
    duties.rule(duties.cast.mt_labour, frequency=frequency, due_days=due_days)
    ensure()
    assert owed(duties.cast.mt_labour) == expected


def test_nothing_falls_due_before_the_rule_holds(duties: Duties) -> None:
    duties.rule(duties.cast.mt_labour, frequency="year", due_days=-184, valid_from=date(2021, 7, 1))
    ensure()
    assert owed(duties.cast.mt_labour) == {}


def test_a_rule_changed_in_the_middle_of_the_year_governs_from_its_day_on(duties: Duties) -> None:
    unit = duties.cast.mt_labour
    duties.rule(unit, valid_from=date(2021, 6, 1), valid_to=date(2021, 7, 31))
    duties.rule(unit, valid_from=date(2021, 8, 1), due_days=5)
    ensure()
    assert owed(unit) == {
        "2021-06": date(2021, 7, 10),
        "2021-07": date(2021, 8, 10),
        "2021-08": date(2021, 9, 5),
        "2021-09": date(2021, 10, 5),
    }


def test_an_open_obligation_follows_the_newer_rule_and_a_past_one_stays(duties: Duties) -> None:
    unit = duties.cast.mt_labour
    duties.rule(unit, valid_from=date(2021, 8, 1))
    ensure()
    newer = duties.rule(unit, valid_from=date(2021, 8, 2), due_days=3, minimum_rows=2)
    assert ensure() == Made(changed=1)
    assert owed(unit) == {"2021-08": date(2021, 9, 10), "2021-09": date(2021, 10, 3)}
    with context.unscoped("test"):
        assert Obligation.objects.get(period="2021-09").rule_id == newer.pk


def test_open_obligations_of_an_ended_rule_are_withdrawn_unless_declared_nil(duties: Duties) -> None:
    labour, town = duties.cast.mt_labour, duties.cast.mt_yongxing
    rule = duties.rule(labour, town, valid_from=date(2021, 8, 1))
    ensure()
    with context.unscoped("test"):
        Obligation.objects.filter(unit=town, period="2021-09").update(nil_at=clock.now())
        rule.valid_to = date(2021, 8, 31)
        rule.save()
    assert ensure() == Made(withdrawn=1)
    assert set(owed(labour)) == {"2021-08"}
    assert set(owed(town)) == {"2021-08", "2021-09"}


def test_one_side_is_brought_in_line_without_touching_the_other(duties: Duties) -> None:
    duties.rule(duties.cast.mt_labour, valid_from=date(2021, 9, 1))
    duties.rule(duties.cast.dm_labour, valid_from=date(2021, 9, 1))
    with context.unscoped("test"):
        assert ensure_obligations(UNTIL, "west") == Made(new=1)
    assert owed(duties.cast.dm_labour) == {}


def test_the_night_makes_what_falls_due(duties: Duties) -> None:
    duties.rule(duties.cast.mt_labour, valid_from=date(2021, 9, 1))
    make_obligations(timestamp=0)
    assert set(owed(duties.cast.mt_labour)) == {"2021-09"}


def test_looking_less_far_ahead_withdraws_nothing(duties: Duties) -> None:
    duties.rule(duties.cast.mt_labour, valid_from=date(2021, 9, 1))
    assert ensure(date(2021, 12, 31)) == Made(new=4)
    assert ensure(UNTIL) == Made()


def test_a_unit_that_was_dissolved_owes_nothing_for_the_period_it_ended_in(duties: Duties) -> None:
    unit = duties.cast.mt_yongxing
    with context.unscoped("test"):
        unit.valid_to = date(2021, 8, 15)
        unit.save()
    duties.rule(unit, valid_from=date(2021, 7, 1))
    ensure()
    assert set(owed(unit)) == {"2021-07"}
