"""Every declared indicator over the small demonstration year: rows, splits and ratios agree."""

from typing import Any

from shanhai.domains.appraisal.reports import Areas, by_area, targets
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.indicators.figures import breakdowns
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import counted_ids, visible
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Side

PERIODS = [Period.parse(code) for code in ("2021Q3",)]


def test_rows_splits_and_parts_of_every_indicator_agree_with_its_figure(demonstration_year: None) -> None:
    with context.unscoped("test"):
        for side in Side:
            for indicator in registry:
                _agrees(indicator, IndicatorScope(side))
        assert targets(IndicatorScope(Side.WEST), 2021)["LAB-1"] > 0


def _agrees(indicator: Any, scope: IndicatorScope) -> None:
    areas = Areas.of(scope)
    for found in breakdowns(indicator, scope, PERIODS, list(indicator.all_dimensions())):
        figure = found.figure
        if figure.parts:
            top, bottom = (part.value for part in figure.parts)
            assert figure.value == (top / bottom * 100 if bottom else None)
            continue
        listed = visible(indicator, scope, figure.period)
        assert listed.pop("", 0) == figure.counted == len(counted_ids(indicator, scope, figure.period))
        assert listed == figure.excluded
        for members in (*found.splits.values(), by_area(found, areas) if indicator.place_path else ()):
            if members:
                assert sum(one.value for one in members) == figure.value
        for code in found.splits:
            assert sum(one.counted for one in found.splits[code]) == figure.counted
