"""What counts as filed: one definition, asked for many obligations at once or inside a query over them.

A row serves the obligation of its owner unit for its period. It counts while it is reported: a returned row
does not, and reported anew it counts from the new day. A joint row serves its counterpart's obligation too,
from the day on which the counterpart confirmed it.
"""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.kernel.workflow import State

REPORTED = Q(state__in=REPORTED_STATES)
VERIFIED = Q(state=State.VERIFIED)


def owed_ledgers() -> list[Ledger[Any]]:
    """Ledgers whose rows belong to a period, and so can be owed for one."""
    return [ledger for ledger in registry if ledger.period_kind is not None]


def tallies(
    ledger: Ledger[Any], units: Collection[UUID], periods: Collection[str], *, moments: int
) -> Iterator[Any]:
    """Per `of_unit` and period: `rows`, `reported`, `verified`, and `moments` of the first reports.

    Shape: a pair without rows is absent; one that keeps joint rows and confirms others comes twice. Counts
    every row whoever asks: the obligations are what is limited to the reader.
    """
    for unit, serves, at in _ways(ledger):
        rows = ledger.model._base_manager.filter(serves, period__in=periods, **{f"{unit}__in": units})
        filed_at = ArrayAgg(at, filter=REPORTED, order_by=at)
        yield from (
            rows.exclude(state=State.VOIDED)
            .order_by()
            .values("period", of_unit=F(unit))
            .annotate(
                rows=Count("pk"),
                reported=Count("pk", filter=REPORTED),
                verified=Count("pk", filter=VERIFIED),
                moments=Func(filed_at, template=f"(%(expressions)s)[1:{int(moments)}]"),
            )
        )


def _ways(ledger: Ledger[Any]) -> Iterator[tuple[str, Q, Any]]:
    """Fields that name units whose obligation a row serves, which rows do, and from when."""
    yield "owner_unit", Q(), F("submitted_at")
    if ledger.is_joint:
        yield ledger.counterpart, VERIFIED, Coalesce("confirmed_at", "submitted_at")


def reported_rows(*, is_in_time: bool) -> Any:
    """In a query over obligations: how many rows are reported, or were by the due day."""
    whens = [When(ledger=one.key, then=_tally(one, is_in_time=is_in_time)) for one in owed_ledgers()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _tally(ledger: Ledger[Any], *, is_in_time: bool) -> Any:
    total: Any = None
    for unit, serves, at in _ways(ledger):
        rows = ledger.model._base_manager.alias(filed_at=at)
        rows = rows.filter(REPORTED, serves, period=OuterRef("period"), **{unit: OuterRef("unit")})
        if is_in_time:
            rows = rows.filter(filed_at__date__lte=OuterRef("due_on"))
        counted = rows.order_by().values(unit).annotate(tally=Count("pk")).values("tally")
        found = Coalesce(Subquery(counted), 0)
        total = found if total is None else total + found
    return total


def nil_stands(reported: str = "reported") -> Q:
    """In a query over obligations annotated with all `reported_rows`: a nil return nothing contradicts."""
    return Q(nil_at__isnull=False, **{reported: 0})
