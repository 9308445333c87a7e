"""Whom to sign in as in the demonstration; whoever seeds it says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from shanhai.kernel.installation import is_demonstration


@dataclass(frozen=True)
class DemoAccount:
    """An account that the sign-in page offers: `name` is what is typed."""

    name: str
    role: str
    password: str


type AccountFinder = Callable[[], Sequence[DemoAccount]]

_finders: list[AccountFinder] = []


def register_demo_accounts(finder: AccountFinder) -> AccountFinder:
    """Decorator."""
    _finders.append(finder)
    return finder


def demo_accounts() -> list[DemoAccount]:
    """Nobody, unless both the settings and the database say that all this is a demonstration."""
    if settings.SHANHAI_DEMONSTRATION_TODAY is None or not is_demonstration():
        return []
    return [account for finder in _finders for account in finder()]
