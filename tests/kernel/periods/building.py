"""Builders of rules, obligations and rows of the toy ledger that is owed by the month."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

from shanhai.kernel import clock, context
from shanhai.kernel.models import Obligation, ObligationRule, ObligationRuleUnit
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop


class Duties:
    """Every builder returns what it made."""

    LEDGER = "toys.output"

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self._codes: Iterator[int] = count(1)

    def rule(self, *units: Any, **values: Any) -> ObligationRule:
        defaults = {
            "ledger": self.LEDGER,
            "side": units[0].side if units else "west",
            "frequency": "month",
            "due_days": 10,
            "valid_from": date(2021, 1, 1),
            "source": "玩具方案 四",
        }
        with context.unscoped("duties"):
            rule = ObligationRule.objects.create(**(defaults | values))
            ObligationRuleUnit.objects.bulk_create(ObligationRuleUnit(rule=rule, unit=unit) for unit in units)
        return rule

    def owed(self, unit: Any, period: str, due_on: date, **values: Any) -> Obligation:
        rule = values.pop("rule", None) or self.rule(unit)
        with context.unscoped("duties"):
            return Obligation.objects.create(
                rule=rule,
                ledger=rule.ledger,
                side=unit.side,
                unit=unit,
                period=period,
                due_on=due_on,
                **values,
            )

    def row(self, unit: Any, period: str, state: State, reported_on: date | None = None) -> Output:
        """A row, of a workshop of its own, in the state; `reported_on` is the day it was submitted."""
        submitted_at = (
            datetime.combine(reported_on, datetime.min.time(), clock.CHINA) if reported_on else None
        )
        with context.unscoped("duties"):
            workshop = Workshop.objects.create(
                code=f"W{next(self._codes)}", name="车间", owner_unit=unit, side=unit.side
            )
            return Output.objects.create(
                workshop=workshop,
                owner_unit=unit,
                side=unit.side,
                period=period,
                amount=1,
                state=state,
                submitted_at=submitted_at,
            )
