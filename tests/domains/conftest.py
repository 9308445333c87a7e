"""Rows that tests of several chapters begin with."""

from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.funds.models import Project, Stage
from shanhai.kernel import context
from shanhai.kernel.workflow import State


@pytest.fixture
def project(cast: Any) -> Project:
    with context.unscoped("test"):
        return Project.objects.create(
            side="west",
            owner_unit=cast.mt_labour,
            place=cast.yongxing,
            period="2021",
            code="MT-2021-001",
            name="演示项目",
            kind="labour",
            budget=Decimal(1_000_000),
            stage=Stage.STARTED,
            progress=Decimal(10),
            state=State.VERIFIED,
        )
