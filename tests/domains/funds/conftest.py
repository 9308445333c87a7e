"""Rows the tests of money begin with."""

from typing import Any

import pytest

from shanhai.domains.funds.models import Contract
from shanhai.kernel import context

from .chains import contract_of


@pytest.fixture
def contract(project: Any) -> Contract:
    """800,000 yuan of a project with a budget of a million."""
    with context.unscoped("test"):
        return contract_of(project)
