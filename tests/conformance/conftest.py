"""People and rows of the conformance tests."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from conformance.factory import author_of, make_row
from shanhai.kernel import context
from shanhai.kernel.ledger import Ledger


@pytest.fixture
def client_of(cast: Any) -> Callable[[str], Client]:
    """`client_of("bob")`: a browser of that person; `""` for nobody. "ruth" reads everything of Meitan."""

    def client(username: str) -> Client:
        browser = Client(raise_request_exception=True)
        if username == "ruth" and "ruth" not in cast.users:
            _let_ruth_read(cast)
        if username:
            with context.unscoped("sign in for a test"):
                browser.force_login(cast.users[username])
        return browser

    return client


def _let_ruth_read(cast: Any) -> None:
    from shanhai.registers.accounts.models import Membership, User

    with context.unscoped("a reader for the tests"):
        ruth = User.objects.create_user(
            username="ruth", password="password of a test", name="ruth", must_change_password=False
        )
        unit, day = cast.mt_coordinator, date(2020, 1, 1)
        Membership.objects.create(user=ruth, unit=unit, role="auditor", valid_from=day)
        cast.users["ruth"] = ruth


@pytest.fixture
def row_of(cast: Any) -> Callable[..., Any]:
    """`row_of(ledger, "submit")`: a row of the ledger's author, taken so far."""
    return lambda ledger, *steps: make_row(ledger, cast.actor(author_of(ledger)), *steps)


@pytest.fixture
def address() -> Callable[..., str]:
    """`address(ledger, "detail", row)`: where a page of a ledger is."""
    from shanhai.kernel.surfaces.links import link

    def at(ledger: Ledger[Any], page: str, row: Any = None) -> str:
        return str(link(ledger, page, pk=row.pk) if row is not None else link(ledger, page))

    return at
