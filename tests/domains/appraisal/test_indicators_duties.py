"""Duties on time: obligations that fell due against the rows reported by then."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.indicators.figures import breakdown
from shanhai.kernel.indicators.rows import row_page, visible
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.models import Obligation, ObligationRule
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop

Q3 = Period.parse("2021Q3")
WEST = IndicatorScope(Side.WEST)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 20, tzinfo=clock.CHINA)


@pytest.fixture
def duties(cast: Any) -> Any:
    """June: in time; July: a day late; August: returned; the town: nil in time, nil but rows, not due yet."""
    with context.unscoped("toys"):
        rule = ObligationRule.objects.create(
            ledger="toys.output",
            side=Side.WEST,
            frequency="month",
            valid_from=date(2021, 1, 1),
            source="玩具",
        )
        workshop = Workshop.objects.create(
            side=Side.WEST, code="A", name="甲", owner_unit=cast.mt_labour, state=State.VERIFIED
        )

        def duty(unit: Any, period: str, due: date, nil: date | None = None) -> None:
            Obligation.objects.create(
                rule=rule,
                ledger="toys.output",
                side=Side.WEST,
                unit=unit,
                period=period,
                due_on=due,
                nil_at=at(nil) if nil else None,
            )

        def report(period: str, day: date, state: State, unit: Any = cast.mt_labour) -> None:
            Output.objects.create(
                workshop=workshop,
                side=Side.WEST,
                owner_unit=unit,
                period=period,
                amount=1,
                state=state,
                submitted_at=at(day),
            )

        duty(cast.mt_labour, "2021-06", date(2021, 7, 5))
        report("2021-06", date(2021, 7, 5), State.VERIFIED)
        duty(cast.mt_labour, "2021-07", date(2021, 8, 5))
        report("2021-07", date(2021, 8, 6), State.SUBMITTED)
        duty(cast.mt_labour, "2021-08", date(2021, 9, 5))
        report("2021-08", date(2021, 9, 1), State.RETURNED)
        duty(cast.mt_yongxing, "2021-06", date(2021, 7, 5), nil=date(2021, 7, 1))
        duty(cast.mt_yongxing, "2021-04", date(2021, 7, 5), nil=date(2021, 7, 1))
        report("2021-04", date(2021, 7, 20), State.VERIFIED, unit=cast.mt_yongxing)
        duty(cast.mt_yongxing, "2021-09", date(2021, 9, 30))
    return cast


def test_a_duty_counts_when_enough_was_reported_by_the_due_day_or_nothing_was_declared(duties: Any) -> None:
    with context.unscoped("test"):
        found = breakdown("OBL-1", WEST, Q3, ["unit", "ledger"])
        rows = row_page("OBL-1B", WEST, Q3)
    top, bottom = found.figure.parts
    assert (top.value, bottom.value, found.figure.display) == (2, 5, "40.0")
    assert top.excluded == {"late": 3, "not_due": 1}
    assert {one.label: one.value for one in found.splits["unit"]} == {
        "县人力资源和社会保障局": Decimal(1) / Decimal(3) * 100,
        "永兴镇人民政府": 50,
    }
    assert [one.row.period for one in rows.rows if not one.reason] == ["2021-06", "2021-06"]


def test_a_reporter_opens_the_duties_of_the_own_unit_only(duties: Any, as_actor: Any) -> None:
    with as_actor("bob"):
        assert breakdown("OBL-1A", WEST, Q3).figure.value == 5
        assert sum(visible("OBL-1A", WEST, Q3).values()) == 3
    with as_actor("carol"):
        assert sum(visible("OBL-1A", WEST, Q3).values()) == 0


def test_the_pages_of_duties_open(duties: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    for path in ("", "rows/", "evidence/", "sides/", "definition/", "export/"):
        response = client.get(f"/appraisal/indicators/OBL-1/{path}", {"period": "2021Q3"})
        assert response.status_code == 200, path
        assert b"".join(response)
    response = client.get(
        "/appraisal/packs/new/", {"about": "indicator", "code": "OBL-1", "period": "2021Q3"}
    )
    assert response.status_code == 200
    assert "OBL-1" in response.content.decode()
