"""Pages of accounts bound to one person or employer: what opens to them, and nothing else does (ADR 0041).

A bound account is shown the pages registered here for its kind and what everybody needs to sign in; whatever
else is asked for is not there. So a new page is closed to them until somebody opens it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

#: What every account needs: its session, its password, its second factor, its language.
_SIGN_IN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "accounts:own_sessions",
        "set_language",
    }
)
_FACTORS = "mfa_"


@dataclass(frozen=True)
class OwnPage:
    """A page of the menu of a bound account. `kind`: of its subject, see `kernel.leads`."""

    kind: str
    label: Any
    url_name: str
    order: int


_pages: list[OwnPage] = []
_further: dict[str, set[str]] = {}


def register_own_page(page: OwnPage) -> None:
    """The first of a kind is where its accounts begin."""
    _pages.append(page)
    _further.setdefault(page.kind, set()).add(page.url_name)


def open_to(kind: str, names: Iterable[str]) -> None:
    """Addresses of that kind beside its pages: what their forms send to, operations of the API."""
    _further.setdefault(kind, set()).update(names)


def own_pages(kind: str) -> list[OwnPage]:
    return sorted((page for page in _pages if page.kind == kind), key=lambda page: page.order)


def is_open(name: str, kind: str) -> bool:
    """Whether an address opens to an account bound to a subject of the kind."""
    return name in _SIGN_IN or name.startswith(_FACTORS) or name in _further.get(kind, ())
