"""Rows that attackers want: bob of the other county, anna of a sister unit."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import Q

from samples.rows import Planted, plant_row
from shanhai.kernel import rows
from shanhai.kernel.exports import plain
from shanhai.kernel.indicators import scopes
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces import waiting_statement


@pytest.fixture
def plant(cast: Any) -> Callable[..., Planted]:
    """`plant(ledger, state="draft")`: a full row of alice, or of whoever is named, in any state."""

    def planted(ledger: Ledger[Any], by: str = "alice", **options: str) -> Planted:
        return plant_row(ledger, cast.actor(by), **options)

    return planted


@pytest.fixture
def first_wall_down(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (rows, plain, waiting_statement, scopes):
        monkeypatch.setattr(module, "visible_rows", lambda *_asked: Q())
    waiting_statement._statement.cache_clear()
    yield
    waiting_statement._statement.cache_clear()


@pytest.fixture
def standing(walls: str, request: pytest.FixtureRequest) -> None:
    """The walls of a test with `WALLS`: both, or the second alone."""
    if walls == "second":
        request.getfixturevalue("first_wall_down")
