"""Rows that attackers want: bob of the other county, anna of a sister unit."""

from collections.abc import Callable
from typing import Any

import pytest

from samples.rows import Planted, plant_row
from shanhai.kernel.ledger import Ledger


@pytest.fixture
def plant(cast: Any) -> Callable[..., Planted]:
    """`plant(ledger, state="draft")`: a full row of alice, or of whoever is named, in any state."""

    def planted(ledger: Ledger[Any], by: str = "alice", **options: str) -> Planted:
        return plant_row(ledger, cast.actor(by), **options)

    return planted
