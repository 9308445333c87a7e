"""The attackers: bob of the other county, anna of a sister unit; and the rows they want."""

from typing import Any

import pytest
from django.test import Client

from leaks.world import World
from shanhai.kernel import context


@pytest.fixture
def world(cast: Any) -> World:
    return World(cast)


@pytest.fixture
def client_of(cast: Any) -> Any:
    """`client_of("bob")`: a browser of that person, beside those of others."""

    def opened(username: str, **options: Any) -> Client:
        browser = Client(**options)
        with context.unscoped("sign in for a test"):
            browser.force_login(cast.users[username])
        return browser

    return opened
