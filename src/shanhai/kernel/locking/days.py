"""The days of many obligations at once."""

from collections.abc import Iterable
from uuid import UUID

from shanhai.engines.values import Period
from shanhai.kernel.periods.models import Obligation

from .calendar import Calendar, Days
from .models import PeriodReopening


def days_of_obligations(
    obligations: Iterable[Obligation],
) -> dict[UUID, tuple[Days, PeriodReopening | None]]:
    """Obligation → its days and the re-opening in force, where its period opens or locks at all.

    Shape: three queries at most per ledger among them.
    """
    by_ledger: dict[str, list[Obligation]] = {}
    for one in obligations:
        by_ledger.setdefault(one.ledger, []).append(one)
    found = {}
    for ledger, group in by_ledger.items():
        calendar = Calendar.of(ledger)
        for one in group:
            period = Period.parse(one.period)
            days = calendar.days(one.side, one.unit_id, period)
            if days is not None and (days.opens_on or days.last_open):
                found[one.pk] = (days, calendar.reopening(one.side, one.unit_id, period))
    return found
