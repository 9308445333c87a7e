"""The builder of duties, ready for every test here."""

from typing import Any

import pytest

from kernel.periods.building import Duties


@pytest.fixture
def duties(cast: Any) -> Duties:
    return Duties(cast)
