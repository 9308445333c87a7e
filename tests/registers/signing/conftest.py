"""Joint rows and chained ones, from where they are tested themselves; seals; how a row stands."""

from collections.abc import Callable
from typing import Any

import pytest

from kernel.joint.conftest import ledger, meeting  # noqa: F401  (fixtures)
from registers.approvals.conftest import sign as by_chain  # noqa: F401  (fixture)
from registers.approvals.conftest import submit  # noqa: F401  (fixture)
from shanhai.kernel import context
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.registers.signing.keys import new_key
from shanhai.registers.signing.models import SigningKey
from shanhai.registers.signing.standing import Standing, standing_of


@pytest.fixture
def seals(cast: Any) -> dict[Side, SigningKey]:
    with context.unscoped("keys"):
        return {side: new_key(side, f"{side.label}演示") for side in Side}


@pytest.fixture
def standings() -> Callable[[Any], dict[str, Standing]]:
    """Side → how its last signature of a meeting stands."""

    def told(row: Any) -> dict[str, Standing]:
        with context.unscoped("look"):
            return {one.side: one.standing for one in standing_of(registry.get("toys.meeting"), row)}

    return told
