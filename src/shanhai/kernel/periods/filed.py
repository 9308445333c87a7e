"""What counts as filed: one definition, asked for many obligations at once or inside a query over them.

A row serves the obligation of its owner unit for its period. It counts while it is reported: a returned row
does not, and reported anew it counts from the new day.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    Count,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
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
    model: type[Model], units: Collection[UUID], periods: Collection[str], *, moments: int
) -> QuerySet[Any, Any]:
    """Per unit and period: `rows`, `reported`, `verified`, and `moments` of the first reports.

    Shape: dictionaries; a pair without rows is absent. Counts every row whoever asks: the obligations are
    what is limited to the reader.
    """
    rows = model._base_manager.filter(owner_unit__in=units, period__in=periods).exclude(state=State.VOIDED)
    reported_at = ArrayAgg("submitted_at", filter=REPORTED, order_by="submitted_at")
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .values("owner_unit", "period")
        .annotate(
            rows=Count("pk"),
            reported=Count("pk", filter=REPORTED),
            verified=Count("pk", filter=VERIFIED),
            moments=Func(reported_at, template=f"(%(expressions)s)[1:{int(moments)}]"),
        )
    )
    return found


def reported_rows(*, is_in_time: bool) -> Any:
    """In a query over obligations: how many rows are reported, or were by the due day."""
    when = Q(submitted_at__date__lte=OuterRef("due_on")) if is_in_time else Q()
    whens = [When(ledger=one.key, then=_tally(one.model, when)) for one in owed_ledgers()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _tally(model: type[Model], when: Q) -> Any:
    rows = model._base_manager.filter(REPORTED & when, owner_unit=OuterRef("unit"), period=OuterRef("period"))
    counted = rows.order_by().values("owner_unit").annotate(tally=Count("pk")).values("tally")
    return Coalesce(Subquery(counted), 0)


def nil_stands(reported: str = "reported") -> Q:
    """In a query over obligations annotated with all `reported_rows`: a nil return nothing contradicts."""
    return Q(nil_at__isnull=False, **{reported: 0})
