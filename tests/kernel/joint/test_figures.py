"""A joint row counts once for each side, at each side's own unit and place, and serves both sides' duty."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.onepass.places import by_place
from shanhai.kernel.indicators.reasons import reason_label
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.periods.states import obligation_states
from shanhai.kernel.scope import Side
from toys.models import Meeting

QUARTER = Period.parse("2021Q3")


def figure(actor: Any, **scope: Any) -> Decimal | None:
    with context.acting(actor):
        return value("TOY-8", IndicatorScope(**scope), QUARTER).value


@pytest.fixture
def rows(meeting: Any, cast: Any) -> list[Any]:
    made = [meeting("verified", attendees=20), meeting("verified", "联2", by="bob", attendees=5)]
    meeting("awaiting", "联3", attendees=100), meeting("submitted", "联4", by="bob", attendees=1000)
    with context.unscoped("where the bureaus are"):
        for unit, place in ((cast.dm_labour, cast.baijiao), (cast.mt_labour, cast.yongxing)):
            unit.place = place
            unit.save()
        Meeting.objects.filter(side="east").update(place=cast.baijiao)
        Meeting.objects.filter(side="west").update(place=cast.yongxing)
    return made


@pytest.mark.parametrize("who", ["carol", "wang", "dave", "bob"])
def test_confirmed_rows_alone_count_once_for_either_side(rows: Any, cast: Any, who: str) -> None:
    actor = cast.actor(who)
    assert [figure(actor, side=side) for side in Side] == [25, 25]


def test_a_row_that_the_other_side_has_not_confirmed_says_so(rows: Any, cast: Any) -> None:
    with context.acting(cast.actor("carol")):
        excluded = value("TOY-8", IndicatorScope(side=Side.EAST), QUARTER).excluded
        told = {str(reason_label(own("TOY-8", QUARTER), code)): number for code, number in excluded.items()}
    assert told == {"待对方确认": 1, "尚未核实": 1}


def test_each_side_counts_them_at_its_own_unit_and_place(rows: Any, cast: Any) -> None:
    carol = cast.actor("carol")
    for side, unit, place, other in (
        (Side.EAST, cast.dm_labour, cast.baijiao, cast.yongxing),
        (Side.WEST, cast.mt_labour, cast.yongxing, cast.baijiao),
    ):
        assert figure(carol, side=side, unit=unit.pk) == 25
        assert figure(carol, side=side, place=place.pk) == 25
        assert not figure(carol, side=side, place=other.pk)
        with context.acting(carol):
            found = by_place([(own("TOY-8", QUARTER), QUARTER)], side)
        assert set(found.popitem()[1].items()) >= {(place.pk, Decimal(25))}
        assert figure(carol, side=side, only=(("unit", str(unit.pk)),)) == 25
        assert figure(carol, side=side, only=(("place", str(place.pk)),)) == 25


def test_a_row_serves_the_duty_of_both_units_of_the_other_from_its_confirmation(
    meeting: Any, duties: Any, cast: Any
) -> None:
    ours, theirs = (
        duties.owed(unit, "2021-08", date(2021, 9, 30), rule=duties.rule(unit, ledger="toys.meeting"))
        for unit in (cast.dm_labour, cast.mt_labour)
    )

    def met() -> list[bool]:
        with context.unscoped("look"):
            states = obligation_states([ours, theirs])
        return [states[one.pk].is_met for one in (ours, theirs)]

    assert met() == [False, False]
    meeting("awaiting")
    assert met() == [True, False]
    meeting("verified", "联2")
    assert met() == [True, True]
