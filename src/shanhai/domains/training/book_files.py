"""A report of training as a paper: the same lines in the same order as on the page."""

from collections.abc import Sequence

from shanhai.registers.papers import Paper, PaperRow, PaperTable

from .books import Asked, Book, Line


def paper_of(book: Book, asked: Asked, lines: Sequence[Line]) -> Paper:
    columns = book.columns()
    rows = [
        PaperRow(tuple(line[one.name] for one in columns), is_total=line.get("key") == "")
        for line in book.all_lines(lines)
    ]
    return Paper(
        title=f"{book.title}（{asked.period.label}）",
        note=book.said(asked),
        tables=[PaperTable("", columns, rows)],
        stem=f"{book.title}-{asked.side.label}-{asked.period.code}",
        issuer=str(asked.side.label),
    )
