"""Rules over directed enrolment: which school year a term belongs to, and what was paid in it."""

from collections.abc import Mapping
from decimal import Decimal

AUTUMN, SPRING = "autumn", "spring"

#: What was paid to one pupil by (year, term). Unit: yuan.
type Paid = Mapping[tuple[str, str], Decimal]


def school_year(period: str, term: str) -> int:
    """The year a school year begins in: the spring term belongs to the one before."""
    return int(period) - (term == SPRING)


def paid_in_school_year(paid: Paid, period: str, term: str) -> Decimal:
    """The sum of both terms of the school year a term belongs to."""
    year = school_year(period, term)
    return sum((amount for key, amount in paid.items() if school_year(*key) == year), Decimal(0))
