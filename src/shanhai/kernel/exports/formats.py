"""What a list can be exported as."""

from enum import StrEnum

from django.utils.translation import gettext as _

#: The parameter of an export's address that is no filter.
PARAMETER = "format"
#: Rows that are written within a second or two, while their reader waits.
INLINE_ROWS = 20_000
#: Of paper, which is set line by line.
INLINE_PRINTED = 500


class Format(StrEnum):
    """The kinds of file; the first is that of an address without one."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"
    PDF = "pdf"

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self]

    @property
    def label(self) -> str:
        """What the choice of a format says."""
        labels = {
            Format.XLSX: _("Excel"),
            Format.CSV: _("CSV"),
            Format.PARQUET: _("Parquet（供统计软件）"),
            Format.PDF: _("打印（A4，PDF）"),
        }
        return labels[self]

    @property
    def most_inline(self) -> int:
        """Up to how many rows the file is made at once; beyond, a job makes it."""
        return INLINE_PRINTED if self is Format.PDF else INLINE_ROWS


_CONTENT_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.PDF: "application/pdf",
}
