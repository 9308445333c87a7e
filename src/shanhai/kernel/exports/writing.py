"""The rows of a list into a file: the same rows, columns, order and filters, counted as they go by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.writing import ValueRow, csv_lines, write_xlsx
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.filters import shortened
from shanhai.kernel.surfaces.listing import Listing

from .cells import ROW_KEY, Cells, export_columns

#: Rows held in memory at a time.
CHUNK = 2_000


class Format(StrEnum):
    """What a list can be exported as."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def content_type(self) -> str:
        if self is Format.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Export:
    """A listing about to become a file.

    Shape: language and clock are asked when it is made; the writing may happen elsewhere and later.
    """

    listing: Listing
    columns: tuple[SheetColumn, ...]
    note: str
    title: str
    at: datetime

    @classmethod
    def of(cls, listing: Listing) -> "Export":
        """Errors: RuleViolated for filters that cannot be read: nobody wants other rows than asked for."""
        if listing.problems:
            raise RuleViolated(" ".join(listing.problems), code="bad_filter")
        columns = export_columns(listing.resolved, listing.columns)
        now = clock.now()
        return cls(listing, columns, _note(listing, now), listing.ledger.label, now)

    def rows(self) -> Iterator[ValueRow]:
        """Row by row as the list shows them; memory does not grow with their number."""
        shown, cells = self.listing.columns, Cells(self.listing.actor)
        for row in self.listing.ordered().iterator(chunk_size=CHUNK):
            values = {column.name: cells.value(column, row) for column in shown}
            yield {**values, ROW_KEY: str(row.pk)}

    def count(self) -> int:
        """Rows the file must have."""
        return self.listing.rows().order_by().count()

    def file_name(self, form: Format) -> str:
        return f"{self.title}_{self.at:%Y%m%d_%H%M}.{form}"

    def csv(self, rows: Iterator[ValueRow]) -> Iterator[bytes]:
        return csv_lines(self.columns, rows, self.note)

    def xlsx(self, rows: Iterator[ValueRow], out: Path) -> int:
        """How many rows the workbook has."""
        return write_xlsx(self.columns, rows, self.note, out, title=self.title, scratch=out.parent)


def _note(listing: Listing, now: datetime) -> str:
    """Who took what from where, so that a file found later explains itself."""
    filters = [
        _("%(column)s：%(chosen)s") % {"column": one.column.label, "chosen": shortened(one.summary())}
        for one in listing.filters
        if one.is_active
    ]
    if listing.text:
        filters.append(_("搜索：%(text)s") % {"text": listing.text})
    said = {
        "ledger": listing.ledger.label,
        "at": moment(now),
        "who": listing.actor.name,
        "filters": "；".join(filters) or _("全部"),
    }
    return _("%(ledger)s。%(at)s 由 %(who)s 导出。筛选：%(filters)s。敏感信息已隐去。") % said
