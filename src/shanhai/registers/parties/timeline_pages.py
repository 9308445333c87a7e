"""人员全程: the page, its file, the link to it beside every row of a person, and the operation."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.display import state_badge
from shanhai.kernel.surfaces.links import row_link, with_query
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

from .persons import Person
from .timeline import Entry, person_id_of, person_of, timeline

Drawn = dict[str, Any]


@require_GET
def person_timeline(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Everything of one person, newest first; `?of=` one ledger only, `?format=xlsx` as a file."""
    actor = actor_of(request)
    person = person_of(pk, actor)
    entries = timeline(person, actor)
    of = request.GET.get("of", "")
    shown = [one for one in entries if of in {"", one.key}]
    may_export = actor.allows(Verb.EXPORT, Person.ledger_key())
    if request.GET.get("format") == "xlsx":
        if not may_export:
            raise NotAllowed
        return _workbook(shown)
    here = reverse("parties:person_timeline", args=[pk])
    export = {"label": _("导出 Excel"), "url": with_query(here, {"of": of, "format": "xlsx"}), "kind": ""}
    context = {
        "title": _("%(name)s 全程") % {"name": person.name},
        "sub": _("按日期排列，各台账中本方的记录；点一行看原记录"),
        "crumbs": [{"label": person.name, "url": row_link(person)}],
        "actions": [export | {"icon": "download"}] if may_export and shown else [],
        "tabs": _tabs(entries, here, of),
        "table": _table(shown),
        "following": "",
        "empty": {"title": _("还没有记录"), "text": _("登记、务工、备案等记录填报以后在这里按日期列出。")},
    }
    return render(request, "parties/timeline.html", context)


def _tabs(entries: list[Entry], here: str, of: str) -> list[Drawn]:
    numbers = Counter(one.key for one in entries)
    labels = {one.key: one.label for one in reversed(entries)}
    tabs = [{"label": f"{_('全部')} {len(entries):,}", "url": here, "here": of == ""}]
    return tabs + [
        {"label": f"{label} {numbers[key]:,}", "url": with_query(here, {"of": key}), "here": of == key}
        for key, label in labels.items()
    ]


def days_of(entry: Entry) -> str:
    """`2021-03-02`, `2021-03-02 至 2021-06-30`, `2021-03-02 至今`."""
    if not entry.is_lasting or entry.until == entry.day:
        return entry.day.isoformat()
    if entry.until is None:
        return _("%(day)s 至今") % {"day": entry.day}
    return _("%(first)s 至 %(last)s") % {"first": entry.day, "last": entry.until}


def _table(entries: list[Entry]) -> Drawn:
    rows = [
        (
            one.url,
            (
                days_of(one),
                one.label,
                {"text": one.text, "kind": "long"},
                one.unit,
                {"kind": "state", "state": state_badge(one.state)} if one.state else "",
            ),
        )
        for one in entries
    ]
    return table_of((_("日期"), _("事项"), _("内容"), _("填报单位"), _("状态")), rows)


_COLUMNS = (
    SheetColumn("days", "日期", Kind.TEXT),
    SheetColumn("label", "事项", Kind.TEXT),
    SheetColumn("text", "内容", Kind.TEXT),
    SheetColumn("unit", "填报单位", Kind.TEXT),
    SheetColumn("state", "状态", Kind.TEXT),
)


def _workbook(entries: list[Entry]) -> FileResponse:
    rows = (
        {
            "days": days_of(one),
            "label": one.label,
            "text": one.text,
            "unit": one.unit,
            "state": state_badge(one.state)["label"] if one.state else "",
        }
        for one in entries
    )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "timeline.xlsx"
        write_xlsx(_COLUMNS, rows, _("人员全程"), out)
        opened = out.open("rb")  # stays readable after the folder is gone
    return FileResponse(opened, as_attachment=True, filename=_("人员全程.xlsx"))


@register_panel("parties.timeline", order=14)
def link_to_timeline(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside every row of a person of the reader's own side."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    key = person_id_of(row)
    if key is None or row.side not in actor.sides or not actor.allows(Verb.VIEW, Person.ledger_key()):
        return None
    return RailPanel("parties/timeline_link.html", {"url": reverse("parties:person_timeline", args=[key])})


class TimelineEntry(Schema):
    """Something that was so from a day, or on it."""

    day: str
    until: str | None = Field(description="止；空为当日的事，或仍在持续")
    is_lasting: bool = Field(description="是否持续的事")
    ledger: str
    label: str
    text: str
    unit: str
    state: str


def told_entry(one: Entry) -> Drawn:
    """As `TimelineEntry`."""
    return {
        "day": one.day.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "is_lasting": one.is_lasting,
        "ledger": one.key,
        "label": one.label,
        "text": one.text,
        "unit": one.unit,
        "state": one.state,
    }


@register_operations(Person.ledger_key())
def operations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    told = named(ledger, "timeline", "人员全程")

    @router.get("/{uuid:pk}/timeline/", response=list[TimelineEntry], auth=on_row(ledger, Verb.VIEW), **told)
    def read_timeline(request: Found, pk: UUID) -> list[Drawn]:
        actor = actor_of(request)
        return [told_entry(one) for one in timeline(person_of(pk, actor), actor)]
