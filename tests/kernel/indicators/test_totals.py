"""Totals for pages are those of figures, whoever asks and wherever they come from."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.figures import trend
from shanhai.kernel.indicators.onepass.kept import Keeper
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.totals import totals
from shanhai.kernel.scope import Sharing, Side

from .test_kept import Floor, asked_of_server, db, floor  # noqa: F401  (fixtures)

PERIODS = [Period.parse("2021Q2"), Period.parse("2021Q3")]


def of_toys() -> Any:
    return [one for one in registry if one.source.startswith("toys.") or one.is_ratio]


def told(scope: IndicatorScope, keeper: Keeper) -> Any:
    found = totals(of_toys(), scope, PERIODS, keeper)
    return {
        code: [(one.value, one.counted, one.period, one.display) for one in own]
        for code, own in found.items()
    }


def by_statement(scope: IndicatorScope, codes: Any) -> Any:
    return {code: in_short(trend(code, scope, PERIODS)) for code in codes}


def in_short(own: Any) -> Any:
    return [(one.value, one.counted, one.period, one.display) for one in own]


@pytest.mark.turns(3)
@pytest.mark.parametrize("reader", ["", "carol", "bob"])
def test_totals_are_those_of_figures(floor: Floor, cast: Any, reader: str) -> None:  # noqa: F811
    places = [None, cast.meitan.pk, cast.yongxing.pk, cast.fuxing.pk]
    scopes = [IndicatorScope(side, place=place) for side in Side for place in places]
    scopes.append(IndicatorScope(Side.WEST, unit=cast.mt_labour.pk))
    for step in (
        (
            "file many",
            [(number, month) for number in range(4) for month in ("2021-01", "2021-06", "2021-08")],
        ),
        ("change", 0, 51, "verified", Sharing.PRIVATE),
        ("delete", 2),
    ):
        floor.do(*step)
        for scope in scopes:
            with context.acting(cast.actor(reader)) if reader else context.unscoped("test"):
                found = told(scope, floor.keeper)
                assert found == by_statement(scope, found)
                assert "TOY-1" in found


def test_totals_of_all_indicators_are_one_question_where_nothing_was_written(
    floor: Floor,  # noqa: F811
    queries: Any,
) -> None:
    floor.do("file many", [(number, "2021-06") for number in range(4)])
    scope = IndicatorScope(Side.WEST)
    kept = [one for one in of_toys() if one.source.startswith("toys.")]
    for _ in range(2):
        with context.unscoped("test"), queries() as captured:
            totals(kept, scope, PERIODS, floor.keeper)
    assert len(asked_of_server(captured)) == 1


def test_a_transaction_that_has_written_is_told_its_own(floor: Floor) -> None:  # noqa: F811
    scope = IndicatorScope(Side.WEST)
    with context.unscoped("test"), transaction.atomic():
        told(scope, floor.keeper)
        floor.file_many([(number, "2021-06") for number in range(4)])
        found = told(scope, floor.keeper)
        assert found == by_statement(scope, found)
        assert found["TOY-2"][0][1] > 0
        transaction.set_rollback(True)


def test_the_page_of_all_indicators_asks_once_and_then_what_was_written(
    floor: Floor,  # noqa: F811
    client_of: Any,
    queries: Any,
) -> None:
    floor.do("file many", [(number, "2021-08") for number in range(4)])
    browser = client_of("bob")  # of the west

    def shown() -> tuple[int, bytes]:
        with queries() as captured:
            answer = browser.get(reverse("appraisal:indicators"), {"period": "2021Q3"})
        assert answer.status_code == 200
        return len(captured), answer.content.decode()

    cold, _page = shown()
    warm, page = shown()
    assert warm < cold
    floor.do("file", 0, "2021-07", 7_654_320)
    after, changed = shown()
    assert after <= warm + 2  # what it touches; and what waits is counted anew
    with context.acting(floor.cast.actor("bob")):
        (output,) = trend("TOY-1", IndicatorScope(Side.WEST), PERIODS[1:])
    assert output.display in changed
    assert output.display not in page
