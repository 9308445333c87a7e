"""A report as Excel and as Word: the same columns, the same numbers."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
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
    Number,
    Paragraph,
    Row,
    Table,
    Text,
)
from shanhai.kernel.documents.model import Kind as DocumentKind
from shanhai.kernel.documents.model import Line as Words
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import NUMBERS, Kind
from shanhai.kernel.sheets.writing import write_xlsx

from .reports import Line, Report

FORMS = ("xlsx", "docx")
#: More rows than this nobody reads as Word. Unit: rows.
MOST = 3_000


def written(found: Report, form: str, actor: Actor) -> bytes:
    """The whole report. Errors: RuleViolated where it is too long for Word."""
    if form == "xlsx":
        return workbook(found)
    if len(found.lines) > MOST:
        sentence = _("共 %(number)s 行，Word 最多 %(most)s 行，请缩短时间，或下载 Excel。")
        told = {"number": f"{len(found.lines):,}", "most": f"{MOST:,}"}
        raise RuleViolated(sentence % told, code="too_many_to_print")
    return write_docx(document(found, actor))


def workbook(found: Report) -> bytes:
    """As Excel."""
    out = io.BytesIO()
    write_xlsx(found.sheet_columns(), list(found.sheet_rows()), f"{title_of(found)} {found.note}", out)
    return out.getvalue()


def title_of(found: Report) -> str:
    """What it is, of whom, from when to when."""
    who = f"（{found.who}）" if found.who else ""
    return f"{found.title}{who} {found.first.isoformat()}–{found.last.isoformat()}"


def document(found: Report, actor: Actor) -> Document:
    """As a table on landscape paper; each number carries its row and column."""
    columns = tuple(
        Column(line(heading), Align.RIGHT if kind in NUMBERS else Align.LEFT)
        for _name, heading, kind in found.columns
    )
    rows = tuple(_row(number, one, found) for number, one in enumerate(found.lines, 1))
    days = line(Date(found.first.isoformat()), _(" 至 "), Date(found.last.isoformat()), "。")
    return Document(
        kind=DocumentKind.TABLE,
        issuer="、".join(sorted({str(side.label) for side in actor.sides})),
        title=found.title + (f"（{found.who}）" if found.who else ""),
        date=clock.today(),
        blocks=(Paragraph((*days, *_note(found)), is_flush=True), Table(columns, rows)),
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
        is_landscape=True,
    )


def _note(found: Report) -> Words:
    """The note; the amount that decides is a figure as the others."""
    if found.threshold is None:
        return _words(found.note)
    before, shown, after = found.note.partition(f"{found.threshold:,}")
    figure = Number(found.threshold, shown, "", "threshold")
    return (*_words(before), figure, *_words(after))


def _row(number: int, one: Line, found: Report) -> Row:
    cells = (
        _cell(value, kind, f"{number}-{name}")
        for value, (name, _heading, kind) in zip(one.cells, found.columns, strict=True)
    )
    return Row(tuple(cells), one.is_total)


def _cell(value: Any, kind: Kind, bind: str) -> Words:
    if value is None or value == "":
        return ()
    if kind in NUMBERS:
        decimals = 2 if kind is Kind.MONEY else 0
        return line(Number.of(Decimal(value), bind=bind, decimals=decimals))
    return line(Date(value.isoformat())) if isinstance(value, date) else _words(str(value))


def _words(text: str) -> Words:
    """Words; what has digits in it that are no date is a name."""
    known = recognise(text)
    if any(isinstance(part, Text) and any(sign.isdigit() for sign in part.text) for part in known):
        try:
            return line(Code(text))
        except DocumentInvalid:
            return line(Text(text))
    return known
