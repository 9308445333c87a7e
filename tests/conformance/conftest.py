"""People and rows of the conformance tests."""

from collections.abc import Callable
from typing import Any

import pytest

from samples.pages import author_of
from samples.rows import make_row


@pytest.fixture
def row_of(cast: Any) -> Callable[..., Any]:
    """`row_of(ledger, "submit")`: a row of the ledger's author, taken so far."""
    return lambda ledger, *steps: make_row(ledger, cast.actor(author_of(ledger)), *steps)
