"""A report on the page: its charts, its table, and what is behind one of its numbers."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.papers import text_of
from shanhai.registers.tables import table_of

from .book_files import paper_of
from .books import Asked, Behind, Book, Way


def render_book(request: HttpRequest, book: Book) -> HttpResponseBase:
    """`?period=`, `?side=`; `?format=xlsx|docx`: a file; `?line=`, `?column=`: the rows behind a number.

    Errors: NotVisible, NotAllowed; RuleViolated for too much for Word.
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
    lines, way = book.lines(asked), way_of(request.path, asked)
    paper = paper_of(book, asked, lines, way)
    if (file := answer_file(request, paper, actor, book.ledger)) is not None:
        return file
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
        "actions": files_of(request, asked.query(), actor.allows(Verb.EXPORT, book.ledger) and bool(lines)),
        "note": book.said(asked),
        "problem": "",
        "period": asked.period.code,
        "side": asked.side.value,
        "sides": sides,
        "charts": book.charts(asked, lines, way) if book.charts and lines else [],
        "table": draw_table(paper.tables[0]),
        "empty": {"title": _("没有可列的内容"), "text": _("换一个期间，或先填报台账。")},
    }
    return render(request, "training/book.html", context)


def way_of(address: str, asked: Asked) -> Way:
    """How a number of a report at an address is opened."""

    def way(key: str, column: str) -> str:
        return with_query(address, asked.query(line=key, column=column))

    return way


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
