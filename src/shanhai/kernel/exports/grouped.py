"""The groups of a list as a file: as on the screen, in that order, with rows and totals, and those of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.values import Value
from shanhai.kernel.surfaces.counts import Counts
from shanhai.kernel.surfaces.display import text_of_value
from shanhai.kernel.surfaces.grouping import Groups, by_words, cut_words, total_words
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.typed import sheet_column


@dataclass(frozen=True)
class GroupSheet:
    """Groups as lines of a file: the value, how many rows, then what each summed column makes."""

    listing: Listing
    groups: Groups
    counts: Counts

    @classmethod
    def of(cls, listing: Listing) -> Self | None:
        """None for a list that is not grouped."""
        groups = listing.groups
        return None if groups is None else cls(listing, groups, listing.counts)

    @property
    def title(self) -> str:
        return _("分组")

    @property
    def by(self) -> str:
        """By what, in words."""
        return by_words(self.groups.column)

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        summed = [sheet_column(column) for column in self.listing.summed]
        taken, rows = {self.by, *(column.label for column in summed)}, _("行数")
        while rows in taken:  # a ledger may have a column of that name
            rows = _("各组%(column)s") % {"column": rows}
        first = SheetColumn("group", self.by, Kind.TEXT, width=24)
        return (first, SheetColumn("rows", rows, Kind.INTEGER), *summed)

    @property
    def lines(self) -> list[tuple[Value, ...]]:
        return [self._line(one.text, one.rows, one.totals or {}) for one in self.groups.items]

    @property
    def total(self) -> tuple[Value, ...]:
        """What all groups make, as below them on the screen."""
        rows = self.counts.rows if self.counts.is_exact else None
        return self._line(total_words(self.listing), rows, self.counts.totals)

    def _line(self, text: str, rows: int | None, totals: Mapping[str, Any]) -> tuple[Value, ...]:
        return (text, rows, *(totals.get(column.name) for column in self.listing.summed))

    def said(self) -> str:
        """How many groups of how many rows, what they make together, and whether some are left out."""
        number = len(self.groups.items)
        groups = ngettext("共 %(groups)s 组，%(rows)s 行", "共 %(groups)s 组，%(rows)s 行", number)
        text = groups % {"groups": f"{number:,}", "rows": self.counts.text}
        sums = "，".join(self._sums())
        if sums:
            text += _("；合计 %(sums)s（不含作废）") % {"sums": sums}
        return f"{text}。{cut_words()}" if self.groups.is_cut else f"{text}。"

    def _sums(self) -> Sequence[str]:
        totals = self.counts.totals
        return [
            _("%(column)s %(total)s%(unit)s")
            % {"column": one.label, "total": text_of_value(one, totals[one.name]), "unit": one.unit or ""}
            for one in self.listing.summed
            if one.name in totals
        ]

    def printed(self) -> list[list[str]]:
        """The lines as they stand on paper, that of the total last."""
        return [self._printed(line) for line in (*self.lines, self.total)]

    def _printed(self, line: Sequence[Value]) -> list[str]:
        text, rows, *totals = line
        sums = [
            "" if total is None else text_of_value(column, total)
            for column, total in zip(self.listing.summed, totals, strict=True)
        ]
        return [str(text), self.counts.text if rows is None else f"{rows:,}", *sums]
