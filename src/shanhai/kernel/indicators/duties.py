"""Duties on time: how many rows of the owed ledger the unit had reported when the obligation fell due."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from shanhai.kernel.periods.filed import reported_rows

from .windows import Window


@dataclass(frozen=True)
class ReportedRows:
    """Rows of the obligation's unit and period that stand reported; `is_in_time`: by the due day."""

    label: Any
    is_in_time: bool = False

    def expression(self, model: type[models.Model], window: Window) -> Any:
        return reported_rows(is_in_time=self.is_in_time)

    def problems(self, model: type[models.Model]) -> list[str]:
        return [] if model._meta.label_lower == "kernel.obligation" else ["reads obligations only"]
