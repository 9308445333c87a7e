"""The rows of a list into a file: the same rows, columns, order and filters, counted as they go by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.history import known
from shanhai.kernel.sealing import revealing, without_numbers
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.lots import Lots
from shanhai.kernel.sheets.parquet import write_parquet
from shanhai.kernel.sheets.writing import csv_lines, write_csv, write_xlsx
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.filters import shortened
from shanhai.kernel.surfaces.listing import Listing

from . import printing
from .cells import export_columns
from .formats import Format
from .grouped import GroupSheet
from .plain import Taken, checked_reason, openable
from .rows import Reading

if TYPE_CHECKING:
    from .approval import Copy


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
    #: Set where the list is grouped: its groups are written then, not its rows.
    groups: GroupSheet | None = None
    #: Why sensitive values are to stand unmasked where that is the reader's right; "" for masks everywhere.
    reason: str = ""
    #: What marks this copy, of one with sensitive values.
    copy: "Copy | None" = None

    @classmethod
    def of(cls, listing: Listing, reason: str | None = None, copy: "Copy | None" = None) -> "Export":
        """With a reason, sensitive values unmasked; such a file leaves with its `copy` told in it.

        Errors: RuleViolated for filters that cannot be read: nobody wants other rows than asked for; and
        those of `plain.checked_reason`.
        """
        if listing.problems:
            raise RuleViolated(" ".join(listing.problems), code="bad_filter")
        checked = "" if reason is None else checked_reason(listing, reason)
        now, title, groups = clock.now(), listing.ledger.label, GroupSheet.of(listing)
        note = _note(listing, now, checked, groups) + (copy.said if copy else "")
        columns = groups.columns if groups else export_columns(listing.resolved, listing.columns)
        return cls(listing, columns, note, title, now, groups, checked, copy)

    def count(self) -> int:
        """Rows the file would have now, or groups."""
        if self.groups is not None:
            return len(self.groups.lines)
        return self.listing.rows().order_by().count()

    def check(self, form: Format, number: int) -> None:
        """Errors: RuleViolated for more rows than go on paper, said before anybody waits."""
        if form is Format.PDF and number > printing.MOST_PRINTED:
            raise printing.too_many_to_print()

    def file_name(self, form: Format) -> str:
        by = f"_{self.groups.title}" if self.groups else ""
        return f"{self.title}{by}_{self.at:%Y%m%d_%H%M}.{form}"

    def write(self, form: Format, out: Path, tell: Callable[[int], None] | None = None) -> int:
        """Write the file and return how many rows it has; memory does not grow with their number.

        Errors: RuleViolated when they are not as many as the list had at that moment; SheetRefused for a
        text that no cell of Excel can hold. Whoever asked removes the file then.
        """
        if self.groups is not None:
            return self._write_groups(self.groups, form, out)
        if not self.reason:
            return self._write(form, out, Reading(self.listing), tell)
        columns = openable(self.listing)
        reading = Reading(self.listing, plain=columns)
        with revealing(self.reason, lambda _column: None):
            number = self._write(form, out, reading, tell)
        # In the transaction that lets the file go: nothing that was opened leaves without its record.
        taken = Taken(columns, reading.opened)
        taken.record(self.listing, form=form, filters=filters_said(self.listing), reason=self.reason)
        return number

    def _write(self, form: Format, out: Path, reading: Reading, tell: Callable[[int], None] | None) -> int:
        rows = Lots(reading, tell)
        match form:
            case Format.CSV:
                with out.open("wb") as file:
                    file.writelines(csv_lines(self.columns, rows, self.note))
            case Format.XLSX:
                ink, banner = (self.copy.ink, self.copy.said) if self.copy else ("", "")
                write_xlsx(
                    self.columns, rows, self.note, out,
                    title=self.title, scratch=out.parent, ink=ink, banner=banner,
                )  # fmt: skip
            case Format.PARQUET:
                write_parquet(self.columns, rows, self.note, out, title=self.title)
            case Format.PDF:
                masking = masking_said(self.listing, self.reason) + (self.copy.said if self.copy else "")
                told = filters_said(self.listing), masking
                printing.write_print(self.listing, rows, *told, out)
        expected = self.count() if reading.expected is None else reading.expected
        if rows.count != expected:
            said = {"expected": expected, "counted": rows.count}
            raise RuleViolated(
                _("应导出 %(expected)s 行，写出 %(counted)s 行，文件已作废。请重新导出。") % said,
                code="export_incomplete",
            )
        return rows.count

    def _write_groups(self, groups: GroupSheet, form: Format, out: Path) -> int:
        """At most `MOST_GROUPS` lines; what all make stands below them, but not where programs add up."""
        lines, with_total = groups.lines, [*groups.lines, groups.total]
        said = f"{self.note}{groups.said()}"
        match form:
            case Format.CSV:
                with out.open("wb") as file:
                    write_csv(self.columns, with_total, lambda _count: said, file)
            case Format.XLSX:
                write_xlsx(self.columns, with_total, lambda _count: said, out, title=groups.title)
            case Format.PARQUET:
                write_parquet(self.columns, lines, lambda _count: said, out, title=groups.title)
            case Format.PDF:
                printing.write_groups(groups, filters_said(self.listing), out)
        return len(lines)


def _note(listing: Listing, now: datetime, reason: str, groups: GroupSheet | None) -> str:
    """Who took what from where, so that a file found later explains itself."""
    said = {
        "ledger": grouped_title(listing, groups),
        "at": moment(now),
        "who": listing.actor.name,
        "filters": "；".join(filters_said(listing)) or _("全部"),
        "masking": masking_said(listing, reason),
    }
    return _("%(ledger)s。%(at)s 由 %(who)s 导出。筛选：%(filters)s。%(masking)s") % said


def grouped_title(listing: Listing, groups: GroupSheet | None) -> str:
    if groups is None:
        return listing.ledger.label
    return _("%(ledger)s，按%(column)s分组") % {"ledger": listing.ledger.label, "column": groups.by}


def masking_said(listing: Listing, reason: str) -> str:
    """Whether the file holds sensitive values as they stand, and why."""
    if not reason:
        return _("敏感信息已隐去。")
    fields = "、".join(str(column.label) for column in openable(listing))
    return _("含敏感信息原文（%(fields)s），理由：%(why)s。") % {"fields": fields, "why": reason}


def filters_said(listing: Listing) -> list[str]:
    """The filters and the search in force, each in words: of numbers of people the last two signs.

    Whoever chose them knows them; whoever is given the file, or reads what is kept of it, need not.
    """
    said = [
        _("%(column)s：%(chosen)s")
        % {"column": one.column.label, "chosen": without_numbers(shortened(one.summary()))}
        for one in listing.filters
        if one.is_active
    ]
    if day := known.known_on():
        said.append(_("按 %(day)s 24时系统已知的数据") % {"day": day.isoformat()})
    return said + ([_("搜索：%(text)s") % {"text": without_numbers(listing.text)}] if listing.text else [])
