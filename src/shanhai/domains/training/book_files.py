"""A report as a file: the same lines in the same order as Excel and as Word."""

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.inline import line as words
from shanhai.kernel.documents.inline import recognise, row
from shanhai.kernel.documents.model import Align, Column, Date, Document, Kind, Number, Paragraph, Table
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.sheets.columns import NUMBERS, SheetColumn
from shanhai.kernel.sheets.columns import Kind as CellKind
from shanhai.kernel.sheets.writing import write_xlsx

from .books import Asked, Book, Line, text_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_of(book: Book, asked: Asked, lines: Sequence[Line], wanted: str) -> HttpResponse:
    """`wanted`: xlsx or docx. Errors: NotVisible for anything else."""
    every = book.all_lines(lines)
    match wanted:
        case "xlsx":
            content, kind = workbook_of(book, asked, every), XLSX
        case "docx":
            content, kind = write_docx(document_of(book, asked, every)), DOCX
        case _:
            raise NotVisible
    name = f"{book.title}-{asked.side.label}-{asked.period.code}.{wanted}"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def workbook_of(book: Book, asked: Asked, lines: Sequence[Line]) -> bytes:
    columns = book.columns()
    rows = ({one.name: line[one.name] for one in columns} for line in lines)
    out = io.BytesIO()
    write_xlsx(columns, rows, book.said(asked), out, title=str(book.title))
    return out.getvalue()


def document_of(book: Book, asked: Asked, lines: Sequence[Line]) -> Document:
    """A table on paper that lies; every figure bound to the line and column it stands in."""
    columns = book.columns()
    heads = tuple(
        Column(
            recognise(str(one.label)), Align.RIGHT if one.kind in NUMBERS else Align.LEFT, str(one.unit or "")
        )
        for one in columns
    )
    rows = tuple(
        row(*(_cell(line, one, number) for one in columns), is_total=line.get("key") == "")
        for number, line in enumerate(lines, 1)
    )
    return Document(
        kind=Kind.TABLE,
        issuer=str(asked.side.label),
        title=f"{book.title}（{asked.period.label}）",
        date=clock.today(),
        blocks=(Paragraph(recognise(book.said(asked)), is_flush=True), Table(heads, rows)),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
        is_landscape=True,
    )


def _cell(line: Line, column: SheetColumn, number: int) -> Any:
    value = line[column.name]
    if value is None or value == "":
        return words("")
    if column.kind is CellKind.DATE:
        return Date(value.isoformat())
    if column.kind not in NUMBERS:
        return recognise(text_of(value))
    decimals = None if column.kind is CellKind.INTEGER else column.places
    return Number.of(value, bind=f"{number}.{column.name}", unit=str(column.unit or ""), decimals=decimals)
