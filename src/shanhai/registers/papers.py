"""A report as a paper: tables of values, told alike by Excel and Word. Chapters say what stands in them."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.inline import line, recognise
from shanhai.kernel.documents.model import (
    Align,
    Code,
    Column,
    Date,
    Document,
    DocumentInvalid,
    Line,
    Number,
    Paragraph,
    Row,
    Table,
    Text,
)
from shanhai.kernel.documents.model import Kind as Look
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import NUMBERS, Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.registers.parties.models import Unit

FORMS = ("xlsx", "docx")
#: Cells of a Word document: more nobody prints, and Excel has them all.
MOST_CELLS = 30_000


@dataclass(frozen=True)
class PaperRow:
    """One row. Shape: a value and an address for each column; `url` is that of the row itself."""

    cells: tuple[Any, ...]
    urls: tuple[str, ...] = ()
    url: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class PaperTable:
    """A table, with its title where it is not alone."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[PaperRow]
    note: str = ""

    def values(self) -> Iterator[dict[str, Any]]:
        """As Excel writes them."""
        names = [one.name for one in self.columns]
        for one in self.rows:
            yield dict(zip(names, one.cells, strict=True))


@dataclass(frozen=True)
class Paper:
    """A report as values. Shape: `stem` begins the name of its file; `issuer` stands above it in Word.

    `sheet`: what Excel has, where that is not the one table of Word. `figures`: numbers that `note` names, in
    its order, so that they are bound as those of the tables.
    """

    title: str
    note: str
    tables: Sequence[PaperTable]
    stem: str
    issuer: str = ""
    sheet: PaperTable | None = None
    figures: Sequence[Number] = field(default_factory=tuple)


def file_of(paper: Paper, form: str) -> HttpResponse:
    """The report to take along. Errors: NotVisible for another form; RuleViolated for too much for Word."""
    match form:
        case "xlsx":
            content = workbook(paper)
        case "docx":
            content = write_docx(document(paper))
        case _:
            raise NotVisible
    return file_answer(content, f"{paper.stem}.{form}")


def workbook(paper: Paper) -> bytes:
    """The whole report as Excel, with the note in a sheet of its own."""
    out, sheet = io.BytesIO(), paper.sheet or paper.tables[0]
    write_xlsx(sheet.columns, list(sheet.values()), f"{paper.title}。{paper.note}", out, title=paper.title)
    return out.getvalue()


def document(paper: Paper) -> Document:
    """The report as an official table on paper that lies; every number carries the cell it was counted for.

    Errors: RuleViolated where it is more than anybody prints.
    """
    cells = sum(len(table.rows) * len(table.columns) for table in paper.tables)
    if cells > MOST_CELLS:
        sentence = _("共 %(number)s 格，Word 最多 %(most)s 格。请缩小范围，或下载 Excel。")
        told = {"number": f"{cells:,}", "most": f"{MOST_CELLS:,}"}
        raise RuleViolated(sentence % told, code="too_many_to_print")
    tables = (_table(number, table) for number, table in enumerate(paper.tables, 1))
    return Document(
        kind=Look.TABLE,
        issuer=paper.issuer,
        title=paper.title,
        date=clock.today(),
        blocks=(Paragraph(_note(paper), is_flush=True, slot="说明"), *tables),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
        is_landscape=True,
    )


def _note(paper: Paper) -> Line:
    parts, rest = line(), paper.note
    for figure in paper.figures:
        before, _shown, rest = rest.partition(figure.display)
        parts = (*parts, *words(before), figure)
    return (*parts, *words(rest))


def _table(number: int, table: PaperTable) -> Table:
    columns = tuple(
        Column(words(str(one.label)), Align.RIGHT if one.kind in NUMBERS else Align.LEFT, str(one.unit or ""))
        for one in table.columns
    )
    rows = tuple(
        Row(
            tuple(
                _cell(column, value, f"{number}.{at}.{column.name}")
                for column, value in zip(table.columns, one.cells, strict=True)
            ),
            one.is_total,
        )
        for at, one in enumerate(table.rows, 1)
    )
    # A figure of a second table would not be told from one of the first: tables are asked for by number.
    return Table(columns, rows, caption=words(table.title), slot=f"表{number}")


def _cell(column: SheetColumn, value: Any, bind: str) -> Line:
    if column.kind in NUMBERS:  # an absent one is a dash
        decimals = 0 if column.kind is Kind.INTEGER else column.places
        return line(Number.of(value, bind=bind, unit=str(column.unit or ""), decimals=decimals))
    return line(Date(value.isoformat())) if isinstance(value, date) else words(text_of(value))


def words(text: str) -> Line:
    """Words of a report; what has digits in it that are no date is a name, not a figure."""
    known = recognise(text)
    if any(isinstance(part, Text) and any(sign.isdigit() for sign in part.text) for part in known):
        try:
            return line(Code(text))
        except DocumentInvalid:
            return line(Text(text))
    return known


def text_of(value: Any) -> str:
    """A value in words, as pages and Word have it."""
    match value:
        case None:
            return ""
        case bool():
            return _("是") if value else _("否")
        case int() | Decimal():
            return f"{value:,}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def issuer_of(actor: Actor) -> str:
    """The unit of the reader, whose paper it is."""
    unit = Unit.objects.filter(pk=actor.home.unit_id).first() if actor.home else None
    return unit.name if unit else actor.name
