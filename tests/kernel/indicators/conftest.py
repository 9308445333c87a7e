"""Toy rows for the indicators: Meitan's two workshops with outputs, and one of Doumen."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.kernel import context
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop


class Toys:
    """Builds toy rows without ceremony; every builder returns the row."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast

    def workshop(self, code: str, *, side: Side = Side.WEST, **values: Any) -> Workshop:
        unit = self.cast.mt_labour if side == Side.WEST else self.cast.dm_labour
        defaults = {
            "name": f"车间{code}",
            "owner_unit": unit,
            "place": self.cast.yongxing,
            "opened_on": date(2020, 10, 1),
            "is_certified": True,
            "state": State.VERIFIED,
        }
        with context.unscoped("toys"):
            return Workshop.objects.create(code=code, side=side, **(defaults | values))

    def output(self, workshop: Workshop, period: str, pieces: int, **values: Any) -> Output:
        defaults = {
            "owner_unit": workshop.owner_unit,
            "place": workshop.place,
            "amount": Decimal(pieces * 100),
            "state": State.VERIFIED,
            "sharing": Sharing.SHARED,
        }
        with context.unscoped("toys"):
            return Output.objects.create(
                workshop=workshop, side=workshop.side, period=period, pieces=pieces, **(defaults | values)
            )


@pytest.fixture
def toys(cast: Any) -> Toys:
    return Toys(cast)
