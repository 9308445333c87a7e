"""Reports of chapters on the page: their tables, and the buttons by which they are taken along."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import NUMBERS, Kind, SheetColumn
from shanhai.kernel.surfaces.links import with_query
from shanhai.registers.papers import FORMS, Paper, PaperRow, PaperTable, file_of, issuer_of, text_of
from shanhai.registers.tables import table_of

type Drawn = dict[str, Any]


def sentences(*parts: str) -> str:
    """Sentences one after the other, as the language puts them; empty ones are left out."""
    found = ""
    for part in filter(None, parts):
        found = _("%(before)s%(after)s") % {"before": found, "after": part} if found else part
    return found


def draw_table(table: PaperTable, rows: Sequence[PaperRow] | None = None) -> Drawn:
    """For components/table.html. `rows`: those of the page, all without."""
    labels = [f"{one.label}（{one.unit}）" if one.unit else str(one.label) for one in table.columns]
    lines = list(table.rows if rows is None else rows)
    total = lines.pop() if len(lines) > 1 and lines[-1].is_total else None
    drawn = table_of(labels, [(one.url, _cells(table, one)) for one in lines])
    if total:
        drawn["totals"] = _totals(table, total, labels)
    return drawn


def _totals(table: PaperTable, total: PaperRow, labels: Sequence[str]) -> list[Drawn]:
    """The last row, where it is the sum of those above; what is not summed stays empty."""
    cells = zip(_cells(table, total), total.cells, labels, strict=True)
    return [{**cell, "label": label, "text": "" if value is None else cell["text"]}
            for cell, value, label in cells]  # fmt: skip


def _cells(table: PaperTable, one: PaperRow) -> list[Drawn]:
    urls = one.urls or ("",) * len(one.cells)
    kinds = {Kind.LONG_TEXT: "long", Kind.DATE: "date", **dict.fromkeys(NUMBERS, "number")}
    return [
        {
            "text": shown(value, column),
            "kind": kinds.get(column.kind, ""),
            **({"url": url} if url else {}),
        }
        for column, value, url in zip(table.columns, one.cells, urls, strict=True)
    ]


def shown(value: Any, column: SheetColumn) -> str:
    """As Word has it: a number with the places of its column, a dash where it is absent."""
    if column.kind not in NUMBERS or isinstance(value, str):
        return text_of(value)
    places = 0 if column.kind is Kind.INTEGER else column.places
    return "—" if value is None else f"{value:,.{places}f}"


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
    """The file that `?format=` asks for; None where it asks for none.

    Errors: NotAllowed; RuleViolated for too much for Word.
    """
    form = request.GET.get("format", "")
    if form not in FORMS:
        return None
    if not actor.allows(Verb.EXPORT, ledger):
        raise NotAllowed
    return file_of(replace(paper, issuer=issuer_of(actor)), form)
