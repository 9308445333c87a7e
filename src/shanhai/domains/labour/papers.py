"""A report of the chapter: tables of values, told alike by the page, Excel and Word."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.inline import line, recognise, row
from shanhai.kernel.documents.model import Align, Code, Column, Document, DocumentInvalid, Line, Number, Table
from shanhai.kernel.documents.model import Kind as Look
from shanhai.kernel.documents.model import Paragraph as Words
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import NUMBERS, Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.links import with_query
from shanhai.registers.parties.models import Unit
from shanhai.registers.tables import table_of

type Drawn = dict[str, Any]
FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: Cells of a Word table: beyond, nobody prints it, and Excel has them all.
MOST_CELLS = 20_000


@dataclass(frozen=True)
class PaperRow:
    """One row. Shape: a value and an address for each column; `url` is that of the row itself."""

    cells: tuple[Any, ...]
    urls: tuple[str, ...] = ()
    url: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class PaperTable:
    """A table with its title."""

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
    """A report as values. `sheet`: what Excel has; `tables`: what Word and the page have."""

    title: str
    note: str
    tables: Sequence[PaperTable]
    sheet: PaperTable
    #: Where the file comes from and of when, for its name.
    stem: str


def text_of(value: Any) -> str:
    """A cell of the page; an absent number is a dash."""
    match value:
        case None:
            return "—"
        case bool():
            return _("是") if value else _("否")
        case int() | Decimal():
            return f"{value:,}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def sentences(*parts: str) -> str:
    """Sentences one after the other, as the language puts them; empty ones are left out."""
    found = ""
    for part in filter(None, parts):
        found = _("%(before)s%(after)s") % {"before": found, "after": part} if found else part
    return found


def draw_table(table: PaperTable, rows: Sequence[PaperRow] | None = None) -> Drawn:
    """For components/table.html. `rows`: those of the page, all without."""
    labels = [f"{one.label}（{one.unit}）" if one.unit else str(one.label) for one in table.columns]
    drawn = table_of(
        labels, [(one.url, _cells(table, one)) for one in (table.rows if rows is None else rows)]
    )
    for heading, one in zip(drawn["columns"], table.columns, strict=True):
        heading["kind"] = "number" if one.kind in NUMBERS else ""
    return drawn


def _cells(table: PaperTable, one: PaperRow) -> list[Drawn]:
    urls = one.urls or ("",) * len(one.cells)
    kinds = {Kind.LONG_TEXT: "long", **dict.fromkeys(NUMBERS, "number")}
    return [
        {
            "text": text_of(value) if value is not None or column.kind in NUMBERS else "",
            "kind": kinds.get(column.kind, ""),
            **({"url": url} if url else {}),
        }
        for column, value, url in zip(table.columns, one.cells, urls, strict=True)
    ]


def workbook(paper: Paper) -> bytes:
    """The whole report as Excel, with the note in a sheet of its own."""
    out = io.BytesIO()
    write_xlsx(paper.sheet.columns, list(paper.sheet.values()), f"{paper.title}。{paper.note}", out,
               title=paper.title)  # fmt: skip
    return out.getvalue()


def document(paper: Paper, issuer: str) -> Document:
    """The report as an official table; every number carries the cell it was counted for."""
    blocks: list[Any] = [Words(_words(paper.note), is_flush=True)]
    for number, table in enumerate(paper.tables):
        columns = tuple(
            Column(
                _words(str(one.label)),
                Align.RIGHT if one.kind in NUMBERS else Align.LEFT,
                str(one.unit or ""),
            )
            for one in table.columns
        )
        most = max(1, MOST_CELLS // len(columns))
        rows = tuple(
            row(
                *(_printed(column, value, f"{number}.{at}.{column.name}") for column, value in
                  zip(table.columns, one.cells, strict=True)),
                is_total=one.is_total,
            )
            for at, one in enumerate(table.rows[:most])
        )  # fmt: skip
        cut = _("只印前面的部分，全部内容见 Excel。")
        notes = (line(cut),) if len(table.rows) > most else ()
        blocks.append(Table(columns, rows, caption=_words(table.title), notes=notes))
    return Document(
        kind=Look.TABLE,
        issuer=issuer,
        title=paper.title,
        date=clock.today(),
        blocks=tuple(blocks),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
        is_landscape=True,
    )


def _printed(column: SheetColumn, value: Any, bind: str) -> Line:
    if column.kind in NUMBERS:
        decimals = 2 if column.kind is Kind.MONEY else 0
        return line(Number.of(value, bind=bind, decimals=decimals))
    return _words("" if value is None else text_of(value))


def _words(text: str) -> Line:
    """Words of a row: what has digits in it is a name, a day or a place in an order, not a figure."""
    if not any(one.isdigit() for one in text):
        return line(text)
    try:
        return line(Code(text))
    except DocumentInvalid:
        return recognise(text)


def files_of(request: HttpRequest, query: dict[str, str], may: bool) -> list[Drawn]:
    """The buttons of a page by which the report is taken along."""
    named = (("xlsx", _("导出 Excel")), ("docx", _("导出 Word")))
    return [
        {"label": label, "url": with_query(request.path, {**query, "format": kind}), "kind": "",
         "icon": "download"}
        for kind, label in named
        if may
    ]  # fmt: skip


def answer_file(request: HttpRequest, paper: Paper, actor: Actor, ledger: str) -> HttpResponse | None:
    """The file that `?format=` asks for; None where it asks for none. Errors: NotAllowed."""
    kind = request.GET.get("format", "")
    if kind not in FILES:
        return None
    if not actor.allows(Verb.EXPORT, ledger):
        raise NotAllowed
    content = workbook(paper) if kind == "xlsx" else write_docx(document(paper, issuer_of(actor)))
    response = HttpResponse(content, content_type=FILES[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{paper.stem}.{kind}')}"
    return response


def issuer_of(actor: Actor) -> str:
    """The unit of the reader, whose paper it is."""
    unit = Unit.objects.filter(pk=actor.home.unit_id).first() if actor.home else None
    return unit.name if unit else actor.name
