"""In the demonstration a worker and an employer of each side have something to look at."""

from typing import Any

import pytest
from django.test import Client

from shanhai.config.seed.accounts import BOUND_SHOWN
from shanhai.kernel import context
from shanhai.registers.accounts.models import User
from shanhai.registers.accounts.roles import WORKER


@pytest.mark.parametrize(("username", "side", "role"), BOUND_SHOWN)
def test_whoever_is_bound_has_something_to_see(
    demonstration_year: Any, username: str, side: str, role: str
) -> None:
    with context.unscoped("sign in for a test"):
        browser = Client()
        browser.force_login(User.objects.get(username=username))
    what = "mine" if role == WORKER else "firm"
    told = browser.get(f"/api/v1/{what}/").json()
    filled = {part["key"] for part in told["parts"] if part["lines"]}
    assert filled & {"spells", "people"}, told
    assert browser.get(f"/parties/{what}/").status_code == 200
