"""Reports of chapters on the page: their tables, and the buttons by which they are taken along."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import NUMBERS, Kind
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
            "text": _shown(value, column.kind),
            "kind": kinds.get(column.kind, ""),
            **({"url": url} if url else {}),
        }
        for column, value, url in zip(table.columns, one.cells, urls, strict=True)
    ]


def _shown(value: Any, kind: Kind) -> str:
    """An absent number is a dash."""
    return "—" if value is None and kind in NUMBERS else text_of(value)


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
