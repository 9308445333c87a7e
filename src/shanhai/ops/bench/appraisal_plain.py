"""The rival: what a Django project writes, an aggregate query for each unit and indicator."""

from decimal import Decimal
from typing import Any

from shanhai.engines.values import Period
from shanhai.kernel.indicators.declare import Exclusion
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.windows import Window
from shanhai.kernel.workflow import State

from .appraisal import YEAR
from .indicator_plain import measured_of, required


def cell(code: str, unit: Any) -> Decimal:
    """The figure of one unit of the year."""
    period = Period.parse(str(YEAR))
    indicator = registry.get(code, period)
    rows = indicator.model._base_manager.filter(indicator.where, side="west", state=State.VERIFIED)
    for one in indicator.exclusions:
        if isinstance(one, Exclusion):
            rows = rows.exclude(one.condition)
    window = Window(period, indicator.span)
    derived = {
        f"{name}_0": one.expression(indicator.model, window) for name, one in indicator.derived.items()
    }
    rows = rows.filter(**{indicator.unit_path: unit.pk}).annotate(**derived)
    condition = indicator.time.condition(window) & required(indicator, 0)
    found = rows.aggregate(value=measured_of(indicator, condition))["value"]
    return Decimal(found or 0) * indicator.scale
