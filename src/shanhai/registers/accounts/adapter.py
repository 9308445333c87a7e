"""How allauth behaves here: accounts are made by administrators, never by signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Refuses self-registration."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
