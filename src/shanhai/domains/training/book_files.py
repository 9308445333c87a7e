"""A report of training as a paper: the same lines in the same order on the page, in Excel and in Word."""

from collections.abc import Sequence

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.surfaces.links import link
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from .books import Asked, Book, Line, Way


def paper_of(book: Book, asked: Asked, lines: Sequence[Line], way: Way) -> Paper:
    """`way`: how its numbers are opened."""
    columns = book.columns()
    return Paper(
        title=f"{book.title}（{asked.period.label}）",
        note=book.said(asked),
        tables=[PaperTable("", columns, [_row(book, one, columns, way) for one in book.all_lines(lines)])],
        stem=f"{book.title}-{asked.side.label}-{asked.period.code}",
    )


def _row(book: Book, line: Line, columns: Sequence[SheetColumn], way: Way) -> PaperRow:
    ledger = registry.get(line.get("ledger", book.ledger))
    return PaperRow(
        tuple(line[one.name] for one in columns),
        tuple(way(line["key"], one.name) if book.opens(line, one) else "" for one in columns),
        link(ledger, "detail", pk=line["id"]) if line.get("id") else "",
        is_total=line.get("key") == "",
    )
