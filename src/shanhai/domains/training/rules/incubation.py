"""Rules over enterprises in incubation: who is still there after one, two and three years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .workshops import months_later

#: Years after which survival is looked at, and years a leader is followed.
YEARS = (1, 2, 3)
FOLLOWED_YEARS = 3


@dataclass(frozen=True, slots=True)
class Tenant:
    """An enterprise from the day it moved in until it closed, or still."""

    moved_in_on: date
    closed_on: date | None = None


def survived(tenant: Tenant, years: int, today: date) -> bool | None:
    """Whether it was still running so many years on; None while they are not over and it runs."""
    anniversary = months_later(tenant.moved_in_on, years * 12)
    if tenant.closed_on is not None and tenant.closed_on < anniversary:
        return False if anniversary <= today else None
    return True if anniversary <= today else None


def survival(tenants: Sequence[Tenant], years: int, today: date) -> tuple[int, int]:
    """How many survived so many years, out of how many whose years are over."""
    known = [found for one in tenants if (found := survived(one, years, today)) is not None]
    return sum(known), len(known)
