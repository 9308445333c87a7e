"""Duties on time: how many rows of the owed ledger the unit had reported when the obligation fell due."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import REPORTED_STATES

from .windows import Window


@dataclass(frozen=True)
class FiledInTime:
    """Rows of the obligation's unit and period, reported by the due day and not returned since."""

    label: Any = "按时报送行数"

    def expression(self, model: type[models.Model], window: Window) -> Any:
        whens = [
            When(ledger=one.key, then=_filed(one.model)) for one in ledgers if one.period_kind is not None
        ]
        return Case(*whens, default=Value(0), output_field=IntegerField())

    def problems(self, model: type[models.Model]) -> list[str]:
        return [] if model._meta.label_lower == "kernel.obligation" else ["reads obligations only"]


def _filed(model: type[models.Model]) -> Any:
    rows = model._base_manager.filter(
        owner_unit=OuterRef("unit"),
        period=OuterRef("period"),
        state__in=REPORTED_STATES,
        submitted_at__date__lte=OuterRef("due_on"),
    )
    tally = rows.order_by().values("owner_unit").annotate(tally=Count("pk")).values("tally")
    return Coalesce(Subquery(tally), 0)
