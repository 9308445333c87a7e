"""Sums over rows that hang on another, as columns of its list."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State


def sum_of(model: Any, field: str, side: Side) -> Coalesce:
    """Sum over a side's live rows that hang on the outer row, its parts: without a scope of their own."""
    rows = model._base_manager.filter(side=side, **{field: OuterRef("pk")}).exclude(state=State.VOIDED)
    sums = rows.order_by().values(field).annotate(found=Sum("amount")).values("found")
    return Coalesce(Subquery(sums), Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=2))
