"""A list on paper: A4 with its title, unit, filters, page numbers, and the lines that those responsible sign.

As PDF by the product's own writer of documents, because only there every row is on paper, whatever the page
of the list shows, and every sheet bears its number and the head of the table.
"""

from collections.abc import Iterable, Sequence
from itertools import batched
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.documents.layout import PORTRAIT, table_grid
from shanhai.kernel.documents.model import Align, Column, Document, Kind, Line, Paragraph, Row, Table, Text
from shanhai.kernel.documents.typst import write_pdf
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.installation import is_demonstration
from shanhai.kernel.sheets.columns import NUMBERS
from shanhai.kernel.sheets.lots import Lot
from shanhai.kernel.sheets.values import Value
from shanhai.kernel.surfaces.display import moment, period_label, text_of_value
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.listing import Listing

from .grouped import GroupSheet

#: More are some hundred sheets of paper, which nobody reads.
MOST_PRINTED = 5_000
#: A table that would be set smaller upright is set on paper that lies. Unit: points.
_LEAST_SIZE = 10.5


def write_print(listing: Listing, lots: Iterable[Lot], said: Sequence[str], masking: str, out: Path) -> None:
    """The list as PDF; `said` are its filters in words, `masking` what is told of sensitive values.

    Errors: RuleViolated for more rows than are printed.
    """
    lines: list[list[str]] = []
    for lot in lots:
        lines += [_cells(listing.columns, row) for row in zip(*lot, strict=True)]
        if len(lines) > MOST_PRINTED:
            raise too_many_to_print()
    number = _("共 %(number)s 行") % {"number": f"{len(lines):,}"}
    table = (_columns(listing.columns), [*_rows(lines), *_totals(listing)])
    out.write_bytes(
        write_pdf(_document(listing, listing.ledger.label, table, [*_facts(said), number], masking))
    )


def write_groups(groups: GroupSheet, said: Sequence[str], out: Path) -> None:
    """The groups of a list as PDF."""
    *lines, total = groups.printed()
    heads = [(column.header, column.kind in NUMBERS) for column in groups.columns]
    rows = [*_rows(lines), Row((_line(""), *map(_line, total)), is_total=True)]
    title = _("%(ledger)s（按%(column)s）") % {"ledger": groups.listing.ledger.label, "column": groups.by}
    facts = [*_facts(said), groups.said()]
    out.write_bytes(write_pdf(_document(groups.listing, title, (_headed(heads), rows), facts, "")))


def too_many_to_print() -> RuleViolated:
    said = _("一次最多打印 %(most)s 行。请先筛选，或导出 Excel 后打印。") % {"most": f"{MOST_PRINTED:,}"}
    return RuleViolated(said, code="too_many_to_print")


def _facts(said: Sequence[str]) -> list[str]:
    return [_("筛选：%(filters)s") % {"filters": "；".join(said) or _("全部")}]


#: Columns and rows of the table.
type _Table = tuple[tuple[Column, ...], Sequence[Row]]


def _document(listing: Listing, title: str, printed: _Table, facts: Sequence[str], masking: str) -> Document:
    columns, rows = printed
    made_by = {"at": moment(clock.now()), "who": listing.actor.name, "masking": masking}
    table = Table(
        caption=_line("　".join(facts)),
        columns=columns,
        rows=tuple(rows),
        notes=(_line(_("%(who)s 于 %(at)s 打印。%(masking)s") % made_by),),
    )
    is_wide = table_grid(table, PORTRAIT).size < _LEAST_SIZE
    return Document(
        kind=Kind.TABLE,
        issuer=_unit(listing),
        title=title,
        date=clock.today(),
        blocks=(table, *_signatures(4 if is_wide else 2)),
        labels=(_("演示数据"),) if is_demonstration() else (),
        is_landscape=is_wide,
    )


def _signatures(beside: int) -> Iterable[Paragraph]:
    """Where those responsible sign, so many beside each other."""
    lines = [f"{who}：__________" for who in (_("填报人"), _("审核人"), _("负责人"), _("日　期"))]
    for some in batched(lines, beside):
        yield Paragraph(_line("　".join(some)), is_flush=True)


def _unit(listing: Listing) -> str:
    home = listing.actor.home
    if home is None:
        return ""
    return str(apps.get_model(settings.SHANHAI_UNIT_MODEL)._default_manager.get(pk=home.unit_id))


def _columns(columns: Sequence[ResolvedColumn]) -> tuple[Column, ...]:
    return _headed([(one.heading, one.is_number) for one in columns])


def _headed(heads: Iterable[tuple[str, bool]]) -> tuple[Column, ...]:
    """Headings, each with whether numbers stand under it."""
    return (
        Column(_line(_("序号")), Align.CENTER),
        *(Column(_line(head), Align.RIGHT if is_number else Align.LEFT) for head, is_number in heads),
    )


def _rows(lines: Iterable[Sequence[str]]) -> Iterable[Row]:
    for number, cells in enumerate(lines, 1):
        yield Row((_line(str(number)), *map(_line, cells)))


def _totals(listing: Listing) -> Iterable[Row]:
    totals = listing.counts.totals
    if totals:
        cells = [
            text_of_value(one, totals[one.name]) if one.name in totals else "" for one in listing.columns
        ]
        yield Row((_line(_("合计")), *map(_line, cells)), is_total=True)


def _cells(columns: Sequence[ResolvedColumn], row: tuple[Value, ...]) -> list[str]:
    return [_text(column, value) for column, value in zip(columns, row, strict=False)]


def _text(column: ResolvedColumn, value: Any) -> str:
    return period_label(value) if isinstance(value, Period) else text_of_value(column, value)


def _line(text: str) -> Line:
    return (Text(text),)
