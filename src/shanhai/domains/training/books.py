"""A table computed for a day: one declaration, told as a page, a workbook and an answer of the API."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import NUMBERS, Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

type Line = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """Whose rows, and of which period."""

    side: Side
    period: Period
    #: Whether it is the reader's own side; people of the other are masked.
    is_own: bool


@dataclass(frozen=True)
class Book:
    """A report of the chapter. `lines`: what it says; each with the `id` of the row it is about, or none."""

    code: str
    title: Any
    #: Says what is counted; with `%(period)s`.
    note: Any
    #: Who reads this ledger may read the report; its lines lead to its rows.
    ledger: str
    kind: PeriodKind
    columns: Callable[[], Sequence[SheetColumn]]
    lines: Callable[[Asked], list[Line]]

    def require(self, actor: Actor) -> None:
        """Errors: NotVisible."""
        if not actor.allows(Verb.VIEW, self.ledger):
            raise NotVisible

    def asked(self, actor: Actor, query: Mapping[str, str]) -> Asked:
        """Of one's own side and the usual period, unless the address says otherwise.

        Errors: NotVisible, RuleViolated for what is no period.
        """
        self.require(actor)
        side = query.get("side") or (actor.home.side if actor.home else "")
        if side not in Side.values:
            raise NotVisible
        text = query.get("period", "").strip()
        try:
            period = Period.parse(text) if text else _usual(self.kind)
        except PeriodError as wrong:
            raise RuleViolated(str(wrong), code="bad_period") from None
        if period.kind is not self.kind:
            raise RuleViolated(_("请按%(kind)s填写。") % {"kind": self.kind.label}, code="bad_period")
        return Asked(Side(side), period, side in actor.sides)

    def said(self, asked: Asked) -> str:
        told = {"side": asked.side.label, "period": asked.period.label}
        return _("%(side)s，%(period)s。%(note)s") % {**told, "note": self.note}


def _usual(kind: PeriodKind) -> Period:
    """The last month that has ended; of longer periods the one under way."""
    now = Period.of(clock.today(), kind)
    return now.previous() if kind is PeriodKind.MONTH else now


def text_of(value: Any) -> str:
    """A cell of the page."""
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


def render_book(request: HttpRequest, book: Book) -> HttpResponseBase:
    """`?period=`, `?side=`; `?format=xlsx`: a file. Errors: NotVisible, NotAllowed."""
    actor = actor_of(request)
    try:
        asked = book.asked(actor, request.GET)
    except RuleViolated as wrong:
        shown = {"title": book.title, "sub": "", "actions": [], "problem": str(wrong), "note": "", "side": ""}
        return render(
            request, "training/book.html", shown | {"period": request.GET.get("period", "")}, status=422
        )
    lines = book.lines(asked)
    may_export = actor.allows(Verb.EXPORT, book.ledger)
    if request.GET.get("format") == "xlsx":
        if not may_export:
            raise NotAllowed
        return _workbook(book, asked, lines)
    here = {"side": asked.side.value, "period": asked.period.code}
    export = {
        "label": _("导出 Excel"),
        "url": with_query(request.path, {**here, "format": "xlsx"}),
        "kind": "",
        "icon": "download",
    }
    sides = [
        {
            "label": side.label,
            "url": with_query(request.path, {**here, "side": side}),
            "here": side == asked.side,
        }
        for side in Side
    ]
    context = {
        "title": book.title,
        "sub": _("%(number)s 行") % {"number": f"{len(lines):,}"},
        "actions": [export] if may_export and lines else [],
        "note": book.said(asked),
        "problem": "",
        "period": asked.period.code,
        "side": asked.side.value,
        "sides": sides,
        "table": _table(book, lines),
        "empty": {"title": _("没有可列的内容"), "text": _("换一个期间，或先填报台账。")},
    }
    return render(request, "training/book.html", context)


def _table(book: Book, lines: Sequence[Line]) -> dict[str, Any]:
    columns, ledger = book.columns(), registry.get(book.ledger)
    labels = [f"{one.label}（{one.unit}）" if one.unit else str(one.label) for one in columns]
    rows = [
        (
            link(ledger, "detail", pk=line["id"]) if line.get("id") else "",
            [
                {
                    "text": text_of(line[one.name]),
                    "kind": "number" if one.kind in NUMBERS else "long" if one.kind is Kind.LONG_TEXT else "",
                }
                for one in columns
            ],
        )
        for line in lines
    ]
    drawn = table_of(labels, rows)
    for heading, one in zip(drawn["columns"], columns, strict=True):
        heading["kind"] = "number" if one.kind in NUMBERS else ""
    return drawn


def _workbook(book: Book, asked: Asked, lines: Sequence[Line]) -> FileResponse:
    """The same lines in the same order."""
    columns = book.columns()
    name = f"{book.title}-{asked.side.label}-{asked.period.code}"
    rows = ({one.name: line[one.name] for one in columns} for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "book.xlsx"
        write_xlsx(columns, rows, book.said(asked), out, title=str(book.title))
        opened = out.open("rb")  # stays readable after the folder is gone
    return FileResponse(opened, as_attachment=True, filename=f"{name}.xlsx")


class BookColumn(Schema):
    """A column of a report."""

    name: str
    label: str
    unit: str


class BookAnswer(Schema):
    """A report of a period: columns, and lines whose values are texts as the page shows them."""

    note: str
    period: str
    columns: list[BookColumn]
    lines: list[dict[str, str]] = Field(description="列名 → 值；id 为所指台账行的编号，可为空")


class BookQuery(Schema):
    """Which period and side."""

    period: str = Field("", description="报告期；空为上一期")
    side: str = Field("", description="east 或 west；空为本方")


def add_operation(router: Router, path: str, book: Book) -> None:
    """`GET <path>` answers what the page of the report shows."""

    def check(request: HttpRequest, actor: Actor) -> Actor:
        book.require(actor)
        return actor

    @router.get(
        path, response=BookAnswer, **called(f"training_{book.code}", str(book.title), auth=Door(check))
    )
    def read_book(request: HttpRequest, asked: Query[BookQuery]) -> dict[str, Any]:
        found = book.asked(actor_of(request), {"period": asked.period, "side": asked.side})
        columns = book.columns()
        return {
            "note": book.said(found),
            "period": found.period.code,
            "columns": [
                {"name": one.name, "label": str(one.label), "unit": str(one.unit or "")} for one in columns
            ],
            "lines": [
                {"id": str(line.get("id") or "")} | {one.name: text_of(line[one.name]) for one in columns}
                for line in book.lines(found)
            ],
        }
