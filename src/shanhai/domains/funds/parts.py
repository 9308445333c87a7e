"""What several ledgers of the chapter say alike: sums over rows that are parts of another, and periods."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.declare import Side, State

SCHEME = "斗委农组〔2021〕3号 四（二）"


def sum_of(model: Any, field: str, side: Side, **only: Any) -> Coalesce:
    """Sum over a side's live rows that hang on the outer row, its parts: without a scope of their own."""
    only |= {"side": side, field: OuterRef("pk")}
    rows = model._base_manager.filter(**only).exclude(state=State.VOIDED)
    sums = rows.order_by().values(field).annotate(found=Sum("amount")).values("found")
    return Coalesce(Subquery(sums), Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=2))


def year_problems(row: Any) -> dict[str, list[Any]]:
    """The period of rows that belong to a year."""
    if not row.period:
        return {"period": [_("请填写年度。")]}
    if Period.parse(row.period).kind is not PeriodKind.YEAR:
        return {"period": [_("按年度填报，请写成 2021。")]}
    return {}
