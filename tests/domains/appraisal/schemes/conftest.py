"""A western scheme for two units, with figures from the toys."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.appraisal.models import AppraisalItem, AppraisalScheme, IndicatorTarget
from shanhai.kernel import context
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop

#: TOY-1 counts pieces: Yongxing town 30 of 40, the labour bureau 30 (all of them) of 20.
ITEMS: tuple[dict[str, Any], ...] = (
    {"number": 1, "name": "件数", "indicator": "TOY-1", "rule_kind": "target", "weight": Decimal(60)},
    {
        "number": 2,
        "name": "名次",
        "indicator": "TOY-2",
        "rule_kind": "rank",
        "weight": Decimal(20),
        "steps_text": "1:20；5:10",
    },
    {
        "number": 3,
        "name": "典型做法",
        "rule_kind": "grade",
        "weight": Decimal(20),
        "steps_text": "好:20；一般:10",
        "needs_evidence": True,
    },
    {
        "number": 4,
        "name": "表扬",
        "rule_kind": "bonus",
        "each": Decimal(1),
        "most": Decimal(5),
        "needs_evidence": True,
    },
    {
        "number": 5,
        "name": "弄虚作假",
        "rule_kind": "veto",
        "aim": Decimal(1),
        "most": Decimal(59),
        "needs_evidence": True,
    },
)


@pytest.fixture
def whose(cast: Any) -> dict[str, Any]:
    return {"side": Side.WEST, "owner_unit": cast.mt_coordinator, "state": State.VERIFIED}


@pytest.fixture
def figures(cast: Any) -> None:
    """Three workshops of Yongxing, filed by the labour bureau, with ten pieces each in August 2021."""
    filed = {"side": Side.WEST, "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("toys"):
        for number in range(3):
            workshop = Workshop.objects.create(
                code=f"W{number}",
                name=f"车间{number}",
                opened_on=date(2020, 10, 1),
                is_certified=True,
                **filed,
            )
            Output.objects.create(
                workshop=workshop, period="2021-08", pieces=10, amount=Decimal(1000), **filed
            )
        for unit, place, value in ((cast.mt_labour, None, 20), (None, cast.yongxing, 40)):
            IndicatorTarget.objects.create(
                code="TOY-1", side=Side.WEST, unit=unit, place=place, year=2021, value=value, source="演示"
            )


@pytest.fixture
def scheme(whose: Any, figures: None) -> AppraisalScheme:
    with context.unscoped("test"):
        made = AppraisalScheme.objects.create(
            code="K1", name="年度考核", first_year=2021, legal_basis="演示", **whose
        )
        for item in ITEMS:
            AppraisalItem.objects.create(
                scheme=made, block="板块", wording="第一条", legal_basis="演示", **item, **whose
            )
    return made
