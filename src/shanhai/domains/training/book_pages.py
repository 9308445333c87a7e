"""A report on the page: its charts, its table, and what is behind one of its numbers."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.kernel.sheets.columns import NUMBERS, Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of, text_of
from shanhai.registers.tables import table_of

from .book_files import paper_of
from .books import Asked, Behind, Book, Line, Way


def render_book(request: HttpRequest, book: Book) -> HttpResponseBase:
    """`?period=`, `?side=`; `?format=xlsx|docx`: a file; `?line=`, `?column=`: the rows behind a number.

    Errors: NotVisible, NotAllowed.
    """
    actor = actor_of(request)
    try:
        asked = book.asked(actor, request.GET)
    except RuleViolated as wrong:
        shown = {"title": book.title, "sub": "", "actions": [], "problem": str(wrong), "note": "", "side": ""}
        return render(
            request, "training/book.html", shown | {"period": request.GET.get("period", "")}, status=422
        )
    if "column" in request.GET:
        return _behind(request, book, asked)
    lines = book.lines(asked)
    may_export = actor.allows(Verb.EXPORT, book.ledger)
    if wanted := request.GET.get("format"):
        if not may_export:
            raise NotAllowed
        return file_of(paper_of(book, asked, lines), wanted)
    way = way_of(request.path, asked)
    sides = [
        {
            "label": side.label,
            "url": with_query(request.path, asked.query() | {"side": side}),
            "here": side == asked.side,
        }
        for side in Side
    ]
    context = {
        "title": book.title,
        "sub": _("%(number)s 行") % {"number": f"{len(lines):,}"},
        "actions": _files(request, asked) if may_export and lines else [],
        "note": book.said(asked),
        "problem": "",
        "period": asked.period.code,
        "side": asked.side.value,
        "sides": sides,
        "charts": book.charts(asked, lines, way) if book.charts and lines else [],
        "table": _table(book, lines, way),
        "empty": {"title": _("没有可列的内容"), "text": _("换一个期间，或先填报台账。")},
    }
    return render(request, "training/book.html", context)


def way_of(address: str, asked: Asked) -> Way:
    """How a number of a report at an address is opened."""

    def way(key: str, column: str) -> str:
        return with_query(address, asked.query(line=key, column=column))

    return way


def _files(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": with_query(request.path, asked.query(format=name)),
            "kind": "",
            "icon": "download",
        }
        for name, label in (("xlsx", _("导出 Excel")), ("docx", _("导出 Word")))
    ]


def _table(book: Book, lines: Sequence[Line], way: Way) -> dict[str, Any]:
    columns = book.columns()
    labels = [f"{one.label}（{one.unit}）" if one.unit else str(one.label) for one in columns]

    def cells(line: Line) -> list[dict[str, Any]]:
        return [_cell(book, line, one, way) for one in columns]

    def url(line: Line) -> str:
        ledger = registry.get(line.get("ledger", book.ledger))
        return link(ledger, "detail", pk=line["id"]) if line.get("id") else ""

    rows = [(url(line), cells(line)) for line in lines]
    drawn = table_of(labels, rows)
    for heading, one in zip(drawn["columns"], columns, strict=True):
        heading["kind"] = "number" if one.kind in NUMBERS else ""
    if len(every := book.all_lines(lines)) > len(lines):
        drawn["totals"] = [
            cell | {"label": label} for cell, label in zip(cells(every[-1]), labels, strict=True)
        ]
    return drawn


def _cell(book: Book, line: Line, column: SheetColumn, way: Way) -> dict[str, Any]:
    kind = "number" if column.kind in NUMBERS else "long" if column.kind is Kind.LONG_TEXT else ""
    url = way(line["key"], column.name) if book.opens(line, column) else ""
    return {"text": text_of(line[column.name]), "kind": kind, "url": url}


def _behind(request: HttpRequest, book: Book, asked: Asked) -> HttpResponse:
    """The rows behind a number; of one row alone the row itself. Errors: NotVisible."""
    actor = actor_of(request)
    rows, heading = behind(book, asked, request.GET.get("line", ""), request.GET["column"])
    if len(rows) == 1 and actor.allows(Verb.VIEW, rows[0].ledger):
        return redirect(link(registry.get(rows[0].ledger), "detail", pk=rows[0].pk))
    labels = (_("记录"), _("说明"), _("计入"))
    drawn = table_of(
        labels,
        [
            (
                link(registry.get(one.ledger), "detail", pk=one.pk)
                if actor.allows(Verb.VIEW, one.ledger)
                else "",
                (
                    one.name,
                    {"text": one.said, "kind": "long"},
                    {"text": text_of(one.counts), "kind": "number"},
                ),
            )
            for one in rows
        ],
    )
    drawn["columns"][-1]["kind"] = "number"
    told = {"rows": f"{len(rows):,}", "sum": text_of(sum(one.counts for one in rows))}
    context = {
        "title": heading,
        "sub": _("共 %(rows)s 行，计入合计 %(sum)s") % told,
        "crumbs": [{"label": book.title, "url": with_query(request.path, asked.query())}],
        "actions": [],
        "note": book.said(asked),
        "charts": [],
        "table": drawn,
        "empty": {"title": _("没有可列的内容"), "text": _("这个数没有对应的行，可能刚被改过。")},
    }
    return render(request, "training/book.html", context)


def behind(book: Book, asked: Asked, key: str, name: str) -> tuple[list[Behind], str]:
    """The rows of a number, and what it is called. Errors: NotVisible for what is no number of the report."""
    called = book.called(name)
    if called is None:
        raise NotVisible
    return book.behind(asked, key, name), f"{book.title}：{called}"
