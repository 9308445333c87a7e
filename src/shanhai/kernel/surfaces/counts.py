"""How many rows a list has, and what their amounts add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from .grouping import Groups


@dataclass(frozen=True)
class Counts:
    """How many rows fit the filters, and what their amounts and counts add up to (voided rows left out)."""

    #: Rows are counted and summed exactly up to here; beyond, the list says so and nobody waits.
    MOST: ClassVar[int] = 10_000

    rows: int
    is_exact: bool
    totals: Mapping[str, Any]

    @classmethod
    def of(cls, groups: Groups) -> "Counts":
        """The same from groups that are all there."""
        names = [*(groups.items[0].totals or ())] if groups.items else []
        totals = {name: sum((one.totals or {})[name] for one in groups.items) for name in names}
        return cls(sum(one.rows for one in groups.items), True, totals)

    @property
    def text(self) -> str:
        return f"{self.rows:,}" if self.is_exact else f"{self.MOST:,}+"
