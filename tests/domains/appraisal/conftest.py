"""A western side with outputs, duties of many towns, and a draft bulletin of its coordinator."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.appraisal.models import Bulletin, IndicatorTarget
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.models import Obligation, ObligationRule
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Unit
from toys.models import Output, Workshop

QUARTER = Period.parse("2021Q3")
TOWNS = 12

type Acting = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def filed(cast: Any) -> Any:
    """Six western workshops with an output in August, a target, and twelve towns that each owe one ledger."""
    with context.unscoped("toys"):
        cast.towns = [
            Unit.objects.create(
                code=f"mt_t{n:02}",
                name=f"第{'甲乙丙丁戊己庚辛壬癸子丑'[n]}镇人民政府",
                kind="town",
                side=Side.WEST,
                parent=cast.mt,
                valid_from=date(2020, 1, 1),
            )
            for n in range(TOWNS)
        ]
        for number in range(6):
            workshop = Workshop.objects.create(
                side=Side.WEST,
                code=f"W{number}",
                name=f"车间{number}",
                owner_unit=cast.mt_labour,
                place=cast.yongxing,
                opened_on=date(2020, 10, 1),
                is_certified=True,
                state=State.VERIFIED,
            )
            Output.objects.create(
                side=Side.WEST,
                workshop=workshop,
                owner_unit=cast.mt_labour,
                place=cast.yongxing,
                period="2021-08",
                pieces=10 + number,
                amount=Decimal(1000),
                state=State.VERIFIED,
            )
        rule = ObligationRule.objects.create(
            ledger="toys.output",
            side=Side.WEST,
            frequency="month",
            due_days=10,
            valid_from=date(2021, 1, 1),
            source="玩具方案",
        )
        for unit in (*cast.towns, cast.mt_labour):
            Obligation.objects.create(
                rule=rule,
                ledger="toys.output",
                side=Side.WEST,
                unit=unit,
                period="2021-07",
                due_on=date(2021, 8, 10),
            )
        IndicatorTarget.objects.create(
            code="TOY-1", side=Side.WEST, year=2021, value=Decimal(150), source="玩具协议"
        )
    return cast


@pytest.fixture
def bulletin(filed: Any, as_actor: Acting) -> Bulletin:
    """Meitan's draft about the third quarter."""
    with as_actor("wang") as wang:
        return draft_bulletin(Side.WEST, QUARTER, actor=wang)


@pytest.fixture
def change(cast: Any) -> Callable[[], None]:
    """Somebody corrects a row behind the figures after they were taken."""

    def changed(pieces: int = 900) -> None:
        with context.unscoped("toys"):
            Output.objects.filter(workshop__code="W0").update(pieces=pieces)

    return changed
